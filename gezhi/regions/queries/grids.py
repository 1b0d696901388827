"""Reads of single unit grids and of what became of them: their shapes, and the changes (网格变更) on record."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from uuid import UUID

import msgspec
import shapely
from django.db.models import Q

from gezhi.kernel.permissions import Scope
from gezhi.kernel.problems import Problem
from gezhi.regions.models import GridChange, RegionOutline, UnitGrid
from gezhi.regions.queries.divisions import valid_on
from gezhi.regions.rules.grid_change import GridChangeKind


class GridNotInForce(Problem):
    code = "regions.grids.not-in-force"
    status = 409
    title = "网格 {grids} 在 {on} 不是现行网格（不存在、已停用或当日才启用），不能拆分、合并。"
    title_en = (
        "Grids {grids} are not in force before {on} (unknown, ended or begun that day): not to be split or merged."
    )


class GridRecord(msgspec.Struct, frozen=True):
    """One grid, from its first to its last day (both included)."""

    code: str
    community_code: str
    area_m2: float
    generated: bool
    valid_from: date
    valid_to: date | None
    shape: shapely.Geometry


class ChangeRecord(msgspec.Struct, frozen=True):
    """One change, with who made it and, where it did not come to that, who withdrew it."""

    id: UUID
    kind: GridChangeKind
    community_code: str
    on: date
    ended: tuple[str, ...]
    begun: tuple[str, ...]
    reason: str
    user_name: str
    recorded_at: datetime
    withdrawn_by: str
    withdrawn_at: datetime | None
    withdrawn_why: str


def shapes_in_force(codes: Sequence[str], *, on: date) -> dict[str, shapely.Geometry]:
    """Code -> shape in degrees of grids that can be replaced from this day on."""
    rows = UnitGrid.objects.filter(valid_on(on), code__in=codes, valid_from__lt=on).order_by("code")
    found = {row.code: shapely.from_wkb(bytes(row.wkb)) for row in rows}
    if missing := sorted(set(codes) - set(found)):
        raise GridNotInForce(grids="、".join(missing), on=on.isoformat(), field="codes")
    return found


def grids_of_communities(communities: Sequence[str], *, on: date) -> dict[str, shapely.Geometry]:
    """Code -> shape in degrees of all grids of these communities that stand on a day."""
    rows = UnitGrid.objects.filter(valid_on(on), community_code__in=communities).order_by("code")
    return {code: shapely.from_wkb(bytes(wkb)) for code, wkb in rows.values_list("code", "wkb")}


def shapes_of(codes: Sequence[str]) -> dict[str, shapely.Geometry]:
    """Code -> shape in degrees, whenever these grids stood."""
    rows = UnitGrid.objects.filter(code__in=codes).values_list("code", "wkb")
    return {code: shapely.from_wkb(bytes(wkb)) for code, wkb in rows}


def last_days_of(codes: Sequence[str], *, before: date) -> dict[str, date]:
    """Of these codes those that were used and do not stand on this day any more, with their last day."""
    rows = UnitGrid.objects.filter(code__in=codes, valid_to__lt=before)
    return {code: last for code, last in rows.values_list("code", "valid_to") if last is not None}


def outlines_on(on: date) -> dict[str, shapely.Geometry]:
    """Code -> shape of every border that somebody surveyed; invented ones bound nothing."""
    rows = RegionOutline.objects.filter(valid_on(on), generated=False)
    return {code: shapely.from_wkb(bytes(wkb)) for code, wkb in rows.values_list("region_code", "wkb")}


def get_grid(code: str) -> GridRecord | None:
    row = UnitGrid.objects.filter(code=code).first()
    if row is None:
        return None
    told = {name: getattr(row, name) for name in GridRecord.__struct_fields__ if name != "shape"}
    return GridRecord(**told, shape=shapely.from_wkb(bytes(row.wkb)))


def list_changes(scope: Scope, *, after: tuple[datetime, UUID] | None = None, limit: int = 50) -> list[ChangeRecord]:
    """The newest first, of the regions of a scope, after the one recorded then with this id."""
    reach = Q(pk=None)
    for region in scope.regions:
        reach |= Q(community_code__startswith=region)
    rows = GridChange.objects.filter(reach).order_by("-recorded_at", "id")
    if after is not None:
        at, last = after
        rows = rows.filter(Q(recorded_at__lt=at) | Q(recorded_at=at, id__gt=last))
    return [_told(row) for row in rows[:limit]]


def list_changes_of(code: str) -> list[ChangeRecord]:
    """Out of which grids this one came, and into which it went, the newest first."""
    rows = GridChange.objects.filter(Q(ended__contains=[code]) | Q(begun__contains=[code]), withdrawn_at=None)
    return [_told(row) for row in rows.order_by("-on", "id")]


def get_change(change_id: UUID) -> ChangeRecord | None:
    row = GridChange.objects.filter(id=change_id).first()
    return _told(row) if row is not None else None


def _told(row: GridChange) -> ChangeRecord:
    told = {name: getattr(row, name) for name in ChangeRecord.__struct_fields__}
    lists = {"ended": tuple(row.ended), "begun": tuple(row.begun), "kind": GridChangeKind(row.kind)}
    return ChangeRecord(**{**told, **lists})
