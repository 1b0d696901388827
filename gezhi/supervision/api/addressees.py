"""/supervision/addressees: whom an order to a body would address at each level today, and where nobody could reply."""

from __future__ import annotations

from typing import Annotated

from django.http import HttpRequest
from ninja import Query
from pydantic import BaseModel

from gezhi.calendars.rules.office_days import day_of
from gezhi.kernel.permissions import Permission
from gezhi.kernel.problems import NotFound
from gezhi.people.queries import held_directory
from gezhi.plumbing.clock import system_clock
from gezhi.plumbing.shapes import TextOut
from gezhi.supervision.api.router import router
from gezhi.supervision.api.schemas_in import Id
from gezhi.supervision.rules.addressees import ADDRESSEE_NAMES, ADDRESSEES, AddressedBy, source_of, users_addressed


class AddressedOut(BaseModel):
    """One level. `source`: entered for the body, for one above it, else by the posts held; or nobody at all."""

    level: int
    addressee: TextOut
    source: AddressedBy
    people: list[str]


class AddressedPage(BaseModel):
    items: list[AddressedOut]
    next_cursor: str | None


@router.get("/supervision/addressees", permission=Permission.PEOPLE_READ, response=AddressedPage)
def read_addressees(request: HttpRequest, unit_id: Annotated[Id, Query()]) -> AddressedPage:  # noqa: ARG001
    """Levels one to three in their order."""
    directory, on = held_directory(), day_of(system_clock())
    if unit_id not in directory.organisations:
        raise NotFound(field="unit_id")
    area, items = directory.region_of(unit_id), []
    for level, addressee in ADDRESSEES.items():
        users = users_addressed(directory, level, unit_id, area=area, on=on)
        zh, en = ADDRESSEE_NAMES[addressee]
        items.append(
            AddressedOut(
                level=level,
                addressee=TextOut(zh=zh, en=en),
                source=source_of(directory, level, unit_id, users=users, on=on),
                people=[directory.users[user].name for user in users],
            )
        )
    return AddressedPage(items=items, next_cursor=None)
