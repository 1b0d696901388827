from __future__ import annotations

from datetime import date
from typing import Any

from gezhi.founding.rules.cells import Row
from gezhi.founding.rules.changes.plan import Act, PlannedRow
from gezhi.founding.rules.changes.planned_kinds import PLANNED, Standing
from gezhi.founding.rules.changes.rows_beside import rows_beside

KIND, ON = PLANNED["standard_rows"], date(2027, 1, 1)
BEFORE = date(2026, 1, 1)


def values(code: str) -> dict[str, Any]:
    return {"edition": "2026", "kind": "part", "code": code}


def standing(code: str, first: date = BEFORE, last: date | None = None) -> Standing:
    return Standing(key=code, values=values(code), first=first, last=last)


def added(code: str, on: date) -> PlannedRow:
    return PlannedRow(kind=KIND.name, key=code, act=Act.ADD, on=on, cells=(), row=Row(2, values(code)))


def ended(*unnamed: Standing, planned: tuple[PlannedRow, ...] = ()) -> list[tuple[str, date]]:
    found = rows_beside(KIND, [Row(2, values("01001"))], planned, unnamed, on=ON)
    return [(one.key, last) for one, last in found]


def test_rows_of_a_class_that_a_file_names_end_the_day_before_and_those_of_others_stay() -> None:
    assert ended(standing("01001"), standing("01002")) == [("01001", date(2026, 12, 31))]


def test_they_end_when_the_first_new_row_begins() -> None:
    planned = (added("01001", date(2027, 3, 1)), added("01001", date(2027, 2, 1)), added("01002", ON))
    assert ended(standing("01001"), planned=planned) == [("01001", date(2027, 1, 31))]


def test_what_has_ended_or_is_yet_to_begin_stays_and_nothing_ends_before_it_began() -> None:
    assert ended(standing("01001", last=date(2026, 12, 31)), standing("01001", first=date(2027, 5, 1))) == []
    assert ended(standing("01001", first=ON)) == [("01001", ON)]
