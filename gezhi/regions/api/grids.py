"""/grids: a unit grid with its days and its shape, and the splits and merges (网格变更) of grids."""

from __future__ import annotations

from datetime import date, datetime
from typing import Annotated, Any
from uuid import UUID

import msgspec
import shapely
from django.http import HttpRequest
from ninja import Query, Schema, Status
from pydantic import Field, StringConstraints

from gezhi.kernel.permissions import Actor, Permission
from gezhi.kernel.problems import NotFound
from gezhi.plumbing.clock import system_clock
from gezhi.plumbing.doors import Router, actor_of
from gezhi.plumbing.request_keys import command_id_of
from gezhi.plumbing.shapes import DayIn, Exact, after_of, cursor_of, page_of
from gezhi.regions import queries
from gezhi.regions.actions import change_grids, withdraw_grid_change
from gezhi.regions.queries.grids import ChangeRecord, GridRecord
from gezhi.regions.rules.grid_change import GridChangeAsked, GridChangeKind, check_asked, new_shapes
from gezhi.regions.rules.local_plane import area_m2

router = Router(tags=["regions"])

GridCode = Annotated[str, StringConstraints(pattern=r"^[0-9A-Z]{15}$")]
Line = Annotated[str, StringConstraints(pattern=r"^[^\x00-\x1f\x7f]*$", max_length=200, strip_whitespace=True)]
Degrees = Annotated[list[Annotated[float, Field(ge=-180, le=180)]], Field(min_length=2, max_length=2)]


class GridChangeIn(Exact):
    """`line`: longitude and latitude (CGCS2000) of the points of the cut, which begins and ends outside the grid."""

    kind: GridChangeKind
    codes: Annotated[list[GridCode], Field(min_length=1, max_length=50)]
    on: DayIn
    reason: Line
    line: Annotated[list[Degrees], Field(max_length=100)] = Field(default_factory=list)


class WithdrawalIn(Exact):
    reason: Line


class NewGridOut(Schema):
    area_m2: int
    geometry: dict[str, Any]


class GridTrialOut(Schema):
    """What would come of it; the numbers are given when it is done."""

    new: list[NewGridOut]


class WithdrawnOut(Schema):
    by: str
    at: datetime
    reason: str


class GridChangeOut(Schema):
    id: UUID
    kind: GridChangeKind
    community_code: str
    community_name: str
    on: date
    ended: list[str]
    begun: list[str]
    reason: str
    by: str
    at: datetime
    withdrawn: WithdrawnOut | None
    may_withdraw: bool


class GridChangesOut(Schema):
    items: list[GridChangeOut]
    next_cursor: str | None


class GridOut(Schema):
    """`valid_to`: the last day. `changes`: out of which grids it came and into which it went."""

    code: str
    community_code: str
    community_name: str
    area_m2: int
    generated: bool
    valid_from: date
    valid_to: date | None
    geometry: dict[str, Any]
    changes: list[GridChangeOut]


@router.get(
    "/grids/changes", permission=Permission.SETTINGS_WRITE, response=GridChangesOut, summary="网格变更 · grid changes"
)
def list_grid_changes(
    request: HttpRequest, cursor: str | None = None, limit: Annotated[int, Query(ge=1, le=200)] = 50
) -> GridChangesOut:
    """The newest first."""
    actor = actor_of(request)
    rows = queries.list_changes(actor.scope, after=after_of(cursor or ""), limit=limit + 1)
    page, next_cursor = page_of(rows, limit, lambda last: cursor_of(int(last.recorded_at.timestamp()), last.id))
    return GridChangesOut(items=[_change(one, actor) for one in page], next_cursor=next_cursor)


@router.post(
    "/grids/changes",
    permission=Permission.SETTINGS_WRITE,
    response={201: GridChangeOut},
    summary="网格拆分合并 · change",
)
def post_grid_change(request: HttpRequest, sent: GridChangeIn) -> Status[GridChangeOut]:
    """Split a grid or merge grids from a day on: the old ones end the day before, the new ones get new numbers."""
    actor = actor_of(request)
    change_id = change_grids(_asked(sent), actor, key=command_id_of(request), clock=system_clock)
    return Status(201, _one_change(change_id, actor))


