from __future__ import annotations

from collections.abc import Callable
from datetime import date
from types import SimpleNamespace
from typing import Any

import pytest

from gezhi.duties.rules.area_level import AreaLevelRow, UnknownLevel, level_of
from gezhi.duties.rules.assign_unit import find_unit
from gezhi.duties.rules.duty_row import BadDates, BadSelector, DutyRowData, ReasonMissing, RowExists, UnknownClassOrUnit
from gezhi.duties.rules.holes import Hole
from gezhi.kernel.permissions import Actor
from gezhi.kernel.problems import NotFound
from tests.people.invented import START

TODAY = date(2026, 3, 2)
CLASS = "2013-part-0101"


def row(unit_id: int, *, selector: str = "0102", area: str = "", start: date = START) -> DutyRowData:
    return DutyRowData(
        edition="2013", kind="part", selector=selector, area_code=area, unit_id=unit_id, valid_from=start
    )


def unit_of(class_key: str, *codes: str, on: date = TODAY) -> int | None:
    from gezhi.duties.queries import held_duty_table

    found = find_unit(held_duty_table(), class_key, codes=codes, on=on)
    return None if found is None else found.unit_id


@pytest.fixture
def keeper(town: SimpleNamespace, clock: Any) -> Actor:
    from gezhi.people.queries import get_actor

    return get_actor(town.users["gu"], now=clock())


def test_the_table_is_found_by_class_and_area(town: SimpleNamespace) -> None:
    bodies = town.bodies
    assert unit_of(CLASS, "370902003001007", "370902003001", "370902003", "370902", "370900") == bodies["parks"]
    assert unit_of(CLASS, "370902004", "370902", "370900") == bodies["roads-crew"]
    assert unit_of(CLASS, "370903", "370900") == bodies["roads"]
    assert unit_of("2013-part-0402", "370903", "370900") == bodies["parks"]
    assert unit_of("2013-matter-0101", "370902004", "370902") is None


def test_the_reason_carries_the_names_of_all_registers(town: SimpleNamespace) -> None:
    from gezhi.duties.models import DutyRow
    from gezhi.duties.queries import held_duty_table

    found = find_unit(held_duty_table(), CLASS, codes=("370902004", "370902"), on=TODAY)
    number = DutyRow.objects.get(selector="0101", area_code="370902").id
    assert found is not None
    assert found.reason_zh == f"责任清单第 {number} 行：上水井盖、东区→市政养护队，2025-01-01 起"


def test_a_new_name_shows_in_the_reason(town: SimpleNamespace) -> None:
    from gezhi.duties.queries import held_duty_table
    from gezhi.regions.actions import install_divisions
    from gezhi.regions.rules.divisions import Division
    from gezhi.regions.rules.levels import RegionKind

    held_duty_table()
    install_divisions([Division("370902", "新东区", RegionKind.DISTRICT, "370900")], [], on=date(2026, 1, 1))
    found = find_unit(held_duty_table(), CLASS, codes=("370902",), on=TODAY)
    assert found is not None
    assert "新东区" in found.reason_zh


def test_holding_the_table_costs_no_statement(town: SimpleNamespace, statement_count: Callable[[], Any]) -> None:
    from gezhi.duties.queries import held_area_levels, held_duty_table

    held_duty_table()
    held_area_levels()
    with statement_count() as counted:
        first, second = held_duty_table(), held_duty_table()
        held_area_levels()
    assert counted.total == 0
    assert first is second


def test_rows_in_bulk_take_statements_that_do_not_grow(
    town: SimpleNamespace, clock: Any, statement_count: Callable[[], Any]
) -> None:
    from gezhi.duties import actions

    unit = town.bodies["roads"]
    actions.install_duty_rows([row(unit, area="a0")], clock=clock)  # the first reads what rows are checked against
    with statement_count() as few:
        actions.install_duty_rows([row(unit, area="a1")], clock=clock)
    with statement_count() as many:
        actions.install_duty_rows([row(unit, area=f"b{n}") for n in range(500)], clock=clock)
    assert few.total == many.total


@pytest.mark.parametrize(
    ("selector", "problem"), [("9999", UnknownClassOrUnit), ("99", UnknownClassOrUnit), ("井盖", BadSelector)]
)
def test_a_class_that_the_edition_lacks_is_refused_and_nothing_is_entered(
    town: SimpleNamespace, clock: Any, selector: str, problem: type[Exception]
) -> None:
    from gezhi.duties import actions
    from gezhi.duties.models import DutyRow

    unit, before = town.bodies["roads"], DutyRow.objects.count()
    with pytest.raises(problem):
        actions.install_duty_rows([row(unit), row(unit, selector=selector)], clock=clock)
    assert DutyRow.objects.count() == before


