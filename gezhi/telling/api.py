"""告知记录: what each reporter of a case was told, and when."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.http import HttpRequest
from pydantic import BaseModel

from gezhi.cases.queries.case_page import get_case, list_reports
from gezhi.cases.rules.entry_kinds import EntryKind
from gezhi.cases.shapes.masked import masked
from gezhi.cases.shapes.presenter import Presenter
from gezhi.cases.shapes.reports import open_senders, report_out
from gezhi.cases.shapes.schemas import ReportOut
from gezhi.kernel.permissions import Permission
from gezhi.kernel.problems import NotFound
from gezhi.notices.queries import list_texts_about
from gezhi.notices.rules.news import ToldText
from gezhi.notices.rules.sending import State
from gezhi.plumbing.clock import system_clock
from gezhi.plumbing.doors import Router, actor_of
from gezhi.plumbing.shapes import TextOut, maybe, moment
from gezhi.telling.actions import CASE
from gezhi.telling.rules.plain_words import RECEIVED

router = Router(tags=["telling"])


class ToldOut(BaseModel):
    """One text; it is empty once it was erased."""

    kind: EntryKind
    text: TextOut
    state: State
    created_at: datetime
    sent_at: datetime | None
    erased: bool


class ToldReporterOut(BaseModel):
    """One report with what its sender was told; `reachable`: whether there is a way to tell them anything."""

    report: ReportOut
    reachable: bool
    told: list[ToldOut]


class ToldReportersOut(BaseModel):
    items: list[ToldReporterOut]


@router.get("/cases/{case_id}/told", permission=Permission.CASES_READ, response=ToldReportersOut)
def get_told(request: HttpRequest, case_id: UUID) -> ToldReportersOut:
    """Every report of the case with the texts that went to its sender, the earliest first."""
    actor = actor_of(request)
    row = get_case(case_id, actor)
    if row is None:
        raise NotFound
    presenter, texts = Presenter(actor, now=system_clock()), list_texts_about(CASE, case_id)
    reports = list_reports([report.id for report in row.state.reports])
    phones = {report.id: report.phone for report in reports}
    open_senders(row, presenter)
    masking = presenter.masking_of(row)
    reachable = {report.id for report in row.state.reports if report.reachable}
    return ToldReportersOut(
        items=[
            ToldReporterOut(
                report=report_out(report, row.state, masking, presenter),
                reachable=str(report.id) in reachable,
                told=[masked(_told(one), masking) for one in texts if _went_to(one, report.id, phones)],
            )
            for report in reports
        ]
    )


def _went_to(text: ToldText, report_id: UUID, phones: dict[UUID, str]) -> bool:
    """Who sent several reports was told of a step once, for all of them; that one came in, for each."""
    if text.kind in RECEIVED or not phones[report_id]:
        return text.recipient == report_id
    return phones.get(text.recipient) == phones[report_id]


def _told(one: ToldText) -> ToldOut:
    return ToldOut(
        kind=EntryKind(one.kind),
        text=TextOut(zh=one.text.zh, en=one.text.en),
        state=one.state,
        created_at=moment(one.at),
        sent_at=maybe(one.sent_at),
        erased=one.erased,
    )
