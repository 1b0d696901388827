"""派遣台取数: what the hints of a page of waiting cases need to know; one statement each for all cases of the page."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import datetime
from functools import lru_cache
from typing import Any
from uuid import UUID

from django.db import connection

from gezhi.cases.queries.inside_entries import clock_in, dispatched_unit_in, status_in, stays_sent
from gezhi.cases.queries.lateness import HANDLING_LATE, LIGHT, LIGHTS
from gezhi.cases.queries.rows import Row
from gezhi.cases.queries.scope import scope_condition
from gezhi.cases.queries.statuses import AT_UNIT, OPEN_SQL
from gezhi.cases.rules.clocks.clock import ClockKind
from gezhi.desks.rules.dispatch_hints import Load, Neighbour
from gezhi.desks.rules.dispatch_record import DispatchCount
from gezhi.kernel.permissions import Actor
from gezhi.kernel.places import from_e7, metres_between, metres_per_degree

NEAR_METRES = 300
MOST_NEAR = 6

# At work are the stages of handling; what a unit has handed over no longer loads it.
LOADS = f"""
    SELECT unit, sum(in_hand)::int, sum(overdue)::int, sum(due_today)::int, sum(finished)::int FROM (
        SELECT part.unit, count(*) AS in_hand,
            count(*) FILTER (WHERE {HANDLING_LATE.format(now="%(now)s")}) AS overdue,
            count(*) FILTER (
                WHERE c.handling_due_at >= to_timestamp(%(now)s) AND c.handling_due_at < to_timestamp(%(midnight)s)
            ) AS due_today, 0 AS finished
        FROM cases_case c CROSS JOIN LATERAL unnest(c.working_ids) AS part(unit)
        WHERE c.unit_ids && %(units)s::bigint[] AND c.status IN {AT_UNIT} AND {OPEN_SQL}
        GROUP BY part.unit
        UNION ALL
        SELECT part.unit, 0, 0, 0, count(*)
        FROM cases_case c CROSS JOIN LATERAL unnest(c.former_unit_ids) AS part(unit)
        WHERE coalesce(c.closed_at, '-infinity') >= to_timestamp(%(since)s)
            AND c.former_unit_ids && %(units)s::bigint[]
        GROUP BY part.unit
    ) counted WHERE unit = ANY(%(units)s) GROUP BY unit
"""
NEAR = f"""
    SELECT asked.key, found.id::text, found.no, found.is_open, found.unit, found.lon, found.lat, found.light
    FROM unnest(
        %s::uuid[], %s::text[], %s::float8[], %s::float8[], %s::float8[], %s::float8[], %s::float8[], %s::float8[]
    ) AS asked(key, class_key, lon, lat, west, south, east, north)
    CROSS JOIN LATERAL (
        SELECT c.id, c.no, {OPEN_SQL} AS is_open, c.lon, c.lat, c.last_unit_id AS unit,
            {LIGHT.format(now="%s")} AS light
        FROM cases_case c
        WHERE point(c.lon, c.lat) <@ box(point(asked.west, asked.south), point(asked.east, asked.north))
            AND c.class_key = asked.class_key AND c.id <> asked.key
            AND (c.unit_id IS NOT NULL OR c.former_unit_ids <> '{{{{}}}}') AND {{scope}}
        ORDER BY point(c.lon, c.lat) <-> point(asked.lon, asked.lat), c.id LIMIT {MOST_NEAR}
    ) found
"""
RETURNED = """
    SELECT unit_id, class_key, count(*) FROM cases_application
    WHERE kind = 'send_back' AND outcome = 'granted' AND unit_id = ANY(%s) AND class_key = ANY(%s)
        AND asked_at >= to_timestamp(%s)
    GROUP BY unit_id, class_key
