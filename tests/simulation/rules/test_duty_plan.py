from __future__ import annotations

from datetime import date, timedelta

import pytest

from gezhi.duties.rules.assign_unit import DutyTable, find_unit
from gezhi.duties.rules.duty_row import Basis, DutyRowData, check_row
from gezhi.duties.rules.reason import Names
from gezhi.founding.rules.city import DutyEntry
from gezhi.simulation.rules.duty_plan import Period, edition_on, period_until
from tests.simulation.presets import CITIES, areas_of, city_of, duties_of, editions_of

PERIOD = period_until(date(2026, 11, 24), 60)


def table_of(rows: list[DutyEntry]) -> tuple[DutyTable, dict[str, int]]:
    units = {code: at for at, code in enumerate(sorted({row.unit_code for row in rows}), start=1)}
    data = [
        DutyRowData(
            edition=row.edition,
            kind=row.kind,
            selector=row.selector,
            area_code=row.area_code,
            unit_id=units[row.unit_code],
            valid_from=row.valid_from,
            valid_to=row.valid_to,
            basis_kind=Basis(row.basis_kind),
            basis=row.basis,
        )
        for row in rows
    ]
    for row in data:
        check_row(row)
    return DutyTable(data, Names({}, {}, {})), units


def holes_on(preset: str, on: date) -> set[tuple[str, str]]:
    """Visible classes and streets for which the table names nobody."""
    city = city_of(preset)
    table, _ = table_of(duties_of(preset, PERIOD))
    return {
        (entry.key, street.code)
        for edition in editions_of(preset)
        for entry in edition.classes
        if entry.is_offered()
        for street in areas_of(preset)["street"]
        if find_unit(table, entry.key, codes=(street.code, street.code[:6], city.code), on=on) is None
    }


def test_a_period_ends_with_the_day_that_was_asked_for() -> None:
    assert Period(date(2026, 9, 26), 60) == PERIOD
    assert PERIOD.day_at(0.5) == date(2026, 10, 26)


@pytest.mark.parametrize("preset", CITIES)
def test_no_class_in_force_is_without_a_unit_in_any_street_at_both_ends_of_the_period(preset: str) -> None:
    assert holes_on(preset, PERIOD.first) == set()
    assert holes_on(preset, PERIOD.first + timedelta(days=PERIOD.days)) == set()


@pytest.mark.parametrize("preset", CITIES)
def test_a_contract_that_ends_before_the_next_one_begins_leaves_a_hole_in_between(preset: str) -> None:
    assert holes_on(preset, PERIOD.day_at(0.5)) != set()


def test_a_unit_is_the_one_of_the_area_before_that_of_the_city() -> None:
    rows = duties_of("zhengzhou", PERIOD)
    broken_road = {row.area_code: row.unit_code for row in rows if (row.kind, row.selector) == ("matter", "0113")}
    assert broken_road["410105"] == "410105-works"
    sunken_road = [row.unit_code for row in rows if (row.kind, row.selector) == ("matter", "0505")]
    assert sunken_road == ["410100-works"]


def test_a_new_edition_comes_into_force_inside_the_period_and_keeps_the_units() -> None:
    city = city_of("zhengzhou")
    days = [PERIOD.first + timedelta(days=day) for day in range(PERIOD.days)]
    assert [edition_on(city, PERIOD, day) for day in days] == ["2013"] * 24 + ["2026"] * 36
    units = {
        (row.edition, row.kind, row.selector, row.area_code): row.unit_code for row in duties_of("zhengzhou", PERIOD)
    }
    before, after = ("2013", "matter", "0113", "410105"), ("2026", "matter", "06013", "410105")
    assert units[after] == units[before] == "410105-works"
    assert units["2026", "matter", "06048", "410105"] == "410105-works"
