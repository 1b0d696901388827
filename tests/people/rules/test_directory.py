from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gezhi.kernel.permissions import Role, Scope
from gezhi.people.rules.directory import Directory, OrganisationFacts, is_valid
from gezhi.people.rules.organisation_kinds import OrganisationKind
from gezhi.people.rules.region_prefix import covers, region_prefix
from gezhi.people.rules.scope import build_actor, compute_scope
from tests.people.invented import build_directory

TODAY = date(2026, 3, 2)
CITY = build_directory()
BODY, POST, USER = CITY.organisation_ids, CITY.post_ids, CITY.user_ids


def test_a_subtree_holds_the_body_and_everything_below_it() -> None:
    assert CITY.subtree(BODY["roads"]) == (BODY["roads"], BODY["roads-crew"])
    assert CITY.subtree(BODY["parks"]) == (BODY["parks"],)
    assert len(CITY.subtree(BODY["gov"])) == 7


def test_ancestors_come_nearest_first() -> None:
    assert CITY.ancestors(BODY["roads-crew"]) == (BODY["roads"], BODY["gov"])


def test_a_user_may_hold_posts_of_supervision_and_of_command_at_once() -> None:
    assert [post.role for post in CITY.posts_of(USER["an"], TODAY)] == [Role.ACCEPTOR, Role.DISPATCHER]


@pytest.mark.parametrize(("on", "held"), [(date(2025, 12, 31), 1), (date(2026, 1, 1), 0), (date(2024, 12, 31), 0)])
def test_an_appointment_holds_on_its_first_and_last_day_and_no_longer(on: date, held: int) -> None:
    assert len(CITY.posts_of(USER["left"], on)) == held
    assert CITY.is_active(USER["left"], on) is bool(held)


def test_holders_of_a_post_are_those_of_the_day() -> None:
    names = [user.username for user in CITY.holders_of(POST["accept"], TODAY)]
    before = [user.username for user in CITY.holders_of(POST["accept"], date(2025, 6, 1))]
    assert (names, before) == (["an"], ["an", "left"])


def test_collectors_of_a_place_come_narrowest_region_first() -> None:
    found = CITY.find_holders(Role.COLLECTOR, on=TODAY, place_code="370902003001005")
    assert [holder.user.username for holder in found] == ["dai", "che"]
    elsewhere = CITY.find_holders(Role.COLLECTOR, on=TODAY, place_code="370902004001005")
    assert [holder.user.username for holder in elsewhere] == ["che"]


def test_holders_can_be_asked_for_an_organisation_and_what_lies_below() -> None:
    found = CITY.find_holders(Role.HANDLER, on=TODAY, organisation_id=BODY["roads"])
    assert [holder.user.username for holder in found] == ["fang"]
    assert CITY.find_holders(Role.HANDLER, on=TODAY, organisation_id=BODY["parks"]) == ()


def test_the_centre_of_a_place_is_the_one_with_the_narrowest_region() -> None:
    def centre(code: str) -> str | None:
        found = CITY.find_organisation(OrganisationKind.SUPERVISION_CENTRE, code, on=TODAY)
        return None if found is None else found.code

    assert centre("370902003") == "jd-east"
    assert centre("370903001") == "jd"
    assert centre("410105001") is None


CODES = st.sampled_from(["", "37", "370000", "3709", "370900", "370902", "370902003", "370902003000", "410100"])
DAYS = st.dates(date(2026, 1, 1), date(2026, 1, 4))


@given(
    bodies=st.lists(
        st.tuples(CODES, st.sampled_from([*OrganisationKind][:2]), DAYS, st.none() | DAYS), unique=True, max_size=12
    ),
    place=CODES,
    on=DAYS,
)
def test_the_body_of_a_place_is_the_one_that_a_walk_over_all_of_them_finds(
    bodies: list[tuple[str, OrganisationKind, date, date | None]], place: str, on: date
) -> None:
    organisations = [
        OrganisationFacts(id_, f"o{id_}", "", "", kind, 1, None, f"o{id_}/", code, since, until)
        for id_, (code, kind, since, until) in enumerate(bodies)
    ]
    answering = [
        (-len(region_prefix(body.region_code)), body.id)
        for body in organisations
        if body.kind is OrganisationKind.GOVERNMENT and covers(body.region_code, place)
        and is_valid(body.valid_from, body.valid_to, on)
    ]  # fmt: skip
    found = Directory([], organisations, [], []).find_organisation(OrganisationKind.GOVERNMENT, place, on=on)
    assert (None if found is None else found.id) == (min(answering)[1] if answering else None)


@pytest.mark.parametrize(
    ("post", "scope"),
    [
        ("accept", Scope(regions=("3709",))),
        ("officer-east", Scope(regions=("370902",))),
        ("dispatch", Scope(regions=("3709",))),
        ("dispatch-roads", Scope(organisations=(BODY["roads"], BODY["roads-crew"]))),
        ("crew", Scope(organisations=(BODY["roads-crew"],), only_own_work=True)),
        ("collect-street", Scope(regions=("370902003",), only_own_work=True)),
        ("collect-far", Scope(only_own_work=True)),
        ("keeper", Scope(regions=("3709",))),
    ],
)
def test_a_post_sees_its_region_its_organisation_or_its_own_work(post: str, scope: Scope) -> None:
    assert compute_scope(CITY, CITY.posts[POST[post]], TODAY) == scope


def test_a_body_without_a_region_answers_for_that_of_the_body_above() -> None:
    assert CITY.regions_of(CITY.posts[POST["crew"]]) == ("3709",)


def test_an_actor_names_user_post_and_organisation() -> None:
    actor = build_actor(CITY, CITY.users[USER["fang"]], CITY.posts[POST["crew"]], TODAY)
    assert (actor.user_id, actor.post_id, actor.organisation_id) == (USER["fang"], POST["crew"], BODY["roads-crew"])
    assert (actor.role, actor.name) == (Role.HANDLER, "方圆")
