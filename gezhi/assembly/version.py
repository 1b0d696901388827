"""Which version of the platform runs."""

from __future__ import annotations

from importlib.metadata import PackageNotFoundError, version


def gezhi_version() -> str:
    try:
        return version("gezhi")
    except PackageNotFoundError:
        return "0.0.0"
