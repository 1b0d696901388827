"""审批: each step of the approval matrix decides with a reason; the last one that grants makes it happen."""

from __future__ import annotations

import msgspec

from gezhi.cases.rules.applications.application import UNIT, Application, ApplicationOutcome, Opinion
from gezhi.cases.rules.applications.approval_row import share_of
from gezhi.cases.rules.applications.kinds import KINDS
from gezhi.cases.rules.applications.lapsing import end_of_waiting
from gezhi.cases.rules.clocks.clock import Clock, ClockKind
from gezhi.cases.rules.clocks.deadline import start_clock
from gezhi.cases.rules.commands.command import Command
from gezhi.cases.rules.entries import Step
from gezhi.cases.rules.entry_kinds import EntryKind
from gezhi.cases.rules.facts import Facts
from gezhi.cases.rules.marks import Mark
from gezhi.cases.rules.state import CaseState
from gezhi.cases.rules.steps.acceptance import answers_to
from gezhi.kernel.permissions import Actor, Role
from gezhi.kernel.problems import Problem
from gezhi.kernel.role_names import ROLE_NAMES
from gezhi.kernel.words import require_words


class DecideApplication(Command, frozen=True, tag="decide_application", kw_only=True):
    """`answer` is what the senders of a voided case are told."""

    granted: bool
    reason: str
    shirking: bool = False
    answer: str = ""


class WithdrawApplication(Command, frozen=True, tag="withdraw_application", kw_only=True):
    reason: str


class NothingToDecide(Problem):
    code = "cases.approving.nothing-to-decide"
    status = 409
    title = "本案没有待审批的申请，可能已由他人审批或申请人已撤回。请刷新查看。"
    title_en = "Nothing waits for a decision: somebody decided, or it was withdrawn. Refresh to see."


class NotYourDecision(Problem):
    code = "cases.approving.not-your-decision"
    status = 403
    title = "这一步由{decider}审批，您当前的岗位不能审批。"
    title_en = "This step is decided by {decider_en}; your present post may not."


class OwnApplication(Problem):
    code = "cases.approving.own-application"
    status = 403
    title = "不能审批本人提出的申请，请由同岗位的其他人员审批。"
    title_en = "Nobody decides on their own application; a colleague in the same post does."


class OwnUnit(Problem):
    code = "cases.approving.own-unit"
    status = 403
    title = "不能审批本单位提出的申请，请由监督中心、指挥中心或上级领导审批。"
    title_en = "Nobody decides on what their own unit asks for; the centres or a leader above do."


class OwnAct(Problem):
    code = "cases.approving.own-act"
    status = 403
    title = "本申请针对的派遣由您作出，不能由您审批，请由同岗位的其他人员审批。"
    title_en = "This is about a dispatch of your own; a colleague in the same post decides."


class NotYourApplication(Problem):
    code = "cases.approving.not-your-application"
    status = 403
    title = "只有提出申请的单位才能撤回申请。"
    title_en = "Only those who asked may withdraw it."


def unit_above(state: CaseState, application: Application) -> int | None:
    """The unit whose crew asks."""
    part = next((one for one in state.open_assignments if one.unit == application.unit and one.parent), None)
    above = next((one for one in state.assignments if part is not None and one.no == part.parent), None)
    return above.unit if above is not None else None


def why_not_decide(state: CaseState, actor: Actor) -> Problem | None:
    """Why this person may not decide on what is pending; None where they may."""
    application = state.pending
    if application is None:
        return NothingToDecide()
    step = application.deciding
    if step == UNIT:
        if actor.role is not Role.HANDLER or actor.organisation_id != unit_above(state, application):
            return NotYourDecision(decider="班组的上级单位", decider_en="the unit of the crew")
    elif actor.role != step:
        zh, en = ROLE_NAMES[Role(step or "")]
        return NotYourDecision(decider=zh, decider_en=en)
    elif application.unit in actor.scope.organisations:
        return OwnUnit()
    given = (part.by for part in state.assignments if part.unit == application.unit)
    if KINDS[application.kind].against_dispatch and actor.user_id in given:
        return OwnAct()
    return OwnApplication() if actor.user_id == application.asked_by else None


def why_not_withdraw(state: CaseState, actor: Actor) -> Problem | None:
    if state.pending is None:
        return NothingToDecide()
    return None if actor.organisation_id == state.pending.organisation else NotYourApplication()


