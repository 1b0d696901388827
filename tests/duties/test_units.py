from __future__ import annotations

from collections.abc import Callable
from datetime import date
from types import SimpleNamespace
from typing import Any

from tests.people import acting
from tests.people.invented import START

TODAY = date(2026, 3, 2)


def test_units_without_an_account_are_those_where_nobody_could_take_an_order(town: SimpleNamespace) -> None:
    """Roads has a crew with a handler below it; parks has nobody."""
    from gezhi.duties.queries import list_units_without_account

    (only,) = list_units_without_account(TODAY)
    assert (only.unit.id, only.rows) == (town.bodies["parks"], 3)
    assert list_units_without_account(date(2024, 1, 1)) == []


def test_a_handler_in_the_unit_takes_it_off_the_list_and_an_ended_one_brings_it_back(town: SimpleNamespace) -> None:
    from gezhi.duties.queries import list_units_without_account
    from gezhi.kernel.permissions import Role
    from gezhi.people import actions
    from gezhi.people.rules.rows import PostRow

    posts = actions.install_posts(
        [PostRow(code="parks", organisation_code="parks", title="处置岗", role=Role.HANDLER, valid_from=START)]
    )
    acting.appoint(town.users["he"], posts["parks"], valid_from=START)
    assert list_units_without_account(TODAY) == []
    acting.end_account(town.users["fang"], last_day=date(2026, 3, 1))
    assert [one.unit.id for one in list_units_without_account(TODAY)] == [
        town.bodies["roads"],
        town.bodies["roads-crew"],
    ]


def test_the_list_of_units_goes_on_after_a_number_and_takes_one_statement(
    town: SimpleNamespace, statement_count: Callable[[], Any]
) -> None:
    from gezhi.duties.queries import list_units_without_account

    list_units_without_account(TODAY)
    with statement_count() as counted:
        assert list_units_without_account(TODAY, after_id=town.bodies["parks"]) == []
    assert counted.total == 1


def test_holes_are_told_by_class_with_their_streets(town: SimpleNamespace) -> None:
    """Matters are answered for in one of the two streets, parts everywhere."""
    from gezhi.duties.queries import list_holes_by_class

    found = list_holes_by_class(("370902",), on=TODAY, limit=3)
    assert len(found) == 3
    assert {one.street_codes for one in found} == {("370902004",)}
    assert all(one.class_key.startswith("2013-matter-") for one in found)
    following = list_holes_by_class(("370902",), on=TODAY, after=found[-1].class_key, limit=3)
    assert following[0].class_key > found[-1].class_key
    assert list_holes_by_class(("370902",), on=TODAY, kind="part", limit=3) == []
    assert list_holes_by_class(("370902003",), on=TODAY, limit=3) == []
