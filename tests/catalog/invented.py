"""A small catalogue for the tests, and the shipped editions."""

from __future__ import annotations

from datetime import date
from functools import cache
from importlib.resources import files
from typing import Any, Final

from gezhi.calendars.rules.limits import Limit, Unit
from gezhi.catalog.rules.catalog import Catalog, assemble
from gezhi.catalog.rules.classes import ClassEntry, MajorEntry
from gezhi.catalog.rules.editions import EditionPeriod
from gezhi.catalog.rules.preset_tables import EditionContent, read_edition
from gezhi.catalog.rules.standard_row import ConditionWord, LevelLimit, StandardRow

REPAIR: Final = ConditionWord("REPAIR", "已修复", "repaired")
CLEAN: Final = ConditionWord("CLEAN", "已清洁", "clean")
DIRTY: Final = ConditionWord("DIRTY", "脏污", "dirty")


@cache
def preset(table: str) -> str:
    return files("gezhi.catalog").joinpath("presets", table).read_text(encoding="utf-8")


@cache
def shipped(edition: str) -> EditionContent:
    return read_edition(preset, edition, calendar="office")


@cache
def shipped_catalog(edition: str) -> Catalog:
    content = shipped(edition)
    return assemble(majors=content.majors, classes=content.classes, rows=content.rows)


def major(code: str = "01", name: str = "公用设施", *, edition: str = "2013", kind: str = "part") -> MajorEntry:
    return MajorEntry(edition, kind, code, name, "Public utilities", Limit(5, Unit.WORK_DAY), (REPAIR,))


def entry(code: str, name: str, **other: Any) -> ClassEntry:
    known: dict[str, Any] = {
        "edition": "2013",
        "kind": "part",
        "name_en": "",
        "major_name": "公用设施",
        "major_name_en": "Utilities",
    }
    known |= other
    key = f"{known['edition']}-{known['kind']}-{code}"
    return ClassEntry(key=key, code=code, name=name, major_code=code[:2], **known)


def row(key: str, **other: Any) -> StandardRow:
    known: dict[str, Any] = {
        "condition_zh": "破损",
        "condition_en": "broken",
        "limit": Limit(2, Unit.WORK_DAY),
        "closing": (REPAIR,),
    }
    return StandardRow(key=key, class_key=key.rpartition("-")[0], **(known | other))


def small_catalog() -> Catalog:
    return assemble(
        majors=(major(), major(edition="2026")),
        classes=(
            entry("0101", "上水井盖", name_en="Water supply cover"),
            entry("0102", "污水井盖", name_en="Sewer cover"),
            entry("0137", "路灯", name_en="Street light"),
            entry("0116", ""),
            entry("0198", "旧类", valid_to=date(2025, 12, 31)),
            entry("01001", "供水井盖", edition="2026"),
        ),
        rows=(
            row("2013-part-0101-1", limit=Limit(2, Unit.URGENT_HOUR)),
            row("2013-part-0101-2", valid_to=date(2026, 3, 31)),
            row("2013-part-0101-3", valid_from=date(2026, 4, 1)),
            row(
                "2013-part-0102-1",
                level_limits=(
                    LevelLimit("A", Limit(1, Unit.WORK_DAY), valid_to=date(2026, 3, 31)),
                    LevelLimit("A", Limit(4, Unit.WORK_HOUR), valid_from=date(2026, 4, 1)),
                ),
            ),
            row("2026-part-01001-1"),
        ),
        defects={"DIRTY": DIRTY},
        periods=(
            EditionPeriod("2013", date(2020, 1, 1), date(2026, 6, 30)),
            EditionPeriod("2026", date(2026, 7, 1)),
        ),
    )
