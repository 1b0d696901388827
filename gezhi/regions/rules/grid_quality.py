"""网格质量: what is wrong with unit grids that somebody drew. GB/T 30428.1.

All flaws at once, each by itself: a grid of two parts hides no overlap of two others. Shapes are valid polygons.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from enum import StrEnum

import msgspec
import numpy as np
import shapely

from gezhi.kernel.places import metres_per_degree
from gezhi.regions.rules.delineation import DelineatedGrids, Tolerance, find_overlaps
from gezhi.regions.rules.local_plane import Floats, Shapes, area_m2

COMMUNITY_DIGITS = 12
NARROW_M = 5.0
"""A grid that is on the average narrower than this is a rest between two borders."""
FAR_SHARE = 0.05
"""Borders of streets and counties come from elsewhere; what lies beyond them by less of a grid is no crossing."""
MOST_NEIGHBOURS = 4

Known = Mapping[str, shapely.Geometry]


class FlawKind(StrEnum):
    PARTS = "parts"
    """多部件: not in one piece."""
    HOLE = "hole"
    SLIVER = "sliver"
    """碎面: long and narrow."""
    SMALL = "small"
    LARGE = "large"
    TWIN = "twin"
    """重复图形: the same as another."""
    OVERLAP = "overlap"
    COMMUNITY = "community"
    """跨越社区边界."""
    BORDER = "border"
    """跨越街道或区县边界, where those of communities are not known."""
    GAP = "gap"
    """空隙: ground without a grid."""


class Flaw(msgspec.Struct, frozen=True):
    """The grids concerned, of a gap the community or the grids around it; `within` the division whose border counts."""

    kind: FlawKind
    codes: tuple[str, ...]
    by_m2: float
    within: str = ""
    place: tuple[float, float] | None = None


def find_flaws(
    grids: Known, outlines: Known, within: Mapping[str, str], others: Sequence[shapely.Geometry] = ()
) -> list[Flaw]:
    """Every flaw of the grids (by code) beside the outlines that are known; `within`: what each division lies in.

    `others` lack a code of their own, but cover ground: where they lie there is no gap.
    """
    codes, shapes, bounds = list(grids), np.array(list(grids.values()), dtype=object), Tolerance()
    areas = area_m2(shapes)
    return [
        *_of_form(codes, shapes, areas, bounds),
        *_of_two(codes, shapes, bounds),
        *_beyond(codes, shapes, areas, outlines, within, bounds),
        *_gaps(codes, shapes, outlines, shapely.union_all(list(others)), bounds),
    ]


def _of_form(codes: list[str], shapes: Shapes, areas: Floats, bounds: Tolerance) -> Iterator[Flaw]:
    scale = metres_per_degree(float(np.nanmean(shapely.get_coordinates(shapes)[:, 1])))
    around = shapely.length(shapely.transform(shapes, lambda points: points * scale))
    for k in np.flatnonzero(shapely.get_num_geometries(shapes) > 1):
        yield Flaw(FlawKind.PARTS, (codes[k],), float(areas[k]))
    for k in np.flatnonzero(_holes(shapes) > 0):
        yield Flaw(FlawKind.HOLE, (codes[k],), float(areas[k]))
    narrow = 2 * areas < NARROW_M * around
    small, large = ~narrow & (areas < bounds.smallest_m2), areas > bounds.largest_m2
    for kind, which in ((FlawKind.SLIVER, narrow), (FlawKind.SMALL, small), (FlawKind.LARGE, large)):
        for k in np.flatnonzero(which):
            yield Flaw(kind, (codes[k],), float(areas[k]))


def _holes(shapes: Shapes) -> Floats:
    parts, owners = shapely.get_parts(shapes, return_index=True)
    counted = np.bincount(owners, weights=shapely.get_num_interior_rings(parts), minlength=len(shapes))
    return counted.astype(np.float64)


def _of_two(codes: list[str], shapes: Shapes, bounds: Tolerance) -> Iterator[Flaw]:
    alike: dict[bytes, list[str]] = defaultdict(list)
    for code, key in zip(codes, shapely.to_wkb(shapely.normalize(shapes)), strict=True):
        alike[key].append(code)
    twins = [tuple(same) for same in alike.values() if len(same) > 1]
    for same in twins:
        yield Flaw(FlawKind.TWIN, same, 0.0)
    owner = {code: same for same in twins for code in same}
    for one in find_overlaps(DelineatedGrids(codes, [], np.zeros(0), shapes), bounds):
        first, second = one.codes
        if first not in owner or owner[first] != owner.get(second):
            yield Flaw(FlawKind.OVERLAP, one.codes, one.by_m2)


def _beyond(
    codes: list[str], shapes: Shapes, areas: Floats, outlines: Known, within: Mapping[str, str], bounds: Tolerance
) -> Iterator[Flaw]:
    """超出边界: of the community where its outline is known, else of the smallest division around it that has one."""
    homes: dict[str, list[int]] = defaultdict(list)
    for k, code in enumerate(codes):
        if home := smallest_known(code, outlines, within):
            homes[home].append(k)
    for home, members in homes.items():
        outline, own = outlines[home], len(home) == COMMUNITY_DIGITS
        shapely.prepare(outline)
        out = np.array(members)[~shapely.covers(outline, shapes[members])]
        for k, by in zip(out, np.nan_to_num(area_m2(shapely.difference(shapes[out], outline))), strict=True):
            if by > (bounds.border_m2 if own else max(bounds.border_m2, FAR_SHARE * areas[k])):
                kind = FlawKind.COMMUNITY if own else FlawKind.BORDER
                yield Flaw(kind, (codes[k],), float(by), home)


def smallest_known(code: str, outlines: Known, within: Mapping[str, str]) -> str:
    """The smallest division around a grid whose outline is known; "" where none is."""
    at = code[:COMMUNITY_DIGITS]
    while at and at not in outlines:
        at = within.get(at, "")
    return at


def _gaps(
    codes: list[str], shapes: Shapes, outlines: Known, others: shapely.Geometry, bounds: Tolerance
) -> Iterator[Flaw]:
    """A community minus its grids; where its outline is not known, what grids enclose and none of them covers."""
    own: dict[str, list[int]] = defaultdict(list)
    for k, code in enumerate(codes):
        own[code[:COMMUNITY_DIGITS]].append(k)
    wholes = {community: shapely.union_all(shapes[members]) for community, members in own.items()}
    for community, whole in wholes.items():
        rest = shapely.difference(outlines[community], whole) if community in outlines else shapely.Polygon()
        rest = shapely.difference(rest, others)
        by = float(np.nan_to_num(area_m2(rest))[0])
        if by > bounds.border_m2:
            yield Flaw(FlawKind.GAP, (community,), by, community, _place(rest))
    covered = [*(outlines[one] for one in wholes if one in outlines), others]
    yield from _enclosed(codes, shapes, [*wholes.values(), *covered], bounds)


def _enclosed(codes: list[str], shapes: Shapes, covered: list[shapely.Geometry], bounds: Tolerance) -> Iterator[Flaw]:
    holed = [shapely.Polygon(part.exterior) for part in shapely.get_parts(shapes[_holes(shapes) > 0])]
    everything = shapely.union_all([*covered, *holed])
    rings = [ring for part in shapely.get_parts(everything) for ring in part.interiors]
    if not rings:
        return
    holes = shapely.polygons(rings)
    tree = shapely.STRtree(shapes)
    for hole, by in zip(holes, area_m2(holes), strict=True):
        if by > bounds.border_m2:
            around = tree.query(hole, predicate="intersects")[:MOST_NEIGHBOURS]
            yield Flaw(FlawKind.GAP, tuple(codes[k] for k in sorted(around)), float(by), "", _place(hole))


def _place(shape: shapely.Geometry) -> tuple[float, float]:
    """A point in the largest part."""
    parts = shapely.get_parts(shape)
    point = shapely.point_on_surface(parts[int(np.argmax(shapely.area(parts)))])
    return round(point.x, 6), round(point.y, 6)
