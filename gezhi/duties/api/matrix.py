"""/duties/matrix: the table as classes × areas; /duties/conflicts: rows that contradict each other."""

from __future__ import annotations

from typing import Annotated, Literal

from django.http import HttpRequest
from ninja import Query
from pydantic import BaseModel, Field

from gezhi.catalog.queries import held_catalog
from gezhi.catalog.rules.class_key import ClassKind
from gezhi.duties.queries import held_duty_table
from gezhi.duties.queries.matrix import MatrixFilter, read_matrix
from gezhi.duties.rules.matrix import Conflict, days_of_change, find_conflicts
from gezhi.duties.shapes.matrix import ConflictOut, ConflictPage, MatrixOut, matrix_out
from gezhi.duties.shapes.rows import Namer
from gezhi.kernel.permissions import Permission
from gezhi.people.queries import day_of
from gezhi.plumbing.clock import system_clock
from gezhi.plumbing.doors import Router, actor_of, decode_cursor, encode_cursor
from gezhi.plumbing.shapes import DayIn, WordOut, page_of
from gezhi.regions.rules.levels import Level

router = Router(tags=["duties"])
LEVELS = {"county": Level.COUNTY, "street": Level.STREET, "community": Level.COMMUNITY}


class MatrixAsked(BaseModel):
    """`major`: two digits, for its minor classes; `first` and `most`: which columns, or those among which `at`
    is.
    """

    kind: ClassKind = ClassKind.PART
    level: Literal["county", "street", "community"] = "county"
    on: DayIn | None = None
    against: DayIn | None = None
    within: str = Field("", max_length=12)
    major: str = Field("", max_length=2)
    class_key: str = Field("", max_length=20)
    unit_id: int | None = None
    first: int = Field(0, ge=0, le=100_000)
    at: str = Field("", max_length=12)
    most: int = Field(24, ge=1, le=60)


class ConflictsAsked(BaseModel):
    on: DayIn | None = None
    cursor: str = ""
    limit: int = Field(50, ge=1, le=200)


@router.get("/duties/matrix", permission=Permission.DUTIES_READ, response=MatrixOut, summary="责任清单矩阵 · matrix")
def get_matrix(request: HttpRequest, asked: Annotated[MatrixAsked, Query()]) -> MatrixOut:
    """Who would answer on a day: all major classes of a kind, or the minor classes of one, × the areas of a level."""
    if asked.class_key:
        held_catalog().class_of(asked.class_key)
    filters = MatrixFilter(
        kind=asked.kind,
        level=LEVELS[asked.level],
        on=asked.on or day_of(system_clock()),
        against=asked.against,
        within=asked.within,
        major=asked.major,
        class_key=asked.class_key,
        unit_id=asked.unit_id,
        first=asked.first,
        at=asked.at,
        most=asked.most,
    )
    return matrix_out(read_matrix(filters, actor_of(request)), filters, days_of_change(held_duty_table()))


@router.get(
    "/duties/conflicts", permission=Permission.DUTIES_READ, response=ConflictPage, summary="责任冲突 · conflicts"
)
def get_conflicts(request: HttpRequest, asked: Annotated[ConflictsAsked, Query()]) -> ConflictPage:  # noqa: ARG001
    """Classes and areas for which rows in force name different units; the later day of effect decides meanwhile."""
    (after,) = decode_cursor(asked.cursor, int) if asked.cursor else (0,)
    found = find_conflicts(held_duty_table(), on=asked.on or day_of(system_clock()))
    numbered = list(enumerate(found, 1))[after : after + asked.limit + 1]
    page, next_cursor = page_of(numbered, asked.limit, lambda last: encode_cursor(last[0]))
    namer = Namer()
    return ConflictPage(items=[_conflict(one, namer) for _, one in page], next_cursor=next_cursor)


def _conflict(conflict: Conflict, namer: Namer) -> ConflictOut:
    row = conflict.rows[0]
    zh, en = namer.class_of(row)
    return ConflictOut(
        class_=WordOut(key=f"{row.edition}-{row.kind}-{row.selector}", zh=zh, en=en),
        kind=row.kind,
        area_code=row.area_code,
        area=namer.area_of(row.area_code),
        rows=[namer.duty(one) for one in conflict.rows],
    )
