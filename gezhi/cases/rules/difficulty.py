"""疑难案件: no row of the duty table fits, or two units have sent it back. The board of such cases loses none (R19)."""

from __future__ import annotations

from enum import StrEnum

from gezhi.cases.rules.clocks.clock import ClockKind
from gezhi.cases.rules.stages import Status
from gezhi.cases.rules.state import CaseState

RETURNED_TOO_OFTEN = 2


class Difficulty(StrEnum):
    UNOWNED = "unowned"
    RETURNED_TWICE = "returned_twice"


NAMES: dict[Difficulty, tuple[str, str]] = {
    Difficulty.UNOWNED: ("权责待明确", "Owner in question"),
    Difficulty.RETURNED_TWICE: ("两次以上回退", "Returned twice or more"),
}


def difficulty_of(state: CaseState) -> Difficulty | None:
    """Why a case needs the joint meeting; None once an owner is settled or a unit has it."""
    if state.status is Status.UNOWNED:
        return Difficulty.UNOWNED
    often = state.marks.get("send_back_granted", 0) >= RETURNED_TOO_OFTEN
    return Difficulty.RETURNED_TWICE if often and state.status is Status.REGISTERED and not state.settled_unit else None


def ownerless_since(state: CaseState) -> int:
    """Since when nobody answers for it: since the question was put, or since it came back for the second time."""
    clock = state.clock(ClockKind.UNOWNED if state.status is Status.UNOWNED else ClockKind.DISPATCH)
    return clock.since if clock is not None and clock.since is not None else state.registered or state.reported
