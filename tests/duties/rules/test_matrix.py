from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gezhi.duties.rules.assign_unit import DutyTable, find_row
from gezhi.duties.rules.duty_row import DutyRowData
from gezhi.duties.rules.matrix import (
    MatrixArea,
    MatrixCell,
    MatrixLine,
    OtherEditionThen,
    answer_of,
    check_comparable,
    days_of_change,
    find_conflicts,
    matrix_cells,
    may_answer,
    speaks_for,
)
from tests.duties.rules.test_assign_unit import CITY, CODES, COUNTY, GRID, NAMES, STREET, TODAY, row

COVER, LID = "2013-part-0101", "2013-part-0102"
MINOR, MAJOR = MatrixLine(COVER, (COVER,)), MatrixLine("2013-part-01", (COVER, LID))
HERE, NEXT = MatrixArea(STREET, (COUNTY, CITY)), MatrixArea("370902004", (COUNTY, CITY))
BEFORE = date(2026, 1, 15)


def cells(*rows: DutyRowData, line: MatrixLine = MINOR, against: date | None = None) -> tuple[MatrixCell, ...]:
    return matrix_cells(DutyTable(rows, NAMES), line, (HERE, NEXT), on=TODAY, against=against)


def test_a_cell_tells_the_unit_and_whether_its_own_row_names_it() -> None:
    assert cells(row("0101", STREET, 4, row_id=1), row("0101", COUNTY, 3, row_id=2)) == (
        MatrixCell(unit_id=4, units=1, row_id=1, own=True),
        MatrixCell(unit_id=3, units=1, row_id=2),
    )
    assert [one.own for one in cells(row("01", STREET, 4), row("*", "370902004", 3))] == [False, False]


def test_a_cell_without_a_unit_is_a_hole_and_two_units_of_one_class_and_area_are_a_conflict() -> None:
    assert cells(row("0101", STREET, 4), row("0101", STREET, 3, row_id=2)) == (
        MatrixCell(unit_id=3, units=1, row_id=2, own=True, conflicts=1),
        MatrixCell(holes=1),
    )
    same = cells(row("0101", STREET, 4), row("0101", STREET, 4, row_id=2))
    past = cells(row("0101", STREET, 4), row("0101", STREET, 3, row_id=2, end=BEFORE))
    assert [one.conflicts for one in (*same, *past)] == [0, 0, 0, 0]


def test_an_area_that_only_rows_for_its_parts_speak_for_is_split_and_no_hole() -> None:
    part, elsewhere = row("0101", GRID, 4), row("0101", "370903001001001", 4)
    past = row("0101", GRID, 4, end=BEFORE)
    county = (MatrixArea(COUNTY, (CITY,)),)
    told = [
        matrix_cells(DutyTable(rows, NAMES), MINOR, areas, on=TODAY)[0]
        for rows, areas in (([part], county), ([part], (HERE,)), ([elsewhere], county), ([past], county))
    ]
    assert told == [MatrixCell(split=1), MatrixCell(split=1), MatrixCell(holes=1), MatrixCell(holes=1)]
    wide = matrix_cells(DutyTable([row("*", STREET, 4)], NAMES), MAJOR, county, on=TODAY)
    assert wide == (MatrixCell(split=2),)


def test_a_major_class_counts_what_its_minor_classes_say() -> None:
    rows = [row("0101", STREET, 4, row_id=1), row("01", CITY, 3, row_id=2)]
    assert cells(*rows, line=MAJOR) == (
        MatrixCell(units=2, own=True),
        MatrixCell(unit_id=3, units=1),
    )
    assert cells(row("0101", CITY, 4), line=MAJOR) == (MatrixCell(unit_id=4, units=1, holes=1),) * 2
    assert [one.own for one in cells(row("01", STREET, 4), line=MAJOR)] == [True, False]
    assert (MAJOR.is_major, MINOR.is_major) == (True, False)


