"""What a new report needs to know: place, rows, unit, possible duplicates; and the facts of the city."""

from __future__ import annotations

from typing import Annotated

from django.http import HttpRequest
from ninja import Query, Schema
from pydantic import Field

from gezhi.calendars.rules.limits import UNIT_NAMES
from gezhi.calendars.rules.office_days import day_of
from gezhi.cases.queries.case_page import list_duplicates
from gezhi.cases.queries.states import near_and_recent
from gezhi.cases.shapes.presenter import Presenter
from gezhi.catalog.rules.class_key import near_classes
from gezhi.catalog.rules.standard_row import limit_of_row
from gezhi.catalog.shapes import standard_out
from gezhi.desks.api.router import router
from gezhi.desks.api.schemas_reporting import (
    CaseLocationOut,
    ChannelOut,
    CityOut,
    LookedOut,
    ReasonOut,
    SuggestedUnitOut,
    SuggestionOut,
)
from gezhi.duties.rules.area_level import level_of
from gezhi.duties.rules.assign_unit import find_unit
from gezhi.kernel.coordinates import CoordinateSystem, to_cgcs2000
from gezhi.kernel.permissions import Permission
from gezhi.kernel.problems import Problem
from gezhi.plumbing.clock import system_clock
from gezhi.plumbing.doors import actor_of
from gezhi.plumbing.shapes import TextOut
from gezhi.policy.queries import held_policy
from gezhi.regions.queries import get_extent, held_names


class NoGround(Problem):
    code = "desks.city.no-ground"
    status = 409
    title = "系统里还没有城市的区划和单元网格，请先用 gezhi found 建库，或用 gezhi demo 建立演示城市。"
    title_en = (
        "There are no regions and unit grids yet; found the city with gezhi found, or make a demo with gezhi demo."
    )


Degrees = Annotated[float, Field(ge=-180, le=180)]  # as wide as a longitude: the locator says what was exchanged


class AskedIn(Schema):
    lon: Degrees
    lat: Degrees
    system: CoordinateSystem = CoordinateSystem.CGCS2000
    class_key: Annotated[str, Field(max_length=40)] = ""


@router.get("/cases/suggest", permission=Permission.CASES_READ, response=SuggestionOut)
def read_suggestion(request: HttpRequest, asked: Query[AskedIn]) -> SuggestionOut:
    """Where the point lies, which standard rows the class has there, who would handle it, and what is already known
    nearby.
    """
    actor, now = actor_of(request), system_clock()
    presenter, day = Presenter(actor, now=now), day_of(now)
    registers, names = presenter.registers, presenter.names
    lon, lat = to_cgcs2000(asked.lon, asked.lat, asked.system)
    spot = registers.ground.at(day).locate(lon, lat)
    codes = tuple(
        code
        for code in (spot.grid_code, spot.community_code, spot.street_code, spot.county_code, spot.city_code)
        if code
    )
    level = level_of(registers.levels, codes, day)
    location = CaseLocationOut(
        grid_code=spot.grid_code,
        community=names.get(spot.community_code or ""),
        street=names.get(spot.street_code or ""),
        county=names.get(spot.county_code or ""),
        outside=spot.outside,
        level=level,
    )
    key = asked.class_key
    rows = registers.catalog.rows_of(key, day) if key else ()
    duty = find_unit(registers.duties, key, codes=codes, on=day) if key else None
    unit = None
    if duty is not None:
        unit = SuggestedUnitOut(
            id=duty.unit_id,
            name=presenter.unit(duty.unit_id).name,
            reason=TextOut(zh=duty.reason_zh, en=duty.reason_en),
        )
    policy = registers.policy.on(day)
    alike = list_duplicates(near_and_recent(key, lon, lat, moment=now, policy=policy), actor)
    return SuggestionOut(
        location=location,
        rows=[standard_out(row, limit_of_row(row, level, day)) for row in rows],
        unit=unit,
        duplicates=[presenter.row(row, near=(lon, lat)) for row in alike],
        looked=LookedOut(metres=policy.duplicate_metres, hours=policy.duplicate_hours, any_class=not near_classes(key)),
    )


@router.get("/city", permission=Permission.PUBLIC, response=CityOut)
def read_city(request: HttpRequest) -> CityOut:  # noqa: ARG001
    """The city that this installation serves: name, extent, channels, words."""
    held, names, today = held_policy(), held_names(), day_of(system_clock())
    node, bounds, in_force = held.node, get_extent(today), {one.code for one in held.on(today).channels}
    if bounds is None:
        raise NoGround
    west, south, east, north = bounds
    return CityOut(
        code=node,
        name=names.get(node, node),
        centre=[(west + east) / 2, (south + north) / 2],
        bounds=list(bounds),
        channels=[
            ChannelOut(
                key=one.code, zh=one.zh, en=one.en, group=one.group, sender=one.sender, in_force=one.code in in_force
            )
            for one in held.channels.values()
        ],
        reasons=[
            ReasonOut(command=one.command, code=one.code, zh=one.zh, en=one.en, answer=one.answer)
            for one in held.on(today).reasons
        ],
        units={unit.value: list(names) for unit, names in UNIT_NAMES.items()},
    )
