"""Reports in, commands on a case. Every write carries an idempotency key and can be sent again safely."""

from __future__ import annotations

from typing import Annotated, Any
from uuid import UUID, uuid5

import msgspec
from django.http import HttpRequest
from ninja import Body, Status

from gezhi.cases.actions import Outcome, perform, perform_one
from gezhi.cases.api.case_detail import detail_of
from gezhi.cases.api.router import router
from gezhi.cases.api.schemas_in import AddReportIn, AnyCommandIn, BatchIn, CommandIn, ReportIn
from gezhi.cases.queries.case_page import visible_case, visible_states
from gezhi.cases.queries.rows import Row
from gezhi.cases.rules import commands
from gezhi.cases.rules.commands import Command, Sender, Submission
from gezhi.cases.rules.decide import HANDLERS
from gezhi.cases.rules.senders.contact import check_phone
from gezhi.cases.rules.steps.reporting import check_happened
from gezhi.cases.shapes.presenter import Presenter
from gezhi.cases.shapes.schemas import BatchLineOut, BatchOut, CaseDetailOut, TakenOut
from gezhi.kernel.coordinates import to_cgcs2000
from gezhi.kernel.permissions import Permission
from gezhi.kernel.places import to_e7
from gezhi.kernel.problems import NotFound
from gezhi.kernel.words import limit_words
from gezhi.plumbing.clock import system_clock
from gezhi.plumbing.doors import actor_of
from gezhi.plumbing.ids import system_ids, system_salt
from gezhi.plumbing.request_keys import command_id_of
from gezhi.plumbing.shapes import problem_text

_COMMANDS: dict[str, type[Command]] = {str(one.__struct_config__.tag): one for one in HANDLERS}


@router.post("/cases", permission=Permission.CASES_REPORT, response={201: TakenOut, 200: TakenOut})
def take_report(request: HttpRequest, report: ReportIn) -> Status[TakenOut]:
    """上报: a report begins a case. Sent again under the same Idempotency-Key: 200, with the case that stands."""
    actor = actor_of(request)
    command_id = command_id_of(request)
    case_id, report_id = system_ids(), system_ids()
    sender = _sender_of(report)
    lon, lat = to_cgcs2000(report.lon, report.lat, report.system)
    sent: dict[str, Any] = {
        "report_id": str(report_id),
        "channel": report.channel,
        "lon": to_e7(lon),
        "lat": to_e7(lat),
        "address": report.place.strip(),
        "class_key": report.class_key or None,
        "row_key": report.row_key or None,
        "pictures": tuple(report.pictures),
        "reachable": sender.reachable,
        "by_call": sender.called,
    }
    command = commands.SelfHandle(**sent, after=tuple(report.after)) if report.self_handled else commands.Report(**sent)
    happened = _happened(report)
    return _taken(
        Submission(
            case_id=case_id, command_id=command_id, command=command, actor=actor, sender=sender, happened=happened
        )
    )


@router.post(
    "/cases/{uuid:case_id}/reports", permission=Permission.CASES_REPORT, response={201: TakenOut, 200: TakenOut}
)
def join_case(request: HttpRequest, case_id: UUID, report: AddReportIn) -> Status[TakenOut]:
    """并入上报: a further sender of the same problem joins its case in one act, and hears its outcome."""
    actor = actor_of(request)
    visible_case(case_id, actor)
    sender = _sender_of(report)
    command = commands.AddReport(
        report_id=str(system_ids()),
        channel=report.channel,
        pictures=tuple(report.pictures),
        reachable=sender.reachable,
        by_call=sender.called,
    )
    command_id = command_id_of(request)
    happened = _happened(report)
    return _taken(
        Submission(
            case_id=case_id, command_id=command_id, command=command, actor=actor, sender=sender, happened=happened
        )
    )


def _sender_of(report: AddReportIn) -> Sender:
    contact = report.contact
    return Sender(
        salt=system_salt(),
        description=limit_words("description", report.description),
        sender_no=report.sender_no,
        name=contact.name if contact else "",
        phone=check_phone(contact.phone, wants_answer=contact.wants_answer) if contact else "",
        wants_answer=contact.wants_answer if contact else False,
        keep_secret=contact.keep_secret if contact else False,
        by_call=contact.by_call if contact else False,
    )


def _happened(report: AddReportIn) -> int | None:
    return check_happened(int(report.happened_at.timestamp()), now=system_clock()) if report.happened_at else None


def _taken(submission: Submission) -> Status[TakenOut]:
    outcome = perform_one(submission, clock=system_clock)
    state = outcome.state
    assert state is not None  # a problem would have been raised
    taken = TakenOut(id=outcome.case_id, no=state.no, status=state.status.value, replayed=outcome.replayed)
    return Status(200 if outcome.replayed else 201, taken)


@router.post("/cases/{uuid:case_id}/commands", permission=Permission.CASES_ACT, response=CaseDetailOut)
def give_command(request: HttpRequest, case_id: UUID, asked: Annotated[AnyCommandIn, Body()]) -> CaseDetailOut:
    """One act on a case; answers with the case as it stands then."""
    actor = actor_of(request)
    row, presenter = visible_case(case_id, actor), Presenter(actor, now=system_clock())
    command = _command_of(_as_it_stands(asked, row, presenter))
    perform_one(
        Submission(
            case_id=case_id,
            command_id=command_id_of(request, apart=("seq",)),
            command=command,
            actor=actor,
            seen_seq=asked.seq,
        ),
        clock=system_clock,
    )
    return detail_of(visible_case(case_id, actor), actor, Presenter(actor, now=system_clock()))


@router.post("/cases/commands", permission=Permission.CASES_ACT, response=BatchOut)
def give_commands(request: HttpRequest, asked: BatchIn) -> BatchOut:
    """批量办理: one command for several cases, in one transaction; one that is refused leaves the others alone."""
    actor = actor_of(request)
    command, key = _command_of(asked.command), command_id_of(request, apart=("cases",))
    visible = visible_states([one.id for one in asked.cases], actor)
    batch = [
        Submission(case_id=one.id, command_id=uuid5(key, str(one.id)), command=command, actor=actor, seen_seq=one.seq)
        for one in asked.cases
        if one.id in visible
    ]
    outcomes = {outcome.case_id: outcome for outcome in perform(batch, clock=system_clock)}
    items = [_batch_line(one.id, outcomes.get(one.id)) for one in asked.cases]
    return BatchOut(items=items, done=sum(one.done for one in items))


def _as_it_stands(asked: CommandIn, row: Row, presenter: Presenter) -> CommandIn:
    """A place that comes back as it was shown, with somebody's number hidden, was not changed."""
    place: str | None = getattr(asked, "place", None)
    stands = row.state.place.address
    if place is not None and place.strip() == presenter.masking_of(row).wrote(stands):
        return asked.model_copy(update={"place": stands})
    return asked


def _batch_line(case_id: UUID, outcome: Outcome | None) -> BatchLineOut:
    problem = outcome.problem if outcome is not None else NotFound()
    state = outcome.state if outcome is not None else None
    return BatchLineOut(
        id=case_id,
        no=state.no if state is not None else "",
        done=problem is None,
        status=state.status.value if state is not None else None,
        seq=state.seq if state is not None else None,
        code=problem.code if problem is not None else None,
        why=problem_text(problem) if problem is not None else None,
    )


def _command_of(asked: CommandIn) -> Command:
    fields = asked.fields()
    return msgspec.convert(fields, _COMMANDS[fields["command"]])
