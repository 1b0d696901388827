"""Several proposals at once (成批修订): each as `propose_row` and `decide_proposal` take it, all of them or none."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from django.db import transaction

from gezhi.duties.actions.proposals import decide_proposal, propose_row
from gezhi.duties.rules.proposal import Decision, Proposed
from gezhi.duties.rules.several import key_of, refused_of
from gezhi.kernel.permissions import Actor
from gezhi.kernel.problems import Problem
from gezhi.plumbing.clock import Clock


@transaction.atomic
def propose_rows(proposed: Sequence[Proposed], actor: Actor, *, key: UUID, clock: Clock) -> list[UUID]:
    """成批提出修订. Sent again under the same key: the proposals that stand."""
    made: list[UUID] = []
    for number, one in enumerate(proposed, 1):
        try:
            made.append(propose_row(one, actor, key=key_of(key, number), clock=clock))
        except Problem as why:
            raise refused_of(number, why, at=f"{one.row.selector}@{one.row.area_code}") from why
    return made


@transaction.atomic
def decide_proposals(decisions: Sequence[Decision], actor: Actor, *, key: UUID, clock: Clock) -> None:
    """成批审批: the same opinion about each."""
    for number, one in enumerate(decisions, 1):
        try:
            decide_proposal(one, actor, key=key_of(key, number), clock=clock)
        except Problem as why:
            raise refused_of(number, why, at=str(one.proposal_id)) from why
