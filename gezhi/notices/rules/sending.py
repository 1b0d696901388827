"""短信发送: the states of a message, how long to wait between two attempts, and when it is given up."""

from __future__ import annotations

from enum import StrEnum

import msgspec

FIRST_PAUSE_S = 30
LONGEST_PAUSE_S = 3_600
MOST_ATTEMPTS = 20  # about fourteen hours: a gateway that is away over night loses nothing
CLAIMED_FOR_S = 120  # longer than any attempt; only a killed worker leaves a claim to run out
LONGEST_ERROR = 300


class State(StrEnum):
    WAITING = "waiting"
    SENT = "sent"
    FAILED = "failed"


STATE_NAMES: dict[State, tuple[str, str]] = {
    State.WAITING: ("待发送", "Waiting"),
    State.SENT: ("已发送", "Sent"),
    State.FAILED: ("发送失败", "Failed"),
}


class NextTry(msgspec.Struct, frozen=True):
    """What becomes of a message after a failed attempt."""

    state: State
    at: int


def pause_after(attempts: int) -> int:
    """重试间隔: it doubles with every attempt, up to an hour."""
    return min(FIRST_PAUSE_S << min(attempts - 1, 12), LONGEST_PAUSE_S)


def after_failure(attempts: int, *, for_good: bool, now: int) -> NextTry:
    """Tried again later, unless the gateway refused this very message or it has been tried often enough."""
    gives_up = for_good or attempts >= MOST_ATTEMPTS
    return NextTry(State.FAILED if gives_up else State.WAITING, now + pause_after(attempts))
