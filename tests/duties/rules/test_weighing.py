from __future__ import annotations

from datetime import date

import pytest

from gezhi.duties.rules.assign_unit import DutyTable, find_row
from gezhi.duties.rules.weighing import VERDICT_NAMES, NoTableYet, Verdict, check_day, weigh_rows
from tests.duties.rules.test_assign_unit import CITY, CLASS, CODES, COUNTY, GRID, NAMES, STREET, TODAY, row

LATER = date(2026, 2, 1)


def test_every_row_that_speaks_for_the_place_is_told_with_the_reason_why_it_yields() -> None:
    rows = [
        row("*", GRID, 1, row_id=1),
        row("01", GRID, 2, row_id=2),
        row("0101", "", 3, row_id=3),
        row("0101", COUNTY, 4, row_id=4),
        row("0101", STREET, 1, row_id=5),
        row("0101", STREET, 2, row_id=6, start=LATER),
        row("0101", STREET, 3, row_id=7, start=LATER),
        row("0101", STREET, 4, row_id=8, start=date(2026, 4, 1)),
        row("0101", GRID, 4, row_id=9, end=date(2026, 1, 31)),
        row("0101", "370903", 4, row_id=10),
        row("0102", GRID, 4, row_id=11),
    ]
    table = DutyTable(rows, NAMES)
    told = [(one.row.row_id, one.verdict.value) for one in weigh_rows(table, CLASS, codes=CODES, on=TODAY)]
    assert told == [
        (7, "decides"),
        (6, "lower-number"),
        (5, "earlier"),
        (4, "wider-area"),
        (3, "wider-area"),
        (2, "wider-class"),
        (1, "wider-class"),
        (9, "ended"),
        (8, "not-yet"),
    ]
    assert find_row(table, CLASS, codes=CODES, on=TODAY) is rows[6]


def test_where_no_row_is_in_force_none_decides() -> None:
    table = DutyTable([row("01", CITY, 1, end=date(2026, 3, 1)), row("0102", CITY, 1)], NAMES)
    assert [one.verdict for one in weigh_rows(table, CLASS, codes=CODES, on=TODAY)] == [Verdict.ENDED]


def test_a_day_before_the_first_row_is_named_with_the_day_from_which_there_is_an_answer() -> None:
    table = DutyTable([row("*", "", 1, start=LATER), row("01", "", 1, start=TODAY)], NAMES)
    check_day(table, LATER)
    with pytest.raises(NoTableYet) as refused:
        check_day(table, date(2026, 1, 31))
    assert "2026-02-01" in refused.value.text("zh")
    check_day(DutyTable([], NAMES), TODAY)


def test_every_verdict_has_its_words() -> None:
    assert set(VERDICT_NAMES) == set(Verdict)