@router.post(
    "/grids/changes/trial",
    permission=Permission.SETTINGS_WRITE,
    response=GridTrialOut,
    repeats="nothing is changed",
    summary="网格变更试算 · what would come of a change",
)
def try_grid_change(request: HttpRequest, sent: GridChangeIn) -> GridTrialOut:
    asked = msgspec.structs.replace(_asked(sent), reason=sent.reason or "-")
    check_asked(asked, actor_of(request).scope.regions, queries.day_of(system_clock()))
    shapes = new_shapes(asked, queries.shapes_in_force(asked.codes, on=asked.on))
    areas = area_m2(shapes).tolist()
    return GridTrialOut(
        new=[
            NewGridOut(area_m2=round(area), geometry=_geometry(shape))
            for area, shape in zip(areas, shapes, strict=True)
        ]
    )


@router.post(
    "/grids/changes/{change_id}/withdrawal",
    permission=Permission.SETTINGS_WRITE,
    response=GridChangeOut,
    repeats="a change that was withdrawn is refused as withdrawn",
    summary="撤销网格变更 · withdraw",
)
def post_withdrawal(request: HttpRequest, change_id: UUID, sent: WithdrawalIn) -> GridChangeOut:
    """Before its first day; the numbers that it gave are not used again."""
    actor = actor_of(request)
    withdraw_grid_change(change_id, sent.reason, actor, clock=system_clock)
    return _one_change(change_id, actor)


@router.get("/grids/{code}", permission=Permission.MAP_READ, response=GridOut, summary="单元网格 · one unit grid")
def get_grid(request: HttpRequest, code: str) -> GridOut:
    row = queries.get_grid(code)
    if row is None:
        raise NotFound(field="code")
    return _grid(row, actor_of(request))


def _asked(sent: GridChangeIn) -> GridChangeAsked:
    line = tuple((lon, lat) for lon, lat in sent.line)
    return GridChangeAsked(kind=sent.kind, codes=tuple(sent.codes), on=sent.on, reason=sent.reason, line=line)


def _one_change(change_id: UUID, actor: Actor) -> GridChangeOut:
    change = queries.get_change(change_id)
    if change is None:
        raise NotFound
    return _change(change, actor)


def _change(row: ChangeRecord, actor: Actor) -> GridChangeOut:
    mine = Permission.SETTINGS_WRITE in actor.permissions and row.community_code.startswith(actor.scope.regions)
    withdrawn = row.withdrawn_at is not None
    return GridChangeOut(
        id=row.id,
        kind=row.kind,
        community_code=row.community_code,
        community_name=queries.held_names().get(row.community_code, row.community_code),
        on=row.on,
        ended=list(row.ended),
        begun=list(row.begun),
        reason=row.reason,
        by=row.user_name,
        at=row.recorded_at,
        withdrawn=WithdrawnOut(by=row.withdrawn_by, at=row.withdrawn_at, reason=row.withdrawn_why)
        if row.withdrawn_at is not None
        else None,
        may_withdraw=mine and not withdrawn and row.on > queries.day_of(system_clock()),
    )


def _grid(row: GridRecord, actor: Actor) -> GridOut:
    return GridOut(
        code=row.code,
        community_code=row.community_code,
        community_name=queries.held_names().get(row.community_code, row.community_code),
        area_m2=round(row.area_m2),
        generated=row.generated,
        valid_from=row.valid_from,
        valid_to=row.valid_to,
        geometry=_geometry(row.shape),
        changes=[_change(one, actor) for one in queries.list_changes_of(row.code)],
    )


def _geometry(shape: shapely.Geometry) -> dict[str, Any]:
    drawn: dict[str, Any] = msgspec.json.decode(shapely.to_geojson(shape))
    return drawn
