"""变更: which cases changed since a cursor, and whether each belongs to the list that somebody is reading. Constant
statements.
"""

from __future__ import annotations

import re
from typing import Any
from uuid import UUID

import msgspec
from django.db import connection

from gezhi.cases.queries.rows import COLUMNS, Row, row_of
from gezhi.cases.queries.scope import scope_condition
from gezhi.kernel.permissions import Actor
from gezhi.worklists.queries.worklist import SORTS, Filters, conditions_of

CHANGE_CURSOR = re.compile(r"(\d{1,19})(?:\.([0-9a-f]{32})\.(\d{1,19}))?")


class ChangeCursor(msgspec.Struct, frozen=True):
    """变更游标: tells all from transaction `since` on. Between two pages also after which case, and `until` where the
    first page began to look.
    """

    since: int
    after: UUID | None = None
    until: int | None = None

    @property
    def text(self) -> str:
        return str(self.since) if self.after is None else f"{self.since}.{self.after.hex}.{self.until}"

    @staticmethod
    def of_text(text: str) -> ChangeCursor | None:
        """None where the text is no cursor."""
        match = CHANGE_CURSOR.fullmatch(text)
        if match is None:
            return None
        since, after, until = match.groups()
        return ChangeCursor(int(since), UUID(after) if after else None, int(until) if until else None)


class Reading(msgspec.Struct, frozen=True):
    """What somebody reads: a list narrowed and ordered so, down to `end` (see `place_after`); None where to its end."""

    filters: Filters = Filters()
    sort: str = "due"
    end: tuple[Any, ...] | None = None


class Changed(msgspec.Struct, frozen=True):
    """A changed case: whether it belongs to the list now, and if so, whether behind what was read of it."""

    row: Row
    belongs: bool
    later: bool


def list_changes(
    actor: Actor, cursor: ChangeCursor, reading: Reading, *, now: int, limit: int
) -> tuple[list[Changed], ChangeCursor]:
    """Cases of the scope changed by a transaction not older than the cursor, and the next cursor.

    The end is the oldest transaction under way before the look: what commits meanwhile lies beyond it and comes next
    time. A case may come twice but is never missed. One that a clock alone moves (from yellow to red) has not changed.
    """
    until = cursor.until if cursor.until is not None else get_change_cursor()
    scope, scoped = scope_condition(actor)
    belongs, narrowed = conditions_of(reading.filters, actor, now)
    later, place = (
        ("false", ()) if reading.end is None else (SORTS[reading.filters.order(reading.sort)][1], reading.end)
    )
    beyond, since = "c.changed >= %s::text::xid8", [str(cursor.since)]
    if cursor.after is not None:
        beyond, since = "(c.changed, c.id) > (%s::text::xid8, %s::uuid)", [str(cursor.since), str(cursor.after)]
    with connection.cursor() as executing:
        executing.execute(
            f"SELECT {COLUMNS}, coalesce({belongs}, false), {later}, c.changed::text FROM cases_case c"
            f" WHERE {beyond} AND {scope} ORDER BY c.changed, c.id LIMIT %s",
            [*narrowed, *place, *since, *scoped, limit],
        )
        rows = executing.fetchall()
    changed = [Changed(row_of(values), values[-3], values[-3] and values[-2]) for values in rows]
    if len(rows) < limit:
        return changed, ChangeCursor(until)
    return changed, ChangeCursor(int(rows[-1][-1]), changed[-1].row.id, until)


def get_change_cursor() -> int:
    """From here on changes are new: the oldest transaction that is still under way."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_snapshot_xmin(pg_current_snapshot())::text")
        return int(cursor.fetchone()[0])
