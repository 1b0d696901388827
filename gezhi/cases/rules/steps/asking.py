"""申请: a unit or a seat asks for send-back, extension, suspension, void or appeal, as the approval matrix has it."""

from __future__ import annotations

from typing import Any

from gezhi.cases.rules.allowed import part_of
from gezhi.cases.rules.applications import KIND_NAMES, UNIT, Application, Kind, Outcome
from gezhi.cases.rules.approval_matrix import ApprovalRow, share_of
from gezhi.cases.rules.commands import Appeal, AskExtension, AskSendBack, AskSuspension, AskVoid, Command
from gezhi.cases.rules.commands.approvals import Ask
from gezhi.cases.rules.deadline import start_clock
from gezhi.cases.rules.entries import Step
from gezhi.cases.rules.entry_kinds import EntryKind
from gezhi.cases.rules.facts import Facts
from gezhi.cases.rules.lateness import is_past_due
from gezhi.cases.rules.state import Assignment, CaseState, ClockKind
from gezhi.cases.rules.steps.evidence import check_pictures
from gezhi.kernel.moments import DAY_S
from gezhi.kernel.permissions import Actor, Role
from gezhi.kernel.problems import Problem
from gezhi.kernel.role_names import say_roles
from gezhi.kernel.words import require_words

ASKED = {
    Kind.SEND_BACK: EntryKind.SEND_BACK_ASKED,
    Kind.EXTENSION: EntryKind.EXTENSION_ASKED,
    Kind.SUSPENSION: EntryKind.SUSPENSION_ASKED,
    Kind.VOID: EntryKind.VOID_ASKED,
    Kind.APPEAL: EntryKind.APPEALED,
}


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


class TooMuch(Problem):
    code = "cases.asking.too-much"
    status = 422
    title = "{kind_name}最多可申请{most}，请减少后再提交。"
    title_en = "{kind_en} may be asked for up to {most_en}; ask for less."


class NoEnd(Problem):
    code = "cases.asking.no-end"
    status = 422
    title = "缓办必须写明截止时间，且应晚于现在；到期后案件自动恢复办理。"
    title_en = "A suspension needs an end later than now; the case wakes by itself then."


class CrewStillHasIt(Problem):
    code = "cases.asking.crew-still-has-it"
    status = 409
    title = "本案已下派给班组，请先收回下派，再申请回退。"
    title_en = "The case was given down to a crew: take it back first, then ask to send it back."


def names_of(kind: Kind) -> dict[str, str]:
    name, name_en = KIND_NAMES[kind]
    return {"kind_name": name, "kind_en": name_en}


def own_part(state: CaseState, actor: Actor) -> Assignment | None:
    """The open assignment in whose name this person works."""
    unit = part_of(actor, state)
    return next((part for part in state.open_assignments if part.unit == unit), None)


def asking_unit(state: CaseState, actor: Actor) -> int:
    """In whose name it is asked: the unit's own; of a seat, or after closing, that of the unit that had the case
    last.
    """
    part = own_part(state, actor) if actor.role is Role.HANDLER else None
    if part is not None:
        return part.unit
    last = state.last_leading
    return last.unit if last is not None else 0


def _earlier(state: CaseState, kind: Kind) -> list[Application]:
    """What was asked for of this kind before; of appeals only those against the present closing."""
    since = (state.closed or 0) if kind is Kind.APPEAL else 0
    return [one for one in state.applications if one.kind is kind and one.asked >= since]


def _check(state: CaseState, row: ApprovalRow, unit: int, facts: Facts) -> int:
    """How often the unit had it granted; a Problem where the row forbids to ask."""
    names, before = names_of(row.kind), [one for one in _earlier(state, row.kind) if one.unit == unit]
    if facts.actor.role not in row.askers:
        raise AskerMayNot(**names, **say_roles(*row.askers))
    if state.status not in row.statuses:
        raise NotAtThisStage(**names)
    if state.pending is not None:
        raise ApplicationPending(**names_of(state.pending.kind))
    granted = sum(one.outcome is Outcome.GRANTED for one in before)
    for times, most in ((granted, row.most_granted), (len(before), row.most_asked)):
        if most and times >= most:
            raise AskedTooOften(**names, times=times, most=most)
    if row.before_deadline and is_past_due(state, facts.moment):
        raise AskedAfterDeadline(**names)
    return granted


