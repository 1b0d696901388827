from __future__ import annotations

from gezhi.duties.rules.assign_unit import DutyTable
from gezhi.duties.rules.holes import Hole, find_holes
from tests.duties.rules.test_assign_unit import CITY, CLASS, COUNTY, GRID, NAMES, STREET, TODAY, row


def test_holes_are_the_classes_and_streets_that_nobody_answers_for() -> None:
    table = DutyTable([row("0101", COUNTY, 1), row("0102", GRID, 2)], NAMES)
    streets = {STREET: (COUNTY, CITY), "370903001": ("370903", CITY)}
    assert find_holes(table, ["2013-part-0102", CLASS], streets, on=TODAY) == [
        Hole(CLASS, "370903001"),
        Hole("2013-part-0102", STREET),
        Hole("2013-part-0102", "370903001"),
    ]


def test_a_row_for_the_street_itself_fills_its_hole_and_one_for_a_part_of_it_does_not() -> None:
    streets = {STREET: (COUNTY, CITY)}
    assert find_holes(DutyTable([row("0101", STREET, 1)], NAMES), [CLASS], streets, on=TODAY) == []
    assert find_holes(DutyTable([row("0101", GRID, 1)], NAMES), [CLASS], streets, on=TODAY) == [Hole(CLASS, STREET)]
