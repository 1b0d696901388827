"""/regions, /places, /map: the ground for pickers, search and map."""

from __future__ import annotations

from datetime import date
from typing import Annotated

import msgspec
from django.http import HttpRequest, HttpResponse
from ninja import Query, Schema
from pydantic import Field

from gezhi.kernel.coordinates import CoordinateSystem, to_cgcs2000
from gezhi.kernel.permissions import Permission
from gezhi.kernel.problems import NotFound
from gezhi.plumbing.clock import system_clock
from gezhi.plumbing.doors import Router, decode_cursor, encode_cursor
from gezhi.plumbing.shapes import DayIn, TextOut, page_of
from gezhi.regions import queries
from gezhi.regions.rules.levels import KIND_NAMES
from gezhi.regions.rules.map_window import MapWindow, read_window
from gezhi.regions.rules.reporting import reports_up

router = Router(tags=["regions"])

PageSize = Annotated[int, Query(ge=1, le=500)]


Box = Annotated[list[float], Field(min_length=4, max_length=4)]
"""West, south, east, north in degrees, CGCS2000. A tuple would be described in words that OpenAPI does not have."""


class RegionOut(Schema):
    code: str
    name: str
    level: str
    kind: str
    kind_name: TextOut
    within_code: str
    has_children: bool
    valid_from: date
    valid_to: date | None


class RegionsOut(Schema):
    items: list[RegionOut]
    next_cursor: str | None


class NamedCode(Schema):
    code: str
    name: str


class RegionDetailOut(RegionOut):
    within: list[NamedCode]
    reports_to: list[NamedCode]


class PlaceOut(Schema):
    kind: str
    code: str
    name: str
    within: list[str]
    lon: float | None
    lat: float | None
    bbox: Box | None


class PlacesOut(Schema):
    items: list[PlaceOut]
    next_cursor: str | None


class LocationOut(Schema):
    """`lon`, `lat`: the point in CGCS2000, in whatever system it was asked for."""

    lon: float
    lat: float
    grid_code: str | None
    community_code: str | None
    street_code: str | None
    county_code: str | None
    city_code: str | None
    province_code: str | None
    outside: bool
    names: dict[str, str]


class LayerOut(Schema):
    """A GeoJSON FeatureCollection; `capped`: there is more than is sent, zoom in."""

    type: str
    features: list[dict[str, object]]
    capped: bool


class ExtentOut(Schema):
    bbox: Box | None


@router.get(
    "/regions", permission=Permission.MAP_READ, response=RegionsOut, summary="下级区划 · regions inside a region"
)
def list_regions(
    request: HttpRequest,  # noqa: ARG001
    within: str = "",
    on: DayIn | None = None,
    cursor: str | None = None,
    limit: PageSize = 100,
) -> RegionsOut:
    after = decode_cursor(cursor, str)[0] if cursor else ""
    rows = queries.list_regions(within, on=on or _today(), after=after, limit=limit + 1)
    page, next_cursor = page_of(rows, limit, lambda last: encode_cursor(last.code))
    return RegionsOut(items=[_told(row) for row in page], next_cursor=next_cursor)


@router.get(
    "/regions/{code}", permission=Permission.MAP_READ, response=RegionDetailOut, summary="区划详情 · one region"
)
def get_region(request: HttpRequest, code: str, on: DayIn | None = None) -> RegionDetailOut:  # noqa: ARG001
    day = on or _today()
    row = queries.get_region(code, on=day)
    if row is None:
        raise NotFound(field="code")
    held = queries.held_regions()
    within = {region.code: region.within_code for region in held.values() if region.within_code}
    return RegionDetailOut(
        **_told(row).dict(),
        within=_named(reports_up({**within, code: row.within_code}, code)),
        reports_to=_named(reports_up(queries.reporting_parents_on(day), code)),
    )


@router.get("/places", permission=Permission.MAP_READ, response=PlacesOut, summary="地点检索 · search places")
def search_places(request: HttpRequest, q: Annotated[str, Query(max_length=80)]) -> PlacesOut:  # noqa: ARG001
    places = queries.search_places(q, on=_today())
    return PlacesOut(items=[_place(place) for place in places], next_cursor=None)


@router.get("/places/locate", permission=Permission.MAP_READ, response=LocationOut, summary="坐标定位 · locate a point")
def locate(
    request: HttpRequest,  # noqa: ARG001
    lon: Annotated[float, Query(ge=-180, le=180)],
    lat: Annotated[float, Query(ge=-180, le=180)],
    system: CoordinateSystem = CoordinateSystem.CGCS2000,
) -> LocationOut:
    lon, lat = to_cgcs2000(lon, lat, system)
    location = queries.held_locator(_today()).locate(lon, lat)
    names = queries.held_names()
    return LocationOut(
        **msgspec.structs.asdict(location),
        lon=round(lon, 7),
        lat=round(lat, 7),
        names={code: names[code] for code in location.codes() if code in names},
    )


@router.get("/map/extent", permission=Permission.MAP_READ, response=ExtentOut, summary="地图范围 · where the grids lie")
def get_extent(request: HttpRequest) -> ExtentOut:  # noqa: ARG001
    return ExtentOut(bbox=_box(queries.get_extent(_today())))


@router.get("/map/layers/borders", permission=Permission.MAP_READ, response=LayerOut, summary="区划边界图层 · borders")
def read_borders(request: HttpRequest, bbox: str, zoom: float, on: DayIn | None = None) -> HttpResponse:  # noqa: ARG001
    return _layer(queries.read_borders(_window(bbox, zoom), on=on or _today()))


@router.get("/map/layers/streets", permission=Permission.MAP_READ, response=LayerOut, summary="道路图层 · streets")
def read_streets(request: HttpRequest, bbox: str, zoom: float, on: DayIn | None = None) -> HttpResponse:  # noqa: ARG001
    return _layer(queries.read_streets(_window(bbox, zoom), on=on or _today()))


@router.get("/map/layers/grids", permission=Permission.MAP_READ, response=LayerOut, summary="单元网格图层 · unit grids")
def read_grids(request: HttpRequest, bbox: str, zoom: float, on: DayIn | None = None) -> HttpResponse:  # noqa: ARG001
    return _layer(queries.read_grids(_window(bbox, zoom), on=on or _today()))


def _window(bbox: str, zoom: float) -> MapWindow:
    return read_window(bbox, zoom)


def _box(bounds: tuple[float, float, float, float] | None) -> list[float] | None:
    return list(bounds) if bounds is not None else None


def _today() -> date:
    return queries.day_of(system_clock())


def _layer(layer: queries.Layer) -> HttpResponse:
    return HttpResponse(msgspec.json.encode(layer), content_type="application/geo+json")


def _told(row: queries.RegionRow) -> RegionOut:
    zh, en = KIND_NAMES[row.kind]
    told = {**msgspec.structs.asdict(row), "level": row.level.name.lower()}
    return RegionOut(**told, kind_name=TextOut(zh=zh, en=en))


def _named(codes: list[str]) -> list[NamedCode]:
    names = queries.held_names()
    return [NamedCode(code=code, name=names.get(code, code)) for code in codes]


def _place(place: queries.Place) -> PlaceOut:
    lon = lat = None
    if place.box is not None:
        west, south, east, north = place.box
        lon, lat = round((west + east) / 2, 6), round((south + north) / 2, 6)
    return PlaceOut(
        kind=place.kind, code=place.code, name=place.name, within=place.within, lon=lon, lat=lat, bbox=_box(place.box)
    )
