"""修订申请的样子: proposals with what stands in their way, and why this person may not decide one."""

from __future__ import annotations

from datetime import date, datetime
from typing import Protocol
from uuid import UUID

from pydantic import BaseModel

from gezhi.duties.models import RowProposal
from gezhi.duties.queries import node_regions
from gezhi.duties.queries.proposals import find_overlapping, proposed_row
from gezhi.duties.rules.proposal import (
    OpinionKind,
    OutsideReach,
    Overlap,
    OverlappingRow,
    OwnProposal,
    ProposalState,
    check_reach,
)
from gezhi.duties.shapes.rows import DutyOut, Namer
from gezhi.kernel.permissions import Actor, Permission
from gezhi.kernel.problems import Problem
from gezhi.people.rules.policy import decide_access
from gezhi.plumbing.shapes import TextOut

NOBODY = TextOut(zh="", en="")


class ProposalSaid(BaseModel):
    """Who said what to a proposal, when, in which post."""

    user: str
    post: TextOut
    organisation: TextOut
    at: datetime
    text: str


class DutyOpinionOut(ProposalSaid):
    kind: OpinionKind


class OverlapOut(TextOut):
    row_id: int


class ProposalOut(BaseModel):
    id: UUID
    state: ProposalState
    row: DutyOut
    reason: str
    overlap: Overlap
    overlapping: list[OverlapOut]
    case_id: UUID | None
    case_no: str
    anew_of: UUID | None
    row_id: int | None
    proposed_at: datetime
    may_decide: bool
    why_not: TextOut | None
    opinions: list[DutyOpinionOut]


class ProposalPage(BaseModel):
    items: list[ProposalOut]
    next_cursor: str | None
    pending: int


def proposals_out(page: list[RowProposal], actor: Actor, today: date) -> list[ProposalOut]:
    namer, regions = Namer(), node_regions()
    waiting = [one for one in page if one.state == ProposalState.PENDING]
    found = find_overlapping([proposed_row(one) for one in waiting], since=today)
    in_the_way = {one.id: rows for one, rows in zip(waiting, found, strict=True)}
    return [_proposal_out(one, namer, in_the_way.get(one.id, []), _refusal(one, actor, regions)) for one in page]


def _refusal(proposal: RowProposal, actor: Actor, regions: tuple[str, ...]) -> Problem | None:
    """Why this person may not decide it; silent where they may, and where it is decided."""
    if proposal.state != ProposalState.PENDING:
        return None
    if proposal.proposed_by == actor.user_id:
        return OwnProposal()
    answer = decide_access(actor, Permission.DUTIES_APPROVE)
    if answer.problem is not None:
        return answer.problem
    try:
        check_reach(actor.scope, proposed_row(proposal), regions)
    except OutsideReach as problem:
        return problem
    return None


def _proposal_out(
    proposal: RowProposal, namer: Namer, in_the_way: list[OverlappingRow], refusal: Problem | None
) -> ProposalOut:
    pending = proposal.state == ProposalState.PENDING
    return ProposalOut(
        id=proposal.id,
        state=proposal.state,
        row=namer.duty(proposed_row(proposal)),
        reason=proposal.reason,
        overlap=proposal.overlap,
        overlapping=[OverlapOut(row_id=row.row_id, zh=row.told_zh, en=row.told_en) for row in in_the_way],
        case_id=proposal.case_id,
        case_no=proposal.case_no,
        anew_of=proposal.anew_of_id,
        row_id=proposal.row_id,
        proposed_at=proposal.proposed_at,
        may_decide=pending and refusal is None,
        why_not=None if refusal is None else TextOut(zh=refusal.text("zh"), en=refusal.text("en")),
        opinions=[
            DutyOpinionOut(kind=OpinionKind(one.kind), **dict(said_out(one, namer)))
            for one in sorted(proposal.opinions.all(), key=lambda one: one.id)
        ],
    )


class _Said(Protocol):
    """Who said what, when."""

    user_id: int
    post_id: int
    organisation_id: int
    at: datetime
    text: str


def said_out(opinion: _Said, namer: Namer) -> ProposalSaid:
    user = namer.directory.users.get(opinion.user_id)
    post = namer.directory.posts.get(opinion.post_id)
    body = namer.directory.organisations.get(opinion.organisation_id)
    return ProposalSaid(
        user=user.name if user is not None else "",
        post=TextOut(zh=post.title, en=post.title_en) if post is not None else NOBODY,
        organisation=TextOut(zh=body.name, en=body.name_en) if body is not None else NOBODY,
        at=opinion.at,
        text=opinion.text,
    )
