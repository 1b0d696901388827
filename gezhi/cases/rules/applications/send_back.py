"""回退: the unit says that the case is not its own; the dispatcher sends it anew."""

from __future__ import annotations

import msgspec

from gezhi.cases.rules.applications.application import UNIT, Application
from gezhi.cases.rules.applications.approval_row import ApprovalRow
from gezhi.cases.rules.applications.asking import own_part
from gezhi.cases.rules.applications.kind import Ask, KindRule
from gezhi.cases.rules.clocks.clock import ClockKind
from gezhi.cases.rules.entries import Step
from gezhi.cases.rules.entry_kinds import EntryKind
from gezhi.cases.rules.facts import Facts
from gezhi.cases.rules.marks import Mark
from gezhi.cases.rules.stages import Status
from gezhi.cases.rules.state import CaseState, End
from gezhi.cases.rules.steps.recalling import back_to_dispatch, ended_parts
from gezhi.kernel.application_kinds import ApplicationKind
from gezhi.kernel.permissions import Actor, Role
from gezhi.kernel.problems import Problem


class CrewStillHasIt(Problem):
    code = "cases.asking.crew-still-has-it"
    status = 409
    title = "本案已下派给班组，请先收回下派，再申请回退。"
    title_en = "The case was given down to a crew: take it back first, then ask to send it back."


class AskSendBack(Ask, frozen=True, tag="ask_send_back", kw_only=True):
    """申请回退: the handling clock stands still until the decision; asked and granted are counted apart."""


def send_back_pending(state: CaseState) -> bool:
    """While a send-back waits for its decision, nobody works on."""
    return state.pending is not None and state.pending.kind is ApplicationKind.SEND_BACK


def _crew_has_it(state: CaseState, actor: Actor) -> Problem | None:
    part = own_part(state, actor)
    return CrewStillHasIt() if part is not None and state.parts_below(part) else None


def _grant(state: CaseState, application: Application, facts: Facts) -> Step:
    """同意回退: the dispatcher sends it anew. What a crew sends back goes to its own unit and no further."""
    kind = EntryKind.SEND_BACK_GRANTED
    if application.steps == (UNIT,):
        part = next(one for one in state.open_assignments if one.unit == application.unit)
        ended = msgspec.structs.replace(part, ended=facts.moment, end=End.SENT_BACK)
        # Not marked: the unit still has the case, and nothing came back to the dispatcher.
        return Step(kind=kind, status=state.status, application=application, assignments=(ended,))
    return Step(
        kind=kind,
        status=Status.REGISTERED,
        application=application,
        assignments=ended_parts(state, End.SENT_BACK, facts),
        clocks=(*back_to_dispatch(state, facts, since=application.effective), facts.start(ClockKind.DISPATCH)),
        marks=(Mark(kind),),
    )


SEND_BACK = KindRule(
    kind=ApplicationKind.SEND_BACK,
    command=AskSendBack,
    asked=EntryKind.SEND_BACK_ASKED,
    granted=EntryKind.SEND_BACK_GRANTED,
    refused=EntryKind.SEND_BACK_REFUSED,
    preset=ApprovalRow(
        kind=ApplicationKind.SEND_BACK,
        steps=(Role.DISPATCHER,),
        above_ceiling=(Role.DUTY_OFFICER,),
        stops_clock=True,
        before_deadline=True,
        form_for=("no-need",),
        steps_form=(Role.DISPATCHER, Role.DUTY_OFFICER),
        warning=30,
        ceiling=80,
    ),
    grant=_grant,
    effect=("不计入该单位处置数", "Not counted as handled by the unit"),
    empty=(
        "责任单位认为案件不归本单位处置时申请回退，申请和审批意见都会记在这里。",
        "A unit that does not answer for a case asks to send it back; what was asked and decided stands here.",
    ),
    why_not=_crew_has_it,
    ends_at_unit=True,
    may_shirk=True,
)
