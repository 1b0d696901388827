"""/successions: what would go over if another body took a unit's place."""

from __future__ import annotations

from typing import Annotated

from django.http import HttpRequest
from ninja import Query
from pydantic import BaseModel

from gezhi.cases.queries.work_of_unit import count_work_of_unit
from gezhi.duties.queries.rows_of_unit import count_rows_of_unit_from, list_rows_of_unit
from gezhi.duties.shapes.rows import DutyOut, Namer
from gezhi.kernel.permissions import Permission
from gezhi.kernel.problems import NotFound
from gezhi.people.queries import held_directory
from gezhi.people.rules.care.reach import check_body
from gezhi.people.rules.directory import Directory
from gezhi.people.rules.staff import staff_of
from gezhi.plumbing.doors import Router, actor_of
from gezhi.plumbing.shapes import DayIn, TextOut

router = Router(tags=["successions"])
MOST_ROWS = 500
MOST_BODIES = 50


class SuccessionAsked(BaseModel):
    unit_id: int
    on: DayIn


class BodyNamed(BaseModel):
    id: int
    name: TextOut


class PostLeft(BaseModel):
    """A post that stays with the old body, and who holds it on the day."""

    title: TextOut
    holders: list[str]


class SuccessionPreviewOut(BaseModel):
    """What goes over today's number of: open cases (that the unit leads, in which it waits for a decision, which are to
    come back to it) and rows of the duty table; and what does not by itself: posts with their people, bodies below.
    """

    cases: int
    leading: int
    waiting: int
    returning: int
    row_count: int
    rows: list[DutyOut]
    posts: list[PostLeft]
    below: list[BodyNamed]


@router.get(
    "/successions/preview",
    permission=Permission.SETTINGS_WRITE,
    response=SuccessionPreviewOut,
    summary="承接试算 · what would go over",
)
def preview_succession(
    request: HttpRequest,
    asked: Annotated[SuccessionAsked, Query()],
) -> SuccessionPreviewOut:
    """What a unit has in hand now, and which rows of the duty table are its own from a day on."""
    directory = held_directory()
    body = directory.organisations.get(asked.unit_id)
    if body is None:
        raise NotFound
    check_body(directory, body, actor_of(request))
    work, namer = count_work_of_unit(asked.unit_id), Namer()
    below = sorted(directory.children.get(asked.unit_id, ()))[:MOST_BODIES]
    return SuccessionPreviewOut(
        cases=work.cases,
        leading=work.leading,
        waiting=work.waiting,
        returning=work.returning,
        row_count=count_rows_of_unit_from(asked.unit_id, asked.on),
        rows=[namer.duty(row) for row in list_rows_of_unit(asked.unit_id, asked.on, limit=MOST_ROWS)],
        posts=[
            PostLeft(
                title=TextOut(zh=one.post.title, en=one.post.title_en), holders=[user.name for user in one.holders]
            )
            for one in staff_of(directory, asked.unit_id, asked.on)
        ],
        below=[_named(directory, one) for one in below],
    )


def _named(directory: Directory, unit: int) -> BodyNamed:
    body = directory.organisations[unit]
    return BodyNamed(id=unit, name=TextOut(zh=body.name, en=body.name_en))
