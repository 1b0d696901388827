"""Leaving (离岗): before an account or an appointment ends, what would be left behind is asked for.

The cases stand above people, so `assembly` plugs in who answers.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date, timedelta

from gezhi.kernel.permissions import Role
from gezhi.people.queries import held_directory
from gezhi.people.rules.directory import PostFacts
from gezhi.people.rules.leaving import OpenWork, check_leaving, units_left_without

FindOpenWork = Callable[[int | None, Sequence[int]], OpenWork]
"""Open tasks of a collector (None: not asked for) and open parts of these units."""


def _nothing(collector_id: int | None, unit_ids: Sequence[int]) -> OpenWork:  # noqa: ARG001
    return OpenWork()


_find: FindOpenWork = _nothing


def set_open_work(find: FindOpenWork) -> None:
    """Plug in who knows the open work (`assembly` does it once)."""
    global _find  # noqa: PLW0603
    _find = find


def refuse_open_work(user_id: int, given_up: Sequence[PostFacts], kept: Sequence[PostFacts], *, last_day: date) -> None:
    """Refuse that somebody gives up posts after a day while they hold open work that the posts kept do not cover."""
    directory, after = held_directory(), last_day + timedelta(days=1)
    collects = any(post.role is Role.COLLECTOR for post in given_up)
    collects = collects and all(post.role is not Role.COLLECTOR for post in kept)
    left = units_left_without(directory, user_id, given_up, on=after)
    if collects or left:
        check_leaving(directory, directory.users[user_id], _find(user_id if collects else None, left), on=after)
