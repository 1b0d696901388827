from __future__ import annotations

from datetime import date

import numpy as np
import pytest

from gezhi.founding.rules.city import CityToFound, EditionEntry, OfficerEntry
from gezhi.people.rules.officers import OfficerKind
from gezhi.simulation import queries
from gezhi.simulation.rules.duty_plan import Period
from gezhi.simulation.rules.founding_plan import Land, plan_founding
from gezhi.simulation.rules.organisation_plan import plan_staffing
from tests.simulation.presets import CITIES, areas_of, city_of, duties_of

PERIOD = Period(date(2026, 11, 1), 10)
SINCE = date(2025, 1, 1)


def planned(preset: str) -> CityToFound:
    city = city_of(preset)
    divisions, reporting = queries.divisions_of(city)
    land = Land(divisions, reporting, "whence", (), "invented")
    staffing = plan_staffing(city, areas_of(preset), queries.read_names(), rng=np.random.default_rng(1))
    return plan_founding(city, PERIOD, land, staffing=staffing, duties=duties_of(preset, PERIOD))


@pytest.mark.parametrize("preset", CITIES)
def test_everything_is_in_force_long_before_the_period(preset: str) -> None:
    city = planned(preset)
    assert city.effective == SINCE
    days = {body.valid_from for body in city.organisations} | {post.valid_from for post in city.posts}
    days |= {one.valid_from for one in city.area_levels} | {one.valid_from for one in city.officers}
    assert days | {one.active_from for one in city.people} == {SINCE}


def test_a_later_edition_comes_into_force_within_the_period() -> None:
    assert planned("zhengzhou").editions == (EditionEntry("2013", SINCE), EditionEntry("2026", date(2026, 11, 5)))


def test_own_outlines_are_marked_as_invented() -> None:
    own, shipped = planned("yunting"), planned("zhengzhou")
    assert ([row.code for row in own.outlines], own.outlines_generated) == (["990101", "990102"], True)
    assert (shipped.outlines, shipped.outlines_generated) == ((), False)
    assert own.generated is not None
    assert (own.generated.counties, own.generated.seed) == (("990101", "990102"), 7)


def officers_of(city: CityToFound, body: str) -> list[tuple[str, str]]:
    return [(one.kind, one.username) for one in city.officers if one.organisation_code == body]


def test_the_first_handler_of_a_unit_is_its_contact_the_last_its_head_and_the_nearest_leaders_are_in_charge() -> None:
    city = planned("zhengzhou")
    posts = {post.code: post for post in city.posts}
    holders: dict[str, list[str]] = {}
    for person in city.people:
        holders.setdefault(person.post_codes[0], []).append(person.username)
    works, office = "410100-works", "410102001-office"
    assert officers_of(city, works) == [
        ("contact", holders[f"{works}-handler"][0]),
        ("head", holders[f"{works}-handler"][-1]),
        ("in_charge", holders["410100-government-leader"][0]),
    ]
    assert officers_of(city, office)[-1] == ("in_charge", holders["410102-government-leader"][0])
    units = {post.organisation_code for post in posts.values() if post.role == "handler"}
    assert {one.organisation_code for one in city.officers} == units


def test_where_no_county_has_a_government_the_leaders_of_the_city_are_in_charge() -> None:
    assert officers_of(planned("yunting"), "990101001-office")[-1] == ("in_charge", "leader1")


def test_an_officer_answers_from_the_first_day() -> None:
    assert planned("yunting").officers[0] == OfficerEntry("990100-enforcement", OfficerKind.CONTACT, "handler1", SINCE)