def test_what_another_day_says_otherwise_is_marked_with_the_unit_of_that_day() -> None:
    old = row("0101", STREET, 4, row_id=1, end=BEFORE)
    new = row("0101", STREET, 3, row_id=2, start=BEFORE + timedelta(days=1))
    assert cells(old, new, against=BEFORE)[0] == MatrixCell(unit_id=3, units=1, row_id=2, own=True, changed=1, before=4)
    assert cells(new, against=BEFORE)[0] == MatrixCell(unit_id=3, units=1, row_id=2, own=True, changed=1)
    assert cells(old, against=BEFORE) == (MatrixCell(holes=1, changed=1, before=4), MatrixCell(holes=1))
    assert cells(row("0101", STREET, 4), against=BEFORE)[0].changed == 0


row_data = st.builds(
    row,
    st.sampled_from(["0101", "0102", "01", "*"]),
    st.sampled_from([*CODES, ""]),
    st.integers(1, 4),
    row_id=st.integers(1, 30),
    start=st.sampled_from([date(2026, 1, 1), date(2026, 2, 1), date(2026, 4, 1)]),
    end=st.sampled_from([None, date(2026, 2, 15), date(2026, 5, 1)]),
)


@given(rows=st.lists(row_data, max_size=12, unique_by=lambda one: one.row_id))
def test_each_cell_answers_like_the_dispatch_of_a_case(rows: list[DutyRowData]) -> None:
    table, area = DutyTable(rows, NAMES), MatrixArea(GRID, CODES[1:])
    for key in (COVER, LID):
        answer = answer_of(table.areas_of(key), area.codes, TODAY)
        assert (None if answer is None else answer.row) == find_row(table, key, codes=CODES, on=TODAY)
    (cell,) = matrix_cells(table, MAJOR, [area], on=TODAY)
    found = [find_row(table, key, codes=CODES, on=TODAY) for key in MAJOR.minors]
    assert cell.holes + cell.split == found.count(None)
    assert cell.units == len({one.unit_id for one in found if one is not None})


def test_the_columns_and_lines_of_a_unit_are_those_that_its_rows_can_reach() -> None:
    rows = [row("0101", COUNTY, 1), row("02", CITY, 1)]
    spoken_for = {one.area_code for one in rows}
    assert may_answer(spoken_for, HERE)
    assert not may_answer(spoken_for, MatrixArea("370903001", ("370903",)))
    assert may_answer({""}, MatrixArea("370903001", ("370903",)))
    slots = {(one.edition, one.kind, one.selector) for one in rows}
    assert [speaks_for(slots, key) for key in (COVER, LID, "2013-part-0203", "2013-matter-0101")] == [
        True, False, True, False,
    ]  # fmt: skip
    assert speaks_for({("2013", "part", "*")}, COVER)
    assert not speaks_for({("2013", "part", "*")}, "2013-matter-0101")


def test_conflicts_are_told_once_for_a_class_and_area_the_row_that_decides_first() -> None:
    rows = [
        row("0101", STREET, 4, row_id=1),
        row("0101", STREET, 3, row_id=2, start=BEFORE),
        row("0101", COUNTY, 3, row_id=3),
        row("0101", COUNTY, 3, row_id=4, start=BEFORE),
        row("*", "", 1, row_id=5),
        row("*", "", 2, row_id=6, start=date(2026, 4, 1)),
    ]
    table = DutyTable(rows, NAMES)
    assert [[one.row_id for one in found.rows] for found in find_conflicts(table, on=TODAY)] == [[2, 1]]
    assert [len(found.rows) for found in find_conflicts(table, on=date(2026, 4, 1))] == [2, 2]


def test_the_days_on_which_the_table_changes_are_told_the_latest_first() -> None:
    rows = [row("01", CITY, 1, end=BEFORE), row("01", STREET, 1, start=TODAY), row("*", "", 1, end=date.max)]
    assert days_of_change(DutyTable(rows, NAMES)) == [TODAY, date(2026, 1, 16), date(2026, 1, 1)]


def test_days_of_different_editions_are_not_compared() -> None:
    check_comparable("2026", "2026", TODAY, BEFORE)
    with pytest.raises(OtherEditionThen) as refused:
        check_comparable("2026", "2013", TODAY, BEFORE)
    assert refused.value.field == "against"
