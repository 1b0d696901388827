"""申请: what all kinds of application have in common when they are asked for, as the approval matrix has it."""

from __future__ import annotations

from gezhi.cases.rules.allowed import part_of
from gezhi.cases.rules.applications.application import UNIT, Application, ApplicationOutcome, names_of
from gezhi.cases.rules.applications.approval_row import ApprovalRow, share_of
from gezhi.cases.rules.applications.kind import Ask, KindRule
from gezhi.cases.rules.applications.lapsing import WAITING
from gezhi.cases.rules.clocks.clock import ClockKind
from gezhi.cases.rules.clocks.deadline import start_clock
from gezhi.cases.rules.clocks.lateness import is_late, working_clock
from gezhi.cases.rules.entries import Step
from gezhi.cases.rules.entry_kinds import EntryKind
from gezhi.cases.rules.facts import Facts
from gezhi.cases.rules.marks import Mark
from gezhi.cases.rules.state import Assignment, CaseState
from gezhi.cases.rules.steps.evidence import check_pictures
from gezhi.cases.rules.unit_line import last_unit, line_of
from gezhi.kernel.application_kinds import ApplicationKind
from gezhi.kernel.permissions import Actor, Role
from gezhi.kernel.problems import Problem
from gezhi.kernel.role_names import say_roles
from gezhi.kernel.words import limit_words, require_words


class ApplicationPending(Problem):
    code = "cases.asking.pending"
    status = 409
    title = "本案的{kind_name}申请正在审批，请先等审批结果，或由申请人撤回。"
    title_en = "The {kind_en} that was asked for is being decided; wait for the decision or withdraw it."


class AskerMayNot(Problem):
    code = "cases.asking.asker-may-not"
    status = 403
    title = "按现行审批规定，{kind_name}由{roles}申请，您当前的岗位不能申请。"
    title_en = "By the approval matrix in force, {kind_en} is asked for by {roles_en}; your present post may not."


class NotAtThisStage(Problem):
    code = "cases.asking.not-at-this-stage"
    status = 409
    title = "按现行审批规定，案件在当前状态不能申请{kind_name}。"
    title_en = "By the approval matrix in force, {kind_en} cannot be asked for while the case stands here."


class AskedTooOften(Problem):
    code = "cases.asking.too-often"
    status = 409
    title = "本案{kind_name}已{times}次，按规定最多{most}次，不能再申请；请抓紧办理，确有困难请报告指挥中心。"
    title_en = "{kind_en}: {times} already, {most} at most. It cannot be asked for again; tell the command centre."


class AskedAfterDeadline(Problem):
    code = "cases.asking.after-deadline"
    status = 409
    title = "处置时限已过，不能再申请{kind_name}；请尽快处置并反馈，超时原因可在结案后申诉。"
    title_en = (
        "The handling deadline has passed, {kind_en} can no longer be asked for: handle it now, appeal after closing."
    )


class ProofMissing(Problem):
    code = "cases.asking.proof-missing"
    status = 422
    title = "申请{kind_name}须附证明材料照片，请至少上传一张。"
    title_en = "Proof is needed for {kind_en}: attach at least one picture."


class FormMissing(Problem):
    code = "cases.asking.form-missing"
    status = 422
    title = "本次申请{kind_name}须附签字盖章的审批表，请填写审批表编号，并上传审批表照片。"
    title_en = "For this {kind_en} a signed and sealed form is needed: give its number and attach its picture."


class TooMuch(Problem):
    code = "cases.asking.too-much"
    status = 422
    title = "{kind_name}最多可申请{most}，请减少后再提交。"
    title_en = "{kind_en} may be asked for up to {most_en}; ask for less."


def own_part(state: CaseState, actor: Actor) -> Assignment | None:
    """The open assignment in whose name this person works."""
    unit = part_of(actor, state)
    return next((part for part in state.open_assignments if part.unit == unit), None)


def acting_part(state: CaseState, actor: Actor) -> Assignment:
    """The same, where `check_allowed` has seen to it that there is one."""
    part = own_part(state, actor)
    assert part is not None
    return part


def asking_unit(state: CaseState, actor: Actor) -> int:
    """In whose name it is asked: the unit's own; of a seat, or after closing, that of who had the case last."""
    part = own_part(state, actor) if actor.role is Role.HANDLER else None
    if part is not None:
        return part.unit
    return last_unit(state) or 0


