"""网格拆分、合并: the shapes that come of cutting a unit grid along a line, or of joining neighbours. GB/T 30428.1.

Everything is computed on whole 1e-7 degrees. A corner that the cut makes on the border of a neighbour comes to lie on
that border or next to nothing beyond it: no gap opens, and a point on both belongs to the smaller code.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from enum import StrEnum

import msgspec
import numpy as np
import shapely
from shapely.ops import split

from gezhi.kernel.problems import Problem
from gezhi.kernel.words import is_blank
from gezhi.regions.rules.grid_code import sequence_order
from gezhi.regions.rules.local_plane import Floats, shapes_from_e7, shapes_to_e7

CORNER_E7 = 200
"""About two metres: a cut that passes so near a corner of the grid goes through it."""
ALONG_E7 = 20
"""About two decimetres, by which a corner that the cut makes on the border may move."""
NEAR_E7 = np.array([(x, y) for x in range(-ALONG_E7, ALONG_E7 + 1) for y in range(-ALONG_E7, ALONG_E7 + 1)])


class GridChangeKind(StrEnum):
    SPLIT = "split"
    MERGE = "merge"


CHANGE_NAMES: dict[GridChangeKind, tuple[str, str]] = {
    GridChangeKind.SPLIT: ("拆分", "Split"),
    GridChangeKind.MERGE: ("合并", "Merge"),
}


class GridChangeAsked(msgspec.Struct, frozen=True):
    """What is to become of grids from a day on; `line` (longitude, latitude) cuts the one that is split."""

    kind: GridChangeKind
    codes: tuple[str, ...]
    on: date
    reason: str
    line: tuple[tuple[float, float], ...] = ()


class WrongNumberOfGrids(Problem):
    code = "regions.grid-change.wrong-number"
    status = 422
    title = "拆分一次选择一个网格并画出切割线；合并至少选择两个网格，不得重复。"
    title_en = "One grid and a line to cut it are split; two grids or more, each once, are merged."


class CutMissesGrid(Problem):
    code = "regions.grid-change.cut-misses"
    status = 422
    title = "切割线没有把网格 {grid} 分开：线的两端应在网格边界之外，中间穿过网格，且不自相交。"
    title_en = "The line does not divide grid {grid}: begin and end outside its border and pass through it once."


class NotNeighbours(Problem):
    code = "regions.grid-change.not-neighbours"
    status = 422
    title = "网格 {grids} 合并后不是一个完整的多边形，请选择彼此相邻的网格。"
    title_en = "Grids {grids} together are not one polygon; choose grids that border on each other."


class DifferentCommunities(Problem):
    code = "regions.grid-change.different-communities"
    status = 422
    title = "网格 {grids} 不在同一个社区；网格不得跨越社区边界，不能合并。"
    title_en = "Grids {grids} lie in different communities; a grid never crosses that border."


class NotBeforeTomorrow(Problem):
    code = "regions.grid-change.not-before-tomorrow"
    status = 422
    title = "启用日期最早为 {first}：已上报的案件按当日网格定位，网格不能在当日或以前变更。"
    title_en = "The first day is {first} at the earliest: what was reported until today keeps the grids of its day."


class ReasonMissing(Problem):
    code = "regions.grid-change.reason-missing"
    status = 422
    title = "请填写变更或撤销的理由。"
    title_en = "Say why the grids are changed, or the change is withdrawn."


class OutsideReach(Problem):
    code = "regions.grid-change.outside-reach"
    status = 403
    title = "网格 {grids} 不在您管理的区域内。"
    title_en = "Grids {grids} are not in the regions that you keep."


class InForceAlready(Problem):
    code = "regions.grid-change.in-force"
    status = 409
    title = "这项变更已于 {on} 生效，不能撤销；请另作一次变更。"
    title_en = "This change has been in force since {on}; make another one instead of withdrawing it."


class WithdrawnAlready(Problem):
    code = "regions.grid-change.withdrawn"
    status = 409
    title = "这项变更已被撤销。"
    title_en = "This change has been withdrawn already."


class ChangedAgain(Problem):
    code = "regions.grid-change.changed-again"
    status = 409
    title = "新网格 {grids} 已列入之后的变更，请先撤销那一项。"
    title_en = "The new grids {grids} are part of a later change; withdraw that one first."


def first_day(today: date) -> date:
    return today + timedelta(days=1)


def check_asked(asked: GridChangeAsked, regions: Sequence[str], today: date) -> None:
    """By somebody who keeps these regions (prefixes of codes)."""
    check_number(asked)
    if is_blank(asked.reason):
        raise ReasonMissing(field="reason")
    if asked.on < first_day(today):
        raise NotBeforeTomorrow(first=first_day(today).isoformat(), field="on")
    check_reach(asked.codes, regions)


def check_reach(codes: Sequence[str], regions: Sequence[str]) -> None:
    foreign = [code for code in codes if not code.startswith(tuple(regions))]
    if foreign:
        raise OutsideReach(grids="、".join(foreign))


def check_number(asked: GridChangeAsked) -> None:
    good = len(asked.codes) == 1 and len(asked.line) > 1
    if asked.kind is GridChangeKind.MERGE:
        good = len(set(asked.codes)) == len(asked.codes) > 1
    if not good:
        raise WrongNumberOfGrids(field="codes")


def new_shapes(asked: GridChangeAsked, old: dict[str, shapely.Geometry]) -> list[shapely.Geometry]:
    """The shapes in degrees that take the place of the old ones (code -> shape), in the order of their numbers."""
    check_number(asked)
    if asked.kind is GridChangeKind.SPLIT:
        (code,) = asked.codes
        return _cut(code, old[code], asked.line)
    if len({code[:12] for code in old}) > 1:
        raise DifferentCommunities(grids="、".join(sorted(old)), field="codes")
    joined = shapely.union_all(shapes_to_e7(np.array(list(old.values()), dtype=object)))
    if joined.geom_type != "Polygon" or joined.interiors:
        raise NotNeighbours(grids="、".join(sorted(old)), field="codes")
    return [shapes_from_e7(joined)]


def _cut(code: str, shape: shapely.Geometry, line: Sequence[tuple[float, float]]) -> list[shapely.Geometry]:
    ground = shapes_to_e7(shape)
    corners = shapely.multipoints(shapely.get_coordinates(ground))
    cut = shapely.snap(shapes_to_e7(shapely.linestrings(line)), corners, CORNER_E7)
    if not cut.is_simple or cut.length == 0:
        raise CutMissesGrid(grid=code, field="line")
    parts = [shapely.transform(part, lambda points: _outward(ground, points)) for part in split(ground, cut).geoms]
    if len(parts) == 1:
        raise CutMissesGrid(grid=code, field="line")
    boxes = shapely.bounds(parts)
    order = sequence_order(shapely.get_coordinates(shapely.centroid(parts)), boxes[:, 3] - boxes[:, 1])
    return [shapes_from_e7(parts[at]) for at in order]


def _outward(ground: shapely.Geometry, points: Floats) -> Floats:
    """Points on whole steps. One that the cut made on the border moves along it to where a whole step lies on the
    border, or beyond it by next to nothing.
    """
    whole = np.rint(points)
    for at in np.flatnonzero((whole != points).any(axis=1)):
        near = whole[at] + NEAR_E7
        places = shapely.points(near)
        beyond = np.where(shapely.contains_properly(ground, places), np.inf, shapely.distance(ground.exterior, places))
        whole[at] = near[int(np.argmin(beyond))]
    return np.asarray(whole)
