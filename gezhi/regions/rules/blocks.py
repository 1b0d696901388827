"""Blocks (街区): what the streets of a network enclose inside the outlines of districts, without gap or overlap.

Everything lies on whole 1e-7 degrees and every corner is a corner of all blocks that meet in it, so that neighbours
share their border to the last bit.
"""

from __future__ import annotations

from collections import defaultdict

import msgspec
import numpy as np
import shapely
from numpy.typing import NDArray

from gezhi.regions.rules.local_plane import Floats, LocalPlane, Shapes
from gezhi.regions.rules.street_network import Network

Numbers = NDArray[np.int64]


class Borders(msgspec.Struct, frozen=True):
    """Every piece of border that two blocks share: who lies left and right, its ends (n, 2, 2), its length."""

    left: Numbers
    right: Numbers
    ends: Floats
    lengths: Floats


class Blocks(msgspec.Struct, frozen=True):
    """Polygons in 1e-7 degrees, the district of each (its place in the list of outlines), and what they share."""

    shapes: Shapes
    district: Numbers
    borders: Borders


def enclose(network: Network, outlines: Shapes, plane: LocalPlane) -> Blocks:
    """The blocks of a network inside outlines (both end on the 1e-7 grid); tiny and thin ones joined to a neighbour."""
    lines = shapely.linestrings(plane.e7_of_metres(network.pieces))
    shapely.prepare(outlines)
    touching = np.zeros(len(lines), dtype=bool)
    for outline in outlines:
        touching |= shapely.intersects(outline, lines)
    noded = shapely.union_all(np.concatenate([lines[touching], shapely.boundary(outlines)]), grid_size=1)
    faces = shapely.get_parts(shapely.polygonize(shapely.get_parts(noded)))
    district = district_of(shapely.get_coordinates(shapely.point_on_surface(faces)), outlines)
    faces, district = faces[district >= 0], district[district >= 0]
    return Blocks(shapes=faces, district=district, borders=shared_borders(faces, plane))


def district_of(points: Floats, outlines: Shapes) -> Numbers:
    """Which outline holds each point, -1 for none."""
    district = np.full(len(points), -1)
    for number, outline in enumerate(outlines):
        district[shapely.intersects_xy(outline, points[:, 0], points[:, 1])] = number
    return district


def shared_borders(shapes: Shapes, plane: LocalPlane) -> Borders:
    """The pieces of border that exactly two shapes have in common, found by equal end points."""
    rings, owner = shapely.get_rings(shapes, return_index=True)
    points, ring = shapely.get_coordinates(rings, return_index=True)
    inside = ring[:-1] == ring[1:]
    ends = np.stack([points[:-1][inside], points[1:][inside]], axis=1)
    owner = owner[ring[:-1][inside]]
    base = points.min(axis=0)
    packed = (ends - base).astype(np.int64)
    keys = (packed[:, :, 0] << 31) | packed[:, :, 1]
    low, high = keys.min(axis=1), keys.max(axis=1)
    order = np.lexsort((high, low))
    same = (low[order][:-1] == low[order][1:]) & (high[order][:-1] == high[order][1:])
    first, second = order[:-1][same], order[1:][same]
    metres = plane.metres_of_e7(ends[first])
    return Borders(
        left=owner[first],
        right=owner[second],
        ends=ends[first],
        lengths=np.hypot(*(metres[:, 1] - metres[:, 0]).T),
    )


def join_small(blocks: Blocks, floors: Floats, plane: LocalPlane) -> Blocks:
    """Join every block below its floor (m²), and every sliver, to the neighbour in its district with most border."""
    metres = shapely.transform(blocks.shapes, plane.metres_of_e7)
    areas, perimeters = shapely.area(metres), shapely.length(metres)
    groups = _Groups(areas, perimeters, floors, blocks)
    for block in np.argsort(areas, kind="stable"):
        groups.join_if_small(int(block))
    return merge(blocks, groups.roots(), plane)


def merge(blocks: Blocks, labels: Numbers, plane: LocalPlane) -> Blocks:
    """Blocks with the same label become one; holes are filled with what lies in them."""
    _, first, labels = np.unique(labels, return_index=True, return_inverse=True)
    shapes = dissolve(blocks.shapes, labels)
    district = blocks.district[first]
    holed = np.flatnonzero(shapely.get_num_interior_rings(shapes) > 0)
    if len(holed):
        inner = np.arange(len(shapes))
        points = shapely.get_coordinates(shapely.point_on_surface(shapes))
        for number in holed:
            filled = shapely.polygons(shapely.get_exterior_ring(shapes[number]))
            inner[shapely.contains_xy(filled, points[:, 0], points[:, 1])] = number
        return merge(Blocks(shapes=shapes, district=district, borders=blocks.borders), inner, plane)
    return Blocks(shapes=shapes, district=district, borders=shared_borders(shapes, plane))


def dissolve(shapes: Shapes, labels: Numbers) -> Shapes:
    """One shape per label 0..n-1: the union of shapes that share their borders exactly; every corner is kept."""
    order = np.argsort(labels, kind="stable")
    starts = np.flatnonzero(np.diff(labels[order], prepend=-1))
    pieces = np.split(order, starts[1:])
    alone = np.array([len(piece) == 1 for piece in pieces])
    dissolved: Shapes = shapes[np.array([piece[0] for piece in pieces])].copy()
    for number in np.flatnonzero(~alone):
        dissolved[number] = shapely.coverage_union_all(shapes[pieces[number]])
    return dissolved


class _Groups:
    """Blocks while they are being joined: a forest of roots with areas, floors and common borders."""

    def __init__(self, areas: Floats, perimeters: Floats, floors: Floats, blocks: Blocks) -> None:
        self._area, self._perimeter, self._floor = areas.tolist(), perimeters.tolist(), floors.tolist()
        self._parent = list(range(len(areas)))
        self._common: list[dict[int, float]] = [defaultdict(float) for _ in areas]
        borders = blocks.borders
        own = blocks.district[borders.left] == blocks.district[borders.right]
        for a, b, length in zip(borders.left[own], borders.right[own], borders.lengths[own], strict=True):
            if a != b:
                self._common[int(a)][int(b)] += float(length)
                self._common[int(b)][int(a)] += float(length)

    def join_if_small(self, block: int) -> None:
        root = self._root(block)
        while self._common[root] and self._is_small(root):
            neighbour = max(self._common[root].items(), key=lambda item: (item[1], item[0]))[0]
            self._join(root, neighbour)
            root = neighbour

    def roots(self) -> Numbers:
        return np.array([self._root(block) for block in range(len(self._parent))])

    def _is_small(self, root: int) -> bool:
        sliver = bool(self._area[root] < 0.03 * self._perimeter[root] ** 2)
        return bool(self._area[root] < self._floor[root] * (4 if sliver else 1))

    def _join(self, root: int, into: int) -> None:
        self._parent[root] = into
        shared = self._common[root].pop(into)
        self._common[into].pop(root)
        self._perimeter[into] += self._perimeter[root] - 2 * shared
        self._area[into] += self._area[root]
        for other, length in self._common[root].items():
            self._common[other].pop(root)
            self._common[other][into] += length
            self._common[into][other] += length

    def _root(self, block: int) -> int:
        while self._parent[block] != block:
            block = self._parent[block]
        return block
