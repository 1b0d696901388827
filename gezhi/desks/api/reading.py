"""正在查看: on a queue that many share each sees who has which case before them."""

from __future__ import annotations

from typing import Annotated
from uuid import UUID

from django.http import HttpRequest
from pydantic import BaseModel, Field

from gezhi.desks.actions.reading import note_reading
from gezhi.desks.api.router import router
from gezhi.desks.queries.reading import find_readers
from gezhi.kernel.permissions import Permission
from gezhi.people.queries import held_directory
from gezhi.plumbing.clock import system_clock
from gezhi.plumbing.doors import actor_of
from gezhi.plumbing.shapes import Exact


class ReadingIn(Exact):
    """`case` is what the person has before them, null for nothing; `among` are the cases of the list beside it."""

    case: UUID | None = None
    among: Annotated[list[UUID], Field(default_factory=list, max_length=200)]


class ReadersOut(BaseModel):
    case: UUID
    people: list[str]


class ReadingOut(BaseModel):
    items: list[ReadersOut]


@router.put("/reading", permission=Permission.CASES_ACT, response=ReadingOut, repeats="the same is put down once")
def read_case(request: HttpRequest, asked: ReadingIn) -> ReadingOut:
    """Says what one reads; answers with the cases that others of the same seat have before them. It fades by itself."""
    actor, now = actor_of(request), system_clock()
    note_reading(actor, asked.case, now=now)
    users = held_directory().users
    readers = find_readers(actor, asked.among, now=now) if asked.among else {}
    return ReadingOut(
        items=[
            ReadersOut(case=case_id, people=[users[one].name for one in people if one in users])
            for case_id, people in readers.items()
        ]
    )
