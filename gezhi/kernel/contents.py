"""文件内容: what was read out of a file, whatever format it came in: sheets of cells, layers of shapes."""

from __future__ import annotations

from typing import Any

import msgspec

Span = tuple[int, int, int, int]
"""First row, first column, last row, last column, counted from 0."""


class Sheet(msgspec.Struct, frozen=True):
    """表: every row from the very first on, so that row numbers are those that a spreadsheet shows; None: an empty cell.

    `merged`: cells that look like one; only the first of them holds the value.
    """

    rows: list[list[Any]]
    merged: list[Span] = []


class Layer(msgspec.Struct, frozen=True):
    """图层: features in their order. `system` is what the file says of its coordinates, as WKT or EPSG; "" where it says
    nothing. `columns` holds a value for each feature; `shapes` are WKB, None where a feature has none.
    """

    name: str
    system: str
    columns: dict[str, list[Any]]
    shapes: list[bytes | None]
