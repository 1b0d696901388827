"""The reason (派遣依据) why a row names a unit, in words that a dispatcher can read.

Requirement R10: dispatch by the standard, with a reason that can be read.
"""

from __future__ import annotations

from collections.abc import Mapping

import msgspec

from gezhi.catalog.rules.class_key import CLASS_KIND_NAMES, ClassKind
from gezhi.duties.rules.duty_row import EVERY_CLASS, WHOLE_NODE, DutyRowData

Bilingual = tuple[str, str]
NOBODY: Bilingual = (
    "责任清单中没有该类别在此区域的责任单位，应转待确权。",
    "The duty table names no unit for this class in this area; mark the case as unowned.",
)
"""What is said where no row names a unit."""


class Names(msgspec.Struct, frozen=True):
    """Names of classes by (edition, kind, minor or major code), areas by code, units by id; English may be empty."""

    classes: Mapping[tuple[str, str, str], Bilingual]
    areas: Mapping[str, str]
    units: Mapping[int, Bilingual]


def compose_reason(row: DutyRowData, names: Names) -> Bilingual:
    """责任清单第 N 行：类别、区域→单位，起止; a name that is unknown is told by its code."""
    class_zh, class_en = _class_name(row, names)
    area = names.areas.get(row.area_code, row.area_code)
    area_zh, area_en = ("全域", "everywhere") if row.area_code == WHOLE_NODE else (area, area)
    unit_zh, unit_en = names.units.get(row.unit_id, (str(row.unit_id), ""))
    until_zh = f"{row.valid_from} 起" if row.valid_to is None else f"{row.valid_from} 至 {row.valid_to}"
    until_en = f"from {row.valid_from}" if row.valid_to is None else f"{row.valid_from} to {row.valid_to}"
    return (
        f"责任清单第 {row.row_id} 行：{class_zh}、{area_zh}→{unit_zh}，{until_zh}",
        f"Duty table row {row.row_id}: {class_en}, {area_en} → {unit_en or unit_zh}, {until_en}",
    )


def _class_name(row: DutyRowData, names: Names) -> Bilingual:
    if row.selector == EVERY_CLASS:
        zh, en = CLASS_KIND_NAMES[ClassKind(row.kind)]
        return f"全部{zh}", f"all {en}"
    zh, en = names.classes.get((row.edition, row.kind, row.selector), (row.selector, ""))
    return zh, en or zh