def test_a_unit_that_does_not_exist_is_refused(town: SimpleNamespace, clock: Any) -> None:
    from gezhi.duties import actions

    with pytest.raises(UnknownClassOrUnit):
        actions.install_duty_rows([row(999_999)], clock=clock)


def test_a_row_is_added_with_a_reason_and_wins_from_its_day(town: SimpleNamespace, keeper: Actor, clock: Any) -> None:
    from gezhi.duties import actions
    from gezhi.duties.models import DutyRow

    new = row(town.bodies["parks"], selector="0101", area="370902", start=TODAY)
    with pytest.raises(ReasonMissing):
        actions.add_row(new, reason="  ", actor=keeper, clock=clock)
    actions.add_row(new, reason="联席会议确权", actor=keeper, clock=clock)
    stored = DutyRow.objects.get(added_because="联席会议确权")
    assert (stored.added_by, int(stored.added_at.timestamp())) == (keeper.user_id, clock())
    assert unit_of(CLASS, "370902", on=TODAY) == town.bodies["parks"]
    assert unit_of(CLASS, "370902", on=date(2026, 3, 1)) == town.bodies["roads-crew"]
    with pytest.raises(RowExists):
        actions.add_row(new, reason="again", actor=keeper, clock=clock)


def test_a_row_is_ended_and_kept(town: SimpleNamespace, keeper: Actor, clock: Any) -> None:
    from gezhi.duties import actions
    from gezhi.duties.models import DutyRow

    stored = DutyRow.objects.get(selector="0101", area_code="370902")
    actions.end_row(stored.id, last_day=TODAY, reason="移交", actor=keeper, clock=clock)
    stored.refresh_from_db()
    assert (stored.valid_to, stored.ended_because, stored.ended_by) == (TODAY, "移交", keeper.user_id)
    assert unit_of(CLASS, "370902", on=TODAY) == town.bodies["roads-crew"]
    assert unit_of(CLASS, "370902", on=date(2026, 3, 3)) == town.bodies["roads"]


def test_a_row_does_not_end_before_it_began_and_an_unknown_one_not_at_all(
    town: SimpleNamespace, keeper: Actor, clock: Any
) -> None:
    from gezhi.duties import actions
    from gezhi.duties.models import DutyRow

    stored = DutyRow.objects.earliest("id")
    with pytest.raises(BadDates):
        actions.end_row(stored.id, last_day=date(2024, 12, 31), reason="x", actor=keeper, clock=clock)
    with pytest.raises(NotFound):
        actions.end_row(0, last_day=TODAY, reason="x", actor=keeper, clock=clock)
    with pytest.raises(ReasonMissing):
        actions.end_row(stored.id, last_day=TODAY, reason="", actor=keeper, clock=clock)


def test_area_levels_are_entered_and_replaced_by_their_first_day(town: SimpleNamespace) -> None:
    from gezhi.duties import actions
    from gezhi.duties.queries import held_area_levels

    actions.install_area_levels([AreaLevelRow(area_code="370902", level="B", valid_from=START)])
    assert level_of(held_area_levels(), ("370902003", "370902"), TODAY) == "B"
    actions.install_area_levels([AreaLevelRow(area_code="370902", level="A", valid_from=START)])
    assert level_of(held_area_levels(), ("370902003", "370902"), TODAY) == "A"
    with pytest.raises(UnknownLevel):
        actions.install_area_levels([AreaLevelRow(area_code="370902", level="Z", valid_from=START)])


def test_holes_are_listed_for_classes_and_streets(town: SimpleNamespace) -> None:
    from gezhi.duties.queries import list_holes

    streets = ["370902003", "370902004"]
    assert list_holes([CLASS, "2013-matter-0101"], streets, on=TODAY) == [Hole("2013-matter-0101", "370902004")]


def test_the_regions_above_a_street_and_a_grid_are_those_that_contain_it(town: SimpleNamespace) -> None:
    from gezhi.duties.queries import codes_above

    assert codes_above("370902003") == ("370902", "370900", "370000")
    assert codes_above("370902003001007") == ("370902003001", "370902003", "370902", "370900", "370000")
    assert codes_above("999") == ()
