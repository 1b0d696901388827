"""重点清单: classes, regions or single cases that are supervised from registration on, or once they are late."""

from __future__ import annotations

from datetime import date
from enum import StrEnum
from uuid import UUID

import msgspec

from gezhi.calendars.rules.limits import Limit
from gezhi.kernel.permissions import Scope
from gezhi.kernel.problems import Problem
from gezhi.kernel.words import require_words
from gezhi.supervision.rules.order_steps import check_level

MOST_CHOSEN = 200


class Begins(StrEnum):
    REGISTERED = "registered"
    OVERDUE = "overdue"


BEGINS_NAMES: dict[str, tuple[str, str]] = {
    Begins.REGISTERED: ("立案即督办", "From registration"),
    Begins.OVERDUE: ("处置超时后督办", "Once the handling is late"),
}


class KeyListRow(msgspec.Struct, frozen=True, kw_only=True):
    """重点清单: `classes` are class keys or their beginnings (`2026-matter-06`). A case fits where class and region fit,
    each only where some are named, or where its number is named.
    """

    id: UUID
    title: str
    classes: tuple[str, ...] = ()
    regions: tuple[str, ...] = ()
    case_nos: tuple[str, ...] = ()
    begins: Begins
    level: int
    requirement: str
    reply: Limit
    valid_from: date
    valid_to: date | None = None


class NothingChosen(Problem):
    code = "supervision.key-lists.nothing-chosen"
    status = 422
    title = "请至少选择一个类别、区域或填写一个案件编号（各不超过 {most} 项）。"
    title_en = "Choose at least one class, region or case number, at most {most} of each."


class UnknownChoice(Problem):
    code = "supervision.key-lists.unknown-choice"
    status = 422
    title = "没有找到，或不在您的管辖范围内：{what}。请更正后再设立。"
    title_en = "There is no such thing, or it lies outside your scope: {what}. Correct it first."


class BadDates(Problem):
    code = "supervision.key-lists.bad-dates"
    status = 422
    title = "结束日期不能早于开始日期，也不能早于今天。"
    title_en = "The last day lies neither before the first nor before today."


class RegionOutside(Problem):
    code = "supervision.key-lists.region-outside"
    status = 403
    title = "重点清单只能包含您管辖的区域。"
    title_en = "A key list holds regions of your own scope only."


def check_key_list(row: KeyListRow, scope: Scope, *, today: date) -> KeyListRow:
    """A list that somebody may set: within their regions, with dates in order."""
    check_level(row.level)
    require_words("title", row.title)
    require_words("requirement", row.requirement)
    chosen = (row.classes, row.regions, row.case_nos)
    if not any(chosen) or any(len(one) > MOST_CHOSEN for one in chosen):
        raise NothingChosen(field="classes", most=MOST_CHOSEN)
    if row.valid_to is not None and (row.valid_to < row.valid_from or row.valid_to < today):
        raise BadDates(field="valid_to")
    if not all(any(region.startswith(own) for own in scope.regions) for region in row.regions):
        raise RegionOutside(field="regions")
    return row
