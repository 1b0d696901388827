"""Use cases of the ground: enter divisions, outlines and grids, lay generated ground, split and merge grids."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from datetime import UTC, date, datetime, timedelta
from typing import Any, Final
from uuid import UUID

import msgspec
import numpy as np
import shapely
from django.db import connection, transaction
from django.db.models import QuerySet
from psycopg import sql

from gezhi.kernel.permissions import Actor
from gezhi.kernel.problems import NotFound, Problem
from gezhi.kernel.words import is_blank
from gezhi.plumbing.clock import Clock
from gezhi.plumbing.versions import bump
from gezhi.regions.models import GridChange, Region, RegionOutline, ReportingParent, UnitGrid
from gezhi.regions.queries import DIVISIONS, GROUND, day_of
from gezhi.regions.queries.grids import grids_of_communities, shapes_in_force
from gezhi.regions.rules.delineation import DelineatedGrids, check_replacement
from gezhi.regions.rules.divisions import Division, GridRow, OutlineRow, check_containers
from gezhi.regions.rules.grid_change import (
    ChangedAgain,
    GridChangeAsked,
    InForceAlready,
    ReasonMissing,
    WithdrawnAlready,
    check_asked,
    check_reach,
    new_shapes,
)
from gezhi.regions.rules.grid_code import community_of_grid, next_grid_codes
from gezhi.regions.rules.ground import Ground, GroundPlan, lay_ground
from gezhi.regions.rules.local_plane import area_m2
from gezhi.regions.rules.reporting import ReportsTo

GENERATED: Final = "模拟生成（generated）"
LOCK: Final = "SELECT pg_advisory_xact_lock(hashtextextended('regions.grids', 0))"
"""Two changes at once would take the same numbers."""
_BOX: Final = ("west", "south", "east", "north")


class GroundExists(Problem):
    code = "regions.actions.ground-exists"
    status = 409
    title = "区县 {counties} 已有单元网格，不能再次生成；请用网格拆分、合并来调整。"
    title_en = "Counties {counties} have unit grids already and get no generated ground; split or merge grids instead."


class AlreadyBegun(Problem):
    code = "regions.actions.already-begun"
    status = 409
    title = "现行的区划、边界或上报关系在 {on} 当日或之后才生效，新数据的生效日期应更晚。"
    title_en = "What is in force began on {on} or later; choose a later day for what replaces it."


class GroundCounts(msgspec.Struct, frozen=True):
    """How many grids, communities, streets and street lines were installed."""

    grids: int
    communities: int
    streets: int
    street_lines: int


class NewGrid(msgspec.Struct, frozen=True):
    """A grid that takes the place of ended ones: its community and its shape as WKB in degrees."""

    community_code: str
    wkb: bytes


@transaction.atomic
def install_divisions(
    divisions: Sequence[Division], reporting: Sequence[ReportsTo], *, on: date, source: str = ""
) -> int:
    """Enter divisions (录入区划) in force from a day on; what changed ends the day before. Gives the number entered."""
    in_force = {row.code: row for row in Region.objects.filter(valid_to=None)}
    check_containers(divisions, set(in_force))
    entered = []
    changed = []
    for division in divisions:
        old = in_force.get(division.code)
        if old is not None:
            if (old.name, old.kind, old.within_code) == (division.name, division.kind, division.within):
                continue
            changed.append(division.code)
        entered.append(_region_row(division, on, source))
    _end(Region.objects.filter(code__in=changed, valid_to=None), on)
    Region.objects.bulk_create(entered)
    _enter_reporting(reporting)
    bump(DIVISIONS)
    bump(GROUND)
    return len(entered)


@transaction.atomic
def install_outlines(outlines: Sequence[OutlineRow], *, on: date, source: str, generated: bool = False) -> int:
    """Enter outlines (录入边界) of regions that are entered; one in force ends the day before."""
    levels = dict(Region.objects.filter(valid_to=None).values_list("code", "level"))
    rows = [row for row in outlines if row.code in levels]
    codes = [row.code for row in rows]
    _end(RegionOutline.objects.filter(region_code__in=codes, valid_to=None), on)
    boxes = shapely.bounds(shapely.from_wkb([row.wkb for row in rows])).tolist()
    _copy(
        "regions_region_outline",
        ("region_code", "level", "source", "wkb", *_BOX, "generated", "valid_from"),
        (
            (row.code, levels[row.code], source, row.wkb, *box, generated, on)
            for row, box in zip(rows, boxes, strict=True)
        ),
    )
    bump(GROUND)
    return len(rows)


@transaction.atomic
def install_grids(grids: Sequence[GridRow], *, on: date) -> int:
    """Enter the unit grids of a city (录入单元网格), in force from a day on. Gives how many were entered."""
    shapes = np.array(shapely.from_wkb([grid.wkb for grid in grids]), dtype=object)
    codes = [grid.code for grid in grids]
    communities = [community_of_grid(code) for code in codes]
    _store_grids(DelineatedGrids(codes, communities, area_m2(shapes), shapes), on, generated=False)
    bump(GROUND)
    return len(codes)


def install_ground(plan: GroundPlan, *, on: date) -> GroundCounts:
    """Lay generated streets, borders and unit grids (生成模拟地面) for a plan, in force from a day on."""
    return _store_ground(plan, lay_ground(plan), on)


@transaction.atomic
def replace_grids(ended: Sequence[str], new: Sequence[NewGrid], *, on: date, note: str = "") -> list[str]:
    """拆分、合并网格: end grids and put new ones in their place from a day on. Gives the new codes.

    The new ones must fill exactly the same ground, and get numbers that their community never used.
    """
    with connection.cursor() as cursor:
        cursor.execute(LOCK)
    old = shapes_in_force(ended, on=on)
    shapes = np.array(shapely.from_wkb([grid.wkb for grid in new]), dtype=object)
    codes = _new_codes(new)
    communities = [grid.community_code for grid in new]
    areas = area_m2(shapes)
    freed = [(community_of_grid(code), shape) for code, shape in old.items()]
    check_replacement(DelineatedGrids(codes, communities, areas, shapes), freed)
    _end(UnitGrid.objects.filter(code__in=old), on)
    _store_grids(DelineatedGrids(codes, communities, areas, shapes), on, generated=False, note=note)
    bump(GROUND)
    return codes


@transaction.atomic
def take_over_grids(
    ended: Sequence[str], begun: Sequence[GridRow], *, on: date, source: str, regions: Sequence[str]
) -> None:
    """录入网格增量: grids of a file begin on a day under their own numbers, those that it no longer has end the day before.

    A border that was invented gives way to the one that these grids have. By somebody who keeps these regions.
    """
    check_reach([*ended, *(grid.code for grid in begun)], regions)
    with connection.cursor() as cursor:
        cursor.execute(LOCK)
    shapes = np.array(shapely.from_wkb([grid.wkb for grid in begun]), dtype=object)
    codes = [grid.code for grid in begun]
    _end(UnitGrid.objects.filter(code__in=ended), on)
    _store_grids(
        DelineatedGrids(codes, [community_of_grid(code) for code in codes], area_m2(shapes), shapes),
        on,
        generated=False,
        note=source,
    )
    touched = {community_of_grid(code) for code in (*codes, *ended)}
    invented = RegionOutline.objects.filter(region_code__in=touched, valid_to=None, generated=True, valid_from__lt=on)
    standing = grids_of_communities(list(invented.values_list("region_code", flat=True)), on=on)
    parts: dict[str, list[shapely.Geometry]] = defaultdict(list)
    for code, shape in standing.items():
        parts[community_of_grid(code)].append(shape)
    outlines = [OutlineRow(code, shapely.to_wkb(shapely.union_all(own))) for code, own in sorted(parts.items())]
    if outlines:
        install_outlines(outlines, on=on, source=source)
    bump(GROUND)


@transaction.atomic
def change_grids(asked: GridChangeAsked, actor: Actor, *, key: UUID, clock: Clock) -> UUID:
    """拆分、合并网格 from a day after today on. Sent again under the same key: the change that stands."""
    if GridChange.objects.filter(id=key).exists():
        return key
    now = clock()
    check_asked(asked, actor.scope.regions, day_of(now))
    new = new_shapes(asked, shapes_in_force(asked.codes, on=asked.on))
    community = community_of_grid(asked.codes[0])
    reason = asked.reason.strip()
    begun = replace_grids(
        asked.codes, [NewGrid(community, shapely.to_wkb(shape)) for shape in new], on=asked.on, note=reason
    )
    GridChange.objects.create(
        id=key,
        kind=asked.kind,
        community_code=community,
        on=asked.on,
        ended=sorted(asked.codes),
        begun=begun,
        reason=reason,
        user_id=actor.user_id,
        user_name=actor.name,
        recorded_at=datetime.fromtimestamp(now, UTC),
    )
    return key


@transaction.atomic
def withdraw_grid_change(change_id: UUID, reason: str, actor: Actor, *, clock: Clock) -> None:
    """撤销网格变更 before its day: the old grids go on, the new numbers stay used."""
    now = clock()
    change = GridChange.objects.select_for_update().filter(id=change_id).first()
    if change is None:
        raise NotFound
    check_reach(change.ended, actor.scope.regions)
    if is_blank(reason):
        raise ReasonMissing(field="reason")
    if change.withdrawn_at is not None:
        raise WithdrawnAlready
    if change.on <= day_of(now):
        raise InForceAlready(on=change.on.isoformat())
    new = UnitGrid.objects.select_for_update().filter(code__in=change.begun)
    if again := sorted(row.code for row in new if row.valid_to is not None):
        raise ChangedAgain(grids="、".join(again))
    new.update(valid_to=change.on - timedelta(days=1))
    UnitGrid.objects.filter(code__in=change.ended).update(valid_to=None)
    change.withdrawn_by, change.withdrawn_at = actor.name, datetime.fromtimestamp(now, UTC)
    change.withdrawn_why = reason.strip()
    change.save()
    bump(GROUND)


@transaction.atomic
def _store_ground(plan: GroundPlan, ground: Ground, on: date) -> GroundCounts:
    counties = [district.code for district in plan.districts]
    communities = {code for code in ground.outlines if len(code) > len(counties[0])}
    if UnitGrid.objects.filter(community_code__in=communities).exists():
        raise GroundExists(counties="、".join(counties))
    outlines = [OutlineRow(code, shapely.to_wkb(ground.outlines[code])) for code in sorted(communities)]
    install_outlines(outlines, on=on, source=GENERATED, generated=True)
    _store_streets(ground, on)
    grids = ground.grids
    _store_grids(DelineatedGrids(grids.codes, grids.community_codes, grids.areas, grids.shapes), on, generated=True)
    return GroundCounts(
        grids=len(grids.codes),
        communities=len(set(grids.community_codes)),
        streets=len(communities) - len(set(grids.community_codes)),
        street_lines=len(ground.street_lines),
    )


def _store_streets(ground: Ground, on: date) -> None:
    boxes = shapely.bounds(ground.street_lines).tolist()
    rows = zip(ground.street_classes, shapely.to_wkb(ground.street_lines), boxes, strict=True)
    _copy(
        "regions_street_line",
        ("street_class", "wkb", *_BOX, "generated", "valid_from"),
        ((int(street_class), wkb, *box, True, on) for street_class, wkb, box in rows),
    )


def _store_grids(grids: DelineatedGrids, on: date, *, generated: bool, note: str = "") -> None:
    boxes = shapely.bounds(grids.shapes).tolist()
    areas = np.round(grids.areas, 2).tolist()
    rows = zip(grids.codes, grids.community_codes, areas, shapely.to_wkb(grids.shapes), boxes, strict=True)
    _copy(
        "regions_unit_grid",
        ("code", "community_code", "area_m2", "wkb", *_BOX, "generated", "valid_from", "note"),
        ((code, community, area, wkb, *box, generated, on, note) for code, community, area, wkb, box in rows),
    )


def _new_codes(new: Sequence[NewGrid]) -> list[str]:
    """Numbers that no grid of the community has ever had, ended ones included, in the order given."""
    communities = sorted({grid.community_code for grid in new})
    used = list(UnitGrid.objects.filter(community_code__in=communities).values_list("code", flat=True))
    count = Counter(grid.community_code for grid in new)
    codes = {community: iter(next_grid_codes(community, used, count[community])) for community in communities}
    return [next(codes[grid.community_code]) for grid in new]


def _enter_reporting(reporting: Sequence[ReportsTo]) -> None:
    in_force = dict(ReportingParent.objects.filter(valid_to=None).values_list("region_code", "parent_code"))
    fresh = [row for row in reporting if in_force.get(row.region_code) != row.parent_code]
    for day in {row.valid_from for row in fresh}:
        codes = [row.region_code for row in fresh if row.valid_from == day]
        _end(ReportingParent.objects.filter(region_code__in=codes, valid_to=None), day)
    ReportingParent.objects.bulk_create(
        ReportingParent(
            region_code=row.region_code,
            parent_code=row.parent_code,
            basis=row.basis,
            valid_from=row.valid_from,
            valid_to=row.valid_to,
        )
        for row in fresh
    )


def _end(rows: QuerySet[Any], on: date) -> None:
    """Rows in force end the day before `on`."""
    if rows.filter(valid_from__gte=on).exists():
        raise AlreadyBegun(on=on.isoformat(), field="on")
    rows.update(valid_to=on - timedelta(days=1))


def _region_row(division: Division, on: date, source: str) -> Region:
    return Region(
        code=division.code,
        name=division.name,
        level=division.level,
        kind=division.kind,
        within_code=division.within,
        source=source,
        valid_from=on,
    )


def _copy(table: str, columns: tuple[str, ...], rows: Iterable[tuple[Any, ...]]) -> None:
    """COPY rows into one of our own tables."""
    statement = sql.SQL("COPY {} ({}) FROM STDIN").format(
        sql.Identifier(table), sql.SQL(", ").join(map(sql.Identifier, columns))
    )
    with connection.cursor() as cursor, cursor.copy(statement) as copy:
        for row in rows:
            copy.write_row(row)