def decide_on_application(state: CaseState, command: DecideApplication, facts: Facts) -> Step:
    """审批: granted by the last step it takes effect; granted by an earlier one it goes on; refused it has ended."""
    problem, pending = why_not_decide(state, facts.actor), state.pending
    if problem is not None or pending is None:
        raise problem or NothingToDecide()
    opinion = Opinion(
        step=pending.deciding or "",
        user=facts.actor.user_id,
        post=facts.actor.post_id,
        organisation=facts.actor.organisation_id,
        at=facts.moment,
        granted=command.granted,
        text=require_words("reason", command.reason),
    )
    application = msgspec.structs.replace(pending, opinions=(*pending.opinions, opinion))
    if not command.granted:
        return _refused(state, application, command, facts)
    application = _held_to_ceiling(application, facts)
    if len(application.opinions) < len(application.steps):
        clock = start_clock(facts.timing, ClockKind.APPROVAL, facts.matrix[pending.kind].decide_within, at=facts.moment)
        kind = EntryKind.APPLICATION_PASSED_ON
        return Step(kind=kind, status=state.status, application=application, clocks=(clock,), reason=opinion.text)
    granted = msgspec.structs.replace(
        application, outcome=ApplicationOutcome.GRANTED, ended=facts.moment, exempt=facts.matrix[pending.kind].exempts
    )
    rule = KINDS[pending.kind]
    step = rule.grant(state, granted, facts)
    answers = answers_to(state, command.answer) if rule.answers_senders else ()
    ended = tuple(clock for clock in facts.end(state, ClockKind.APPROVAL) if clock.kind not in _kinds(step.clocks))
    return msgspec.structs.replace(step, reason=opinion.text, answers=answers, clocks=(*ended, *step.clocks))


def _held_to_ceiling(application: Application, facts: Facts) -> Application:
    """超过上限加审: where the share has grown beyond the ceiling since it was asked for, more have to decide."""
    row, share = facts.matrix[application.kind], facts.share
    if application.above or application.steps == (UNIT,) or not row.is_above(share.granted + 1, share.given):
        return application
    return msgspec.structs.replace(
        application,
        steps=row.with_more(application.steps, decided=len(application.opinions)),
        share=share_of(share.granted + 1, share.given),
        above=True,
    )


def _kinds(clocks: tuple[Clock, ...]) -> set[ClockKind]:
    return {clock.kind for clock in clocks}


def _refused(state: CaseState, application: Application, command: DecideApplication, facts: Facts) -> Step:
    rule = KINDS[application.kind]
    shirking = command.shirking and rule.may_shirk
    refused = msgspec.structs.replace(
        application, outcome=ApplicationOutcome.REFUSED, ended=facts.moment, shirking=shirking
    )
    return Step(
        kind=rule.refused,
        status=state.status,
        application=refused,
        clocks=end_of_waiting(state, rule.kind, facts),
        reason=application.opinions[-1].text,
        marks=(Mark(rule.refused), *((Mark.SHIRKING,) if shirking else ())),
    )


def decide_withdraw_application(state: CaseState, command: WithdrawApplication, facts: Facts) -> Step:
    """撤回申请: by those who asked."""
    problem, pending = why_not_withdraw(state, facts.actor), state.pending
    if problem is not None or pending is None:
        raise problem or NothingToDecide()
    return Step(
        kind=EntryKind.APPLICATION_WITHDRAWN,
        status=state.status,
        application=msgspec.structs.replace(pending, outcome=ApplicationOutcome.WITHDRAWN, ended=facts.moment),
        clocks=end_of_waiting(state, pending.kind, facts),
        reason=require_words("reason", command.reason),
        marks=(Mark.APPLICATION_WITHDRAWN,),
    )


def expired(state: CaseState, application: Application, facts: Facts) -> Step:
    """逾期未批失效: where the matrix has it so."""
    return Step(
        kind=EntryKind.APPLICATION_EXPIRED,
        status=state.status,
        application=msgspec.structs.replace(application, outcome=ApplicationOutcome.EXPIRED, ended=facts.moment),
        clocks=end_of_waiting(state, application.kind, facts),
        marks=(Mark.APPLICATION_EXPIRED,),
    )
