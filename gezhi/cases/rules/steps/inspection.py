"""核查结案: a third party looks whether the closing conditions are met; then the duty officer closes, or the unit does it
again.
"""

from __future__ import annotations

import msgspec

from gezhi.cases.rules.applications import names_of
from gezhi.cases.rules.applications.asking import ApplicationPending
from gezhi.cases.rules.applications.lapsing import lapse
from gezhi.cases.rules.clocks.clock import Clock, ClockKind
from gezhi.cases.rules.clocks.lateness import is_handled_late
from gezhi.cases.rules.commands import Close, CompleteInspection, DeclineClosing, Reopen, SendInspection
from gezhi.cases.rules.entries import Step
from gezhi.cases.rules.entry_kinds import EntryKind
from gezhi.cases.rules.facts import Facts
from gezhi.cases.rules.marks import Mark
from gezhi.cases.rules.stages import Status
from gezhi.cases.rules.state import CaseState, ClosingKind, End, TaskKind
from gezhi.cases.rules.steps.acceptance import answers_to
from gezhi.cases.rules.steps.evidence import check_pictures, check_position, check_proof
from gezhi.cases.rules.steps.field_tasks import answer_task, issue_task
from gezhi.cases.rules.steps.major_cases import check_struck_off
from gezhi.cases.rules.steps.recalling import ended_parts
from gezhi.cases.rules.unit_line import last_unit
from gezhi.kernel.problems import Problem
from gezhi.kernel.words import limit_words, require_words

CLOSING_KINDS: dict[ClosingKind, tuple[str, str]] = {
    ClosingKind.NORMAL: ("正常结案", "Normal"),
    ClosingKind.LATE: ("超时结案", "Late"),
    ClosingKind.ERROR: ("差错结案", "By error"),
    ClosingKind.SPECIAL: ("特殊结案", "Special"),
    ClosingKind.NOTICE: ("告知性结案", "By notice"),
    ClosingKind.FORCED: ("强制结案", "Forced"),
}
SPECIAL_KINDS = frozenset(ClosingKind) - {ClosingKind.NORMAL, ClosingKind.LATE}


class ResultsMissing(Problem):
    code = "cases.inspection.results-missing"
    status = 422
    title = "请逐条填写结案条件的核查结果，还缺：{missing}。"
    title_en = "Give the result for every closing condition; missing: {missing}."


class ClosingKindUnknown(Problem):
    code = "cases.inspection.closing-kind-unknown"
    status = 422
    title = "结案方式“{kind}”不存在，请从中选择：{listed}。"
    title_en = "There is no closing kind “{kind}”; choose one of: {listed}."


class ClosingKindContradicts(Problem):
    code = "cases.inspection.closing-kind-contradicts"
    status = 422
    title = "处置{fact}，不能按“{kind_name}”结案，请改选。"
    title_en = "The handling was {fact_en}; it cannot be closed as “{kind_en}”."


class SelfInspection(Problem):
    code = "cases.inspection.own-handling"
    status = 403
    title = "参与处置的人员不能核查本案，请受理员改派其他采集员。"
    title_en = "Who took part in the handling may not inspect it; have the task given to another collector."


def decide_send_inspection(state: CaseState, command: SendInspection, facts: Facts) -> Step:
    """派发核查: to a collector who had no part in the handling."""
    task = issue_task(state, facts, TaskKind.INSPECT, command.collector_id)
    clocks = (*facts.end(state, ClockKind.SEND_INSPECTION), facts.start(ClockKind.INSPECTION))
    return Step(kind=EntryKind.INSPECTION_SENT, status=Status.INSPECTING, tasks=(task,), clocks=clocks)


def _check_results(state: CaseState, command: CompleteInspection) -> None:
    given = {result.code for result in command.results}
    missing = [code for code in state.subject.closing if code not in given]
    if missing or not given:
        raise ResultsMissing(field="results", missing="、".join(missing) or "全部")


