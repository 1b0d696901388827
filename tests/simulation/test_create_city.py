from __future__ import annotations

from datetime import date

import pytest

from gezhi.people.actions import install_organisations
from gezhi.people.queries import held_directory
from gezhi.people.rules.organisation_kinds import OrganisationKind
from gezhi.people.rules.rows import OrganisationRow
from gezhi.simulation.actions import check_free, wipe_demo
from gezhi.simulation.actions.create_city import DatabaseInUse


@pytest.mark.django_db
def test_a_database_that_somebody_uses_is_neither_built_in_nor_wiped() -> None:
    body = OrganisationRow(code="x", name="某市人民政府", kind=OrganisationKind.GOVERNMENT, valid_from=date(2026, 1, 2))
    install_organisations([body])
    for refused in (check_free, wipe_demo):
        with pytest.raises(DatabaseInUse):
            refused()
    assert held_directory().organisation_ids == {"x": held_directory().organisation_ids["x"]}
