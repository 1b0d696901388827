"""派遣、处置、核查、结案操作: from the dispatch to the closing."""

from __future__ import annotations

from gezhi.cases.rules.commands.command import Command, Reasoned, Seen
from gezhi.cases.rules.entries import Result


class Dispatch(Command, frozen=True, tag="dispatch", kw_only=True):
    unit_id: int
    helpers: tuple[int, ...] = ()
    reason: str = ""


class MarkUnowned(Command, frozen=True, tag="mark_unowned", kw_only=True):
    reason: str


class SettleOwner(Command, frozen=True, tag="settle_owner", kw_only=True):
    unit_id: int
    basis: str
    reason: str
    manner: str
    cost: int | None = None


class Receive(Command, frozen=True, tag="receive", kw_only=True):
    pass


class Assign(Command, frozen=True, tag="assign", kw_only=True):
    """A unit gives its part down to a crew or street of its own."""

    unit_id: int
    text: str = ""


class Revoke(Command, frozen=True, tag="revoke", kw_only=True):
    reason: str


class Succeed(Command, frozen=True, tag="succeed", kw_only=True):
    """`basis`: which decision says that this body takes the place of the unit, and from which day on."""

    old_unit_id: int
    successor_id: int
    basis: str


class Recall(Command, frozen=True, tag="recall", kw_only=True):
    reason: str


class HandOver(Command, frozen=True, tag="hand_over", kw_only=True):
    pictures: tuple[str, ...] = ()
    lon: int | None = None
    lat: int | None = None
    text: str = ""


class Confirm(Command, frozen=True, tag="confirm", kw_only=True):
    inspection_required: bool = True
    reason: str = ""


class AskMore(Command, frozen=True, tag="ask_more", kw_only=True):
    reason: str


class SendInspection(Command, frozen=True, tag="send_inspection", kw_only=True):
    collector_id: int | None = None


class CompleteInspection(Seen, frozen=True, tag="complete_inspection", kw_only=True):
    results: tuple[Result, ...] = ()


class Close(Command, frozen=True, tag="close", kw_only=True):
    kind: str
    answer: str = ""


class DeclineClosing(Reasoned, frozen=True, tag="decline_closing", kw_only=True):
    pass


class Reopen(Reasoned, frozen=True, tag="reopen", kw_only=True):
    pass