def _earlier(state: CaseState, kind: ApplicationKind, unit: int) -> list[Application]:
    """What the unit, or whose place it took, asked for of this kind before; after closing, against this one only."""
    since, units = state.closed or 0, line_of(state, unit)
    return [one for one in state.applications if one.kind is kind and one.unit in units and one.asked >= since]


def _granted(before: list[Application]) -> int:
    return sum(one.outcome is ApplicationOutcome.GRANTED for one in before)


def why_not_ask(
    rule: KindRule, row: ApprovalRow, state: CaseState, actor: Actor, *, moment: int | None
) -> Problem | None:
    """Why it may not be asked for, whatever the form says. Without a moment no deadline is looked at."""
    problem = rule.why_not(state, actor)
    if problem is not None:
        return problem
    names = names_of(row.kind)
    if actor.role not in row.askers:
        return AskerMayNot(**names, **say_roles(*row.askers))
    if state.status not in row.statuses:
        return NotAtThisStage(**names)
    if state.pending is not None:
        return ApplicationPending(**names_of(state.pending.kind))
    if row.before_deadline and moment is not None and is_late(working_clock(state), moment):
        return AskedAfterDeadline(**names)
    return _too_often(row, _earlier(state, row.kind, asking_unit(state, actor))) or rule.used_up(row, state)


def _too_often(row: ApprovalRow, before: list[Application]) -> Problem | None:
    for times, most in ((_granted(before), row.most_granted), (len(before), row.most_asked)):
        if most and times >= most:
            return AskedTooOften(**names_of(row.kind), times=times, most=most)
    return None


def _check_paper(row: ApprovalRow, command: Ask, *, times: int, code: str) -> str:
    """The number of the signed form; a Problem where form or proof is missing."""
    names, form_no = names_of(row.kind), limit_words("form_no", command.form_no)
    if row.needs_proof and not command.pictures:
        raise ProofMissing(field="pictures", **names)
    if row.needs_form(times=times, reason_code=code) and not (form_no and command.pictures):
        raise FormMissing(field="pictures" if form_no else "form_no", **names)
    return form_no


def ask(rule: KindRule, state: CaseState, command: Ask, facts: Facts) -> Step:
    """申请: waits for its first step from now on; what is particular to the kind is looked at first."""
    row, unit, part = facts.matrix[rule.kind], asking_unit(state, facts.actor), own_part(state, facts.actor)
    problem = why_not_ask(rule, row, state, facts.actor, moment=facts.moment)
    if problem is not None:
        raise problem
    rule.check(command, row, state, facts)
    before = _earlier(state, rule.kind, unit)
    times, code = _granted(before), facts.reason_code(command)
    pictures = check_pictures(facts, command.pictures, state, least=0)
    form_no = _check_paper(row, command, times=times, code=code)
    is_crew, share = part is not None and part.parent is not None, facts.share
    is_above = row.is_above(share.granted + 1, share.given)
    steps = row.steps_for(times=times, is_crew=is_crew, is_above=is_above, reason_code=code)
    clock = working_clock(state)
    application = Application(
        no=len(state.applications) + 1,
        kind=rule.kind,
        unit=unit,
        asked=facts.moment,
        asked_by=facts.actor.user_id,
        role=facts.actor.role,
        organisation=facts.actor.organisation_id,
        reason=require_words("reason", command.reason),
        reason_code=code,
        form_no=form_no,
        minutes=rule.minutes(command, facts, state),
        minutes_before=max((one.minutes_in_all for one in before), default=0),
        steps=(UNIT,) if is_crew and rule.ends_at_unit else steps,
        times=times,
        old_due=clock.due if clock is not None else None,
        late=rule.before_closing and is_late(clock, facts.moment),
        share=share_of(share.granted + 1, share.given) if share.given else None,
        ceiling=row.ceiling or None,
        above=is_above,
        pictures=pictures,
        **command.particulars(),
    )
    return _waiting(state, row, rule.asked, application, facts)


def _waiting(state: CaseState, row: ApprovalRow, kind: EntryKind, application: Application, facts: Facts) -> Step:
    """The clock of the decision starts. What a crew asks of its unit alone does not stop the case."""
    stops = row.stops_clock and application.steps != (UNIT,)
    return Step(
        kind=kind,
        status=state.status,
        application=application,
        clocks=(
            *((clock for kind in WAITING for clock in facts.pause(state, kind)) if stops else ()),
            start_clock(facts.timing, ClockKind.APPROVAL, row.decide_within, at=facts.moment),
        ),
        reason=application.reason,
        proof=application.pictures,
        marks=(Mark(kind),),
    )
