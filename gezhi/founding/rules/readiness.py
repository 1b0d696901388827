"""待完善事项 (首件案件受理之前, 以后): what a city still lacks before its first case, and what would make later steps fail.

Derived from what the registers hold on a day, each time anew; an item locks nothing.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from enum import StrEnum

import msgspec

from gezhi.founding.rules.readiness_kinds import KINDS, SEAT_KINDS, Words
from gezhi.kernel.permissions import Role

SHOWN = 3
SECOND_PERSON = 2


class NeededFor(StrEnum):
    """首件案件之前, 以后."""

    FIRST_CASE = "first-case"
    LATER = "later"


class Share(msgspec.Struct, frozen=True):
    """Names of those that lack something, and out of how many."""

    lacking: tuple[Words, ...] = ()
    total: int = 0

    @property
    def is_whole(self) -> bool:
        return len(self.lacking) >= self.total


class FirstFacts(msgspec.Struct, frozen=True, kw_only=True):
    """What a first case needs. `seats`: of each the counties in which nobody who can sign in holds it; `handlers`: how
    many of them can sign in.
    """

    grids: int
    seats: Mapping[Role, Share]
    handlers: int


class LaterFacts(msgspec.Struct, frozen=True, kw_only=True):
    """What decides whether later steps work. `deciders`: roles that the approval matrix names and nobody holds;
    `backed_up` is None where others keep the database.
    """

    communities: Share
    units: Share
    classes: Share
    bodies: Share
    centres: Share
    deciders: Share
    calendars: Share
    year: int
    approvers: int
    sends_texts: bool
    backed_up: bool | None
    anchors: int
    proof_late: bool
    demo: bool


class Item(msgspec.Struct, frozen=True):
    """One thing to look at. `count` of `total` are lacking; none: it is done."""

    code: str
    needed_for: NeededFor
    count: int
    total: int = 0
    examples: tuple[Words, ...] = ()
    told: Mapping[str, object] = {}

    @property
    def is_done(self) -> bool:
        return not self.count


def first_items(facts: FirstFacts) -> list[Item]:
    """首件案件: grids, the four seats, somebody who handles. A seat that only some counties lack is a matter for later."""
    seats = ((kind, facts.seats[role]) for role, kind in SEAT_KINDS.items())
    return [
        Item("grids", NeededFor.FIRST_CASE, count=int(not facts.grids), total=facts.grids),
        *(_item(kind, share, _needed_for(share)) for kind, share in seats),
        Item("seat.handler", NeededFor.FIRST_CASE, count=int(not facts.handlers), total=facts.handlers),
    ]


def _needed_for(share: Share) -> NeededFor:
    return NeededFor.LATER if share.lacking and not share.is_whole else NeededFor.FIRST_CASE


def later_items(facts: LaterFacts) -> list[Item]:
    """以后: in the order in which a case meets them; then what keeps the platform itself."""
    return list(_later(facts))


def _later(facts: LaterFacts) -> Iterator[Item]:
    yield _item("communities", facts.communities)
    yield _item("classes", facts.classes)
    yield _item("units", facts.units)
    yield _item("centres", facts.centres)
    yield _item("bodies", facts.bodies)
    yield _item("deciders", facts.deciders)
    yield _flag("second-person", lacks=facts.approvers < SECOND_PERSON)
    yield msgspec.structs.replace(_item("calendars", facts.calendars), told={"year": facts.year})
    yield _flag("texts", lacks=not facts.sends_texts)
    if facts.backed_up is not None:
        yield _flag("backup", lacks=not facts.backed_up)
    yield _flag("signer", lacks=facts.proof_late)
    yield _flag("anchors", lacks=not facts.anchors)
    if facts.demo:
        yield _flag("demo", lacks=True)


def blocking(items: list[Item]) -> list[Item]:
    """What keeps the first case out."""
    return [item for item in items if item.needed_for is NeededFor.FIRST_CASE and not item.is_done]


def says(item: Item, language: str) -> str:
    """What is so, in one sentence."""
    kind = KINDS[item.code]
    text = (kind.done if item.is_done else kind.lacks)[language == "en"]
    return text.format(count=item.count, total=item.total, **item.told)


def _item(code: str, share: Share, needed_for: NeededFor = NeededFor.LATER) -> Item:
    return Item(code, needed_for, len(share.lacking), share.total, share.lacking[:SHOWN])


def _flag(code: str, *, lacks: bool) -> Item:
    return Item(code, NeededFor.LATER, count=int(lacks))
