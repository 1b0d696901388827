"""责任行比选: all rows that speak for a class at a place, which of them decides, and why each of the others does not."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from enum import StrEnum

import msgspec

from gezhi.duties.rules.assign_unit import DutyTable, is_in_force, matching_rows
from gezhi.duties.rules.duty_row import DutyRowData
from gezhi.kernel.problems import Problem


class Verdict(StrEnum):
    """Whether a row decides, and if not, by what it yields to the one that does."""

    DECIDES = "decides"
    WIDER_CLASS = "wider-class"
    WIDER_AREA = "wider-area"
    EARLIER = "earlier"
    LOWER_NUMBER = "lower-number"
    NOT_YET = "not-yet"
    ENDED = "ended"


VERDICT_NAMES: dict[Verdict, tuple[str, str]] = {
    Verdict.DECIDES: ("以此行为准", "Decides"),
    Verdict.WIDER_CLASS: ("类别较宽，类别先于区域", "Wider class; the class weighs more than the area"),
    Verdict.WIDER_AREA: ("类别相同，区域较大", "Same class, wider area"),
    Verdict.EARLIER: ("类别、区域相同，生效较早", "Same class and area, in force earlier"),
    Verdict.LOWER_NUMBER: ("同日生效，行号在前", "In force on the same day, lower number"),
    Verdict.NOT_YET: ("这一天尚未生效", "Not yet in force on this day"),
    Verdict.ENDED: ("这一天已经终止", "Ended before this day"),
}


class WeighedRow(msgspec.Struct, frozen=True):
    row: DutyRowData
    verdict: Verdict


class NoTableYet(Problem):
    code = "duties.weighing.no-table-yet"
    status = 422
    title = "责任清单自 {first} 起才有规定，{day} 还没有，请改选 {first} 或以后的日期。"
    title_en = "The duty table begins on {first}; there is none on {day}. Choose {first} or a later day."


def check_day(table: DutyTable, on: date) -> None:
    """A day before the first row of the table has no answer; a table without any row answers that nobody is named."""
    first = table.first_day
    if first is not None and on < first:
        raise NoTableYet(field="on", first=first, day=on)


def weigh_rows(table: DutyTable, class_key: str, *, codes: Sequence[str | None], on: date) -> list[WeighedRow]:
    """The row that decides first, then those that yield to it, the strongest first; last those of other days."""
    rows = list(matching_rows(table, class_key, codes, None))
    standing = [row for row in rows if is_in_force(row, on)]
    weighed = [WeighedRow(row, _verdict(row, standing[0])) for row in standing]
    others = (row for row in rows if not is_in_force(row, on))
    return weighed + [WeighedRow(row, Verdict.NOT_YET if row.valid_from > on else Verdict.ENDED) for row in others]


def _verdict(row: DutyRowData, best: DutyRowData) -> Verdict:
    if row is best:
        return Verdict.DECIDES
    if row.selector != best.selector:
        return Verdict.WIDER_CLASS
    if row.area_code != best.area_code:
        return Verdict.WIDER_AREA
    return Verdict.EARLIER if row.valid_from < best.valid_from else Verdict.LOWER_NUMBER
