"""受理与核实: is it real, is it ours, what is it, where is it. Stage 1 ends here."""

from __future__ import annotations

from gezhi.cases.rules.clocks.clock import ClockKind
from gezhi.cases.rules.commands import Accept, CompleteVerification, Refuse, RequireVerification, RerouteTask
from gezhi.cases.rules.entries import Source, Step
from gezhi.cases.rules.entry_kinds import EntryKind
from gezhi.cases.rules.facts import Facts
from gezhi.cases.rules.marks import Mark
from gezhi.cases.rules.stages import Status
from gezhi.cases.rules.state import Answer, CaseState, TaskKind
from gezhi.cases.rules.steps.evidence import check_pictures, check_position, check_proof
from gezhi.cases.rules.steps.field_tasks import answer_task, issue_task, reroute_task
from gezhi.kernel.problems import Problem
from gezhi.kernel.words import limit_words, require_words


class VerificationNeeded(Problem):
    code = "cases.acceptance.verification-needed"
    status = 409
    title = "公众举报没有照片，须先派采集员核实，再受理。"
    title_en = "A public report without a picture must be verified on the spot before it is accepted."


class FoundUntrue(Problem):
    code = "cases.acceptance.found-untrue"
    status = 409
    title = "现场核实结果为“不属实”，不能受理；请不予受理并答复举报人，或重新派发核实。"
    title_en = "The verification found it untrue. Refuse it with an answer, or have it verified again."


class ClassUnknown(Problem):
    code = "cases.acceptance.class-unknown"
    status = 422
    title = "类别或立案条件不存在，或不属于现行版本，请重新选择。"
    title_en = "This class or standard row does not exist or is not of the edition in force; choose again."


class RowMissing(Problem):
    code = "cases.acceptance.row-missing"
    status = 422
    title = "请选择立案条件。处置时限和结案条件由它确定。"
    title_en = "Choose the standard row: limit and closing conditions follow from it."


def is_answer_needed(state: CaseState) -> bool:
    """事事有回音: a case that one of the public reported does not end without a text for them."""
    return any(report.reachable or report.complaint for report in state.reports)


def answers_to(state: CaseState, answer: str) -> tuple[Answer, ...]:
    """答复: every sender of the case hears the outcome."""
    if is_answer_needed(state):
        answer = require_words("answer", answer)
    text = limit_words("answer", answer)
    return tuple(Answer(report.id, text) for report in state.reports) if text else ()


def decide_require_verification(state: CaseState, command: RequireVerification, facts: Facts) -> Step:
    """派发核实: the acceptance clock stands still until the collector answers."""
    task = issue_task(state, facts, TaskKind.VERIFY, command.collector_id)
    clocks = (
        *facts.pause(state, ClockKind.ACCEPTANCE),
        *facts.end(state, ClockKind.SEND_VERIFICATION),
        facts.start(ClockKind.VERIFICATION),
    )
    return Step(
        kind=EntryKind.VERIFICATION_REQUIRED,
        status=Status.VERIFYING,
        tasks=(task,),
        clocks=clocks,
        source=Source.RULE if state.verify_by_rule else Source.PERSON,
        reason=limit_words("reason", command.reason) or None,
        marks=(Mark.VERIFICATION,),
    )


def decide_complete_verification(state: CaseState, command: CompleteVerification, facts: Facts) -> Step:
    """反馈核实: true or false, with a new picture and the position."""
    task = state.open_task
    assert task is not None  # guarded by check_allowed
    pictures = check_proof(facts, check_pictures(facts, command.pictures, state, least=1), since=task.issued)
    seen_at = check_position(facts, state.place, command.lon, command.lat, command.text)
    answered = answer_task(task, facts, passed=command.real)
    clocks = (*facts.end(state, ClockKind.VERIFICATION), *facts.resume(state, ClockKind.ACCEPTANCE))
    return Step(
        kind=EntryKind.VERIFICATION_COMPLETED,
        status=Status.REPORTED,
        tasks=(answered,),
        clocks=clocks,
        before=pictures,
        verified=command.real,
        seen_at=seen_at,
        text=limit_words("text", command.text) or None,
        marks=(Mark.VERIFIED,) if command.real else (Mark.FOUND_UNTRUE,),
    )


def decide_reroute_task(state: CaseState, command: RerouteTask, facts: Facts) -> Step:
    """改派采集员: a new task with a time of its own; nobody inherits what another has used."""
    kind = ClockKind.VERIFICATION if state.status is Status.VERIFYING else ClockKind.INSPECTION
    return Step(
        kind=EntryKind.TASK_REROUTED,
        status=state.status,
        tasks=reroute_task(state, facts, command.collector_id),
        clocks=(facts.start(kind),),
        reason=require_words("reason", command.reason),
        marks=(Mark.REROUTED,),
    )


def decide_accept(state: CaseState, _: Accept, facts: Facts) -> Step:
    """受理: class, standard row, place and grid are settled. A class without a row is a gap that the duty officer
    fills.
    """
    if state.verify_by_rule and state.verified is None:
        raise VerificationNeeded
    if state.verified is False:
        raise FoundUntrue
    subject = facts.subject
    if subject is None:
        raise ClassUnknown(field="class_key")
    if subject.row_key is None and not subject.gap:
        raise RowMissing(field="row_key")
    if facts.place is not None:
        limit_words("address", facts.place.address)
    clocks = (
        *facts.end(state, ClockKind.ACCEPTANCE, ClockKind.SEND_VERIFICATION),
        facts.start(ClockKind.REGISTRATION),
    )
    return Step(
        kind=EntryKind.ACCEPTED,
        status=Status.ACCEPTED,
        subject=subject,
        place=facts.place,
        clocks=clocks,
        marks=(Mark.GAP,) if subject.gap else (),
    )


def decide_refuse(state: CaseState, command: Refuse, facts: Facts) -> Step:
    """不予受理: with the reason, and an answer to those who can be reached."""
    reason = require_words("reason", command.reason)
    clocks = facts.end(state, ClockKind.ACCEPTANCE, ClockKind.SEND_VERIFICATION)
    return Step(
        kind=EntryKind.REFUSED,
        status=Status.REFUSED,
        reason=reason,
        answers=answers_to(state, command.answer),
        clocks=clocks,
    )
