"""Generated ground (模拟地面): from outlines, names and a seed to streets, communities and unit grids.

A real and an invented city are only data for this one function. All is invented but the outlines, names and codes.
"""

from __future__ import annotations

import msgspec
import numpy as np
import shapely

from gezhi.kernel.problems import Problem
from gezhi.regions.rules.blocks import Blocks, dissolve, enclose, join_small
from gezhi.regions.rules.local_plane import Floats, LocalPlane, Shapes, shapes_from_e7, shapes_to_e7
from gezhi.regions.rules.street_network import Centre, Fabric, Lattice, Network, StreetClass, block_size, lay_network
from gezhi.regions.rules.subdivision import Shares, StreetShare, share_out
from gezhi.regions.rules.unit_grids import UnitGrids, number_grids


class DistrictPlan(msgspec.Struct, frozen=True):
    """A district or county (区县): its outline as WKB in CGCS2000 degrees, its streets with their communities."""

    code: str
    outline: bytes
    streets: tuple[StreetShare, ...]


class GroundPlan(msgspec.Struct, frozen=True):
    """All that a city's ground is generated from."""

    districts: tuple[DistrictPlan, ...]
    centres: tuple[Centre, ...]
    seed: int
    fabric: Fabric = Fabric()


class Ground(msgspec.Struct, frozen=True):
    """Shapes in degrees: unit grids, the outline of every region by code, the streets that separate grids."""

    grids: UnitGrids
    outlines: dict[str, shapely.Geometry]
    street_lines: Shapes
    street_classes: list[StreetClass]


class TooFewBlocks(Problem):
    code = "regions.ground.too-few-blocks"
    title = "区县 {district} 内的街区只有 {blocks} 个，少于社区数 {communities}：请缩小街区尺寸。"
    title_en = "District {district} has only {blocks} blocks for {communities} communities: make the blocks smaller."


class NoOutline(Problem):
    code = "regions.ground.no-outline"
    title = "区县 {district} 没有边界，无法生成街道、社区和网格，请先导入边界。"
    title_en = "District {district} has no outline to generate streets, communities and grids in; import one first."


def lay_ground(plan: GroundPlan) -> Ground:
    """Lay network, blocks, borders and unit grids for a plan; the same plan gives the same ground."""
    plane = LocalPlane(lon=plan.centres[0].lon, lat=plan.centres[0].lat)
    lattice = Lattice(seed=plan.seed, fabric=plan.fabric)
    centres = _centres_in_metres(plan, plane)
    outlines = shapes_to_e7(shapely.from_wkb([district.outline for district in plan.districts]))
    network = lay_network(lattice, centres, shapely.transform(outlines, plane.metres_of_e7))
    blocks = enclose(network, outlines, plane)
    lines, classes = _street_lines(network, blocks, plane)
    blocks = join_small(blocks, 0.45 * block_size(plan.fabric, centres, _middles(blocks, plane)) ** 2, plane)
    middles = _middles(blocks, plane)
    _check_room(plan, blocks)
    distance = np.hypot(middles[:, None, 0] - centres[:, 0], middles[:, None, 1] - centres[:, 1]).min(axis=1)
    streets = tuple(district.streets for district in plan.districts)
    shares = share_out(blocks, streets, lattice.numbers(middles), distance)
    grids = number_grids(shapes_from_e7(blocks.shapes), shares.community, shares.community_codes)
    return Ground(grids=grids, outlines=_outlines(plan, blocks, shares), street_lines=lines, street_classes=classes)


def _centres_in_metres(plan: GroundPlan, plane: LocalPlane) -> Floats:
    places = plane.metres_of_e7(np.array([[centre.lon, centre.lat] for centre in plan.centres]) * 1e7)
    return np.column_stack([places, [centre.reach_m for centre in plan.centres]])


def _middles(blocks: Blocks, plane: LocalPlane) -> Floats:
    return plane.metres_of_e7(shapely.get_coordinates(shapely.centroid(blocks.shapes)))


def _check_room(plan: GroundPlan, blocks: Blocks) -> None:
    for number, district in enumerate(plan.districts):
        blocks_there = int((blocks.district == number).sum())
        communities = sum(len(street.communities) for street in district.streets)
        if blocks_there < communities:
            raise TooFewBlocks(district=district.code, blocks=blocks_there, communities=communities)


def _outlines(plan: GroundPlan, blocks: Blocks, shares: Shares) -> dict[str, shapely.Geometry]:
    """Outlines of communities, streets and districts, dissolved from what lies in them."""
    communities = dissolve(blocks.shapes, shares.community)
    first = np.unique(shares.community, return_index=True)[1]
    streets = dissolve(communities, shares.street[first])
    first = np.unique(shares.street, return_index=True)[1]
    districts = dissolve(streets, blocks.district[first])
    codes = [*shares.community_codes, *shares.street_codes, *(district.code for district in plan.districts)]
    return dict(zip(codes, shapes_from_e7(np.concatenate([communities, streets, districts])), strict=True))


def _street_lines(network: Network, blocks: Blocks, plane: LocalPlane) -> tuple[Shapes, list[StreetClass]]:
    """The network as far as it encloses blocks, joined to long lines street by street."""
    borders = blocks.borders
    middles = shapely.points(plane.metres_of_e7(borders.ends.mean(axis=1)))
    tree = shapely.STRtree(shapely.linestrings(network.pieces))
    border, piece = tree.query(middles, predicate="dwithin", distance=0.5)
    order = np.lexsort((piece, network.classes[piece], border))
    border, piece = border[order], piece[order]
    best = np.flatnonzero(np.diff(border, prepend=-1))
    border, piece = border[best], piece[best]
    keys = network.streets[piece] * 10 + network.classes[piece]
    order = np.argsort(keys, kind="stable")
    starts = np.flatnonzero(np.diff(keys[order], prepend=-1))
    pieces = shapely.linestrings(borders.ends[border[order]])
    joined = shapely.line_merge([shapely.multilinestrings(part) for part in np.split(pieces, starts[1:])])
    lines, street = shapely.get_parts(joined, return_index=True)
    classes = network.classes[piece[order[starts]]][street]
    return shapes_from_e7(lines), [StreetClass(number) for number in classes.tolist()]
