"""Units of the duty table: those that nobody could take an order in, what nobody answers for, and one's own unit."""

from __future__ import annotations

from typing import Annotated, Literal

from django.http import HttpRequest
from ninja import Query
from pydantic import BaseModel, Field

from gezhi.catalog.queries import held_catalog
from gezhi.catalog.shapes import ClassOut, class_out
from gezhi.duties.queries import DutyFilter, list_duties, list_holes_by_class, list_units_without_account
from gezhi.duties.queries.units import street_codes
from gezhi.duties.shapes.rows import DutyOut, Namer
from gezhi.kernel.permissions import Permission
from gezhi.people.queries import day_of, held_directory, list_staff, list_staffing
from gezhi.people.rules.directory import is_valid
from gezhi.people.shapes import OrganisationOut, StaffedPostOut
from gezhi.plumbing.clock import system_clock
from gezhi.plumbing.doors import Router, actor_of, decode_cursor, encode_cursor
from gezhi.plumbing.shapes import page_of
from gezhi.regions.queries import held_names

router = Router(tags=["duties"])

MOST_OWN_ROWS = 200
MOST_BELOW = 200
COUNTY_DIGITS = 6


class SubUnitOut(BaseModel):
    """A crew, street or contractor below one's unit, with its own people and the handlers in it and below it."""

    unit: OrganisationOut
    people: int
    handlers: int


class UnitWithoutAccountOut(BaseModel):
    """`ended`: the unit itself has been dissolved, so its rows need another one."""

    unit: OrganisationOut
    rows: int
    ended: bool


class UnitsWithoutAccount(BaseModel):
    items: list[UnitWithoutAccountOut]
    next_cursor: str | None


class StreetOut(BaseModel):
    code: str
    name: str
    county: str


class HoleOut(BaseModel):
    """Nobody answers for the class in these streets."""

    class_: ClassOut = Field(serialization_alias="class")
    streets: list[StreetOut]


class HolePage(BaseModel):
    """`street_count`: how many streets there are in one's regions, so that a hole can be seen to be everywhere."""

    items: list[HoleOut]
    next_cursor: str | None
    street_count: int


class MyUnit(BaseModel):
    """`rows`: the duty rows in force that name the unit; where there are more, `more_rows`: GET /duties has them."""

    organisation: OrganisationOut
    posts: list[StaffedPostOut]
    below: list[SubUnitOut]
    rows: list[DutyOut]
    more_rows: bool


class HolesAsked(BaseModel):
    kind: Literal["part", "matter"] | None = None
    cursor: str = ""
    limit: int = Field(50, ge=1, le=200)


@router.get(
    "/duties/units-without-account",
    permission=Permission.DUTIES_READ,
    response=UnitsWithoutAccount,
    summary="无账号单位 · units without an account",
)
def get_units_without_account(
    request: HttpRequest,  # noqa: ARG001
    cursor: str = "",
    limit: Annotated[int, Query(ge=1, le=200)] = 50,
) -> UnitsWithoutAccount:
    """Units that rows in force name though nobody in them, or below them, could take an order."""
    (after_id,) = decode_cursor(cursor, int) if cursor else (0,)
    on = day_of(system_clock())
    units = list_units_without_account(on, after_id=after_id, limit=limit + 1)
    page, next_cursor = page_of(units, limit, lambda last: encode_cursor(last.unit.id))
    return UnitsWithoutAccount(
        items=[
            UnitWithoutAccountOut(
                unit=OrganisationOut.of(one.unit),
                rows=one.rows,
                ended=not is_valid(one.unit.valid_from, one.unit.valid_to, on),
            )
            for one in page
        ],
        next_cursor=next_cursor,
    )


@router.get("/duties/holes", permission=Permission.DUTIES_READ, response=HolePage, summary="责任空白 · holes")
def get_holes(request: HttpRequest, asked: Annotated[HolesAsked, Query()]) -> HolePage:
    """Classes in force for which some street of one's regions has no responsible unit."""
    actor, on = actor_of(request), day_of(system_clock())
    (after,) = decode_cursor(asked.cursor, str) if asked.cursor else ("",)
    regions = actor.scope.regions or held_directory().regions_of(held_directory().posts[actor.post_id])
    holes = list_holes_by_class(regions, on=on, kind=asked.kind, after=after, limit=asked.limit + 1)
    page, next_cursor = page_of(holes, asked.limit, lambda last: encode_cursor(last.class_key))
    classes, names = held_catalog().classes, held_names()
    return HolePage(
        items=[
            HoleOut(
                class_=class_out(classes[one.class_key]),
                streets=[
                    StreetOut(code=code, name=names[code], county=names.get(code[:COUNTY_DIGITS], ""))
                    for code in one.street_codes
                ],
            )
            for one in page
        ],
        next_cursor=next_cursor,
        street_count=len(street_codes(regions)),
    )


@router.get("/units/mine", permission=Permission.DUTIES_READ, response=MyUnit, summary="本单位 · one's own unit")
def get_my_unit(request: HttpRequest) -> MyUnit:
    """The acting organisation: posts and people, sub-units, and what the duty table lays on it."""
    actor, on = actor_of(request), day_of(system_clock())
    rows = list_duties(DutyFilter(unit_id=actor.organisation_id, on=on), limit=MOST_OWN_ROWS + 1)
    namer, directory = Namer(), held_directory()
    return MyUnit(
        organisation=OrganisationOut.of(directory.organisations[actor.organisation_id]),
        posts=[StaffedPostOut.of(directory, one) for one in list_staff(actor.organisation_id, on=on)],
        below=[
            SubUnitOut(unit=OrganisationOut.of(one.body), people=one.people, handlers=one.handlers)
            for one in list_staffing(organisation_id=actor.organisation_id, on=on, limit=MOST_BELOW)
        ],
        rows=[namer.duty(row) for row in rows[:MOST_OWN_ROWS]],
        more_rows=len(rows) > MOST_OWN_ROWS,
    )
