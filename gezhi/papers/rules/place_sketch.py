"""位置示意图: streets and unit grids around a case as a drawing (SVG) in grey, for paper."""

from __future__ import annotations

from collections.abc import Sequence

import msgspec

from gezhi.kernel.places import metres_per_degree

WIDTH, HEIGHT = 600, 420
METRES_WIDE = 360
BAR_METRES = 50
STREET_WIDTHS = {1: 30, 2: 24, 3: 18, 4: 12}
Points = Sequence[tuple[float, float]]


class Surroundings(msgspec.Struct, frozen=True):
    """What lies around a case: streets by class (the smaller the greater) and outlines of grids by code."""

    streets: tuple[tuple[int, Points], ...] = ()
    grids: tuple[tuple[str, Points], ...] = ()


def box_around(lon: float, lat: float) -> tuple[float, float, float, float]:
    """West, south, east and north of what the drawing shows."""
    east, north = metres_per_degree(lat)
    wide = METRES_WIDE / 2 / east
    high = METRES_WIDE * HEIGHT / WIDTH / 2 / north
    return lon - wide, lat - high, lon + wide, lat + high


def draw_place(lon: float, lat: float, around: Surroundings, *, own_grid: str | None) -> str:
    """The drawing, north above: streets white with edges, grids thin, the own grid thick, the case as a dot."""
    box = box_around(lon, lat)
    streets = [(STREET_WIDTHS[kind], _path(points, box)) for kind, points in around.streets]
    edges = [_line(path, "#b9b9b5", width + 3) for width, path in streets]
    roads = [_line(path, "#ffffff", width) for width, path in streets]
    grids = [_line(_path(points, box), "#8d9298", 1.2, dash="6 5") for code, points in around.grids if code != own_grid]
    own = [_line(_path(points, box), "#333333", 3) for code, points in around.grids if code == own_grid]
    bar = BAR_METRES / METRES_WIDE * WIDTH
    return "".join([
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}">',
        f'<rect width="{WIDTH}" height="{HEIGHT}" fill="#f1f1ef"/>',
        *edges, *roads, *grids, *own,
        f'<circle cx="{WIDTH / 2}" cy="{HEIGHT / 2}" r="13" fill="#000000" stroke="#ffffff" stroke-width="4"/>',
        _line(f"M16 {HEIGHT - 22}v8h{bar:.1f}v-8", "#000000", 2.5),
        "</svg>",
    ])  # fmt: skip


def _path(points: Points, box: tuple[float, float, float, float]) -> str:
    west, south, east, north = box
    return "M" + "L".join(
        f"{(x - west) / (east - west) * WIDTH:.1f} {(north - y) / (north - south) * HEIGHT:.1f}" for x, y in points
    )


def _line(path: str, colour: str, width: float, *, dash: str = "") -> str:
    dashes = f' stroke-dasharray="{dash}"' if dash else ""
    return (
        f'<path d="{path}" fill="none" stroke="{colour}" stroke-width="{width:g}" stroke-linejoin="round"'
        f' stroke-linecap="round"{dashes}/>'
    )
