from __future__ import annotations

from datetime import date

import pytest

from gezhi.people.actions import install_organisations
from gezhi.people.queries import held_directory
from gezhi.people.rules.organisation_kinds import OrganisationKind
from gezhi.people.rules.rows import OrganisationRow
from gezhi.simulation.actions import check_free, check_period, wipe_demo
from gezhi.simulation.actions.create_city import DatabaseInUse, TooEarly
from gezhi.simulation.queries import read_city, read_demo
from gezhi.simulation.rules.duty_plan import period_until


@pytest.mark.django_db
def test_a_database_that_somebody_uses_is_neither_built_in_nor_wiped() -> None:
    body = OrganisationRow(code="x", name="某市人民政府", kind=OrganisationKind.GOVERNMENT, valid_from=date(2026, 1, 2))
    install_organisations([body])
    for refused in (check_free, wipe_demo):
        with pytest.raises(DatabaseInUse):
            refused()
    assert held_directory().organisation_ids == {"x": held_directory().organisation_ids["x"]}


@pytest.mark.parametrize("last", [date(2020, 2, 6), date(2023, 6, 29), date(2024, 12, 31)])
def test_a_demo_before_its_divisions_are_known_is_refused_in_words(last: date) -> None:
    with pytest.raises(TooEarly) as refused:
        check_period(read_city(read_demo()["city"]), period_until(last, 7))
    assert "2025-01-01" in refused.value.text()
    check_period(read_city("yunting"), period_until(last, 7))
    check_period(read_city(read_demo()["city"]), period_until(date(2025, 1, 7), 7))
