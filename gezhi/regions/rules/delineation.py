"""单元网格划分原则: what makes a set of unit grids valid. GB/T 30428.1.

An independent checker: it knows nothing of how grids came to be, and judges imported ones as well as generated ones.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from enum import StrEnum

import msgspec
import numpy as np
import shapely

from gezhi.kernel.problems import Problem
from gezhi.regions.rules.grid_code import is_grid_code
from gezhi.regions.rules.local_plane import Floats, Shapes, area_m2


class Breach(StrEnum):
    """Which principle a set of grids breaks."""

    CODE = "code"
    """标识码: malformed, used twice, or of another community."""
    SHAPE = "shape"
    """闭合: not one valid closed polygon."""
    AREA = "area"
    """面积: recorded otherwise than measured, or outside the permitted range."""
    COMMUNITY = "community"
    """属地管理: crosses the border of its community."""
    OVERLAP = "overlap"
    """无缝拼接: two grids overlap."""
    GAP = "gap"
    """无缝拼接: a community is not filled by its grids."""


class Finding(msgspec.Struct, frozen=True):
    """One breach: the grids or community concerned, and by how many square metres where that has a meaning."""

    breach: Breach
    codes: tuple[str, ...]
    by_m2: float = 0.0


class Tolerance(msgspec.Struct, frozen=True):
    """Square metres. The range holds for city and fringe together; the norm in the core is 10,000 m²."""

    smallest_m2: float = 2_000.0
    largest_m2: float = 1_500_000.0
    border_m2: float = 1.0


class DelineatedGrids(msgspec.Struct, frozen=True):
    """Grids in force on one day; shapes in degrees."""

    codes: list[str]
    community_codes: list[str]
    areas: Floats
    shapes: Shapes


BREACH_NAMES: dict[Breach, tuple[str, str]] = {
    Breach.CODE: ("标识码不符", "wrong code"),
    Breach.SHAPE: ("不是闭合的单一多边形", "not one closed polygon"),
    Breach.AREA: ("面积不符或超出范围", "area wrong or out of range"),
    Breach.COMMUNITY: ("跨越社区边界", "crosses a community border"),
    Breach.OVERLAP: ("网格重叠", "grids overlap"),
    Breach.GAP: ("网格之间有空隙", "a gap between grids"),
}


class BreaksDelineation(Problem):
    code = "regions.delineation.breached"
    status = 422
    title = "网格不符合划分原则：{what}（{codes}，{by_m2:.0f} 平方米）。"
    title_en = "The grids break a principle of delineation: {what_en} ({codes}, {by_m2:.0f} m²)."


def find_breaches(
    grids: DelineatedGrids, communities: dict[str, shapely.Geometry], tolerance: Tolerance | None = None
) -> list[Finding]:
    """Every breach of the principles of delineation; an empty list for a valid set."""
    tolerance = tolerance or Tolerance()
    findings = _code_findings(grids) + _shape_findings(grids)
    if findings:
        return findings
    findings = _area_findings(grids, tolerance) + find_overlaps(grids, tolerance)
    return findings + _community_findings(grids, communities, tolerance)


def check_replacement(grids: DelineatedGrids, freed: list[tuple[str, shapely.Geometry]]) -> None:
    """Whether new grids fill exactly the ground that ended ones (community, shape) leave; BreaksDelineation if not."""
    by_community: dict[str, list[shapely.Geometry]] = defaultdict(list)
    for community, shape in freed:
        by_community[community].append(shape)
    grounds = {community: shapely.union_all(shapes) for community, shapes in by_community.items()}
    for finding in find_breaches(grids, grounds):
        what, what_en = BREACH_NAMES[finding.breach]
        raise BreaksDelineation(what=what, what_en=what_en, codes="、".join(finding.codes), by_m2=finding.by_m2)


def _code_findings(grids: DelineatedGrids) -> list[Finding]:
    uses = Counter(grids.codes)
    return [
        Finding(Breach.CODE, (code,))
        for code, community in zip(grids.codes, grids.community_codes, strict=True)
        if not is_grid_code(code) or uses[code] > 1 or code[:12] != community
    ]


def _shape_findings(grids: DelineatedGrids) -> list[Finding]:
    polygon = shapely.get_type_id(grids.shapes) == shapely.GeometryType.POLYGON
    good = polygon & shapely.is_valid(grids.shapes) & ~shapely.is_empty(grids.shapes)
    good &= shapely.get_num_interior_rings(grids.shapes) == 0
    return [Finding(Breach.SHAPE, (grids.codes[k],)) for k in np.flatnonzero(~good)]


def _area_findings(grids: DelineatedGrids, tolerance: Tolerance) -> list[Finding]:
    measured = area_m2(grids.shapes)
    off = np.abs(measured - grids.areas)
    bad = (off > tolerance.border_m2) | (measured < tolerance.smallest_m2) | (measured > tolerance.largest_m2)
    return [Finding(Breach.AREA, (grids.codes[k],), float(off[k])) for k in np.flatnonzero(bad)]


def find_overlaps(grids: DelineatedGrids, tolerance: Tolerance) -> list[Finding]:
    """Pairs of grids that cover the same ground."""
    one, other = shapely.STRtree(grids.shapes).query(grids.shapes, predicate="intersects")
    one, other = one[one < other], other[one < other]
    if not len(one):
        return []
    common = area_m2(shapely.intersection(grids.shapes[one], grids.shapes[other]))
    return [
        Finding(Breach.OVERLAP, (grids.codes[one[k]], grids.codes[other[k]]), float(common[k]))
        for k in np.flatnonzero(common > tolerance.border_m2)
    ]


def _community_findings(
    grids: DelineatedGrids, communities: dict[str, shapely.Geometry], tolerance: Tolerance
) -> list[Finding]:
    nowhere = shapely.Polygon()
    homes = np.array([communities.get(code, nowhere) for code in grids.community_codes], dtype=object)
    beyond = shapely.difference(grids.shapes, homes)
    beyond_m2 = np.nan_to_num(area_m2(beyond))
    findings = [
        Finding(Breach.COMMUNITY, (grids.codes[k],), float(beyond_m2[k]))
        for k in np.flatnonzero(beyond_m2 > tolerance.border_m2)
    ]
    filled: dict[str, float] = defaultdict(float)
    for code, inside in zip(grids.community_codes, shapely.area(grids.shapes) - shapely.area(beyond), strict=True):
        filled[code] += inside
    for code, community in communities.items():
        # Summed in square degrees: shares measured at their own latitudes would not add up to the whole.
        share = 1 - filled[code] / shapely.area(community)
        gap = float(area_m2(community)[0] * share)
        if gap > tolerance.border_m2:
            findings.append(Finding(Breach.GAP, (code,), gap))
    return findings
