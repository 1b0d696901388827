"""撤回与回退: the dispatcher takes back a wrong dispatch; a unit asks to send the case back, and the dispatcher decides."""

from __future__ import annotations

import msgspec

from gezhi.cases.rules.allowed import part_of
from gezhi.cases.rules.commands import AskSendBack, DecideSendBack, Recall
from gezhi.cases.rules.entries import Step
from gezhi.cases.rules.facts import Facts
from gezhi.cases.rules.stages import Status
from gezhi.cases.rules.state import Application, Assignment, CaseState, Clock, ClockKind
from gezhi.cases.rules.steps.evidence import require_words
from gezhi.kernel.problems import Problem


class SendBackPending(Problem):
    code = "cases.sending-back.send-back-pending"
    status = 409
    title = "回退申请正在审批，请先处理该申请。"
    title_en = "A send-back is waiting for its decision; decide on it first."


class NoSendBack(Problem):
    code = "cases.sending-back.no-send-back"
    status = 409
    title = "本案没有待审批的回退申请。"
    title_en = "No send-back is waiting for a decision."


def pending(state: CaseState) -> Application | None:
    """The application that waits for its decision."""
    return state.application if state.application is not None and state.application.decided is None else None


def ended_parts(state: CaseState, how: str, facts: Facts) -> tuple[Assignment, ...]:
    """Every open assignment, ended now in this way."""
    return tuple(msgspec.structs.replace(part, ended=facts.moment, end=how) for part in state.open_assignments)


def _back_to_dispatch(state: CaseState, facts: Facts) -> tuple[Clock, ...]:
    return (
        *facts.end(state, ClockKind.RECEIPT),
        *facts.pause(state, ClockKind.HANDLING),
        facts.start(ClockKind.DISPATCH),
    )


def decide_recall(state: CaseState, command: Recall, facts: Facts) -> Step:
    """撤回派遣: the dispatcher's own wrong dispatch, before hand-over. A pending application lapses with it."""
    application = pending(state)
    lapsed = msgspec.structs.replace(application, decided=facts.moment, granted=False) if application else None
    return Step(
        kind="recalled",
        status=Status.REGISTERED,
        assignments=ended_parts(state, "recalled", facts),
        application=lapsed,
        clocks=_back_to_dispatch(state, facts),
        reason=require_words("reason", command.reason),
        marks=("recalled",),
    )


def decide_ask_send_back(state: CaseState, command: AskSendBack, facts: Facts) -> Step:
    """申请回退: the handling clock stands still until the decision; asked and granted are counted apart."""
    if pending(state) is not None:
        raise SendBackPending
    unit = part_of(facts.actor, state)
    assert unit is not None  # guarded by check_allowed
    application = Application(kind="send_back", unit=unit, asked=facts.moment, asked_by=facts.actor.user_id)
    return Step(
        kind="send_back_asked",
        status=state.status,
        application=application,
        clocks=facts.pause(state, ClockKind.HANDLING),
        reason=require_words("reason", command.reason),
        marks=("send_back_asked",),
    )


def decide_decide_send_back(state: CaseState, command: DecideSendBack, facts: Facts) -> Step:
    """审批回退: granted, the dispatcher sends it anew; refused, the unit goes on, and the waiting was its own time (a
    setting).
    """
    application = pending(state)
    if application is None:
        raise NoSendBack
    reason = require_words("reason", command.reason)
    decided = msgspec.structs.replace(
        application, decided=facts.moment, granted=command.granted, shirking=command.shirking and not command.granted
    )
    if command.granted:
        return Step(
            kind="send_back_granted",
            status=Status.REGISTERED,
            application=decided,
            assignments=ended_parts(state, "sent_back", facts),
            clocks=_back_to_dispatch(state, facts),
            reason=reason,
            marks=("send_back_granted",),
        )
    give_back = facts.policy.refused_send_back_gives_time_back
    marks = ("send_back_refused", "shirking") if decided.shirking else ("send_back_refused",)
    return Step(
        kind="send_back_refused",
        status=state.status,
        application=decided,
        clocks=facts.resume(state, ClockKind.HANDLING, give_time_back=give_back),
        reason=reason,
        marks=marks,
    )
