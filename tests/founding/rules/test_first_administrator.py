from __future__ import annotations

from datetime import date

import msgspec
import pytest

from gezhi.founding.rules.city import digest_of
from gezhi.founding.rules.first_administrator import NoAdministrator, first_administrator
from tests.founding.folders import city


def test_the_first_person_in_a_post_of_administrator_signs_in_first() -> None:
    assert first_administrator(city()) == "hezhen"
    people = city().people
    other = msgspec.structs.replace(people[1], post_codes=("acceptor", "administrator"))
    assert first_administrator(city(people=(people[0], other))) == "hezhen"
    assert first_administrator(city(people=(other, people[0]))) == other.username


def test_whoever_begins_later_or_has_ended_is_not_the_first() -> None:
    first = city().people[0]
    for changed in (
        msgspec.structs.replace(first, active_from=date(2026, 1, 2)),
        msgspec.structs.replace(first, active_to=date(2025, 12, 31), active_from=date(2025, 1, 1)),
        msgspec.structs.replace(first, post_codes=("supervisor",)),
    ):
        with pytest.raises(NoAdministrator):
            first_administrator(city(people=(changed,)))


def test_an_ended_post_makes_nobody_an_administrator() -> None:
    ended = tuple(msgspec.structs.replace(post, valid_to=date(2025, 12, 31)) for post in city().posts)
    with pytest.raises(NoAdministrator):
        first_administrator(city(posts=ended))


def test_the_digest_changes_with_the_content_and_with_nothing_else() -> None:
    assert digest_of(city()) == digest_of(city())
    assert digest_of(city(name="义乌")) != digest_of(city())
