"""Which grids hold a point, in whole numbers of 1e-7 degrees and nothing else. It imports nothing of the product."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise
from math import gcd

Point = tuple[int, int]
Ring = Sequence[Point]
CELL = 20_000
"""About 200 m: grids are looked for by the cells that they touch."""


def side(start: Point, end: Point, point: Point) -> int:
    """Above zero to the left of the line, below to the right, zero on it; whole numbers of any length."""
    return (end[0] - start[0]) * (point[1] - start[1]) - (end[1] - start[1]) * (point[0] - start[0])


def holds(ring: Ring, point: Point) -> bool:
    """Inside a closed ring or on it."""
    inside = False
    for start, end in pairwise(ring):
        low, high = sorted((start, end))
        turn = side(start, end, point)
        within = low[0] <= point[0] <= high[0] and min(start[1], end[1]) <= point[1] <= max(start[1], end[1])
        if turn == 0 and within:
            return True
        if (start[1] > point[1]) != (end[1] > point[1]):
            inside ^= (turn > 0) == (end[1] > start[1])
    return inside


def points_on(start: Point, end: Point) -> Iterator[Point]:
    """The beginning of an edge, and every whole point between its ends that lies exactly on it, a few at most."""
    dx, dy = end[0] - start[0], end[1] - start[1]
    parts = gcd(dx, dy)
    yield start
    for at in sorted({1, parts // 3, parts // 2, parts - 1}):
        if 0 < at < parts:
            yield start[0] + dx // parts * at, start[1] + dy // parts * at


def points_along(start: Point, end: Point, count: int) -> Iterator[Point]:
    """Whole points that lie as near to an edge as whole points can."""
    for at in range(1, count):
        yield start[0] + round((end[0] - start[0]) * at / count), start[1] + round((end[1] - start[1]) * at / count)


class Grids:
    """Closed rings by their codes; no grid has a hole."""

    def __init__(self, rings: Mapping[str, Ring]) -> None:
        self.rings = rings
        self.near: dict[Point, list[str]] = defaultdict(list)
        for code, ring in rings.items():
            xs, ys = [x for x, _ in ring], [y for _, y in ring]
            for column in range(min(xs) // CELL, max(xs) // CELL + 1):
                for row in range(min(ys) // CELL, max(ys) // CELL + 1):
                    self.near[column, row].append(code)

    def smallest(self, point: Point) -> str | None:
        """The smallest code of the grids that hold a point, borders included."""
        near = self.near.get((point[0] // CELL, point[1] // CELL), [])
        return min((code for code in near if holds(self.rings[code], point)), default=None)

    def edges(self) -> list[tuple[Point, Point]]:
        return sorted({(start, end) for ring in self.rings.values() for start, end in pairwise(ring)})

    def border_points(self) -> list[Point]:
        return sorted({point for edge in self.edges() for point in points_on(*edge)})
