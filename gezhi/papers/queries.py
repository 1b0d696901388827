"""打印件取数: the whole log of some cases with its last digest, and the ground around them. Constant statements."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any
from uuid import UUID

import msgspec
import shapely
from django.db import connection

from gezhi.cases.queries.rows import COLUMNS, Row, row_of
from gezhi.cases.rules.allowed import is_visible
from gezhi.cases.rules.entries import Entry, entry_of
from gezhi.kernel.permissions import Actor
from gezhi.papers.rules.place_sketch import Surroundings, box_around
from gezhi.plumbing.media import file_of

CASES = f"SELECT {COLUMNS} FROM cases_case c WHERE c.id = ANY(%s)"
LOGS = "SELECT case_id, text, hash FROM cases_log_entry WHERE case_id = ANY(%s) ORDER BY case_id, seq"
DIGEST = """
    SELECT encode(hash, 'hex'), extract(epoch FROM recorded_at)::bigint FROM cases_log_entry
    WHERE case_id = %s AND seq = %s
"""
PICTURES = "SELECT sha256, shown_as FROM plumbing_picture WHERE sha256 = ANY(%s)"
AROUND = """
    FROM unnest(%s::uuid[], %s::float8[], %s::float8[], %s::float8[], %s::float8[])
        AS asked(key, w, s, e, n)
    JOIN {table} shape ON box(point(west, south), point(east, north)) && box(point(w, s), point(e, n))
        AND valid_from <= %s AND (valid_to IS NULL OR valid_to >= %s)
"""
STREETS = "SELECT key, street_class, wkb" + AROUND.format(table="regions_street_line")
GRIDS = "SELECT key, code, wkb" + AROUND.format(table="regions_unit_grid")


class Story(msgspec.Struct, frozen=True):
    """案件日志 as it is printed: its entries, and the digest of the last of them."""

    entries: tuple[Entry, ...]
    digest: str

    @property
    def last(self) -> Entry:
        return self.entries[-1]


def list_visible(case_ids: Sequence[UUID], actor: Actor) -> dict[UUID, Row]:
    """Those of the cases that the person may see; one statement."""
    with connection.cursor() as cursor:
        cursor.execute(CASES, [list(case_ids)])
        rows = [row_of(row) for row in cursor.fetchall()]
    return {row.id: row for row in rows if is_visible(actor, row.state)}


def list_stories(rows: Mapping[UUID, Row]) -> dict[UUID, Story]:
    """The logs of the cases up to the entry that each row stands at; one statement."""
    entries, digests = defaultdict[UUID, list[Entry]](list), dict[UUID, str]()
    with connection.cursor() as cursor:
        cursor.execute(LOGS, [list(rows)])
        for case_id, text, digest in cursor.fetchall():
            entry = entry_of(text)
            if entry.seq <= rows[case_id].state.seq:
                entries[case_id].append(entry)
                digests[case_id] = bytes(digest).hex()
    return {case_id: Story(tuple(told), digests[case_id]) for case_id, told in entries.items()}


def get_digest(case_id: UUID, seq: int) -> tuple[str, int] | None:
    """The digest of one entry of the log, and when it was recorded."""
    with connection.cursor() as cursor:
        cursor.execute(DIGEST, [case_id, seq])
        row = cursor.fetchone()
    return (row[0], row[1]) if row is not None else None


def list_picture_files(shas: Iterable[str]) -> dict[str, Path]:
    """The served copy of each picture, by the name that a template gives it; one statement."""
    with connection.cursor() as cursor:
        cursor.execute(PICTURES, [list(shas)])
        return {f"{sha}.jpg": file_of("copies", shown_as or sha) for sha, shown_as in cursor.fetchall()}


def list_surroundings(points: Mapping[UUID, tuple[float, float]], *, on: date) -> dict[UUID, Surroundings]:
    """Streets and grids around each point, of a day; two statements."""
    boxes = [box_around(*point) for point in points.values()]
    values: list[Any] = [list(points), *(list(side) for side in zip(*boxes, strict=True)), on, on]
    streets, grids = defaultdict[UUID, list[Any]](list), defaultdict[UUID, list[Any]](list)
    with connection.cursor() as cursor:
        for statement, lines in ((STREETS, streets), (GRIDS, grids)):
            cursor.execute(statement, values)
            for key, name, wkb in cursor.fetchall():
                lines[key] += [(name, line) for line in _lines(bytes(wkb))]
    return {key: Surroundings(tuple(streets[key]), tuple(grids[key])) for key in points}


def _lines(wkb: bytes) -> list[list[tuple[float, float]]]:
    """The lines of a shape; of an area its outline."""
    shape = shapely.from_wkb(wkb)
    if shape.geom_type in {"Polygon", "MultiPolygon"}:
        shape = shape.boundary
    return [[(float(x), float(y)) for x, y in shapely.get_coordinates(part)] for part in shapely.get_parts(shape)]
