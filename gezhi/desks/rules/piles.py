"""处置工作台: into which pile of a unit's day each of its open cases falls."""

from __future__ import annotations

from enum import StrEnum

from gezhi.cases.rules.allowed import part_of
from gezhi.cases.rules.clocks.lateness import part_due
from gezhi.cases.rules.stages import Status
from gezhi.cases.rules.state import Assignment, CaseState
from gezhi.kernel.permissions import Actor


class Pile(StrEnum):
    """分类. A case lies in the first that fits, in this order."""

    SUSPENDED = "suspended"
    HANDED_OVER = "handed_over"
    TO_RECEIVE = "to_receive"
    TO_CONFIRM = "to_confirm"
    OVERDUE = "overdue"
    DUE_TODAY = "due_today"
    IN_HAND = "in_hand"


PILE_NAMES: dict[Pile, tuple[str, str]] = {
    Pile.TO_RECEIVE: ("待签收", "To receive"),
    Pile.TO_CONFIRM: ("班组已反馈待确认", "Crew done, to confirm"),
    Pile.OVERDUE: ("处置超时", "Handling late"),
    Pile.DUE_TODAY: ("今日到期", "Due today"),
    Pile.IN_HAND: ("处置中", "In hand"),
    Pile.SUSPENDED: ("缓办", "Suspended"),
    Pile.HANDED_OVER: ("已反馈待其他单位", "Handed over, others awaited"),
}


def own_part(actor: Actor, state: CaseState) -> Assignment | None:
    """The part in whose name this person works on the case."""
    unit = part_of(actor, state)
    return next((part for part in state.open_assignments if part.unit == unit), None)


def pile_of(state: CaseState, part: Assignment, *, now: int, midnight: int) -> Pile:
    if state.status is Status.SUSPENDED:
        return Pile.SUSPENDED
    if part.handed_over is not None:
        return Pile.HANDED_OVER
    if part.received is None and (part.leading or state.status is Status.HANDLING):
        return Pile.TO_RECEIVE
    below = state.parts_below(part)
    if below and all(one.handed_over is not None for one in below):
        return Pile.TO_CONFIRM
    due = part_due(state, part)
    if due is not None and due < now:
        return Pile.OVERDUE
    return Pile.DUE_TODAY if due is not None and due < midnight else Pile.IN_HAND
