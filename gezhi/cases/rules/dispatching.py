"""任务派遣: one leading unit by the duty table, or the open question whose it is; the unit's wish to send it back; the review."""

from __future__ import annotations

import msgspec

from gezhi.cases.rules.commands import (
    AskMore, AskSendBack, Confirm, DecideSendBack, Dispatch, MarkUnowned, Recall, SettleOwner,
)
from gezhi.cases.rules.allowed import part_of
from gezhi.cases.rules.deadline import start_clock, top_up
from gezhi.cases.rules.entries import Step
from gezhi.cases.rules.evidence import require_words
from gezhi.cases.rules.facts import Facts
from gezhi.cases.rules.stages import Status
from gezhi.cases.rules.state import Application, Assignment, CaseState, Clock, ClockKind
from gezhi.cases.rules.whole_case import handling_limit, whole_clock
from gezhi.kernel.problems import Problem


class UnitUnfit(Problem):
    code = "cases.dispatching.unit-unfit"
    status = 422
    title = "所选单位不存在、已停用或不是处置单位，请重新选择。"
    title_en = "This unit does not exist, is no longer active or handles nothing; choose another."


class ReasonForOtherUnit(Problem):
    code = "cases.dispatching.reason-for-other-unit"
    status = 422
    title = "所选单位与责任清单不一致，请写明理由；没有责任单位的请转“待确权”。"
    title_en = "The duty table names another unit: state the reason, or mark the case as without owner."


class SendBackPending(Problem):
    code = "cases.dispatching.send-back-pending"
    status = 409
    title = "回退申请正在审批，请先处理该申请。"
    title_en = "A send-back is waiting for its decision; decide on it first."


class NoSendBack(Problem):
    code = "cases.dispatching.no-send-back"
    status = 409
    title = "本案没有待审批的回退申请。"
    title_en = "No send-back is waiting for a decision."


def pending(state: CaseState) -> Application | None:
    """The application that waits for its decision."""
    return state.application if state.application is not None and state.application.decided is None else None


def _handling_clock(state: CaseState, unit: int, facts: Facts) -> tuple[Clock, bool]:
    """Rest to the same unit, anew to another. True: begun anew."""
    clock, limit = state.clock(ClockKind.HANDLING), handling_limit(state.subject)
    assert limit is not None  # no registration without a limit
    last = next((part for part in reversed(state.assignments) if part.leading), None)
    if clock is None or last is None or last.unit != unit or clock.ended is not None:
        return start_clock(facts.timing, ClockKind.HANDLING, limit, at=facts.moment), True
    if state.rework_unit:
        return top_up(facts.timing, clock, percent=facts.policy.rework_percent, at=facts.moment), False
    resumed = facts.resume(state, ClockKind.HANDLING)
    return (resumed[0] if resumed else clock), False


def _basis(command: Dispatch, state: CaseState, facts: Facts) -> str:
    if state.rework_unit == command.unit_id:
        return "核查未通过，原单位返工"
    if state.settled_unit == command.unit_id:
        return "按确权结果派遣"
    if facts.suggestion is not None and facts.suggestion.unit_id == command.unit_id:
        return facts.suggestion.reason
    if not command.reason.strip():
        raise ReasonForOtherUnit(field="reason")
    return "派遣员指定"


def decide_dispatch(state: CaseState, command: Dispatch, facts: Facts) -> Step:
    """派遣: the handling clock starts here, not at receipt. Helping units hand over their own parts."""
    units = (command.unit_id, *command.helpers)
    if any(unit not in facts.units for unit in units) or len(set(units)) != len(units):
        raise UnitUnfit(field="unit_id")
    basis = _basis(command, state, facts)
    handling, anew = _handling_clock(state, command.unit_id, facts)
    first = len(state.assignments) + 1
    parts = tuple(
        Assignment(no=first + at, unit=unit, round=state.round, dispatched=facts.moment, leading=at == 0) for at, unit in enumerate(units)
    )
    whole = whole_clock(facts, state.subject, since=state.reported, dispatched=True) if anew else ()
    clocks = (*facts.end(state, ClockKind.DISPATCH), facts.start(ClockKind.RECEIPT), handling, *whole)
    marks = ("dispatched_again",) if state.assignments else ()
    return Step(
        kind="dispatched", status=Status.DISPATCHED, assignments=parts, clocks=clocks, basis=basis, reason=command.reason.strip() or None,
        rework_unit=0 if state.rework_unit else None, settled_unit=0 if state.settled_unit else None, marks=marks,
        source="rule" if facts.suggestion is not None and facts.suggestion.unit_id == command.unit_id else "person",
    )


def decide_mark_unowned(state: CaseState, command: MarkUnowned, facts: Facts) -> Step:
    """转待确权: no row of the duty table fits; the question has its own clock and board."""
    clocks = (*facts.end(state, ClockKind.DISPATCH), facts.start(ClockKind.UNOWNED))
    return Step(kind="marked_unowned", status=Status.UNOWNED, reason=require_words("reason", command.reason), clocks=clocks, marks=("unowned",))


