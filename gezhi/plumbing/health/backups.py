"""备份: whether a home was ever backed up."""

from __future__ import annotations

from pathlib import Path

from gezhi.plumbing.gateways.backup import LAST


def has_backup(home: Path) -> bool:
    return (home / LAST).is_file()
