"""告知记录: what each reporter of a case was told, and when; who is to be called; contacts corrected."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Any
from uuid import UUID

from django.http import HttpRequest
from ninja import Query
from pydantic import BaseModel, Field

from gezhi.cases.queries.case_page import list_entries, list_reports, visible_case
from gezhi.cases.queries.rows import Row
from gezhi.cases.rules.entries import Entry
from gezhi.cases.rules.entry_kinds import EntryKind
from gezhi.cases.rules.senders.contact import check_phone
from gezhi.cases.rules.stages import find_transition
from gezhi.cases.rules.steps.reporting import check_happened
from gezhi.cases.shapes.masked import masked
from gezhi.cases.shapes.presenter import Presenter
from gezhi.cases.shapes.reports import open_senders, report_out
from gezhi.cases.shapes.schemas import ReportOut
from gezhi.kernel.masking import Masking, Shown, show_name, show_phone
from gezhi.kernel.permissions import Actor, Permission
from gezhi.kernel.problems import NotFound
from gezhi.notices.actions import retry_messages
from gezhi.notices.queries import list_texts_about, list_to_call
from gezhi.notices.rules.news import ToldText
from gezhi.notices.rules.sending import FAILED, State
from gezhi.notices.shapes import MessageOut, message_out
from gezhi.people.queries import moment_of
from gezhi.plumbing.clock import system_clock
from gezhi.plumbing.doors import Router, Second, actor_of, decode_cursor
from gezhi.plumbing.request_keys import command_id_of
from gezhi.plumbing.shapes import Exact, MomentIn, TextOut, cursor_of, maybe, moment, page_of
from gezhi.telling.actions import CASE, correct_contact, tell_by_call
from gezhi.telling.rules.contacts import Contact, NotSeen, state_of_answer
from gezhi.telling.rules.plain_words import ENDS, RECEIVED

router = Router(tags=["telling"])


class ToldOut(BaseModel):
    """One text, or one call by somebody (`by`); the words are empty once they were erased. `sent_at`: when the gateway
    took it, under its own id `reference`; `error`: why it did not.
    """

    id: UUID | None
    kind: EntryKind
    text: TextOut
    state: State
    created_at: datetime
    sent_at: datetime | None
    erased: bool
    reference: str = ""
    error: str = ""
    by: str = ""


class EarlierContactOut(BaseModel):
    """What a contact was until somebody corrected it; masked as the present one is."""

    name: str
    phone: str
    wants_answer: bool
    by_call: bool
    until: datetime | None
    by: str
    reason: str


class ToldReporterOut(BaseModel):
    """One report with what its sender was told; `reachable`: whether there is a way to tell them anything, `by_call`:
    by telephone only. `answer`: how far the outcome has come.
    """

    report: ReportOut
    reachable: bool
    by_call: bool
    answer: State | None
    told: list[ToldOut]
    earlier: list[EarlierContactOut]
    may_correct: bool
    may_call: bool
    may_retry: bool


class ToldReportersOut(BaseModel):
    items: list[ToldReporterOut]


class ContactCorrectionIn(Exact):
    """The whole contact as it is from now on."""

    name: Annotated[str, Field(max_length=60)] = ""
    phone: Annotated[str, Field(max_length=60)] = ""
    wants_answer: bool = False
    by_call: bool = False
    reason: Annotated[str, Field(max_length=200_000)]  # the rule says in words what is too long


class CallIn(Exact):
    """What was said on the telephone, and when, if it was not just now."""

    text: Annotated[str, Field(max_length=200_000)]
    happened_at: MomentIn | None = None


class CallsAsked(BaseModel):
    cursor: str = ""
    limit: int = Field(50, ge=1, le=200)


class CallPage(BaseModel):
    items: list[MessageOut]
    next_cursor: str | None


@router.get("/cases/{case_id}/told", permission=Permission.CASES_READ, response=ToldReportersOut)
def get_told(request: HttpRequest, case_id: UUID) -> ToldReportersOut:
    """Every report of the case with what its sender was told by text and by telephone, the earliest first."""
    actor = actor_of(request)
    return _told_of(visible_case(case_id, actor), actor)


@router.get("/calls", permission=Permission.REPORTERS_READ, response=CallPage)
def get_calls(request: HttpRequest, asked: Annotated[CallsAsked, Query()]) -> CallPage:
    """待电话告知: outcomes for those who can only be called or asked for it, and those whose text did not go out."""
    actor = actor_of(request)
    after = decode_cursor(asked.cursor, Second, UUID) if asked.cursor else None
    messages = list_to_call(actor.scope, ENDS, after=after, limit=asked.limit + 1)
    page, next_cursor = page_of(messages, asked.limit, lambda last: cursor_of(moment_of(last.created_at), last.id))
    return CallPage(items=[message_out(one, actor) for one in page], next_cursor=next_cursor)


@router.post(
    "/cases/{uuid:case_id}/reports/{uuid:report_id}/contact",
    permission=Permission.REPORTERS_READ,
    response=ToldReportersOut,
)
def correct(request: HttpRequest, case_id: UUID, report_id: UUID, asked: ContactCorrectionIn) -> ToldReportersOut:
    """更正联系方式: of a sender whom one sees; what it was stays on record."""
    actor = actor_of(request)
    _check_seen(case_id, report_id, actor)
    phone = check_phone(asked.phone, wants_answer=asked.wants_answer)
    contact = Contact(asked.name.strip(), phone, asked.wants_answer, asked.by_call)
    correct_contact(
        case_id, report_id, contact, asked.reason,
        command_id=command_id_of(request), actor=actor, clock=system_clock,
    )  # fmt: skip
    return _told_of(visible_case(case_id, actor), actor)


@router.post(
    "/cases/{uuid:case_id}/reports/{uuid:report_id}/call",
    permission=Permission.REPORTERS_READ,
    response=ToldReportersOut,
)
def call(request: HttpRequest, case_id: UUID, report_id: UUID, asked: CallIn) -> ToldReportersOut:
    """电话告知: somebody called the sender; of a case that has ended the answer is given with that."""
    actor, now = actor_of(request), system_clock()
    _check_known(case_id, report_id, actor)
    happened = check_happened(int(asked.happened_at.timestamp()), now=now) if asked.happened_at else None
    tell_by_call(
        case_id, report_id, asked.text,
        happened=happened, command_id=command_id_of(request), actor=actor, clock=system_clock,
    )  # fmt: skip
    return _told_of(visible_case(case_id, actor), actor)


@router.post(
    "/cases/{uuid:case_id}/reports/{uuid:report_id}/texts",
    permission=Permission.REPORTERS_READ,
    response=ToldReportersOut,
    repeats="what waits already is left alone",
)
def send_again(request: HttpRequest, case_id: UUID, report_id: UUID) -> ToldReportersOut:
    """重新发送: what could not be sent to this sender is tried again at once."""
    actor = actor_of(request)
    _check_known(case_id, report_id, actor)
    failed = [one.id for one in list_texts_about(CASE, case_id) if one.recipient == report_id and one.state in FAILED]
    retry_messages(actor.scope, failed, clock=system_clock)
    return _told_of(visible_case(case_id, actor), actor)


def _check_known(case_id: UUID, report_id: UUID, actor: Actor) -> Row:
    row = visible_case(case_id, actor)
    if str(report_id) not in {report.id for report in row.state.reports}:
        raise NotFound
    return row


def _check_seen(case_id: UUID, report_id: UUID, actor: Actor) -> None:
    """Nobody corrects what they see masked, and sends the mask back."""
    row, presenter = _check_known(case_id, report_id, actor), Presenter(actor, now=system_clock())
    open_senders(row, presenter)
    (report,) = list_reports([str(report_id)])
    if report_out(report, row.state, presenter.masking_of(row), presenter).masked:
        raise NotSeen


def _told_of(row: Row, actor: Actor) -> ToldReportersOut:
    presenter, texts = Presenter(actor, now=system_clock()), list_texts_about(CASE, row.id)
    reports = list_reports([report.id for report in row.state.reports])
    phones = {report.id: report.phone for report in reports}
    entries = {one.seq: one for one in list_entries(row.id) if one.step.kind in _OF_SENDERS}
    open_senders(row, presenter)
    masking = presenter.masking_of(row)
    refs = {report.id: report for report in row.state.reports}
    may = {word: _may(word, row, actor) for word in ("correct_contact", "tell_by_call")}
    items = []
    for report in reports:
        ref, went = refs[str(report.id)], [one for one in texts if _went_to(one, report.id, phones)]
        calls = [one for one in entries.values() if _called(one, report.id)]
        told = sorted([*map(_told, went), *(_call(one, presenter) for one in calls)], key=lambda one: one.created_at)
        shown = presenter.shown(row.state.status, report.id, secret=report.keep_secret)
        out = report_out(report, row.state, masking, presenter)
        kept = report.erased_at is None
        items.append(
            ToldReporterOut(
                report=out,
                reachable=ref.reachable,
                by_call=ref.by_call,
                answer=state_of_answer(
                    ((one.kind, one.state) for one in told), ref, row.state.status, now=presenter.now
                ),
                told=[masked(one, masking) for one in told],
                earlier=[_earlier(one, row.id, entries, shown, masking, presenter) for one in report.earlier],
                may_correct=may["correct_contact"] and kept and not out.masked,
                may_call=may["tell_by_call"] and kept and ref.reachable,
                may_retry=may["tell_by_call"] and any(one.state in FAILED and not one.erased for one in went),
            )
        )
    return ToldReportersOut(items=items)


_OF_SENDERS = frozenset({EntryKind.CONTACT_CORRECTED, EntryKind.TOLD_BY_CALL})


def _may(word: str, row: Row, actor: Actor) -> bool:
    transition = find_transition(word, row.state.status)
    may = Permission.REPORTERS_READ in actor.permissions
    return may and transition is not None and actor.role in transition.roles


def _went_to(text: ToldText, report_id: UUID, phones: dict[UUID, str]) -> bool:
    """Who sent several reports was told of a step once, for all of them; that one came in, for each."""
    if text.kind in RECEIVED or not phones[report_id]:
        return text.recipient == report_id
    return phones.get(text.recipient) == phones[report_id]


def _called(entry: Entry, report_id: UUID) -> bool:
    told = {answer.report for answer in entry.step.answers}
    return entry.step.kind is EntryKind.TOLD_BY_CALL and str(report_id) in told


def _told(one: ToldText) -> ToldOut:
    return ToldOut(
        id=one.id,
        kind=EntryKind(one.kind),
        text=TextOut(zh=one.text.zh, en=one.text.en),
        state=one.state,
        created_at=moment(one.at),
        sent_at=maybe(one.sent_at),
        erased=one.erased,
        reference=one.reference,
        error=one.error,
    )


def _call(entry: Entry, presenter: Presenter) -> ToldOut:
    words = entry.step.answers[0].text
    return ToldOut(
        id=None,
        kind=entry.step.kind,
        text=TextOut(zh=words, en=words),
        state=State.CALLED,
        created_at=moment(entry.happened),
        sent_at=moment(entry.happened),
        erased=False,
        by=presenter.person(entry.user),
    )


def _earlier(
    kept: dict[str, Any], case_id: UUID, entries: dict[int, Entry], shown: Shown, masking: Masking, presenter: Presenter
) -> EarlierContactOut:
    """A correction in a case that was merged into this one names neither who made it nor why."""
    entry = entries.get(kept["seq"]) if kept["case"] == str(case_id) else None
    return EarlierContactOut(
        name=show_name(kept["name"], shown),
        phone=show_phone(kept["phone"], shown),
        wants_answer=kept["wants_answer"],
        by_call=kept["by_call"],
        until=maybe(entry.recorded if entry is not None else None),
        by=presenter.person(entry.user) if entry is not None else "",
        reason=masking.said(entry.step.reason or "") if entry is not None else "",
    )