def decide_settle_owner(state: CaseState, command: SettleOwner, facts: Facts) -> Step:
    """确权: decision of the government or the joint meeting; one responsible body only."""
    if command.unit_id not in facts.units:
        raise UnitUnfit(field="unit_id")
    basis, reason = require_words("basis", command.basis), require_words("reason", command.reason)
    clocks = (*facts.end(state, ClockKind.UNOWNED), facts.start(ClockKind.DISPATCH))
    return Step(
        kind="owner_settled", status=Status.REGISTERED, settled_unit=command.unit_id, basis=basis, reason=reason, clocks=clocks,
        marks=("owner_settled",),
    )


def ended_parts(state: CaseState, how: str, facts: Facts) -> tuple[Assignment, ...]:
    """Every open assignment, ended now in this way."""
    return tuple(msgspec.structs.replace(part, ended=facts.moment, end=how) for part in state.open_assignments)


def _back_to_dispatch(state: CaseState, facts: Facts) -> tuple[Clock, ...]:
    return (*facts.end(state, ClockKind.RECEIPT), *facts.pause(state, ClockKind.HANDLING), facts.start(ClockKind.DISPATCH))


def decide_recall(state: CaseState, command: Recall, facts: Facts) -> Step:
    """撤回派遣: the dispatcher's own wrong dispatch, before hand-over. A pending application lapses with it."""
    application = pending(state)
    lapsed = msgspec.structs.replace(application, decided=facts.moment, granted=False) if application else None
    return Step(
        kind="recalled", status=Status.REGISTERED, assignments=ended_parts(state, "recalled", facts), application=lapsed,
        clocks=_back_to_dispatch(state, facts), reason=require_words("reason", command.reason), marks=("recalled",),
    )


def decide_ask_send_back(state: CaseState, command: AskSendBack, facts: Facts) -> Step:
    """申请回退: the handling clock stands still until the decision; asked and granted are counted apart."""
    if pending(state) is not None:
        raise SendBackPending
    unit = part_of(facts.actor, state)
    assert unit is not None  # guarded by check_allowed
    application = Application(kind="send_back", unit=unit, asked=facts.moment, asked_by=facts.actor.user_id)
    return Step(
        kind="send_back_asked", status=state.status, application=application, clocks=facts.pause(state, ClockKind.HANDLING),
        reason=require_words("reason", command.reason), marks=("send_back_asked",),
    )


def decide_decide_send_back(state: CaseState, command: DecideSendBack, facts: Facts) -> Step:
    """审批回退: granted, the dispatcher sends it anew; refused, the unit goes on, and the waiting was its own time (a setting)."""
    application = pending(state)
    if application is None:
        raise NoSendBack
    reason = require_words("reason", command.reason)
    decided = msgspec.structs.replace(
        application, decided=facts.moment, granted=command.granted, shirking=command.shirking and not command.granted
    )
    if command.granted:
        return Step(
            kind="send_back_granted", status=Status.REGISTERED, application=decided, assignments=ended_parts(state, "sent_back", facts),
            clocks=_back_to_dispatch(state, facts), reason=reason, marks=("send_back_granted",),
        )
    give_back = facts.policy.refused_send_back_gives_time_back
    marks = ("send_back_refused", "shirking") if decided.shirking else ("send_back_refused",)
    return Step(
        kind="send_back_refused", status=state.status, application=decided,
        clocks=facts.resume(state, ClockKind.HANDLING, give_time_back=give_back), reason=reason, marks=marks,
    )


def decide_confirm(state: CaseState, command: Confirm, facts: Facts) -> Step:
    """复核通过: the result goes to the inspection, or, where a person says why none is needed, to the closing."""
    ended = facts.end(state, ClockKind.REVIEW)
    if facts.policy.inspection_always or command.inspection_required:
        return Step(
            kind="confirmed", status=Status.TO_INSPECT, clocks=(*ended, facts.start(ClockKind.SEND_INSPECTION)),
            source="rule" if facts.policy.inspection_always else "person", reason=command.reason.strip() or None,
        )
    return Step(
        kind="confirmed", status=Status.TO_CLOSE, source="person", reason=require_words("reason", command.reason),
        clocks=(*ended, *facts.end(state, ClockKind.HANDLING), facts.start(ClockKind.CLOSING)), marks=("not_inspected",),
    )


def decide_ask_more(state: CaseState, command: AskMore, facts: Facts) -> Step:
    """要求补正: the proof is thin, the work is not judged yet; this is not rework."""
    leading = state.leading
    assert leading is not None  # a handled case has its leading assignment open until it is judged
    clocks = (*facts.end(state, ClockKind.REVIEW), *facts.resume(state, ClockKind.HANDLING))
    return Step(
        kind="more_asked", status=Status.HANDLING, assignments=(msgspec.structs.replace(leading, handed_over=None),), clocks=clocks,
        reason=require_words("reason", command.reason), marks=("more_asked",),
    )