def decide_complete_inspection(state: CaseState, command: CompleteInspection, facts: Facts) -> Step:
    """反馈核查: a result for every closing condition, a new picture and the position. One failed condition means rework
    (返工).
    """
    task = state.open_task
    assert task is not None  # guarded by check_allowed
    if facts.actor.user_id in state.handlers:
        raise SelfInspection
    _check_results(state, command)
    pictures = check_proof(facts, check_pictures(facts, command.pictures, state, least=1), since=task.issued)
    seen_at = check_position(facts, state.place, command.lon, command.lat, command.text)
    passed = all(result.passed for result in command.results)
    ended = facts.end(state, ClockKind.INSPECTION)
    seen = Step(
        kind=EntryKind.INSPECTION_PASSED,
        status=Status.TO_CLOSE,
        tasks=(answer_task(task, facts, passed=passed),),
        results=command.results,
        after=pictures,
        seen_at=seen_at,
        clocks=(*ended, facts.start(ClockKind.CLOSING)),
        text=limit_words("text", command.text) or None,
    )
    return seen if passed else _rework(state, seen, ended, facts)


def _rework(state: CaseState, seen: Step, ended: tuple[Clock, ...], facts: Facts) -> Step:
    """返工: what was seen stays; the case goes back to the dispatcher for the same unit, in a new round."""
    leading = state.leading
    return msgspec.structs.replace(
        seen,
        kind=EntryKind.INSPECTION_FAILED,
        status=Status.REGISTERED,
        round=state.round + 1,
        rework_unit=leading.unit if leading is not None else 0,
        assignments=ended_parts(state, End.FAILED, facts),
        clocks=(*ended, facts.start(ClockKind.DISPATCH)),
        marks=(Mark.REWORK,),
    )


def closing_kind_of(state: CaseState) -> tuple[ClosingKind, tuple[str, str]]:
    """结案方式: the ordinary kind that this case can be closed with, and why."""
    if is_handled_late(state):
        return ClosingKind.LATE, ("处置已超时，按超时结案。", "The handling was late, so it is closed as late.")
    return ClosingKind.NORMAL, ("处置没有超时，按正常结案。", "The handling was in time, so it is closed as normal.")


def decide_close(state: CaseState, command: Close, facts: Facts) -> Step:
    """结案: with the kind, and an answer to every sender who can be reached."""
    check_struck_off(state)
    if state.pending is not None:
        raise ApplicationPending(**names_of(state.pending.kind))
    if command.kind not in CLOSING_KINDS:
        raise ClosingKindUnknown(field="kind", kind=command.kind, listed=", ".join(CLOSING_KINDS))
    kind, late, (ordinary, _) = ClosingKind(command.kind), is_handled_late(state), closing_kind_of(state)
    if kind not in SPECIAL_KINDS and kind is not ordinary:
        name, name_en = CLOSING_KINDS[kind]
        fact, fact_en = ("已超时", "late") if late else ("没有超时", "in time")
        raise ClosingKindContradicts(field="kind", kind_name=name, kind_en=name_en, fact=fact, fact_en=fact_en)
    clocks = facts.end(state, ClockKind.CLOSING, ClockKind.HANDLING)
    return Step(
        kind=EntryKind.CLOSED,
        status=Status.CLOSED,
        closing_kind=kind,
        answers=answers_to(state, command.answer),
        clocks=clocks,
        assignments=ended_parts(state, End.PASSED, facts),
        marks=(Mark.LATE,) if late else (),
    )


def decide_decline_closing(state: CaseState, command: DeclineClosing, facts: Facts) -> Step:
    """不予结案: back to be inspected again."""
    clocks = (*facts.end(state, ClockKind.CLOSING), facts.start(ClockKind.SEND_INSPECTION))
    return Step(
        kind=EntryKind.CLOSING_DECLINED,
        status=Status.TO_INSPECT,
        reason=require_words("reason", command.reason),
        clocks=clocks,
        marks=(Mark.CLOSING_DECLINED,),
    )


def decide_reopen(state: CaseState, command: Reopen, facts: Facts) -> Step:
    """重新处置: after a callback “not done”, a failed re-check or a granted objection; a new round, work begins anew."""
    return Step(
        kind=EntryKind.REOPENED,
        status=Status.REGISTERED,
        round=state.round + 1,
        rework_unit=facts.heir or last_unit(state) or 0,
        application=lapse(state, facts),
        clocks=(*facts.end(state, ClockKind.APPROVAL), facts.start(ClockKind.DISPATCH)),
        reason=require_words("reason", command.reason),
        marks=(Mark.REOPENED,),
    )
