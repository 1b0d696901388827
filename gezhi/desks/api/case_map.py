"""案件地图: the cases of a window, with a light for each."""

from __future__ import annotations

from typing import Annotated, Any

from django.http import HttpRequest
from ninja import Query
from pydantic import BaseModel, Field

from gezhi.calendars.rules.office_days import day_of
from gezhi.cases.queries.lateness import LIGHTS
from gezhi.cases.queries.registers import held_registers
from gezhi.desks.api.router import router
from gezhi.desks.queries.case_map import MOST, list_spots
from gezhi.kernel.permissions import Permission
from gezhi.kernel.problems import Problem
from gezhi.plumbing.clock import system_clock
from gezhi.plumbing.doors import actor_of
from gezhi.plumbing.ids import system_ids
from gezhi.worklists.actions import record_search
from gezhi.worklists.shapes.filters import FilterIn

WIDEST, HIGHEST = 180, 90
NAMED = "gezhi_cases_api_read_read_map"
"""Programs of others are generated from the names of operations, so this does not follow the folder."""


class BadBox(Problem):
    code = "desks.case-map.bad-box"
    status = 422
    title = "地图范围无效：应为“西,南,东,北”，以度计。"
    title_en = "The window is not valid: it is “west,south,east,north” in degrees."


class WindowIn(FilterIn):
    bbox: str
    zoom: Annotated[float, Field(ge=0, le=24)] = 12

    def box(self) -> tuple[float, float, float, float]:
        try:
            west, south, east, north = (float(part) for part in self.bbox.split(","))
        except ValueError as error:
            raise BadBox(field="bbox") from error
        if not (-WIDEST <= west < east <= WIDEST and -HIGHEST <= south < north <= HIGHEST):
            raise BadBox(field="bbox")
        return west, south, east, north


class MapOut(BaseModel):
    type: str
    features: list[dict[str, Any]]
    truncated: bool


@router.get("/cases/map", permission=Permission.CASES_READ, response=MapOut, operation_id=NAMED)
def read_map(request: HttpRequest, asked: Query[WindowIn]) -> MapOut:
    """The cases of a map window as GeoJSON points, gathered where they are many."""
    actor, now = actor_of(request), system_clock()
    filters = asked.filters(actor, day_of(now))
    record_search(filters.meant, actor, client=request.META["REMOTE_ADDR"], clock=system_clock, ids=system_ids)
    spots = list_spots(filters, actor, asked.box(), zoom=asked.zoom, now=now)
    catalog = held_registers().catalog
    features = [
        {
            "type": "Feature",
            "geometry": {"type": "Point", "coordinates": [round(spot.lon, 7), round(spot.lat, 7)]},
            "properties": {
                "count": spot.count,
                "light": LIGHTS[spot.worst],
                "id": spot.case_id,
                "status": spot.status,
                "class_name": catalog.classes[spot.class_key].name
                if spot.class_key and spot.class_key in catalog.classes
                else None,
            },
        }
        for spot in spots
    ]
    return MapOut(type="FeatureCollection", features=features, truncated=len(features) == MOST)
