"""A plausible street network (模拟路网) for a city whose real one is not open: it is generated, and marked so.

A lattice of arterial roads about a kilometre apart, turned by some degrees and gently bent, carries the whole city;
each of its fields is divided by smaller streets, finely near a centre and coarsely at the fringe. Some streets are left
out, so that parks and walled compounds (现状管理) stay whole. The same plan gives the same network.
"""

from __future__ import annotations

import math
from enum import IntEnum

import msgspec
import numpy as np
import shapely
from numpy.typing import NDArray

from gezhi.regions.rules.chance import chance
from gezhi.regions.rules.local_plane import Floats, Shapes

THROUGH_FROM = 4
"""A field divided into at least so many strips has a secondary road through its middle."""
PARKS_FROM = 6


class StreetClass(IntEnum):
    """城市道路等级 (CJJ 37): the smaller the number, the greater the road."""

    EXPRESSWAY = 1
    ARTERIAL = 2
    SECONDARY = 3
    BRANCH = 4


class Centre(msgspec.Struct, frozen=True):
    """中心: within `reach_m` around it the fabric is as fine as it gets."""

    lon: float
    lat: float
    reach_m: float


class Fabric(msgspec.Struct, frozen=True):
    """How the generated city is woven, in metres."""

    arterial_m: float = 1000.0
    core_block_m: float = 108.0
    fringe_block_m: float = 360.0
    coarsening_m: float = 4200.0
    """Beyond the reach of a centre, blocks grow by the factor e over this distance."""
    rings_m: tuple[float, ...] = (3000.0, 6000.0, 12000.0)
    """环路: half the side of each ring of expressways around the first centre."""
    tilt: float = -0.06
    bend_m: float = 230.0
    left_out: float = 0.07
    """Share of small streets that do not exist."""
    parks: float = 0.2
    """Share of finely divided fields in which a park swallows four blocks."""


class Network(msgspec.Struct, frozen=True):
    """Straight pieces of street in metres: ends (n, 2, 2), class and the number of the street they belong to."""

    pieces: Floats
    classes: NDArray[np.int64]
    streets: NDArray[np.int64]


def block_size(fabric: Fabric, centres: Floats, points: Floats) -> Floats:
    """Side of a block in metres at these points (..., 2); `centres` are rows of x, y, reach."""
    distance = np.hypot(points[..., None, 0] - centres[:, 0], points[..., None, 1] - centres[:, 1]) - centres[:, 2]
    growth = np.exp(np.clip(distance.min(axis=-1), 0.0, None) / fabric.coarsening_m)
    return np.asarray(np.minimum(fabric.core_block_m * growth, fabric.fringe_block_m))


class Lattice(msgspec.Struct, frozen=True):
    """The bent lattice of arterial roads: `place` goes from lattice numbers to metres, `numbers` back."""

    seed: int
    fabric: Fabric

    def place(self, at: Floats) -> Floats:
        """Lattice numbers (..., 2) as metres."""
        flat = np.stack([self._along(0, at[..., 0]), self._along(1, at[..., 1])], axis=-1)
        return self._turn(flat + self._bend(flat), self.fabric.tilt)

    def numbers(self, points: Floats) -> Floats:
        """Metres (..., 2) as lattice numbers: whole numbers lie on arterial roads."""
        bent = self._turn(points, -self.fabric.tilt)
        flat = bent
        for _ in range(8):
            flat = bent - self._bend(flat)
        far = math.ceil(float(np.abs(flat).max(initial=0.0)) / self.fabric.arterial_m) + 2
        lines = np.arange(-far, far + 1, dtype=np.float64)
        return np.stack([np.interp(flat[..., axis], self._along(axis, lines), lines) for axis in (0, 1)], axis=-1)

    def _along(self, axis: int, numbers: Floats) -> Floats:
        """Lines stand unevenly: each is moved by up to a sixth of the spacing."""
        whole = np.floor(numbers)
        here = whole + (chance(self.seed, 11 + axis, whole) - 0.5) / 3
        there = whole + 1 + (chance(self.seed, 11 + axis, whole + 1) - 0.5) / 3
        return np.asarray((here + (numbers - whole) * (there - here)) * self.fabric.arterial_m)

    def _bend(self, flat: Floats) -> Floats:
        turns = chance(self.seed, 21, np.arange(4)) * 2 * np.pi
        x, y = flat[..., 0], flat[..., 1]
        east = np.sin(y / 1700 + turns[0]) + 0.3 * np.sin((x + y) / 700 + turns[1])
        north = np.sin(x / 1900 + turns[2]) + 0.3 * np.sin((x - y) / 800 + turns[3])
        return np.asarray(np.stack([east, north], axis=-1) * self.fabric.bend_m)

    @staticmethod
    def _turn(points: Floats, by: float) -> Floats:
        cos, sin = np.cos(by), np.sin(by)
        x, y = points[..., 0], points[..., 1]
        return np.stack([x * cos - y * sin, x * sin + y * cos], axis=-1)


