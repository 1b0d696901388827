"""The case page, and what may be done with one case or several."""

from __future__ import annotations

from typing import Annotated
from uuid import UUID

from django.http import HttpRequest
from ninja import Query, Schema
from pydantic import BaseModel, Field

from gezhi.calendars.rules.office_days import day_of
from gezhi.cases.api.case_detail import detail_of, expected_out
from gezhi.cases.api.router import router
from gezhi.cases.queries.case_page import visible_case, visible_states
from gezhi.cases.queries.registers import held_registers
from gezhi.cases.rules.available import NOT_OFFERED, common_commands, is_primary, why_not
from gezhi.cases.rules.stages import COMMANDS
from gezhi.cases.shapes.presenter import Presenter
from gezhi.cases.shapes.schemas import (
    CaseDetailOut,
    ExpectedOut,
    WhyNotOut,
)
from gezhi.kernel.permissions import Permission
from gezhi.kernel.problems import Problem
from gezhi.plumbing.clock import system_clock
from gezhi.plumbing.doors import actor_of
from gezhi.plumbing.shapes import TextOut, problem_text

CHANGES = 200


class UnknownCommand(Problem):
    code = "cases.stages.unknown-command"
    status = 422
    title = "没有名为“{command}”的操作。"
    title_en = "There is no command “{command}”."


class SeveralIn(Schema):
    id: Annotated[list[UUID], Field(min_length=1, max_length=50)]


class CommonActionOut(ExpectedOut):
    primary: bool


class CommonActionsOut(BaseModel):
    items: list[CommonActionOut]
    in_hand: list[UUID]


@router.get("/cases/actions", permission=Permission.CASES_READ, response=CommonActionsOut)
def read_common_actions(request: HttpRequest, asked: Query[SeveralIn]) -> CommonActionsOut:
    """What may be done to each of several cases alike, the likeliest first, and which of them somebody has in hand."""
    actor, now = actor_of(request), system_clock()
    policy, matrix = held_registers().policy.on(day_of(now)), held_registers().matrix.on(day_of(now))
    states = visible_states(asked.id, actor)
    alike = list(states.values())
    words = common_commands(alike, actor, policy, matrix=matrix, moment=now)
    return CommonActionsOut(
        items=[
            CommonActionOut(**dict(expected_out(word, alike[0])), primary=is_primary(word, alike, words))
            for word in words
        ],
        in_hand=[case_id for case_id in asked.id if case_id in states and states[case_id].open_assignments],
    )


@router.get("/cases/{uuid:case_id}", permission=Permission.CASES_READ, response=CaseDetailOut)
def read_case(request: HttpRequest, case_id: UUID) -> CaseDetailOut:
    """One case: facts, pictures, place, history, clocks, and what this user may do now."""
    actor = actor_of(request)
    return detail_of(visible_case(case_id, actor), actor, Presenter(actor, now=system_clock()))


@router.get("/cases/{uuid:case_id}/why-not", permission=Permission.CASES_READ, response=WhyNotOut)
def read_why_not(request: HttpRequest, case_id: UUID, command: str) -> WhyNotOut:
    """Why an expected action is not to be had."""
    if command not in COMMANDS or command in NOT_OFFERED:
        raise UnknownCommand(field="command", command=command)
    actor = actor_of(request)
    now = system_clock()
    policy, matrix = held_registers().policy.on(day_of(now)), held_registers().matrix.on(day_of(now))
    problem = why_not(command, visible_case(case_id, actor).state, actor, policy, matrix=matrix, moment=now)
    if problem is None:
        return WhyNotOut(allowed=True, code=None, why=TextOut(zh="现在可以办理。", en="It can be done now."))
    return WhyNotOut(allowed=False, code=problem.code, why=problem_text(problem))
