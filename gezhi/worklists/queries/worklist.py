"""工作列表: pages of cases by queue and filter, and counts of the queues. Constant statements."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

import msgspec
from django.db import connection

from gezhi.calendars.rules.office_days import day_of
from gezhi.cases.queries.lateness import HANDLING_LATE, LATE
from gezhi.cases.queries.rows import COLUMNS, Row, row_of
from gezhi.cases.queries.scope import Condition, deciding_condition, level_condition, scope_condition
from gezhi.cases.queries.statuses import FINISHED_SQL, OPEN_SQL
from gezhi.cases.rules.clocks.clock import ClockKind
from gezhi.kernel.permissions import Actor
from gezhi.people.queries import as_datetime
from gezhi.worklists.queries.meaning import Meanings, found_by
from gezhi.worklists.rules.queues import TO_DECIDE, Queue

SORTS: dict[str, tuple[str, str]] = {
    # name -> (order, what a keyset page compares)
    "due": (
        "c.complaint DESC, c.due_at NULLS LAST, c.id",
        "(NOT c.complaint, coalesce(c.due_at, 'infinity'), c.id) > (NOT %s, %s, %s)",
    ),
    "decision": (
        "c.complaint DESC, c.decision_due_at NULLS LAST, c.id",
        "(NOT c.complaint, coalesce(c.decision_due_at, 'infinity'), c.id) > (NOT %s, %s, %s)",
    ),
    "newest": ("c.reported_at DESC, c.id DESC", "(c.reported_at, c.id) < (%s, %s)"),
    "oldest": ("c.reported_at, c.id", "(c.reported_at, c.id) > (%s, %s)"),
    # As an expression, so that the index finds the page also where something has not been closed yet.
    "closed": (
        "coalesce(c.closed_at, '-infinity') DESC, c.id DESC",
        "(coalesce(c.closed_at, '-infinity'), c.id) < (%s, %s)",
    ),
}
MOST_COUNTED = 1_000
INFINITY = "infinity"


class Filters(msgspec.Struct, frozen=True, kw_only=True):
    """筛选条件: what a work list, its map and its export are narrowed by. Moments are epoch seconds."""

    queue: Queue | None = None
    meant: Meanings = Meanings()
    status: str = ""
    light: str = ""
    handling_late: bool = False
    class_key: str = ""
    region: str = ""
    unit: int | None = None
    channel: str = ""
    since: int | None = None
    until: int | None = None

    def order(self, sort: str) -> str:
        """What waits for a decision is in the order in which the decisions are due."""
        return "decision" if sort == "due" and self.deciding else sort

    @property
    def deciding(self) -> bool:
        return self.queue is not None and self.queue.deciding


# What narrows a queue beyond its statuses, by the field of the queue that asks for it.
NARROWINGS: dict[str, Callable[[Actor, date], Condition]] = {
    "mine": lambda actor, _: ("c.collector_id = %s", [actor.user_id]),
    "own_unit": lambda actor, _: ("c.unit_ids && %s::bigint[]", [list(actor.scope.organisations)]),
    "desk": level_condition,
    "supervised": lambda _, __: ("c.supervision > 0", []),
    "major": lambda _, __: ("c.major > 0", []),
    "difficult": lambda _, __: ("c.difficulty IS NOT NULL", []),
    "reported_by_me": lambda actor, _: ("c.reported_by = %s", [actor.user_id]),
}


def _queue_conditions(queue: Queue, actor: Actor, on: date) -> list[Condition]:
    conditions: list[Condition] = []
    if len(queue.statuses) == 1:  # as a plain value, so that the index also gives the order
        conditions.append(("c.status = %s", [queue.statuses[0].value]))
    elif queue.statuses:
        conditions.append(("c.status = ANY(%s)", [[status.value for status in queue.statuses]]))
    elif queue.deciding:
        conditions.append(deciding_condition(actor))
    elif not queue.finished:
        conditions.append((OPEN_SQL, []))
    if queue.key == "finished":
        conditions.append((FINISHED_SQL, []))
    conditions += [narrowing(actor, on) for name, narrowing in NARROWINGS.items() if getattr(queue, name)]
    return conditions


def _is_own_work(queue: Queue, actor: Actor) -> bool:
    """Whether a queue holds only what its owner may see anyway; asked twice, it would cost the list its index."""
    return actor.scope.only_own_work and (queue.mine or queue.reported_by_me or queue.own_unit)


def _light_condition(light: str, queue: Queue | None, now: int) -> Condition:
    """By the clock that the list shows: of what waits for a decision the time to decide, else the leading clock."""
    if queue is not None and queue.deciding:
        due, warn, late = "c.decision_due_at", "c.decision_warn_at", "c.decision_due_at < to_timestamp(%s)"
    else:
        due, warn, late = "c.due_at", "c.warn_at", LATE.format(now="%s")
    match light:
        case "red":
            return late, [now]
        case "yellow":
            return f"{warn} <= to_timestamp(%s) AND NOT {late}", [now, now]
        case "green":
            return f"{warn} > to_timestamp(%s)", [now]
        case _:
            return f"{due} IS NULL", []


def conditions_of(filters: Filters, actor: Actor, now: int) -> Condition:
    """All conditions joined: scope first, then queue, then what the user narrowed by."""
    queue = filters.queue
    conditions = [] if queue is not None and _is_own_work(queue, actor) else [scope_condition(actor)]
    if queue is not None:
        conditions += _queue_conditions(queue, actor, day_of(now))
    if filters.meant:
        conditions.append(found_by(filters.meant))
    if filters.light:
        conditions.append(_light_condition(filters.light, queue, now))
    if filters.handling_late:
        conditions.append((HANDLING_LATE.format(now="%s"), [now]))
    plain: list[tuple[str, Any]] = [
        ("c.status = %s", filters.status or None),
        ("c.class_key = %s", filters.class_key or None),
        ("c.area_code LIKE %s", f"{filters.region}%" if filters.region else None),
        ("c.channel = %s", filters.channel or None),
        ("c.reported_at >= to_timestamp(%s)", filters.since),
        ("c.reported_at < to_timestamp(%s)", filters.until),
    ]
    if filters.unit is not None and filters.handling_late:
        conditions.append(("c.working_ids @> %s::bigint[]", [[filters.unit]]))
    elif filters.unit is not None:
        # Handled by the unit now, or at any time before: a finished case has no open assignment.
        conditions.append(
            ("(c.unit_ids @> %s::bigint[] OR c.former_unit_ids @> %s::bigint[])", [[filters.unit], [filters.unit]])
        )
    conditions += [(sql, [value]) for sql, value in plain if value is not None]
    return " AND ".join(sql for sql, _ in conditions), [value for _, values in conditions for value in values]


def list_cases(
    filters: Filters, actor: Actor, *, now: int, sort: str, after: tuple[Any, ...] | None, limit: int
) -> list[Row]:
    """One keyset page, one statement."""
    where, values = conditions_of(filters, actor, now)
    order, beyond = SORTS[filters.order(sort)]
    if after is not None:
        where, values = f"{where} AND {beyond}", [*values, *after]
    with connection.cursor() as cursor:
        # The page first: written out before the sorting, the states of all that are sorted would take most of the time.
        cursor.execute(
            f"SELECT {COLUMNS} FROM (SELECT * FROM cases_case c WHERE {where} ORDER BY {order} LIMIT %s) c"
            f" ORDER BY {order}",
            [*values, limit],
        )
        return [row_of(row) for row in cursor.fetchall()]


def place_after(row: Row, sort: str) -> tuple[Any, ...]:
    """What the next page continues from, as plain words and numbers."""
    match sort:
        case "decision":
            clock = row.state.clock(ClockKind.APPROVAL)
            due = as_datetime(clock.due).isoformat() if clock is not None and clock.since is not None else INFINITY
            return row.complaint, due, str(row.id)
        case "due":
            return row.complaint, row.due_at.isoformat() if row.due_at else INFINITY, str(row.id)
        case "closed":
            return row.closed_at.isoformat() if row.closed_at else f"-{INFINITY}", str(row.id)
        case _:
            return row.reported_at.isoformat(), str(row.id)


def count_cases(filters: Filters, actor: Actor, *, now: int) -> int:
    """How many there are, counted to a thousand and no further: a list need not know more."""
    where, values = conditions_of(filters, actor, now)
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT count(*) FROM (SELECT 1 FROM cases_case c WHERE {where} LIMIT {MOST_COUNTED + 1}) x", values
        )
        (count,) = cursor.fetchone()
    return int(count)


class QueueCount(msgspec.Struct, frozen=True):
    """待办数: how many wait, of these how many are late and how many will be soon."""

    count: int
    overdue: int
    soon: int


def count_queues(queues: tuple[Queue, ...], actor: Actor, *, now: int) -> Mapping[str, QueueCount]:
    """The counts of a workbench in one statement: open cases counted by status and by what narrows these queues, then
    added up. Finished work is not counted.
    """
    counted = [queue for queue in queues if not queue.finished and not queue.deciding]
    decided = {queue.key: _count_to_decide(actor, now) for queue in queues if queue.deciding}
    if not counted:
        return decided
    used = [name for name in NARROWINGS if any(getattr(queue, name) for queue in counted)]
    parts = [NARROWINGS[name](actor, day_of(now)) for name in used]
    parts += [_light_condition(light, None, now) for light in ("red", "yellow")]
    *flags, late, soon = (sql for sql, _ in parts)
    keys = ", ".join(["c.status", *flags])
    where, scoped = scope_condition(actor)
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT {keys}, count(*), count(*) FILTER (WHERE {late}), count(*) FILTER (WHERE {soon})"
            f" FROM cases_case c WHERE {OPEN_SQL} AND {where} GROUP BY {', '.join(map(str, range(1, len(flags) + 2)))}",
            [*(value for _, values in parts for value in values), *scoped],
        )
        groups = cursor.fetchall()
    return {**{queue.key: _added_up(queue, used, groups) for queue in counted}, **decided}


def _count_to_decide(actor: Actor, now: int) -> QueueCount:
    """Appeals wait in closed cases, so that these are counted apart, by the index of what waits for a decision."""
    where, values = conditions_of(Filters(queue=TO_DECIDE), actor, now)
    late, soon = (_light_condition(light, TO_DECIDE, now) for light in ("red", "yellow"))
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT count(*), count(*) FILTER (WHERE {late[0]}), count(*) FILTER (WHERE {soon[0]})"
            f" FROM cases_case c WHERE {where}",
            [*late[1], *soon[1], *values],
        )
        return QueueCount(*cursor.fetchone())


def _added_up(queue: Queue, used: list[str], groups: list[tuple[Any, ...]]) -> QueueCount:
    """The groups (status, flags in the order of `used`, three counts) that belong to a queue."""
    statuses = {status.value for status in queue.statuses}
    ours = [
        group
        for group in groups
        if (not statuses or group[0] in statuses)
        and all(flag or not getattr(queue, name) for name, flag in zip(used, group[1:-3], strict=True))
    ]
    return QueueCount(*(sum(group[place] for group in ours) for place in (-3, -2, -1)))
