"""举报人信息: a look at a sender for a reason."""

from __future__ import annotations

from typing import Annotated
from uuid import UUID

from django.http import HttpRequest
from pydantic import Field

from gezhi.cases.actions.open_sender import open_sender
from gezhi.cases.queries.case_page import list_reports, visible_case
from gezhi.cases.rules.senders.secrecy import Look, OpeningReason
from gezhi.cases.shapes.presenter import Presenter
from gezhi.cases.shapes.reports import open_senders, report_out
from gezhi.cases.shapes.schemas import ReportOut
from gezhi.kernel.permissions import Permission
from gezhi.ledgers.api.routes import router
from gezhi.plumbing.clock import system_clock
from gezhi.plumbing.doors import actor_of
from gezhi.plumbing.ids import system_ids
from gezhi.plumbing.shapes import Exact

NAMED = "gezhi_cases_api_senders_look_at_sender"
"""Programs of others are generated from the names of operations, so this does not follow the folder."""


class LookIn(Exact):
    """Why somebody looks at a sender: a reason of the list, and words."""

    reason: OpeningReason
    words: Annotated[str, Field(max_length=200_000)]  # the rule says in words what is too long


@router.post(
    "/cases/{uuid:case_id}/reports/{uuid:report_id}/opening",
    permission=Permission.REPORTERS_READ,
    response=ReportOut,
    operation_id=NAMED,
    repeats="while the first look counts no second is put on record",
)
def look_at_sender(request: HttpRequest, case_id: UUID, report_id: UUID, asked: LookIn) -> ReportOut:
    """查看举报人: name and phone for half an hour, for this person alone; who, when, from where and why stays."""
    actor = actor_of(request)
    look = Look(actor, client=request.META.get("REMOTE_ADDR", ""), reason=asked.reason, words=asked.words)
    open_sender(case_id, report_id, look, clock=system_clock, ids=system_ids)
    row, presenter = visible_case(case_id, actor), Presenter(actor, now=system_clock())
    open_senders(row, presenter)
    (report,) = list_reports([str(report_id)])
    return report_out(report, row.state, presenter.masking_of(row), presenter)