def lay_network(lattice: Lattice, centres: Floats, outlines: Shapes) -> Network:
    """Every street that can touch outlines in metres; `centres` are rows of x, y, reach."""
    box = shapely.total_bounds(outlines)
    sides = (np.linspace(box[0], box[2], 9), np.linspace(box[1], box[3], 9))
    numbers = lattice.numbers(np.stack(np.meshgrid(*sides), axis=-1))
    low = np.floor(numbers.min(axis=(0, 1))).astype(int) - 1
    high = np.ceil(numbers.max(axis=(0, 1))).astype(int) + 1
    lines = [np.arange(low[axis], high[axis] + 1.0) for axis in (0, 1)]
    nodes = lattice.place(np.stack(np.meshgrid(*lines, indexing="ij"), axis=-1))
    corners = np.stack([nodes[:-1, :-1], nodes[1:, :-1], nodes[:-1, 1:], nodes[1:, 1:]], axis=2)
    fields = shapely.polygons(corners[:, :, [0, 1, 3, 2]])
    touched = np.any([shapely.intersects(outline, fields) for outline in outlines], axis=0)
    parts = _arterials(lattice, centres, low, nodes)
    for i, j in np.argwhere(touched).tolist():
        parts += _small_streets(lattice, centres, (i + int(low[0]), j + int(low[1])), corners[i, j])
    return Network(
        pieces=np.concatenate([part[0] for part in parts]),
        classes=np.concatenate([part[1] for part in parts]),
        streets=np.concatenate([part[2] for part in parts]),
    )


_Part = tuple[Floats, NDArray[np.int64], NDArray[np.int64]]


def _arterials(lattice: Lattice, centres: Floats, low: NDArray[np.int_], nodes: Floats) -> list[_Part]:
    fabric = lattice.fabric
    middle = np.rint(lattice.numbers(centres[0, :2])).astype(int)
    rings = {round(side / fabric.arterial_m) for side in fabric.rings_m}
    parts: list[_Part] = []
    for axis in (0, 1):
        lines = nodes if axis == 0 else nodes.transpose(1, 0, 2)
        across = 1 - axis
        for k, line in enumerate(lines):
            offset = abs(low[axis] + k - middle[axis])
            pieces = np.stack([line[:-1], line[1:]], axis=1)
            along = np.arange(low[across], low[across] + len(pieces)) + 0.5 - middle[across]
            coarse = block_size(fabric, centres, pieces.mean(axis=1)) > fabric.arterial_m / 3.5
            classes = np.where(coarse & ((low[axis] + k) % 2 == 1), StreetClass.SECONDARY, StreetClass.ARTERIAL)
            if offset in rings:
                classes = np.where(np.abs(along) < offset, StreetClass.EXPRESSWAY, classes)
            street = _street_no(axis, low[axis] + k, 0, 1)
            parts.append((pieces, classes.astype(np.int64), np.full(len(pieces), street)))
    return parts


def _small_streets(lattice: Lattice, centres: Floats, field: tuple[int, int], corners: Floats) -> list[_Part]:
    """The streets inside one field of the lattice."""
    seed, fabric = lattice.seed, lattice.fabric
    fine = fabric.arterial_m / float(block_size(fabric, centres, corners.mean(axis=0)))
    counts = [max(1, int(fine + chance(seed, 31 + axis, *field) * 0.9)) for axis in (0, 1)]
    shares = []
    for axis, count in enumerate(counts):
        uneven = (chance(seed, 41 + axis, field[axis], count, np.arange(count + 1)) - 0.5) * 0.4
        uneven[0] = uneven[-1] = 0.0
        shares.append((np.arange(count + 1) + uneven) / count)
    u, v = shares[0][:, None, None], shares[1][None, :, None]
    points = (1 - u) * (1 - v) * corners[0] + u * (1 - v) * corners[1] + (1 - u) * v * corners[2] + u * v * corners[3]
    inner = points[1:-1, 1:-1]
    rows, columns = np.indices(inner.shape[:2])
    shift = np.stack([chance(seed, 51 + axis, *field, rows, columns) - 0.5 for axis in (0, 1)], axis=-1)
    points[1:-1, 1:-1] = inner + shift * 0.2 * fabric.arterial_m / max(counts)
    kept = _kept(seed, fabric, field, (counts[0], counts[1]))
    parts: list[_Part] = []
    for axis in (0, 1):
        lines = points if axis == 0 else points.transpose(1, 0, 2)
        for k in range(1, counts[axis]):
            pieces = np.stack([lines[k][:-1], lines[k][1:]], axis=1)[kept[axis][k - 1]]
            through = counts[axis] >= THROUGH_FROM and k == counts[axis] // 2
            street_class = StreetClass.SECONDARY if through else StreetClass.BRANCH
            street = _street_no(axis, field[axis], k, counts[axis])
            parts.append((pieces, np.full(len(pieces), int(street_class)), np.full(len(pieces), street)))
    return parts


def _kept(seed: int, fabric: Fabric, field: tuple[int, int], counts: tuple[int, int]) -> list[NDArray[np.bool_]]:
    """Which pieces of the small streets exist: some are left out, and now and then a park swallows several blocks."""
    kept = []
    for axis, count in enumerate(counts):
        line, piece = np.indices((count - 1, counts[1 - axis]))
        kept.append(chance(seed, 61 + axis, *field, line, piece) >= fabric.left_out)
    if min(counts) >= PARKS_FROM and float(chance(seed, 71, *field)) < fabric.parks:
        spot = [int(float(chance(seed, 72 + axis, *field)) * (count - 2)) for axis, count in enumerate(counts)]
        kept[0][spot[0], spot[1] : spot[1] + 2] = False
        kept[1][spot[1], spot[0] : spot[0] + 2] = False
    return kept


def _street_no(axis: int, line: int, part: int, parts: int) -> int:
    """One number per street: the pieces of a street that runs on through the next field carry the same."""
    return ((axis * 1000 + int(line) + 500) * 100 + part) * 100 + parts
