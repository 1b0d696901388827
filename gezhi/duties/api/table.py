"""/duties: the table page by page, and the unit it names for a class at a place."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Literal

from django.http import HttpRequest
from ninja import Query
from pydantic import BaseModel, Field

from gezhi.catalog.queries import held_catalog
from gezhi.duties.queries import (
    DutyFilter,
    codes_above,
    held_area_levels,
    held_duty_table,
    list_duties,
)
from gezhi.duties.rules.area_level import level_of
from gezhi.duties.rules.assign_unit import Suggestion, find_unit
from gezhi.duties.rules.duty_row import PlaceMissing
from gezhi.duties.rules.reason import NOBODY
from gezhi.duties.shapes.rows import DutyPage, Namer
from gezhi.kernel.coordinates import CoordinateSystem, to_cgcs2000
from gezhi.kernel.permissions import Permission
from gezhi.people.queries import day_of, held_directory
from gezhi.plumbing.clock import system_clock
from gezhi.plumbing.doors import Router, decode_cursor, encode_cursor
from gezhi.plumbing.shapes import DayIn, TextOut, page_of
from gezhi.regions.queries import held_locator

router = Router(tags=["duties"])


class DutiesAsked(BaseModel):
    class_key: str = Field("", max_length=20)
    q: str = Field("", max_length=60)
    kind: Literal["", "part", "matter"] = ""
    area_code: str = Field("", max_length=15)
    place_code: str = Field("", max_length=15)
    unit_id: int | None = None
    on: DayIn | None = None
    cursor: str = ""
    limit: int = Field(50, ge=1, le=200)


class SuggestedUnit(BaseModel):
    unit_id: int
    unit: TextOut
    row_id: int
    reason: TextOut


class DutySuggestionOut(BaseModel):
    suggestion: SuggestedUnit | None
    alternatives: list[SuggestedUnit]
    why: TextOut
    codes: list[str]
    area_level: str | None


class PlaceAsked(BaseModel):
    class_key: str = Field(max_length=20)
    lon: float | None = Field(None, ge=-180, le=180)
    lat: float | None = Field(None, ge=-90, le=90)
    system: CoordinateSystem = CoordinateSystem.CGCS2000
    code: str = Field("", max_length=15)


@router.get("/duties", permission=Permission.DUTIES_READ, response=DutyPage)
def get_duties(request: HttpRequest, asked: Annotated[DutiesAsked, Query()]) -> DutyPage:  # noqa: ARG001
    """Rows of the duty table; `class_key` finds every row that speaks for a class, `place_code` for a place, `on` those
    in force on a day, `q` a word of class, area, unit or basis.
    """
    if asked.class_key:
        held_catalog().class_of(asked.class_key)
    (after_id,) = decode_cursor(asked.cursor, int) if asked.cursor else (0,)
    filters = DutyFilter(
        class_key=asked.class_key,
        text=asked.q,
        kind=asked.kind,
        area_code=asked.area_code,
        place_code=asked.place_code,
        unit_id=asked.unit_id,
        on=asked.on,
        after_id=after_id,
    )
    rows = list_duties(filters, limit=asked.limit + 1)
    page, next_cursor = page_of(rows, asked.limit, lambda last: encode_cursor(last.row_id))
    namer = Namer()
    return DutyPage(
        items=[namer.duty(row) for row in page],
        next_cursor=next_cursor,
    )


@router.get("/duties/suggest", permission=Permission.DUTIES_READ, response=DutySuggestionOut)
def suggest_unit(request: HttpRequest, asked: Annotated[PlaceAsked, Query()]) -> DutySuggestionOut:  # noqa: ARG001
    """The unit for a class at a point, or in a region or grid by its code, why, and what else would fit."""
    held_catalog().class_of(asked.class_key)
    on = day_of(system_clock())
    codes = _codes_of(asked, on)
    suggestion = find_unit(held_duty_table(), asked.class_key, codes=codes, on=on)
    return DutySuggestionOut(
        suggestion=None if suggestion is None else _suggested(suggestion),
        alternatives=[] if suggestion is None else [_suggested(other) for other in suggestion.alternatives],
        why=TextOut(zh=NOBODY[0], en=NOBODY[1]) if suggestion is None else _reason(suggestion),
        codes=list(codes),
        area_level=level_of(held_area_levels(), codes, on),
    )


def _codes_of(asked: PlaceAsked, on: date) -> tuple[str, ...]:
    if asked.lon is not None and asked.lat is not None:
        return held_locator(on).locate(*to_cgcs2000(asked.lon, asked.lat, asked.system)).codes()
    if asked.code:
        return asked.code, *codes_above(asked.code)
    raise PlaceMissing(field="code")


def _suggested(suggestion: Suggestion) -> SuggestedUnit:
    body = held_directory().organisations[suggestion.unit_id]
    return SuggestedUnit(
        unit_id=suggestion.unit_id,
        unit=TextOut(zh=body.name, en=body.name_en),
        row_id=suggestion.row_id,
        reason=_reason(suggestion),
    )


def _reason(suggestion: Suggestion) -> TextOut:
    return TextOut(zh=suggestion.reason_zh, en=suggestion.reason_en)
