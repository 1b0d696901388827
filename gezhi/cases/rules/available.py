"""可办操作: exactly what this person may do with the case now, the likeliest first; and why something expected is
missing.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from gezhi.cases.rules.allowed import check_allowed
from gezhi.cases.rules.applications import ApplicationKind, names_of
from gezhi.cases.rules.applications.approval_row import ApprovalRow
from gezhi.cases.rules.applications.asking import ApplicationPending, acting_part, why_not_ask
from gezhi.cases.rules.applications.deciding import why_not_decide, why_not_withdraw
from gezhi.cases.rules.applications.kinds import KIND_OF_WORD, KINDS
from gezhi.cases.rules.applications.matrix import MATRIX
from gezhi.cases.rules.applications.send_back import send_back_pending
from gezhi.cases.rules.platforms import other_level
from gezhi.cases.rules.stages import COMMANDS, STATUSES, Status, find_transition
from gezhi.cases.rules.state import CaseState
from gezhi.cases.rules.steps.acceptance import FoundUntrue, VerificationNeeded
from gezhi.cases.rules.steps.handling import (
    AlreadyHandedOver,
    CrewStillAtWork,
    LeadingUnitReceives,
    ReceivedAlready,
    is_crew_at_work,
)
from gezhi.cases.rules.steps.major_cases import ListedAlready, NotListed, NotStruckOff
from gezhi.cases.rules.steps.missed import why_no_miss, why_no_withdrawal
from gezhi.cases.rules.steps.remarks import why_no_reminder
from gezhi.cases.rules.steps.sub_orders import LOWEST_LEVEL, NoCrewLeft, NothingToRevoke, TooDeep
from gezhi.kernel.permissions import Actor
from gezhi.kernel.problems import Problem
from gezhi.policy.rules.local_policy import LocalPolicy

Matrix = Mapping[ApplicationKind, ApprovalRow]

# 推进办理: the first of these that is allowed is the one that a desk offers first, and in its colour.
CARRYING_ON = (
    "complete_verification",
    "complete_inspection",
    "decide_application",
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
    "resume",
)
LAST = (
    "report_major", "list_major",
    "withdraw_application", "ask_void", "note", "remind", "amend", "find_missed", "withdraw_missed",
)  # fmt: skip
NOT_OFFERED = frozenset({
    "report", "self_handle", "add_report", "correct_contact", "tell_by_call", "run_out", "recompute", "succeed",
    "supervise", "answer_supervision", "lift_supervision", "change_major", "strike_off",  # done in their registers
})  # fmt: skip


def _accept(state: CaseState, _: Actor) -> Problem | None:
    if state.verify_by_rule and state.verified is None:
        return VerificationNeeded()
    return FoundUntrue() if state.verified is False else None


def _send_back_pending(state: CaseState) -> Problem | None:
    return ApplicationPending(**names_of(ApplicationKind.SEND_BACK)) if send_back_pending(state) else None


def _receive(state: CaseState, actor: Actor) -> Problem | None:
    part = acting_part(state, actor)
    if part.received is not None:
        return ReceivedAlready()
    if state.status is not Status.HANDLING and not part.leading:
        return LeadingUnitReceives()
    return _send_back_pending(state)


def _hand_over(state: CaseState, actor: Actor) -> Problem | None:
    part = acting_part(state, actor)
    if part.handed_over is not None:
        return AlreadyHandedOver()
    return CrewStillAtWork() if is_crew_at_work(state, part) else _send_back_pending(state)


def _assign(state: CaseState, actor: Actor) -> Problem | None:
    part = acting_part(state, actor)
    if part.level >= LOWEST_LEVEL:
        return TooDeep()
    if part.handed_over is not None:
        return AlreadyHandedOver()
    at_work = {one.unit for one in state.parts_below(part)}
    left = set(actor.scope.organisations) - {part.unit, actor.organisation_id} - at_work
    return _send_back_pending(state) if left else NoCrewLeft()


def _revoke(state: CaseState, actor: Actor) -> Problem | None:
    return None if state.parts_below(acting_part(state, actor)) else NothingToRevoke()


def _pending(state: CaseState) -> Problem | None:
    return ApplicationPending(**names_of(state.pending.kind)) if state.pending is not None else None


def _struck_off(state: CaseState, _: Actor) -> Problem | None:
    return NotStruckOff() if state.major else None


def _close(state: CaseState, actor: Actor) -> Problem | None:
    return _struck_off(state, actor) or _pending(state)


def _listed(state: CaseState, _: Actor) -> Problem | None:
    return None if state.major else NotListed()


CONDITIONS: dict[str, Callable[[CaseState, Actor], Problem | None]] = {
    "accept": _accept,
    "receive": _receive,
    "hand_over": _hand_over,
    "assign": _assign,
    "revoke": _revoke,
    "decide_application": why_not_decide,
    "withdraw_application": why_not_withdraw,
    "close": _close,
    "merge": _struck_off,
    "list_major": lambda state, _: ListedAlready() if state.major else None,
    "report_major": _listed,
    "withdraw_missed": lambda state, _: why_no_withdrawal(state),
}


def why_not(
    word: str,
    state: CaseState,
    actor: Actor,
    policy: LocalPolicy,
    *,
    matrix: Matrix = MATRIX,
    moment: int | None = None,
) -> Problem | None:
    """Why this command is not to be had at a moment; None where it is. Without a moment no time limit is looked at."""
    try:
        check_allowed(word, state, actor)
    except Problem as problem:
        return problem
    elsewhere = other_level(policy.platforms, word, state.status, state.codes, actor)
    if elsewhere is not None:
        return elsewhere
    if word == "find_missed":
        return why_no_miss(state, state.reported if moment is None else moment, policy)
    if word == "remind" and moment is not None:
        return why_no_reminder(state, actor, moment, policy)
    kind = KIND_OF_WORD.get(word)
    if kind is not None:
        return why_not_ask(KINDS[kind], matrix[kind], state, actor, moment=moment)
    condition = CONDITIONS.get(word)
    return condition(state, actor) if condition is not None else None


def available(
    state: CaseState, actor: Actor, policy: LocalPolicy, *, matrix: Matrix = MATRIX, moment: int | None = None
) -> tuple[str, ...]:
    """The commands that the case page offers, the likeliest first."""
    offered = (word for word in COMMANDS if word not in NOT_OFFERED)
    words = [word for word in offered if why_not(word, state, actor, policy, matrix=matrix, moment=moment) is None]
    order = {word: at for at, word in enumerate(_carrying_on(state))}
    return tuple(sorted(words, key=lambda word: order.get(word, 90 + LAST.index(word) if word in LAST else 50)))


def _carrying_on(state: CaseState) -> tuple[str, ...]:
    """What carries this case on, the likeliest first."""
    if state.verified is False:
        return ("refuse", *CARRYING_ON)
    if state.verify_by_rule and state.verified is None:
        return ("require_verification", *(word for word in CARRYING_ON if word != "require_verification"))
    return CARRYING_ON


def is_primary(word: str, states: Sequence[CaseState], offered: Sequence[str]) -> bool:
    """主要操作: the first that is offered, where it carries every one of these cases on. To merge, recall or reopen
    never does.
    """
    return word == offered[0] and all(word in _carrying_on(state) for state in states)


def common_commands(
    states: list[CaseState],
    actor: Actor,
    policy: LocalPolicy,
    *,
    matrix: Matrix = MATRIX,
    moment: int | None = None,
) -> tuple[str, ...]:
    """The commands that every one of these cases offers, in the order of the first; what needs a new picture as proof
    is asked for one by one, since a picture proves one case.
    """
    proven = {KINDS[kind].word for kind, row in matrix.items() if row.needs_proof}
    offered = [available(state, actor, policy, matrix=matrix, moment=moment) for state in states]
    alike = (word for word in offered[0] if all(word in one for one in offered)) if offered else ()
    return tuple(word for word in alike if word not in proven or len(states) == 1)


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
