from __future__ import annotations

from collections.abc import Callable
from datetime import date
from types import SimpleNamespace
from typing import Any

import pytest

from gezhi.kernel.permissions import Role
from gezhi.kernel.problems import NotFound, Problem
from gezhi.people.rules.organisation_kinds import OrganisationKind
from gezhi.people.rules.policy import NoPost, PostEnded
from gezhi.people.rules.rows import OrganisationRow, PostRow, ShiftRow, UnknownCode, UserRow
from gezhi.people.rules.session_limits import AccountEnded
from gezhi.people.rules.shifts import EmptyShift, WrongPost
from gezhi.people.rules.tokens import token_digest
from tests.people import acting
from tests.people.invented import START

MONDAY = date(2026, 3, 2)


def test_a_city_is_set_up_with_statements_that_do_not_grow_with_it(
    db: None, statement_count: Callable[[], Any]
) -> None:
    from gezhi.people import actions

    def rows(count: int, mark: str) -> list[OrganisationRow]:
        root = OrganisationRow(code=mark, name=mark, kind=OrganisationKind.GOVERNMENT, valid_from=START)
        below = [
            OrganisationRow(
                code=f"{mark}{n}", name=f"{n}", kind=OrganisationKind.DEPARTMENT, parent_code=mark, valid_from=START
            )
            for n in range(count)
        ]
        return [root, *below]

    with statement_count() as few:
        actions.install_organisations(rows(2, "a"))
    with statement_count() as many:
        actions.install_organisations(rows(200, "b"))
    assert few.total == many.total


def test_three_hundred_accounts_share_one_hash_and_hold_their_posts(city: SimpleNamespace) -> None:
    from gezhi.people import actions, queries
    from gezhi.people.models import User

    rows = [
        UserRow(username=f"u{n:03}", display_name=f"员{n}", active_from=START, post_codes=("crew",)) for n in range(300)
    ]
    ids = actions.install_people(rows, password_hash=actions.hash_password("one-for-all-9"))
    assert len(ids) == 300
    assert User.objects.filter(username__startswith="u").values("password").distinct().count() == 1
    assert len(queries.held_directory().holders_of(city.posts["crew"], MONDAY)) == 301


@pytest.mark.parametrize("what", ["organisation", "post", "user"])
def test_a_code_is_entered_once(city: SimpleNamespace, what: str) -> None:
    from gezhi.people import actions

    body = OrganisationRow(code="jd", name="x", kind=OrganisationKind.DEPARTMENT, valid_from=START)
    post = PostRow(code="crew", organisation_code="jd", title="x", role=Role.HANDLER, valid_from=START)
    user = UserRow(username="an", display_name="x", active_from=START)
    again: dict[str, Callable[[], object]] = {
        "organisation": lambda: actions.install_organisations([body]),
        "post": lambda: actions.install_posts([post]),
        "user": lambda: actions.install_people([user], password_hash="!"),
    }
    with pytest.raises(Problem) as caught:
        again[what]()
    assert caught.value.code == "people.setup.code-taken"


def test_an_unknown_post_leaves_no_account_behind(city: SimpleNamespace) -> None:
    from gezhi.people import actions
    from gezhi.people.models import User

    row = UserRow(username="new", display_name="新", active_from=START, post_codes=("nowhere",))
    with pytest.raises(UnknownCode):
        actions.install_people([row], password_hash="!")
    assert not User.objects.filter(username="new").exists()


def test_an_account_needs_a_good_password(city: SimpleNamespace) -> None:
    from gezhi.people import actions

    row = UserRow(username="xinren", display_name="新人", active_from=START)
    with pytest.raises(Problem) as caught:
        actions.create_account(row, password="12345")
    assert caught.value.code == "people.accounts.weak-password"
    assert actions.create_account(row, password="river-and-stone-42") > 0


def test_an_appointment_begins_and_ends_by_the_day(city: SimpleNamespace, clock: Any) -> None:
    from gezhi.people import queries

    he, crew = city.users["he"], city.posts["crew"]
    with pytest.raises(NoPost):
        queries.get_actor(he, now=clock())
    acting.appoint(he, crew, valid_from=MONDAY)
    assert queries.get_actor(he, now=clock()).post_id == crew
    with pytest.raises(NoPost):
        queries.get_actor(he, now=clock() - 86_400)
    acting.end_appointment(he, crew, last_day=MONDAY)
    assert queries.get_actor(he, crew, now=clock()).role is Role.HANDLER
    with pytest.raises(NoPost):
        queries.get_actor(he, crew, now=clock() + 86_400)


def test_nobody_is_appointed_twice_to_one_post_at_a_time(city: SimpleNamespace) -> None:

    with pytest.raises(Problem) as caught:
        acting.appoint(city.users["fang"], city.posts["crew"], valid_from=MONDAY)
    assert caught.value.code == "people.appointments.already-held"


def test_an_appointment_cannot_end_before_it_begins(city: SimpleNamespace) -> None:

    with pytest.raises(Problem) as caught:
        acting.end_appointment(city.users["fang"], city.posts["crew"], last_day=date(2024, 12, 31))
    assert caught.value.code == "people.appointments.ends-before-start"
    with pytest.raises(NotFound):
        acting.end_appointment(city.users["he"], city.posts["crew"], last_day=MONDAY)