def _share(row: ApprovalRow, facts: Facts) -> tuple[int, bool]:
    """占比: the unit's share in per mille with this one granted, and whether that lies above the ceiling."""
    share = share_of(facts.share.granted + 1, facts.share.given)
    return share, row.ceiling > 0 and facts.share.given >= row.share_base and share > row.ceiling


def _stops(row: ApprovalRow, application: Application) -> bool:
    """Whether the handling clock waits for the decision. What a crew sends back to its unit does not stop the case."""
    is_inside = application.kind is Kind.SEND_BACK and application.steps == (UNIT,)
    return row.stops_clock and application.kind is not Kind.APPEAL and not is_inside


def _ask(state: CaseState, command: Ask, kind: Kind, facts: Facts, **asked: Any) -> Step:
    row, unit, part = facts.matrix[kind], asking_unit(state, facts.actor), own_part(state, facts.actor)
    times = _check(state, row, unit, facts)
    pictures = check_pictures(facts, command.pictures, state, least=0)
    if row.needs_proof and not pictures:
        raise ProofMissing(field="pictures", **names_of(kind))
    share, above = _share(row, facts)
    clock = state.clock(ClockKind.HANDLING)
    application = Application(
        no=len(state.applications) + 1,
        kind=kind,
        unit=unit,
        asked=facts.moment,
        asked_by=facts.actor.user_id,
        role=facts.actor.role,
        organisation=facts.actor.organisation_id,
        reason=require_words("reason", command.reason),
        steps=row.steps_for(times=times, is_crew=part is not None and part.parent is not None, is_above=above),
        times=times,
        old_due=clock.due if clock is not None else None,
        late=is_past_due(state, facts.moment),
        share=share if facts.share.given else None,
        ceiling=row.ceiling or None,
        above=above,
        pictures=pictures,
        **asked,
    )
    return Step(
        kind=ASKED[kind],
        status=state.status,
        application=application,
        clocks=(
            *(facts.pause(state, ClockKind.HANDLING) if _stops(row, application) else ()),
            start_clock(facts.timing, ClockKind.APPROVAL, row.decide_within, at=facts.moment),
        ),
        reason=application.reason,
        proof=pictures,
        marks=(ASKED[kind],),
    )


def decide_ask_send_back(state: CaseState, command: AskSendBack, facts: Facts) -> Step:
    """申请回退: the handling clock stands still until the decision; asked and granted are counted apart."""
    part = own_part(state, facts.actor)
    if part is not None and state.parts_below(part):
        raise CrewStillHasIt
    return _ask(state, command, Kind.SEND_BACK, facts)


def decide_ask_extension(state: CaseState, command: AskExtension, facts: Facts) -> Step:
    """申请延期: more of the row's own limit, at most a share of it; only before the deadline passes."""
    row, limit = facts.matrix[Kind.EXTENSION], state.subject.limit or 0
    most = max(1, limit * row.longest // 100)
    if not 1 <= command.value <= most:
        raise TooMuch(field="value", **names_of(Kind.EXTENSION), most=f"{most}（原时限单位）", most_en=f"{most} units")
    return _ask(state, command, Kind.EXTENSION, facts, value=command.value)


def decide_ask_suspension(state: CaseState, command: AskSuspension, facts: Facts) -> Step:
    """申请缓办: with the moment at which the case wakes by itself."""
    row = facts.matrix[Kind.SUSPENSION]
    if command.until <= facts.moment:
        raise NoEnd(field="until")
    if command.until > facts.moment + row.longest * DAY_S:
        most, most_en = f"{row.longest}天", f"{row.longest} days"
        raise TooMuch(field="until", **names_of(Kind.SUSPENSION), most=most, most_en=most_en)
    return _ask(state, command, Kind.SUSPENSION, facts, until=command.until)


def decide_ask_void(state: CaseState, command: AskVoid, facts: Facts) -> Step:
    """申请作废: after registration; by the unit or by a seat."""
    return _ask(state, command, Kind.VOID, facts)


def decide_appeal(state: CaseState, command: Appeal, facts: Facts) -> Step:
    """申诉: after closing, by the unit that handled the case last."""
    return _ask(state, command, Kind.APPEAL, facts)


ASKS: dict[type[Command], Kind] = {
    AskSendBack: Kind.SEND_BACK,
    AskExtension: Kind.EXTENSION,
    AskSuspension: Kind.SUSPENSION,
    AskVoid: Kind.VOID,
    Appeal: Kind.APPEAL,
}
