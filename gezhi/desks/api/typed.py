"""边填边查: what a report says while it is being typed: whether it names its sender, and what its telephone is."""

from __future__ import annotations

from typing import Annotated

from django.http import HttpRequest
from pydantic import BaseModel, Field

from gezhi.desks.api.router import router
from gezhi.kernel.masking import gives_away, numbers_in, without
from gezhi.kernel.permissions import Permission
from gezhi.kernel.phones import Reach, read_phone
from gezhi.kernel.problems import Problem
from gezhi.kernel.words import MOST_CHARACTERS
from gezhi.plumbing.shapes import Exact, TextOut, problem_text

NAMED = "gezhi_cases_api_senders_look_at_words"
"""Programs of others are generated from the names of operations, so this does not follow the folder."""


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


@router.post(
    "/cases/words",
    permission=Permission.CASES_REPORT,
    response=TypedOut,
    repeats="it only reads",
    operation_id=NAMED,
)
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
