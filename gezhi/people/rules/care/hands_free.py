"""离岗交接: nobody gives up posts while they have work in hand which the posts that they keep do not cover."""

from __future__ import annotations

from datetime import date, timedelta

from gezhi.kernel.permissions import Role
from gezhi.people.rules.care.plan import Facts
from gezhi.people.rules.directory import PostFacts, UserFacts
from gezhi.people.rules.leaving import check_leaving, units_left_without


def check_hands_free(
    facts: Facts,
    user: UserFacts,
    given_up: tuple[int, ...],
    last_day: date,
    *,
    kept: tuple[PostFacts, ...] = (),
    keeps_others: bool = True,
) -> None:
    """Refuse that posts are given up while their holder has open work which the posts kept do not cover."""
    directory, on = facts.directory, last_day + timedelta(days=1)
    held = directory.posts_of(user.id, last_day)
    leaving = [post for post in held if post.id in given_up]
    staying = [*kept, *(post for post in held if keeps_others and post.id not in given_up)]
    collects = any(post.role is Role.COLLECTOR for post in leaving)
    collects = collects and all(post.role is not Role.COLLECTOR for post in staying)
    left = units_left_without(directory, user.id, leaving, on=on)
    if collects or left:
        check_leaving(directory, user, facts.open_work(user.id if collects else None, left), on=on)
