from __future__ import annotations

import msgspec
import pytest

from gezhi.founding.rules.readiness import (
    FirstFacts,
    Item,
    LaterFacts,
    NeededFor,
    Share,
    blocking,
    first_items,
    later_items,
    says,
)
from gezhi.founding.rules.readiness_kinds import KINDS, SEAT_KINDS
from gezhi.kernel.permissions import Role

EAST, WEST, SOUTH, NORTH = (("东区", "East"), ("西区", "West"), ("南区", "South"), ("北区", "North"))
NOBODY, HALF, EVERYBODY = Share((EAST, WEST), 2), Share((EAST,), 2), Share((), 2)
FIRST = FirstFacts(grids=20, seats=dict.fromkeys(SEAT_KINDS, EVERYBODY), handlers=3)
LATER = LaterFacts(
    communities=EVERYBODY,
    classes=EVERYBODY,
    units=EVERYBODY,
    bodies=EVERYBODY,
    centres=EVERYBODY,
    deciders=EVERYBODY,
    calendars=EVERYBODY,
    year=2027,
    approvers=2,
    sends_texts=True,
    backed_up=True,
    anchors=1,
    proof_late=False,
    demo=False,
)


def without(role: Role, share: Share) -> FirstFacts:
    return msgspec.structs.replace(FIRST, seats=FIRST.seats | {role: share})  # type: ignore[operator]


def codes(items: list[Item]) -> list[str]:
    return [item.code for item in items if not item.is_done]


@pytest.mark.parametrize(
    ("facts", "blocks", "lacks"),
    [
        (FIRST, [], []),
        (msgspec.structs.replace(FIRST, grids=0), ["grids"], ["grids"]),
        (msgspec.structs.replace(FIRST, handlers=0), ["seat.handler"], ["seat.handler"]),
        *[(without(role, NOBODY), [kind], [kind]) for role, kind in SEAT_KINDS.items()],
        *[(without(role, HALF), [], [kind]) for role, kind in SEAT_KINDS.items()],
    ],
)
def test_a_first_case_waits_for_grids_every_seat_and_a_handler_somewhere(
    facts: FirstFacts, blocks: list[str], lacks: list[str]
) -> None:
    assert (codes(blocking(first_items(facts))), codes(first_items(facts))) == (blocks, lacks)


@pytest.mark.parametrize(
    ("change", "lacks"),
    [
        ({}, []),
        *[({name: HALF}, [name]) for name in ("communities", "classes", "units", "centres", "bodies", "deciders")],
        ({"calendars": HALF}, ["calendars"]),
        ({"approvers": 1}, ["second-person"]),
        ({"sends_texts": False}, ["texts"]),
        ({"backed_up": False}, ["backup"]),
        ({"proof_late": True}, ["signer"]),
        ({"anchors": 0}, ["anchors"]),
        ({"demo": True}, ["demo"]),
    ],
)
def test_what_would_fail_later_is_named_and_blocks_nothing(change: dict[str, object], lacks: list[str]) -> None:
    items = later_items(msgspec.structs.replace(LATER, **change))
    assert (codes(items), {item.needed_for for item in items}) == (lacks, {NeededFor.LATER})


def test_nothing_is_said_of_a_backup_that_others_take() -> None:
    assert "backup" not in {one.code for one in later_items(msgspec.structs.replace(LATER, backed_up=None))}


def test_an_item_counts_all_and_shows_three() -> None:
    (item,) = [
        one for one in later_items(msgspec.structs.replace(LATER, bodies=Share((EAST, WEST, SOUTH, NORTH), 9)))
        if one.code == "bodies"
    ]  # fmt: skip
    assert (item.count, item.total, item.examples) == (4, 9, (EAST, WEST, SOUTH))
    assert says(item, "zh") == "9 个机构中有 4 个连同下属没有一个人任职"
    assert says(item, "en") == "4 of 9 bodies have nobody, neither in them nor below"


def test_every_item_says_in_both_languages_what_is_so_why_and_where_it_is_mended() -> None:
    nothing = msgspec.structs.replace(FIRST, grids=0, seats=dict.fromkeys(SEAT_KINDS, NOBODY), handlers=0)
    worst = msgspec.structs.replace(
        LATER, **dict.fromkeys(("communities", "classes", "units", "bodies", "centres", "deciders", "calendars"), HALF),
        approvers=0, sends_texts=False, backed_up=False, anchors=0, proof_late=True, demo=True,
    )  # fmt: skip
    items = [*first_items(nothing), *later_items(worst), *first_items(FIRST), *later_items(LATER)]
    assert {item.code for item in items} == set(KINDS)
    for item in items:
        kind = KINDS[item.code]
        assert all((*kind.title, *kind.why, kind.page or kind.command, says(item, "zh"), says(item, "en")))
        assert "{" not in says(item, "zh") + says(item, "en")