"""
# Each dispatch with what became of it: the next step that took the case from the unit, and where it went then.
RECORD = f"""
    WITH given AS (
        SELECT e.case_id, e.seq, e.recorded_at >= %(month)s AS is_now, e.recorded_at, e.text
        FROM cases_log_entry e
        WHERE e.actor_id = ANY(%(people)s) AND e.recorded_at >= %(before)s AND e.recorded_at < %(until)s
            AND e.kind = 'dispatched' AND {stays_sent("e")}
    ), judged AS (
        SELECT given.is_now, clock.used, clock.late, taken.kind AS taken,
            next.unit IS NOT NULL AND next.unit <> {dispatched_unit_in("given")} AS to_another
        FROM given
        LEFT JOIN LATERAL ({clock_in("given", ClockKind.DISPATCH)}) clock ON true
        LEFT JOIN LATERAL (
            SELECT l.kind, l.seq FROM cases_log_entry l
            WHERE l.case_id = given.case_id AND l.seq > given.seq
                AND (l.kind IN ('recalled', 'inspection_failed', 'closed')
                    OR l.kind = 'dispatched' AND {stays_sent("l")}
                    OR l.kind = 'send_back_granted' AND {status_in("l")} = 'registered')
            ORDER BY l.seq LIMIT 1
        ) taken ON true
        LEFT JOIN LATERAL (
            SELECT {dispatched_unit_in("l")} AS unit FROM cases_log_entry l
            WHERE l.case_id = given.case_id AND l.seq > taken.seq AND l.kind = 'dispatched'
                AND {stays_sent("l")} AND taken.kind IN ('recalled', 'send_back_granted')
            ORDER BY l.seq LIMIT 1
        ) next ON true
    )
    SELECT is_now, count(*), count(*) FILTER (WHERE NOT late), count(*) FILTER (WHERE sent_back),
        count(*) FILTER (WHERE recalled), count(*) FILTER (WHERE to_another),
        count(*) FILTER (WHERE sent_back OR (recalled AND to_another)),
        percentile_disc(0.5) WITHIN GROUP (ORDER BY used)
    FROM (
        SELECT is_now, coalesce(used, 0) AS used, coalesce(late, false) AS late, to_another,
            coalesce(taken = 'send_back_granted', false) AS sent_back, coalesce(taken = 'recalled', false) AS recalled
        FROM judged
    ) counted
    GROUP BY is_now
"""


def find_loads(units: Iterable[int], *, now: int, midnight: int, since: int) -> dict[int, Load]:
    """What each unit has in hand, and of it by the handling late or due until midnight; finished from `since`."""
    unit_ids = sorted(set(units))
    if not unit_ids:
        return {}
    with connection.cursor() as cursor:
        cursor.execute(LOADS, {"units": unit_ids, "now": now, "midnight": midnight, "since": since})
        return {unit: Load(*counts) for unit, *counts in cursor.fetchall()}


def find_near(rows: Sequence[Row], actor: Actor, *, now: int) -> dict[UUID, list[Neighbour]]:
    """Cases of the same class around each, the nearest first, that some unit has or had."""
    if not rows:
        return {}
    boxes = [_box_of(row) for row in rows]
    where, values = scope_condition(actor)
    neighbours: dict[UUID, list[Neighbour]] = defaultdict(list)
    places = {row.id: (one[2], one[3]) for row, one in zip(rows, boxes, strict=True)}
    with connection.cursor() as cursor:
        asked = (list(column) for column in zip(*boxes, strict=True))
        cursor.execute(NEAR.format(scope=where), [*asked, now, now, *values])
        for key, case, no, is_open, unit, lon, lat, light in cursor.fetchall():
            metres = round(metres_between(*places[key], lon, lat))
            neighbours[key].append(Neighbour(case, no, is_open, unit, metres, lon, lat, LIGHTS[light]))
    return neighbours


def _box_of(row: Row) -> tuple[Any, ...]:
    lon, lat = from_e7(row.state.place.lon), from_e7(row.state.place.lat)
    east, north = metres_per_degree(lat)
    wide, high = NEAR_METRES / east, NEAR_METRES / north
    return row.id, row.state.subject.class_key, lon, lat, lon - wide, lat - high, lon + wide, lat + high


def count_returned(units: Iterable[int], classes: Iterable[str], *, since: int) -> dict[tuple[int, str], int]:
    """(unit, class) -> how many the unit was allowed to send back."""
    unit_ids = sorted(set(units))
    if not unit_ids:
        return {}
    with connection.cursor() as cursor:
        cursor.execute(RETURNED, [unit_ids, sorted(set(classes)), since])
        return {(unit, class_key): count for unit, class_key, count in cursor.fetchall()}


def read_record(people: Sequence[int], months: tuple[datetime, datetime, datetime]) -> dict[bool, DispatchCount]:
    """What these people together dispatched in a month (True) and in the one before (False); the three beginnings."""
    before, month, until = months
    values: dict[str, Any] = {"people": list(people), "before": before, "month": month, "until": until}
    with connection.cursor() as cursor:
        cursor.execute(RECORD, values)
        return {is_now: DispatchCount(*counts) for is_now, *counts in cursor.fetchall()}


@lru_cache(maxsize=32)
def read_centre_record(  # the window is only a part of the key
    people: tuple[int, ...],
    month: datetime,
    until: datetime,
    window: int,  # noqa: ARG001
) -> DispatchCount:
    """全中心 in a month; looked up once for each `window` of some minutes, because a large centre has many."""
    return read_record(people, (month, month, until)).get(True, DispatchCount())
