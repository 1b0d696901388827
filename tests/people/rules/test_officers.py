from __future__ import annotations

from datetime import date

import pytest

from gezhi.kernel.permissions import Role
from gezhi.people.rules.directory import Directory, PostFacts
from gezhi.people.rules.held_posts import AppointmentFacts
from gezhi.people.rules.officers import CannotReply, check_can_reply
from tests.people.invented import ORGANISATIONS, POSTS, START, USERS, build_directory

TODAY = date(2026, 3, 2)
BODY = {row.code: id_ for id_, row in enumerate(ORGANISATIONS, 1)}
USER = {row.username: id_ for id_, row in enumerate(USERS, 1)}
POST = {row.code: id_ for id_, row in enumerate(POSTS, 1)}
LEADERS = len(POSTS) + 1


def check(body: str, username: str, *, leads: str = "", regions: tuple[str, ...] = (), on: date = TODAY) -> None:
    """May this person be named for the body; `leads`: with a leader's post of this body and these regions besides."""
    base = build_directory()
    posts, held = list(base.posts.values()), [AppointmentFacts(USER["fang"], POST["crew"], START)]
    if leads:
        posts.append(PostFacts(LEADERS, "lead", "领导岗", "Leader", Role.LEADER, BODY[leads], regions, START))
        held.append(AppointmentFacts(USER[username], LEADERS, START))
    people = Directory(base.users.values(), base.organisations.values(), posts, held)
    check_can_reply(people, BODY[body], USER[username], on)


def test_the_handler_of_a_body_may_be_named_for_it() -> None:
    check("roads-crew", "fang")


@pytest.mark.parametrize(("body", "username"), [("parks", "fang"), ("roads-crew", "an"), ("roads-crew", "he")])
def test_nobody_is_named_for_a_body_that_they_cannot_reply_for(body: str, username: str) -> None:
    with pytest.raises(CannotReply):
        check(body, username)


def test_a_leader_of_the_region_may_be_named() -> None:
    check("jd-east", "bao", leads="gov", regions=("370900",))


def test_a_leader_of_another_region_may_not() -> None:
    with pytest.raises(CannotReply):
        check("jd", "bao", leads="jd-east", regions=("370902",))


def test_nobody_is_named_on_a_day_before_they_hold_the_post() -> None:
    with pytest.raises(CannotReply):
        check("roads-crew", "fang", on=date(2024, 12, 31))
