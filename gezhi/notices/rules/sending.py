"""短信发送: the states of a message, how long to wait between two attempts, and when it is given up."""

from __future__ import annotations

from enum import StrEnum

import msgspec

FIRST_PAUSE_S = 30
LONGEST_PAUSE_S = 3_600
MOST_ATTEMPTS = 20  # about fourteen hours: a gateway that is away over night loses nothing
CLAIMED_FOR_S = 120  # longer than any attempt; only a killed worker leaves a claim to run out
LONGEST_ERROR = 300
LONGEST_REFERENCE = 200


class State(StrEnum):
    """`sent`: the gateway has taken it. `refused`: it never will; `given_up`: tried often enough, or to nobody."""

    WAITING = "waiting"
    SENT = "sent"
    REFUSED = "refused"
    GIVEN_UP = "given_up"
    TO_CALL = "to_call"
    CALLED = "called"


STATE_NAMES: dict[State, tuple[str, str]] = {
    State.WAITING: ("待发送", "Waiting"),
    State.SENT: ("已发送", "Sent"),
    State.REFUSED: ("网关拒收", "Refused by the gateway"),
    State.GIVEN_UP: ("未能送达", "Given up"),
    State.TO_CALL: ("待电话告知", "To be called"),
    State.CALLED: ("已电话告知", "Told by call"),
}
FAILED = frozenset({State.REFUSED, State.GIVEN_UP})
UNSAID = FAILED | {State.WAITING, State.TO_CALL}
"""It has not reached anybody."""


class NextTry(msgspec.Struct, frozen=True):
    """What becomes of a message after a failed attempt."""

    state: State
    at: int


def pause_after(attempts: int) -> int:
    """重试间隔: it doubles with every attempt, up to an hour."""
    return min(FIRST_PAUSE_S << min(attempts - 1, 12), LONGEST_PAUSE_S)


def after_failure(attempts: int, *, for_good: bool, now: int) -> NextTry:
    """Tried again later, unless the gateway refused this very message or it has been tried often enough."""
    state = State.REFUSED if for_good else State.GIVEN_UP if attempts >= MOST_ATTEMPTS else State.WAITING
    return NextTry(state, now + pause_after(attempts))
