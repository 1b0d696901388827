"""Unit grids (万米单元网格) out of blocks: one community each, numbered, measured. GB/T 30428.1."""

from __future__ import annotations

import msgspec
import numpy as np
import shapely

from gezhi.regions.rules.blocks import Numbers
from gezhi.regions.rules.grid_code import compose_grid_code, sequence_order
from gezhi.regions.rules.local_plane import Floats, Shapes, area_m2


class UnitGrids(msgspec.Struct, frozen=True):
    """Grids in the order of their codes; shapes in degrees."""

    codes: list[str]
    community_codes: list[str]
    areas: Floats
    shapes: Shapes


def number_grids(shapes: Shapes, community: Numbers, community_codes: tuple[str, ...]) -> UnitGrids:
    """Number the grids of every community from west to east, then from north to south."""
    bounds = shapely.bounds(shapes)
    centres = shapely.get_coordinates(shapely.centroid(shapes))
    heights = bounds[:, 3] - bounds[:, 1]
    order: list[int] = []
    codes: list[str] = []
    owners: list[str] = []
    by_community = np.argsort(community, kind="stable")
    for own in np.split(by_community, np.flatnonzero(np.diff(community[by_community])) + 1):
        code = community_codes[int(community[own[0]])]
        sequence = sequence_order(centres[own], heights[own])
        order += own[sequence].tolist()
        codes += [compose_grid_code(code, number + 1) for number in range(len(own))]
        owners += [code] * len(own)
    ranked = sorted(range(len(codes)), key=codes.__getitem__)
    shapes = shapes[np.array(order)[ranked]]
    return UnitGrids(
        codes=[codes[place] for place in ranked],
        community_codes=[owners[place] for place in ranked],
        areas=area_m2(shapes),
        shapes=shapes,
    )
