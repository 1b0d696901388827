"""举报人信息: words that give their sender away while they are typed, a look at a sender for a reason, and the auditor's
list of such looks.
"""

from __future__ import annotations

from typing import Annotated
from uuid import UUID

from django.http import HttpRequest
from pydantic import BaseModel, Field

from gezhi.cases.actions.open_sender import open_sender
from gezhi.cases.api.router import router
from gezhi.cases.api.schemas_in import Words
from gezhi.cases.queries.case_page import list_reports, visible_case
from gezhi.cases.rules.senders.secrecy import Look, OpeningReason
from gezhi.cases.shapes.presenter import Presenter
from gezhi.cases.shapes.reports import open_senders, report_out
from gezhi.cases.shapes.schemas import ReportOut
from gezhi.kernel.masking import gives_away, numbers_in, without
from gezhi.kernel.permissions import Permission
from gezhi.kernel.phones import Reach, read_phone
from gezhi.kernel.problems import Problem
from gezhi.kernel.words import MOST_CHARACTERS
from gezhi.plumbing.clock import system_clock
from gezhi.plumbing.doors import actor_of
from gezhi.plumbing.ids import system_ids
from gezhi.plumbing.shapes import Exact, TextOut, problem_text


class TypedIn(Exact):
    """What is typed into a report, before it is sent."""

    description: Annotated[str, Field(max_length=MOST_CHARACTERS)] = ""
    name: Annotated[str, Field(max_length=60)] = ""
    phone: Annotated[str, Field(max_length=60)] = ""


class TypedOut(BaseModel):
    """`phone`: a number that stands in the description and belongs into its own field; `without`: the rest of it.
    `number` and `reach`: what was typed as the telephone, as it is kept, and by what it reaches somebody; `unread`:
    why it is no number.
    """

    gives_away: bool
    phone: str | None
    without: str
    number: str | None
    reach: Reach | None
    unread: TextOut | None


class LookIn(Exact):
    """Why somebody looks at a sender: a reason of the list, and words."""

    reason: OpeningReason
    words: Words


@router.post("/cases/words", permission=Permission.CASES_REPORT, response=TypedOut, repeats="it only reads")
def look_at_words(request: HttpRequest, typed: TypedIn) -> TypedOut:  # noqa: ARG001
    """Whether a description names its sender; nothing is kept."""
    numbers = numbers_in(typed.description)
    try:
        read, unread = read_phone(typed.phone), None
    except Problem as problem:
        read, unread = None, problem_text(problem)
    return TypedOut(
        gives_away=gives_away(typed.description, typed.name, typed.phone),
        phone=numbers[0] if numbers else None,
        without=without(typed.description, typed.name, typed.phone),
        number=read.number if read is not None else None,
        reach=read.reach if read is not None else None,
        unread=unread,
    )


@router.post(
    "/cases/{uuid:case_id}/reports/{uuid:report_id}/opening",
    permission=Permission.REPORTERS_READ,
    response=ReportOut,
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
