from __future__ import annotations

from datetime import date
from typing import Any

import msgspec
import pytest
from django.apps import apps
from django.conf import settings

from gezhi.cases.models import Case
from gezhi.cases.rules.stages import Status
from gezhi.catalog.queries import held_catalog
from gezhi.founding.actions import DatabaseInUse, Founded, found_city
from gezhi.founding.models import FoundedCity
from gezhi.kernel.problems import Problem
from gezhi.people.actions import install_organisations, set_password
from gezhi.people.models import Organisation, User
from gezhi.people.queries import held_directory
from gezhi.people.rules.organisation_kinds import OrganisationKind
from gezhi.people.rules.rows import OrganisationRow
from gezhi.plumbing.clock import system_clock
from gezhi.policy.queries import held_policy
from gezhi.regions.models import RegionOutline, UnitGrid
from gezhi.regions.queries import held_locator
from tests.cases.city import City
from tests.fixtures import FixedClock
from tests.founding.folders import TODAY, city

OWN = "market-on-the-river-7"


def is_empty() -> bool:
    """Whether no register holds anything. What migrations bring is of the clock and of versions."""
    brought = {"plumbing", "proof"}
    models = [model for model in apps.get_models() if model.__module__.startswith("gezhi.")]
    return not any(model._default_manager.exists() for model in models if model._meta.app_label not in brought)


@pytest.mark.django_db
def test_a_city_is_founded_whole_and_named(clock: FixedClock) -> None:
    founded = found_city(city(), clock=clock)
    assert (founded.administrator, len(founded.password)) == ("hezhen", 16)
    standing = FoundedCity.objects.get()
    assert (standing.code, standing.name, standing.effective) == ("330782", "义乌市", date(2026, 1, 1))
    directory = held_directory()
    assert (len(directory.organisations), len(directory.posts), len(directory.users)) == (8, 12, 11)
    assert [one.kind for one in directory.officers_of(directory.organisation_ids["sanitation"], TODAY)] == [
        "contact",
        "in_charge",
    ]
    assert held_catalog().edition_on(TODAY) == "2026"
    policy = held_policy().on(TODAY)
    assert (held_policy().node, policy.number_prefix) == ("330782", "330782")
    assert policy.owner_office == directory.organisation_ids["government"]
    place = held_locator(TODAY).locate(120.0706, 29.3015)
    assert (place.grid_code, place.community_code, place.street_code) == (
        "330782001001001",
        "330782001001",
        "330782001",
    )
    assert set(UnitGrid.objects.values_list("generated", flat=True)) == {False}
    assert set(RegionOutline.objects.values_list("source", "generated")) == {("示例，非权威数据", False)}


@pytest.mark.django_db
def test_only_the_first_administrator_has_a_password_and_it_is_good_for_one_sign_in(clock: FixedClock) -> None:
    founded = found_city(city(), clock=clock)
    able = {user.username for user in User.objects.all() if user.has_usable_password()}
    assert able == {founded.administrator}
    assert set(User.objects.filter(must_change_password=True).values_list("username", flat=True)) == able


@pytest.mark.django_db
def test_one_wrong_row_leaves_nothing_half_loaded(clock: FixedClock) -> None:
    assert is_empty()
    duties = city().duties
    lost = msgspec.structs.replace(duties[-1], selector="99999")
    with pytest.raises(Problem) as refused:
        found_city(city(duties=(*duties, lost)), clock=clock)
    assert refused.value.code == "duties.duty-row.unknown"
    assert is_empty()


@pytest.mark.django_db
def test_another_city_or_a_database_that_somebody_uses_is_refused(clock: FixedClock) -> None:
    body = OrganisationRow(code="x", name="某市人民政府", kind=OrganisationKind.GOVERNMENT, valid_from=TODAY)
    install_organisations([body])
    with pytest.raises(DatabaseInUse):
        found_city(city(), clock=clock)
    assert (Organisation.objects.count(), FoundedCity.objects.exists()) == (1, False)


def test_another_city_is_not_founded_over_the_first(yiwu: Founded) -> None:
    with pytest.raises(DatabaseInUse):
        found_city(city(code="330781"), clock=system_clock)


def test_the_first_administrator_signs_in_and_can_do_nothing_before_choosing_a_password(
    yiwu: Founded, api: Any
) -> None:
    signed = api.call("POST", "/session", {"username": yiwu.administrator, "password": yiwu.password})
    assert (signed.status_code, signed.json()["must_change_password"]) == (200, True)
    assert [post["role"] for post in signed.json()["posts"]] == ["administrator", "supervisor"]
    refused = api.call("GET", "/staffing")
    assert (refused.status_code, refused.json()["code"]) == (403, "people.policy.change-password-first")
    headers = {"X-CSRFToken": api.cookies[settings.CSRF_COOKIE_NAME].value}
    changed = api.call("PUT", "/session/password", {"old": yiwu.password, "new": OWN}, headers=headers)
    assert changed.status_code == 200, changed.json()
    assert api.call("GET", "/session").json()["must_change_password"] is False
    staffing = api.call("GET", "/staffing").json()
    assert {one["name"]["zh"] for one in staffing["items"]} >= {"义乌市人民政府", "稠城街道办事处"}


def test_a_report_of_the_founded_city_goes_through_to_closing_by_its_own_people(yiwu: Founded) -> None:
    town = City(FixedClock(system_clock() - 86_400))
    spot = town.spot("330782002001")
    case_id = town.begin(town.reported(spot, address="柳青路口"), town.collector("330782002"))
    town.lead(case_id, Status.CLOSED)
    state = town.state(case_id)
    users = held_directory().users
    assert [users[one].username for one in state.handlers] == ["zhengjie"]
    assert (state.place.area, state.no[:6]) == (spot.code, "330782")
    assert Case.objects.filter(id=case_id, status="closed").exists()


def test_everybody_else_signs_in_once_the_administrator_has_set_a_password(yiwu: Founded, api: Any) -> None:
    credentials = {"username": "lilan", "password": OWN}
    assert api.call("POST", "/session", credentials).status_code == 401
    set_password(held_directory().user_ids["lilan"], OWN)
    signed = api.call("POST", "/session", credentials)
    assert (signed.status_code, signed.json()["post"]["role"]) == (200, "acceptor")
