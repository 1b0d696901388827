"""/upkeep: the board of registers, surveys and keepers."""

from __future__ import annotations

from datetime import date, datetime
from typing import Annotated
from uuid import UUID

from django.http import HttpRequest
from ninja import Query, Schema
from pydantic import StringConstraints

from gezhi.kernel.permissions import Permission
from gezhi.plumbing.clock import system_clock
from gezhi.plumbing.doors import Router, actor_of
from gezhi.plumbing.request_keys import command_id_of
from gezhi.plumbing.shapes import DayIn, Exact, after_of, cursor_of, page_of
from gezhi.regions.queries import day_of
from gezhi.upkeep import queries
from gezhi.upkeep.actions import name_keeper, record_survey
from gezhi.upkeep.rules.currency import Currency
from gezhi.upkeep.rules.datasets import CYCLES, Dataset

router = Router(tags=["upkeep"])
Text = Annotated[str, StringConstraints(pattern=r"^[^\x00-\x1f\x7f]*$", max_length=300, strip_whitespace=True)]


class KeeperOut(Schema):
    id: int
    name: str


class RegisterOut(Schema):
    """`due`: the last day on which it counts as current. What is settled `by_year` is not surveyed."""

    dataset: Dataset
    currency: Currency
    due: date | None
    months: int
    by_year: bool
    last_changed: date | None
    last_surveyed: date | None
    keeper: KeeperOut | None


class RegistersOut(Schema):
    items: list[RegisterOut]
    next_cursor: str | None


class RecordOut(Schema):
    """A survey (with `on`), or who keeps the register from then on."""

    id: UUID
    on: date | None
    changed: bool | None
    keeper: KeeperOut | None
    text: str
    by: str
    at: datetime


class RecordsOut(Schema):
    items: list[RecordOut]
    next_cursor: str | None


class SurveyIn(Exact):
    on: DayIn
    changed: bool
    text: Text


class KeeperIn(Exact):
    user_id: int


@router.get("/upkeep", permission=Permission.SETTINGS_WRITE, response=RegistersOut, summary="数据更新 · upkeep")
def list_upkeep(request: HttpRequest) -> RegistersOut:  # noqa: ARG001
    rows = queries.list_registers(today=day_of(system_clock()))
    return RegistersOut(items=[_register(row) for row in rows], next_cursor=None)


@router.get("/upkeep/{dataset}/records", permission=Permission.SETTINGS_WRITE, response=RecordsOut)
def list_upkeep_records(
    request: HttpRequest,  # noqa: ARG001
    dataset: Dataset,
    cursor: str | None = None,
    limit: Annotated[int, Query(ge=1, le=200)] = 50,
) -> RecordsOut:
    """核查记录与责任人, the newest first."""
    rows = queries.list_records(dataset, after=after_of(cursor or ""), limit=limit + 1)
    page, next_cursor = page_of(rows, limit, lambda last: cursor_of(int(last.at.timestamp()), last.id))
    return RecordsOut(
        items=[
            RecordOut(
                id=row.id,
                on=row.on,
                changed=row.changed,
                keeper=_keeper(row.keeper),
                text=row.text,
                by=row.by,
                at=row.at,
            )
            for row in page
        ],
        next_cursor=next_cursor,
    )


@router.post("/upkeep/{dataset}/surveys", permission=Permission.SETTINGS_WRITE, response=RegistersOut)
def post_survey(request: HttpRequest, dataset: Dataset, sent: SurveyIn) -> RegistersOut:
    """登记核查: the register was compared with the world on a day; `changed`: what differed was entered."""
    record_survey(
        dataset,
        on=sent.on,
        changed=sent.changed,
        text=sent.text,
        actor=actor_of(request),
        key=command_id_of(request),
        clock=system_clock,
    )
    return list_upkeep(request)


@router.post("/upkeep/{dataset}/keepers", permission=Permission.SETTINGS_WRITE, response=RegistersOut)
def post_keeper(request: HttpRequest, dataset: Dataset, sent: KeeperIn) -> RegistersOut:
    """指定责任人: who is reminded from now on."""
    name_keeper(dataset, sent.user_id, actor=actor_of(request), key=command_id_of(request), clock=system_clock)
    return list_upkeep(request)


def _register(row: queries.Register) -> RegisterOut:
    cycle = CYCLES[row.dataset]
    return RegisterOut(
        dataset=row.dataset,
        currency=row.standing.currency,
        due=row.standing.due,
        months=cycle.months,
        by_year=cycle.by_year,
        last_changed=row.last_changed,
        last_surveyed=row.last_surveyed,
        keeper=_keeper(row.keeper),
    )


def _keeper(keeper: queries.Keeper | None) -> KeeperOut | None:
    return KeeperOut(id=keeper.user_id, name=keeper.name) if keeper is not None else None
