"""能力分层: the capabilities in their tiers, highest first; imports go downwards only, siblings do not know each other."""

from __future__ import annotations

from importlib import import_module
from pathlib import Path
from types import ModuleType

PACKAGE = Path(__file__).resolve().parent.parent

TIERS: tuple[tuple[str, ...], ...] = (
    ("assembly",),
    ("simulation",),
    ("proof",),
    ("amendments",),
    ("supervision", "desks", "imports"),
    ("papers", "ledgers", "worklists", "founding", "upkeep", "successions"),
    ("telling",),
    ("cases",),
    ("duties", "documents", "notices", "policy"),
    ("people", "catalog"),
    ("regions", "calendars"),
    ("plumbing",),
    ("kernel",),
)


def has_module(capability: str, module: str) -> bool:
    """Whether a capability has this module, as a file or as a folder of the same name."""
    home = PACKAGE / capability
    return (home / f"{module}.py").is_file() or (home / module / "__init__.py").is_file()


def existing() -> list[str]:
    """Every capability that holds something already, lowest first."""
    names = [name for tier in reversed(TIERS) for name in tier]
    return [name for name in names if (PACKAGE / name / "__init__.py").is_file()]


def installed_apps() -> list[str]:
    return [f"gezhi.{name}" for name in existing() if has_module(name, "apps")]


def modules(word: str) -> list[ModuleType]:
    """The modules of one word (`api`, `jobs`, `commands`) of all capabilities, lowest tier first."""
    return [
        import_module(f"gezhi.{name}.{word}") for name in existing() if name != "assembly" and has_module(name, word)
    ]
