"""可办操作: exactly what this person may do with the case now, the likeliest first; and why something expected is
missing.
"""

from __future__ import annotations

from collections.abc import Callable

from gezhi.cases.rules.allowed import check_allowed, part_of
from gezhi.cases.rules.stages import COMMANDS, STATUSES, Status, find_transition
from gezhi.cases.rules.state import CaseState
from gezhi.cases.rules.steps.acceptance import FoundUntrue, VerificationNeeded
from gezhi.cases.rules.steps.handling import AlreadyHandedOver, LeadingUnitReceives
from gezhi.cases.rules.steps.sending_back import NoSendBack, SendBackPending, pending
from gezhi.kernel.permissions import Actor
from gezhi.kernel.problems import Problem

# The first of these that is allowed is the one that a desk offers first.
LIKELIEST = (
    "complete_verification",
    "complete_inspection",
    "decide_send_back",
    "accept",
    "require_verification",
    "register",
    "dispatch",
    "receive",
    "hand_over",
    "confirm",
    "send_inspection",
    "close",
    "settle_owner",
    "reopen",
)
LAST = ("note", "remind", "amend", "find_missed")
NOT_OFFERED = frozenset({"report", "self_handle", "add_report", "run_out", "recompute"})


def _accept(state: CaseState, _: Actor) -> Problem | None:
    if state.verify_by_rule and state.verified is None:
        return VerificationNeeded()
    return FoundUntrue() if state.verified is False else None


def _receive(state: CaseState, actor: Actor) -> Problem | None:
    leading = state.leading
    if leading is None or part_of(actor, state) != leading.unit:
        return LeadingUnitReceives()
    return SendBackPending() if pending(state) else None


def _hand_over(state: CaseState, actor: Actor) -> Problem | None:
    unit = part_of(actor, state)
    if pending(state):
        return SendBackPending()
    done = any(part.unit == unit and part.handed_over is not None for part in state.open_assignments)
    return AlreadyHandedOver() if done else None


CONDITIONS: dict[str, Callable[[CaseState, Actor], Problem | None]] = {
    "accept": _accept,
    "receive": _receive,
    "hand_over": _hand_over,
    "ask_send_back": lambda state, _: SendBackPending() if pending(state) else None,
    "decide_send_back": lambda state, _: None if pending(state) else NoSendBack(),
}


def why_not(word: str, state: CaseState, actor: Actor) -> Problem | None:
    """Why this command is not to be had now; None where it is."""
    try:
        check_allowed(word, state, actor)
    except Problem as problem:
        return problem
    condition = CONDITIONS.get(word)
    return condition(state, actor) if condition is not None else None


def available(state: CaseState, actor: Actor) -> tuple[str, ...]:
    """The commands that the case page offers, the likeliest first."""
    words = [word for word in COMMANDS if word not in NOT_OFFERED and why_not(word, state, actor) is None]
    order = {word: at for at, word in enumerate(LIKELIEST)}
    if state.verify_by_rule and state.verified is None:
        order["require_verification"] = -1
    if state.verified is False:
        order["refuse"] = -1
    return tuple(sorted(words, key=lambda word: order.get(word, 90 + LAST.index(word) if word in LAST else 50)))


def label_of(word: str, status: Status) -> tuple[str, str]:
    """What the button says: the verb of the command in this status."""
    transition = find_transition(word, status)
    return (transition.zh, transition.en) if transition is not None else (word, word)


def expected(state: CaseState) -> tuple[str, ...]:
    """What could happen next to a case in this status, whoever does it: the commands that “why not” may be asked
    about.
    """
    if STATUSES[state.status].final:
        return ()
    return tuple(
        word for word in COMMANDS if word not in NOT_OFFERED and find_transition(word, state.status) is not None
    )
