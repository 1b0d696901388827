"""网格增量: what a file of unit grids would begin and end beside those that stand. GB/T 30428.1.

A file stands for the whole of each community of which it has a grid; other communities stay as they are. A grid is
never edited: another shape is another grid and needs a number that was never used.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import date, timedelta
from typing import Any, Final

import msgspec
import numpy as np
import shapely

from gezhi.founding.rules.changes.plan import Act, Cell, PlannedRow
from gezhi.founding.rules.findings import Findings
from gezhi.imports.rules.kinds import ImportKind
from gezhi.regions.rules.grid_code import community_of_grid
from gezhi.regions.rules.local_plane import area_m2

SAME_M2: Final = 1.0
"""By so little two shapes of one grid may differ and still be the same."""
Shapes = Mapping[str, shapely.Geometry]


class GridIncrement(msgspec.Struct, frozen=True):
    """`ended`: codes of grids that stand and are in the file no longer; `unchanged` counts those that stay."""

    begun: tuple[str, ...]
    ended: tuple[str, ...]
    unchanged: int
    rows: tuple[PlannedRow, ...]


def increment_of(
    told: Shapes,
    standing: Shapes,
    ended_before: Mapping[str, date],
    rows: Mapping[str, int],
    *,
    on: date,
    file: str,
    findings: Findings,
) -> GridIncrement:
    """`told`: the grids of the file; `standing`: those in force on the day in the same communities; `ended_before`: of
    codes of the file that were used and are not any more the last day; `rows`: the numbers of the features.
    """
    for code, last in ended_before.items():
        findings.add("key.ended", file, row=rows.get(code), column="code", value=code, last=last)
    same = [code for code in told if code in standing]
    for code in same:
        _check_same(code, told[code], standing[code], rows, file, findings)
    begun = tuple(code for code in told if code not in standing and code not in ended_before)
    ended = tuple(sorted(set(standing) - set(told)))
    changes = (
        *(_row(Act.ADD, code, told[code], on, rows.get(code, 0)) for code in begun),
        *(_row(Act.END, code, standing[code], on - timedelta(days=1), 0) for code in ended),
    )
    return GridIncrement(begun, ended, len(same), changes)


def check_neighbours(told: Shapes, beside: Shapes, rows: Mapping[str, int], *, file: str, findings: Findings) -> None:
    """无缝拼接: no grid of the file lies over one that stands in a community of which the file has nothing."""
    own, others = (np.array(list(shapes.values()), dtype=object) for shapes in (told, beside))
    codes, neighbours = list(told), list(beside)
    pairs = shapely.STRtree(others).query(own, predicate="intersects").T.tolist() if len(own) else []
    for one, other in pairs:
        by_m2 = float(area_m2(shapely.intersection(own[one], others[other]))[0])
        if by_m2 > SAME_M2:
            where: dict[str, Any] = {"row": rows[codes[one]], "value": f"{codes[one]}、{neighbours[other]}"}
            findings.add("shape.overlap", file, **where, column="geometry", within="", by_m2=by_m2, zh="", en="")


def communities_of(codes: Collection[str]) -> tuple[str, ...]:
    return tuple(sorted({community_of_grid(code) for code in codes}))


def _check_same(
    code: str, told: shapely.Geometry, stands: shapely.Geometry, rows: Mapping[str, int], file: str, findings: Findings
) -> None:
    if told.equals(stands):
        return
    differs = float(area_m2(shapely.symmetric_difference(told, stands))[0])
    if differs > SAME_M2:
        here, there = (f"{area:,.0f} 平方米" for area in area_m2([stands, told]))
        findings.add("change.refused", file, row=rows.get(code), column="geometry", value=there, here=f"{code}，{here}")


def _row(act: Act, code: str, shape: shapely.Geometry, on: date, number: int) -> PlannedRow:
    area = f"{float(area_m2(shape)[0]):.0f}"
    old, new = ("", area) if act is Act.ADD else (area, "")
    return PlannedRow(kind=ImportKind.GRIDS, key=code, act=act, on=on, cells=(Cell("area", old, new),), number=number)
