"""/duties/proposals: rows asked for, and their approval by somebody else."""

from __future__ import annotations

from typing import Annotated
from uuid import UUID

from django.http import HttpRequest
from ninja import Query, Status
from pydantic import BaseModel, Field

from gezhi.duties.actions import decide_proposal, decide_proposals, propose_row, propose_rows
from gezhi.duties.queries import ProposalFilter, count_pending, get_proposal, list_proposals
from gezhi.duties.rules.duty_row import Basis, DutyRowData, parse_selector
from gezhi.duties.rules.proposal import (
    Decision,
    Overlap,
    ProposalState,
    Proposed,
)
from gezhi.duties.rules.several import MOST
from gezhi.duties.shapes.proposals import ProposalOut, ProposalPage, proposals_out
from gezhi.kernel.permissions import Actor, Permission
from gezhi.people.queries import day_of
from gezhi.plumbing.clock import system_clock
from gezhi.plumbing.doors import Router, actor_of, decode_cursor, encode_cursor
from gezhi.plumbing.request_keys import command_id_of
from gezhi.plumbing.shapes import DayIn, Exact, page_of

router = Router(tags=["duties"])


class ProposalsAsked(BaseModel):
    state: ProposalState | None = None
    case_id: UUID | None = None
    cursor: str = ""
    limit: int = Field(50, ge=1, le=200)


class SlotIn(Exact):
    """`class_key`: a class (2026-matter-06010), a major class (2026-matter-06) or all (2026-matter-*)."""

    class_key: str = Field(max_length=20)
    area_code: str = Field("", max_length=15)
    unit_id: int


class _AskedFor(Exact):
    valid_from: DayIn
    valid_to: DayIn | None = None
    basis_kind: Basis
    basis: str = Field("", max_length=300)
    reason: str = Field(max_length=300)
    overlap: Overlap = Overlap.ASK


class SeveralRowsIn(_AskedFor):
    """Rows with the same dates, basis and reason."""

    rows: list[SlotIn] = Field(min_length=1, max_length=MOST)


class ProposalIn(SlotIn, _AskedFor):
    case_id: UUID | None = None
    case_no: str = Field("", max_length=40)
    anew_of: UUID | None = None


class ProposalDecisionIn(Exact):
    granted: bool
    text: str = Field("", max_length=300)
    overlap: Overlap | None = None


class SeveralDecisionsIn(ProposalDecisionIn):
    ids: list[UUID] = Field(min_length=1, max_length=MOST)


class SeveralRowsOut(BaseModel):
    """How many were stored, all of them or none."""

    count: int


@router.get("/duties/proposals", permission=Permission.DUTIES_READ, response=ProposalPage)
def get_proposals(request: HttpRequest, asked: Annotated[ProposalsAsked, Query()]) -> ProposalPage:
    """责任清单修订申请, the newest first; `pending` counts all that wait."""
    actor = actor_of(request)
    (before,) = decode_cursor(asked.cursor, UUID) if asked.cursor else (None,)
    filters = ProposalFilter(state=asked.state, case_id=asked.case_id, before_id=before)
    proposals = list_proposals(filters, actor, limit=asked.limit + 1)
    page, next_cursor = page_of(proposals, asked.limit, lambda last: encode_cursor(str(last.id)))
    return ProposalPage(
        items=proposals_out(page, actor, day_of(system_clock())),
        next_cursor=next_cursor,
        pending=count_pending(actor),
    )


@router.post(
    "/duties/proposals", permission=Permission.DUTIES_PROPOSE, response={201: ProposalOut}, summary="提出修订 · propose"
)
def post_proposal(request: HttpRequest, sent: ProposalIn) -> Status[ProposalOut]:
    """Ask for one row. Sent again under the same Idempotency-Key: the proposal that stands."""
    actor = actor_of(request)
    proposed = Proposed(
        row=_row_of(sent, sent),
        reason=sent.reason,
        overlap=sent.overlap,
        case_id=sent.case_id,
        case_no=sent.case_no,
        anew_of=sent.anew_of,
    )
    made = propose_row(proposed, actor, key=command_id_of(request), clock=system_clock)
    return Status(201, _told(made, actor))


@router.post(
    "/duties/proposals/several",
    permission=Permission.DUTIES_PROPOSE,
    response={201: SeveralRowsOut},
    summary="成批提出修订 · propose several",
)
def post_proposals(request: HttpRequest, sent: SeveralRowsIn) -> Status[SeveralRowsOut]:
    """Each row is proposed by itself and decided by somebody else; one that is refused keeps all of them back."""
    proposed = [Proposed(row=_row_of(one, sent), reason=sent.reason, overlap=sent.overlap) for one in sent.rows]
    made = propose_rows(proposed, actor_of(request), key=command_id_of(request), clock=system_clock)
    return Status(201, SeveralRowsOut(count=len(made)))


@router.post(
    "/duties/proposals/decisions",
    permission=Permission.DUTIES_APPROVE,
    response=SeveralRowsOut,
    summary="成批审批修订 · decide several",
)
def post_decisions(request: HttpRequest, sent: SeveralDecisionsIn) -> SeveralRowsOut:
    """The same opinion about each; where one cannot be decided, none is."""
    decisions = [
        Decision(proposal_id=one, granted=sent.granted, text=sent.text, overlap=sent.overlap)
        for one in dict.fromkeys(sent.ids)
    ]
    decide_proposals(decisions, actor_of(request), key=command_id_of(request), clock=system_clock)
    return SeveralRowsOut(count=len(decisions))


@router.get("/duties/proposals/{uuid:proposal_id}", permission=Permission.DUTIES_READ, response=ProposalOut)
def get_one_proposal(request: HttpRequest, proposal_id: UUID) -> ProposalOut:
    return _told(proposal_id, actor_of(request))


@router.post(
    "/duties/proposals/{uuid:proposal_id}/decision",
    permission=Permission.DUTIES_APPROVE,
    response=ProposalOut,
    summary="审批修订 · approve or refuse",
)
def post_decision(request: HttpRequest, proposal_id: UUID, sent: ProposalDecisionIn) -> ProposalOut:
    """Approved: the row counts from its first day on. Refused: kept with the reason."""
    actor = actor_of(request)
    decision = Decision(proposal_id=proposal_id, granted=sent.granted, text=sent.text, overlap=sent.overlap)
    decide_proposal(decision, actor, key=command_id_of(request), clock=system_clock)
    return _told(proposal_id, actor)


def _row_of(slot: SlotIn, asked: _AskedFor) -> DutyRowData:
    edition, kind, selector = parse_selector(slot.class_key)
    return DutyRowData(
        edition=edition,
        kind=kind,
        selector=selector,
        area_code=slot.area_code,
        unit_id=slot.unit_id,
        valid_from=asked.valid_from,
        valid_to=asked.valid_to,
        basis_kind=asked.basis_kind,
        basis=asked.basis.strip(),
    )


def _told(proposal_id: UUID, actor: Actor) -> ProposalOut:
    (told,) = proposals_out([get_proposal(proposal_id, actor)], actor, day_of(system_clock()))
    return told
