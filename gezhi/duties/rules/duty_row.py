"""One row of the duty table (责任清单) and what makes it well-formed.

Requirement R10; the responsible body per class is 责任主体 of GB/T 30428.8-2020.
"""

from __future__ import annotations

import re
from datetime import date
from enum import StrEnum

import msgspec

from gezhi.kernel.problems import Problem

EVERY_CLASS = "*"
WHOLE_NODE = ""
_SELECTOR_KEY = re.compile(r"(\d{4})-(part|matter)-(\d{2}|\d{4,5}|\*)")


class Basis(StrEnum):
    """Where a duty comes from."""

    LAW = "law"
    STANDARD = "standard"
    MINUTES = "minutes"
    LOCAL = "local"


BASIS_NAMES: dict[Basis, tuple[str, str]] = {
    Basis.LAW: ("法律法规", "Law"),
    Basis.STANDARD: ("标准规范", "Standard"),
    Basis.MINUTES: ("会议纪要", "Minutes of a meeting"),
    Basis.LOCAL: ("本地确权", "Local confirmation"),
}


class DutyRowData(msgspec.Struct, frozen=True, kw_only=True):
    """A row as it is handed in. `selector`: minor code, two-digit major code or '*'; no area: the whole node."""

    edition: str
    kind: str
    selector: str
    area_code: str
    unit_id: int
    valid_from: date
    valid_to: date | None = None
    platform_level: int = 1
    basis_kind: Basis = Basis.LOCAL
    basis: str = ""
    note: str = ""
    row_id: int = 0


class BadSelector(Problem):
    code = "duties.duty-row.bad-selector"
    status = 422
    title = "类别“{selector}”应为小类代码、两位大类代码或“*”。"
    title_en = "The class “{selector}” must be a minor code, a two-digit major code or “*”."


class BadDates(Problem):
    code = "duties.duty-row.bad-dates"
    status = 422
    title = "终止日期 {valid_to} 早于生效日期 {valid_from}，请改正。"
    title_en = "The end date {valid_to} lies before the start {valid_from}; please correct it."


class ReasonMissing(Problem):
    code = "duties.duty-row.reason-missing"
    status = 422
    title = "请写明修改责任清单的理由。"
    title_en = "Please state why the duty table is changed."


class UnknownClassOrUnit(Problem):
    code = "duties.duty-row.unknown"
    status = 422
    title = "“{what}”未登记，请先登记类别或单位。"
    title_en = "“{what}” is not known; please enter the class or the unit first."


class RowExists(Problem):
    code = "duties.duty-row.exists"
    status = 409
    title = "同一类别、区域、单位和生效日期的责任已经登记。"
    title_en = "A row for this class, area, unit and first day exists already."


class PlaceMissing(Problem):
    code = "duties.duty-row.place-missing"
    status = 422
    title = "请给出坐标（lon、lat）或区划、网格代码（code）。"
    title_en = "Please give a point (lon, lat) or the code of a region or grid (code)."


def check_row(row: DutyRowData) -> None:
    """Refuse a malformed selector and an end before the start."""
    is_code = row.selector.isdigit() and len(row.selector) in (2, 4, 5)
    if row.selector != EVERY_CLASS and not is_code:
        raise BadSelector(field="selector", selector=row.selector)
    if row.valid_to is not None and row.valid_to < row.valid_from:
        raise BadDates(field="valid_to", valid_from=row.valid_from, valid_to=row.valid_to)


def parse_selector(key: str) -> tuple[str, str, str]:
    """Edition, kind and selector of 2026-matter-06010 (a class), 2026-matter-06 (a major class) or 2026-matter-*."""
    match = _SELECTOR_KEY.fullmatch(key)
    if match is None:
        raise BadSelector(field="class_key", selector=key)
    edition, kind, selector = match.groups()
    return edition, kind, selector
