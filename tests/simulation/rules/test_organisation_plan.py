from __future__ import annotations

from collections import Counter
from datetime import date

import numpy as np
import pytest

from gezhi.people.rules.organisation_kinds import OrganisationKind
from gezhi.people.rules.rows import OrganisationRow, compute_paths
from gezhi.regions.rules.reporting import reporting_parents
from gezhi.simulation import queries
from gezhi.simulation.rules.organisation_plan import HANDLING_KINDS, Staffing, plan_staffing
from gezhi.simulation.rules.organisation_plan import areas_of as plan_areas_of
from tests.simulation.presets import CITIES, areas_of, city_of

NEW_YEAR = date(2026, 1, 1)


def staffing_of(preset: str, seed: int = 1) -> Staffing:
    return plan_staffing(city_of(preset), areas_of(preset), queries.read_names(), rng=np.random.default_rng(seed))


def test_the_demo_city_has_the_size_that_was_asked_for() -> None:
    staffing = staffing_of("zhengzhou")
    handling = [body for body in staffing.organisations if body.kind in HANDLING_KINDS]
    assert len(handling) >= 80
    assert len(staffing.users) >= 300


def test_the_invented_city_is_small() -> None:
    staffing = staffing_of("yunting")
    assert len(staffing.organisations) <= 32
    assert len(staffing.users) <= 60


@pytest.mark.parametrize("preset", CITIES)
def test_bodies_form_a_tree_and_every_handling_body_has_somebody(preset: str) -> None:
    staffing = staffing_of(preset)
    rows = [
        OrganisationRow(
            code=body.code,
            name=body.name,
            kind=OrganisationKind(body.kind),
            parent_code=body.parent_code,
            valid_from=NEW_YEAR,
        )
        for body in staffing.organisations
    ]
    assert len(compute_paths(rows, {})) == len(staffing.organisations)
    posts = {post.code: post for post in staffing.posts}
    manned = Counter(posts[user.post_code].organisation_code for user in staffing.users)
    assert all(manned[body.code] for body in staffing.organisations if body.kind in HANDLING_KINDS)


@pytest.mark.parametrize("preset", CITIES)
def test_names_are_chinese_and_nobody_has_the_name_of_another(preset: str) -> None:
    people = [user.display_name for user in staffing_of(preset).users]
    assert len(set(people)) == len(people)
    assert all(2 <= len(name) <= 6 for name in people)


def test_every_street_has_its_collectors_and_its_office() -> None:
    staffing, streets = staffing_of("zhengzhou"), areas_of("zhengzhou")["street"]
    beats = Counter(post.region_codes[0] for post in staffing.posts if post.role == "collector")
    assert beats == Counter(street.code for street in streets)
    assert {body.region_code for body in staffing.organisations if body.kind == "street"} == set(beats)


def test_the_same_seed_gives_the_same_people_and_another_seed_others() -> None:
    assert staffing_of("yunting", 1) == staffing_of("yunting", 1)
    assert staffing_of("yunting", 1).users != staffing_of("yunting", 2).users


def test_only_the_districts_that_dispatch_have_dispatchers_of_their_own() -> None:
    posts = [post for post in staffing_of("zhengzhou").posts if post.role == "dispatcher"]
    assert {post.organisation_code for post in posts} == {"410100-command", "410106-platform", "410108-platform"}
    assert {post.shifts for post in posts} == {"round-the-clock"}


def test_crews_stand_below_units_and_take_over_the_street_where_there_is_one() -> None:
    bodies = {body.code: body for body in staffing_of("zhengzhou").organisations}
    crews = [body for body in bodies.values() if body.key.split("-")[-1] in {"crew", "a", "b"} and "crew" in body.key]
    assert len(crews) > 100
    assert {body.platform_level for body in crews} == {3}
    assert {bodies[body.parent_code].kind for body in crews} <= HANDLING_KINDS
    assert bodies["410105001-enforcement-crew"].parent_code == "410105-enforcement"


def test_the_areas_of_a_city_are_its_counties_in_their_order_and_their_streets_by_code() -> None:
    city = city_of("yunting")
    areas = plan_areas_of(city, city.divisions)
    assert [(area.code, area.name) for area in areas["county"]] == [("990101", "临川区"), ("990102", "望湖区")]
    assert [area.code for area in areas["street"]] == ["990101001", "990101002", "990101100", "990102001", "990102100"]
    reversed_areas = plan_areas_of(city, city.divisions[::-1])
    assert reversed_areas == areas


def test_the_divisions_of_the_demo_city_are_one_province() -> None:
    divisions, reporting = queries.divisions_of(city_of("zhengzhou"))
    assert list(Counter(one.level for one in divisions).values()) == [1, 18, 181, 2586, 3306]
    assert {one.code: one.name for one in divisions}["419001"] == "济源市"
    parents = reporting_parents(reporting, date(2024, 1, 1))
    assert [parents[code] for code in ("410100", "410102", "419001", "410225")] == [
        "410000",
        "410100",
        "410000",
        "410000",
    ]
    assert "419000" not in parents