def test_an_actor_is_asked_for_in_a_post_that_is_held(city: SimpleNamespace, clock: Any) -> None:
    from gezhi.people import queries

    an = city.users["an"]
    assert queries.get_actor(an, now=clock()).role is Role.ACCEPTOR
    assert queries.get_actor(an, city.posts["dispatch"], now=clock()).role is Role.DISPATCHER
    with pytest.raises(PostEnded):
        queries.get_actor(an, city.posts["crew"], now=clock())
    with pytest.raises(AccountEnded):
        queries.get_actor(city.users["left"], now=clock())


def test_an_actor_costs_no_statement_once_the_directory_is_held(
    city: SimpleNamespace, clock: Any, statement_count: Callable[[], Any]
) -> None:
    from gezhi.people import queries

    queries.held_directory()
    with statement_count() as counted:
        queries.get_actor(city.users["an"], now=clock())
    assert counted.total == 0


def test_a_token_is_kept_as_a_digest_and_acts_in_one_post(city: SimpleNamespace, clock: Any) -> None:
    from gezhi.people import actions, queries
    from gezhi.people.models import ApiToken

    token = actions.create_token(
        city.users["an"], name="x", clock=clock, post_id=city.posts["dispatch"], make_secret=lambda: "secret"
    )
    row = ApiToken.objects.get()
    assert token == "gezhi_secret"
    assert row.digest == token_digest(token)
    assert queries.held_tokens()[row.digest].post_id == city.posts["dispatch"]
    actions.revoke_token(row.id, clock=clock)
    assert queries.held_tokens() == {}
    with pytest.raises(NotFound):
        actions.revoke_token(row.id, clock=clock)


def test_the_use_of_a_token_is_written_once_an_hour(city: SimpleNamespace, clock: Any) -> None:
    from gezhi.people import actions
    from gezhi.people.models import ApiToken

    actions.create_token(city.users["hotline"], name="x", clock=clock)
    token = ApiToken.objects.get()
    written = []
    for seconds in (0, 3599, 3601):
        actions.note_token_use(token.id, now=clock.now + seconds)
        token.refresh_from_db()
        assert token.last_used_at is not None
        written.append(int(token.last_used_at.timestamp()) - clock.now)
    assert written == [0, 0, 3601]


def test_who_sits_at_a_desk_is_found_at_that_desk_and_at_no_other(city: SimpleNamespace, clock: Any) -> None:
    from gezhi.people import actions, queries

    row = ShiftRow(
        organisation_id=city.bodies["jd"],
        role=Role.DUTY_OFFICER,
        user_id=city.users["bao"],
        post_id=city.posts["officer"],
        starts_at=clock(),
        ends_at=clock() + 3600,
    )
    assert actions.set_shifts([row]) == 1
    found = queries.on_shift(city.bodies["jd"], Role.DUTY_OFFICER, clock() + 10)
    assert found is not None
    assert (found.user_id, found.post_id) == (city.users["bao"], city.posts["officer"])
    assert queries.on_shift(city.bodies["jd"], Role.DUTY_OFFICER, clock() + 3600) is None
    assert queries.on_shift(city.bodies["jd"], Role.DISPATCHER, clock() + 10) is None
    assert queries.on_shift(city.bodies["jd-east"], Role.DUTY_OFFICER, clock() + 10) is None
    assert queries.on_shift(city.bodies["zh"], Role.DUTY_OFFICER, clock() + 10) is None


def test_a_shift_entered_again_is_replaced(city: SimpleNamespace, clock: Any) -> None:
    from gezhi.people import actions, queries
    from gezhi.people.models import DeskShift

    def shift(hours: int) -> ShiftRow:
        return ShiftRow(
            organisation_id=city.bodies["jd"],
            role=Role.DUTY_OFFICER,
            user_id=city.users["bao"],
            post_id=city.posts["officer"],
            starts_at=clock(),
            ends_at=clock() + hours * 3600,
        )

    actions.set_shifts([shift(1)])
    actions.set_shifts([shift(2)])
    assert DeskShift.objects.count() == 1
    assert queries.on_shift(city.bodies["jd"], Role.DUTY_OFFICER, clock() + 5400) is not None


def test_only_holders_of_the_desks_post_go_on_shift(city: SimpleNamespace, clock: Any) -> None:
    from gezhi.people import actions

    wrong = ShiftRow(
        organisation_id=city.bodies["jd"],
        role=Role.DUTY_OFFICER,
        user_id=city.users["an"],
        post_id=city.posts["accept"],
        starts_at=clock(),
        ends_at=clock() + 60,
    )
    with pytest.raises(WrongPost):
        actions.set_shifts([wrong])
    with pytest.raises(EmptyShift):
        actions.set_shifts(
            [
                ShiftRow(
                    organisation_id=city.bodies["jd"],
                    role=Role.DUTY_OFFICER,
                    user_id=city.users["bao"],
                    post_id=city.posts["officer"],
                    starts_at=clock(),
                    ends_at=clock(),
                )
            ]
        )


def test_accounts_are_listed_with_their_posts(city: SimpleNamespace) -> None:
    from gezhi.people import queries

    listed = {user.username: [post.code for post in posts] for user, posts in queries.list_accounts(on=MONDAY)}
    assert listed["an"] == ["accept", "dispatch"]
    assert listed["he"] == []
    assert "left" not in listed
