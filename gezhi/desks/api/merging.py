"""并案: into which cases one, or several at once, may be merged."""

from __future__ import annotations

from typing import Annotated
from uuid import UUID

from django.http import HttpRequest
from ninja import Query, Schema
from pydantic import BaseModel, Field

from gezhi.calendars.rules.office_days import day_of
from gezhi.cases.queries.case_page import NEARBY_METRES, list_nearby, visible_states
from gezhi.cases.queries.rows import Row
from gezhi.cases.rules.state import CaseState
from gezhi.cases.rules.steps.merging import check_target
from gezhi.cases.shapes.presenter import Presenter
from gezhi.cases.shapes.schemas import CaseRowOut
from gezhi.desks.api.router import router
from gezhi.kernel.permissions import Actor, Permission
from gezhi.kernel.places import from_e7
from gezhi.kernel.problems import NotFound, Problem
from gezhi.plumbing.clock import system_clock
from gezhi.plumbing.doors import actor_of
from gezhi.plumbing.ids import system_ids
from gezhi.worklists.actions import record_search
from gezhi.worklists.queries.meaning import meanings_of
from gezhi.worklists.queries.worklist import Filters, list_cases

SHOWN = 8
LOOKED_AT = 60
"""So many of what lies near, or of what the words find, are asked the rule."""


class TargetsIn(Schema):
    id: Annotated[list[UUID], Field(min_length=1, max_length=100)]
    q: Annotated[str, Field(max_length=100)] = ""


class TargetsOut(BaseModel):
    """`metres`: how far from the first case was looked where nobody searched."""

    items: list[CaseRowOut]
    metres: int


@router.get("/cases/merge-targets", permission=Permission.CASES_READ, response=TargetsOut)
def read_merge_targets(request: HttpRequest, asked: Query[TargetsIn]) -> TargetsOut:
    """可并入的案件: what the rule takes for every one of these cases, of what lies near the first, of its class, of one
    near to it or of none; or of what the words find.
    """
    actor, now = actor_of(request), system_clock()
    states = visible_states(asked.id, actor)
    first = states.get(asked.id[0])
    if first is None:
        raise NotFound(field="id")
    near = (from_e7(first.place.lon), from_e7(first.place.lat))
    filters = Filters(meant=meanings_of(asked.q, actor, on=day_of(now)))
    if filters.meant:
        record_search(filters.meant, actor, client=request.META["REMOTE_ADDR"], clock=system_clock, ids=system_ids)
        found = list_cases(filters, actor, now=now, sort="newest", after=None, limit=LOOKED_AT)
    else:
        found = list_nearby(*near, actor=actor, class_key=first.subject.class_key, limit=LOOKED_AT)
    presenter = Presenter(actor, now=now)
    takes = [row for row in found if all(_takes(row, case_id, states[case_id], actor) for case_id in states)]
    return TargetsOut(items=[presenter.row(row, near=near) for row in takes[:SHOWN]], metres=NEARBY_METRES)


def _takes(target: Row, case_id: UUID, state: CaseState, actor: Actor) -> bool:
    try:
        check_target(state, target.state, actor, itself=target.id == case_id)
    except Problem:
        return False
    return True
