"""What a list of cases may be asked for: filters, order, and where its page begins."""

from __future__ import annotations

from datetime import date, datetime
from typing import Annotated, Any, Literal
from uuid import UUID

from ninja import Schema
from pydantic import Field

from gezhi.kernel.permissions import Actor
from gezhi.kernel.problems import Problem
from gezhi.plumbing.doors import BadCursor, decode_cursor
from gezhi.plumbing.shapes import MomentIn
from gezhi.worklists.queries.changes import ChangeCursor, Reading
from gezhi.worklists.queries.meaning import meanings_of
from gezhi.worklists.queries.worklist import INFINITY, Filters
from gezhi.worklists.rules.queues import queue_of

CURSORS: dict[str, tuple[type, ...]] = {
    "due": (bool, str, str),
    "newest": (str, str),
    "oldest": (str, str),
    "closed": (str, str),
}


class UnknownQueue(Problem):
    code = "worklists.queues.unknown"
    status = 422
    title = "没有名为“{queue}”的队列。"
    title_en = "There is no queue “{queue}”."


class FilterIn(Schema):
    queue: str | None = None
    q: Annotated[str, Field(max_length=100)] = ""
    status: str = ""
    light: Literal["", "green", "yellow", "red", "none"] = ""
    handling_late: bool = False
    class_key: str = ""
    region: Annotated[str, Field(pattern="^[0-9A-Z]{0,15}$")] = ""
    unit: int | None = None
    channel: str = ""
    since: MomentIn | None = None
    until: MomentIn | None = None

    def filters(self, actor: Actor, on: date) -> Filters:
        """`on`: words name classes of the edition in force that day."""
        queue = None
        if self.queue:
            queue = queue_of(self.queue)
            if queue is None:
                raise UnknownQueue(field="queue", queue=self.queue)
        return Filters(
            queue=queue,
            meant=meanings_of(self.q, actor, on=on),
            status=self.status,
            light=self.light,
            handling_late=self.handling_late,
            class_key=self.class_key,
            region=self.region,
            unit=self.unit,
            channel=self.channel,
            since=int(self.since.timestamp()) if self.since else None,
            until=int(self.until.timestamp()) if self.until else None,
        )


Sort = Literal["due", "newest", "oldest", "closed"]


def place_of(cursor: str | None, sort: Sort, *, field: str) -> tuple[Any, ...] | None:
    """The values that `place_after` gave for a row, out of the text of a cursor."""
    if not cursor:
        return None
    values = decode_cursor(cursor, *CURSORS[sort])
    *_, at, case_id = values
    try:
        UUID(case_id)
        if at.lstrip("-") != INFINITY:
            datetime.fromisoformat(at)
    except ValueError as error:
        raise BadCursor(field=field) from error
    return values


class PageIn(FilterIn):
    sort: Sort = "due"
    cursor: str | None = None
    limit: Annotated[int, Field(ge=1, le=200)] = 50

    def after(self) -> tuple[Any, ...] | None:
        """Where the page begins."""
        return place_of(self.cursor, self.sort, field="cursor")


class ChangesIn(FilterIn):
    """The list that is being read, and how far: `read_to` is the `next_cursor` of its last page."""

    sort: Sort = "due"
    cursor: Annotated[str, Field(max_length=80)]
    read_to: str | None = None

    def after(self) -> ChangeCursor:
        cursor = ChangeCursor.of_text(self.cursor)
        if cursor is None:
            raise BadCursor(field="cursor")
        return cursor

    def reading(self, actor: Actor, on: date) -> Reading:
        return Reading(self.filters(actor, on), self.sort, place_of(self.read_to, self.sort, field="read_to"))
