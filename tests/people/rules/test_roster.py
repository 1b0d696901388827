from __future__ import annotations

from datetime import date
from typing import Any

import msgspec
import pytest

from gezhi.kernel.permissions import Scope
from gezhi.people.rules.roster import (
    BadBeat,
    BadShift,
    BeatOutside,
    NoCollector,
    RosterRow,
    check_shape,
    codes_above,
    find_clashes,
    normal_beat,
    post_of,
    reached_posts,
)
from tests.people.invented import ORGANISATIONS, POSTS, USERS, build_directory

DAY = date(2026, 3, 2)
BODY = {row.code: id_ for id_, row in enumerate(ORGANISATIONS, 1)}
POST = {row.code: id_ for id_, row in enumerate(POSTS, 1)}
USER = {row.username: id_ for id_, row in enumerate(USERS, 1)}
ROW = RosterRow(user_id=USER["dai"], region_codes=("370902003",), starts_at=1_000, ends_at=2_000)


def row(**changes: Any) -> RosterRow:
    return msgspec.structs.replace(ROW, **changes)


def test_a_beat_is_kept_by_its_significant_digits_each_once() -> None:
    assert normal_beat(["370902003000", " 370902003 ", "37090200300100a", "370900", ""]) == (
        "3709",
        "370902003",
        "37090200300100A",
    )


def test_a_place_lies_in_every_code_above_it() -> None:
    assert codes_above("37090200300100A") == [
        "37",
        "3709",
        "370902",
        "370902003",
        "370902003001",
        "37090200300100A",
    ]


@pytest.mark.parametrize(("starts", "ends"), [(1_000, 1_000), (1_000, 999), (0, 86_401)])
def test_a_shift_ends_after_it_starts_and_lasts_a_day_at_most(starts: int, ends: int) -> None:
    with pytest.raises(BadShift):
        check_shape(row(starts_at=starts, ends_at=ends))
    check_shape(row(starts_at=0, ends_at=86_400))


@pytest.mark.parametrize("codes", [(), ("37090",), ("3709020030011",), tuple(f"37090200{n:07}" for n in range(51))])
def test_a_beat_is_one_to_fifty_codes_of_areas(codes: tuple[str, ...]) -> None:
    with pytest.raises(BadBeat):
        check_shape(row(region_codes=codes))


def test_a_scope_reaches_the_collectors_of_its_regions_and_of_its_bodies_and_own_work_no_other() -> None:
    directory = build_directory()
    street, east, far = POST["collect-street"], POST["collect-east"], POST["collect-far"]
    assert reached_posts(directory, Scope(regions=("",))) == {street, east}
    assert reached_posts(directory, Scope(regions=("370902003",))) == {street}
    assert reached_posts(directory, Scope(organisations=(BODY["far"],))) == {far}
    assert reached_posts(directory, Scope(regions=("3709",), only_own_work=True)) == set()


def test_a_beat_lies_in_the_post_that_its_collector_holds_that_day_within_the_scope() -> None:
    directory = build_directory()
    reached = reached_posts(directory, Scope(regions=("3709",)))
    assert post_of(directory, ROW, reached, DAY) == POST["collect-street"]
    with pytest.raises(BeatOutside):
        post_of(directory, row(region_codes=("370902003001", "370902004")), reached, DAY)
    for other in (row(user_id=USER["fang"]), row(user_id=999)):
        with pytest.raises(NoCollector):
            post_of(directory, other, reached, DAY)
    with pytest.raises(NoCollector):
        post_of(directory, ROW, reached, date(2024, 12, 31))
    with pytest.raises(NoCollector):
        post_of(directory, ROW, reached_posts(directory, Scope(regions=("370901",))), DAY)


def test_what_stands_already_is_told_from_what_lies_across_another_shift() -> None:
    standing = [ROW]
    later, other = row(starts_at=2_000, ends_at=3_000), row(user_id=USER["che"])
    assert find_clashes([ROW, later, other], standing) == ({0}, set())
    assert find_clashes([row(region_codes=("370902003001",))], standing) == (set(), {0})
    assert find_clashes([row(starts_at=1_999, ends_at=2_500)], standing) == (set(), {0})
    assert find_clashes([ROW, row(starts_at=1_500)], []) == (set(), {0, 1})
    assert find_clashes([row(starts_at=0, ends_at=9_000), later, row(starts_at=5_000, ends_at=6_000)], []) == (
        set(),
        {0, 1, 2},
    )
