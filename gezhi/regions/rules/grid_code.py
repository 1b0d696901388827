"""单元网格标识码: the 15-digit code of a unit grid.

GB/T 30428.1: 6 digits county (GB/T 2260) + 3 street or town + 3 community or village + 3 sequence. The sequence runs
from west to east, then from north to south inside the community; a number once given is never given again. The 2026
series also allows capital letters.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

import numpy as np

from gezhi.kernel.problems import Problem
from gezhi.regions.rules.local_plane import Floats

GRID_CODE = re.compile(r"[0-9A-Z]{15}")
COMMUNITY_CODE = re.compile(r"[0-9A-Z]{12}")
LAST_NUMBER = 999


class NotAGridCode(Problem):
    code = "regions.grid-code.malformed"
    title = "“{value}”不是单元网格标识码：应为 15 位数字或大写字母（区县 6 位、街道、社区、序号各 3 位）。"
    title_en = "“{value}” is no unit grid code: 15 digits or capital letters (county 6; street, community, number 3)."


class NumbersExhausted(Problem):
    code = "regions.grid-code.exhausted"
    status = 409
    title = "社区 {community} 的网格序号已用完（最多 999 个，停用的序号不再使用），请先调整社区划分。"
    title_en = "Community {community} has no number left (999 at most, ended ones are not used again): divide it first."


def is_grid_code(value: str) -> bool:
    """Whether this is the form of a 单元网格标识码."""
    return GRID_CODE.fullmatch(value) is not None


def community_of_grid(grid_code: str) -> str:
    """The community (社区) whose grid this is: the first 12 characters."""
    if not is_grid_code(grid_code):
        raise NotAGridCode(value=grid_code)
    return grid_code[:12]


def compose_grid_code(community_code: str, number: int) -> str:
    """The code of the grid with this sequence number (序号) in the community."""
    if COMMUNITY_CODE.fullmatch(community_code) is None or number < 1:
        raise NotAGridCode(value=f"{community_code}{number:03d}")
    if number > LAST_NUMBER:
        raise NumbersExhausted(community=community_code)
    return f"{community_code}{number:03d}"


def next_grid_codes(community_code: str, used: Iterable[str], count: int) -> list[str]:
    """Codes for new grids: above every number that the community has ever used, ended grids included."""
    taken = [int(code[12:]) for code in used if code.startswith(community_code) and code[12:].isdigit()]
    first = max(taken, default=0) + 1
    return [compose_grid_code(community_code, first + step) for step in range(count)]


def sequence_order(centres: Floats, heights: Sequence[float] | Floats) -> list[int]:
    """The order in which grids are numbered: rows from north to south, in each row from west to east.

    A row is opened by the northernmost grid that is left and takes every grid whose centre lies less than half that
    grid's height further south.
    """
    rest = sorted(range(len(centres)), key=lambda grid: (-centres[grid, 1], centres[grid, 0]))
    order: list[int] = []
    while rest:
        line = centres[rest[0], 1] - max(float(heights[rest[0]]), float(np.median(heights))) / 2
        row = [grid for grid in rest if centres[grid, 1] > line or grid == rest[0]]
        order += sorted(row, key=lambda grid: (centres[grid, 0], -centres[grid, 1]))
        rest = [grid for grid in rest if grid not in set(row)]
    return order
