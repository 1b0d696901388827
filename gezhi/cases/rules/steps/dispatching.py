"""任务派遣: one leading unit by the duty table, or the open question whose it is."""

from __future__ import annotations

from gezhi.cases.rules.clocks.clock import Clock, ClockKind
from gezhi.cases.rules.clocks.deadline import start_clock, top_up
from gezhi.cases.rules.clocks.whole_case import handling_limit
from gezhi.cases.rules.commands import Dispatch, MarkUnowned, SettleOwner
from gezhi.cases.rules.entries import Manner, Source, Step
from gezhi.cases.rules.entry_kinds import EntryKind
from gezhi.cases.rules.facts import Facts
from gezhi.cases.rules.marks import Mark
from gezhi.cases.rules.stages import Status
from gezhi.cases.rules.state import Assignment, CaseState
from gezhi.cases.rules.suggestion import SETTLED, has_sent_back, why_again
from gezhi.cases.rules.unit_line import last_unit
from gezhi.kernel.problems import Problem
from gezhi.kernel.words import is_blank, limit_words, require_words


class UnitUnfit(Problem):
    code = "cases.dispatching.unit-unfit"
    status = 422
    title = "所选单位不存在、已停用、不是处置单位或不负责案件所在区域，请重新选择。"
    title_en = (
        "This unit does not exist, is no longer active, handles nothing or answers for another area; choose another."
    )


class ReasonForOtherUnit(Problem):
    code = "cases.dispatching.reason-for-other-unit"
    status = 422
    title = "所选单位与责任清单不一致，请写明理由；没有责任单位的请转“待确权”。"
    title_en = "The duty table names another unit: state the reason, or mark the case as without owner."


class ReasonAfterSendBack(Problem):
    code = "cases.dispatching.reason-after-send-back"
    status = 422
    title = "该单位已回退过本案；仍派遣给该单位的，请写明理由。"
    title_en = "This unit has sent this very case back: to give it to the same unit again, state the reason."


class MannerUnknown(Problem):
    code = "cases.dispatching.manner-unknown"
    status = 422
    title = "确权方式应为联席会议、政府指定或代整治；代整治须填写费用（元）。"
    title_en = "The owner is settled by joint meeting, government decision or substitute work; the last names its cost."


MANNERS: dict[Manner, tuple[str, str]] = {
    Manner.MEETING: ("联席会议明确", "Joint meeting"),
    Manner.GOVERNMENT: ("政府指定", "Government's decision"),
    Manner.SUBSTITUTE: ("代整治", "Substitute work"),
}


def _handling_clock(state: CaseState, unit: int, facts: Facts) -> Clock:
    """Rest to the same unit, or to who stands in its place; anew to another."""
    clock, limit = state.clock(ClockKind.HANDLING), handling_limit(state.subject)
    assert limit is not None  # no registration without a limit
    if clock is None or last_unit(state) != unit or clock.ended is not None:
        return start_clock(facts.timing, ClockKind.HANDLING, limit, at=facts.moment)
    if state.rework_unit:
        return top_up(facts.timing, clock, percent=facts.policy.rework_percent, at=facts.moment)
    resumed = facts.resume(state, ClockKind.HANDLING)
    return resumed[0] if resumed else clock


def _basis(command: Dispatch, state: CaseState, facts: Facts) -> str:
    if state.rework_unit == command.unit_id:
        return why_again(state)[0]
    if state.settled_unit == command.unit_id:
        return SETTLED[0]
    again = has_sent_back(state, command.unit_id)
    if not again and facts.suggestion is not None and facts.suggestion.unit_id == command.unit_id:
        return facts.suggestion.reason
    if is_blank(command.reason):
        raise (ReasonAfterSendBack if again else ReasonForOtherUnit)(field="reason")
    return "派遣员指定"


def decide_dispatch(state: CaseState, command: Dispatch, facts: Facts) -> Step:
    """派遣: the handling clock starts here, not at receipt. Helping units hand over their own parts."""
    units = (command.unit_id, *command.helpers)
    if any(unit not in facts.units for unit in units) or len(set(units)) != len(units):
        raise UnitUnfit(field="unit_id")
    basis = _basis(command, state, facts)
    first = len(state.assignments) + 1
    parts = tuple(
        Assignment(
            no=first + at,
            unit=unit,
            round=state.round,
            dispatched=facts.moment,
            leading=at == 0,
            by=facts.actor.user_id,
        )
        for at, unit in enumerate(units)
    )
    handling = _handling_clock(state, command.unit_id, facts)
    clocks = (*facts.end(state, ClockKind.DISPATCH), facts.start(ClockKind.RECEIPT), handling)
    marks = (Mark.DISPATCHED_AGAIN,) if state.assignments else ()
    return Step(
        kind=EntryKind.DISPATCHED,
        status=Status.DISPATCHED,
        assignments=parts,
        clocks=clocks,
        basis=basis,
        reason=limit_words("reason", command.reason) or None,
        rework_unit=0 if state.rework_unit else None,
        settled_unit=0 if state.settled_unit else None,
        marks=marks,
        source=Source.RULE
        if facts.suggestion is not None and facts.suggestion.unit_id == command.unit_id
        else Source.PERSON,
    )


def decide_mark_unowned(state: CaseState, command: MarkUnowned, facts: Facts) -> Step:
    """转待确权: no row of the duty table fits; the question has its own clock and board."""
    clocks = (*facts.end(state, ClockKind.DISPATCH), facts.start(ClockKind.UNOWNED))
    return Step(
        kind=EntryKind.MARKED_UNOWNED,
        status=Status.UNOWNED,
        reason=require_words("reason", command.reason),
        clocks=clocks,
        marks=(Mark.UNOWNED,),
    )


def decide_settle_owner(state: CaseState, command: SettleOwner, facts: Facts) -> Step:
    """确权: decision of the government or the joint meeting; one responsible body only."""
    if command.unit_id not in facts.units:
        raise UnitUnfit(field="unit_id")
    if command.manner not in MANNERS or (command.manner == Manner.SUBSTITUTE) != (command.cost is not None):
        raise MannerUnknown(field="manner")
    basis, reason = require_words("basis", command.basis), require_words("reason", command.reason)
    clocks = (*facts.end(state, ClockKind.UNOWNED), facts.start(ClockKind.DISPATCH))
    return Step(
        kind=EntryKind.OWNER_SETTLED,
        status=Status.REGISTERED,
        settled_unit=command.unit_id,
        manner=Manner(command.manner),
        cost=command.cost,
        basis=basis,
        reason=reason,
        clocks=clocks,
        marks=(Mark.OWNER_SETTLED,),
    )
