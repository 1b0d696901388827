"""处置工作台与总览取数: a unit's open cases, and the stock and flow of a scope. Constant statements."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django.db import connection

from gezhi.cases.queries.lateness import HANDLING_LATE, LATE
from gezhi.cases.queries.rows import COLUMNS, Row, row_of
from gezhi.cases.queries.scope import Condition, scope_condition
from gezhi.cases.queries.statuses import AT_UNIT, FINISHED_SQL, OPEN_SQL, SUSPENDED_TOO
from gezhi.cases.rules.entries import entry_of
from gezhi.desks.rules.overview import AGE_BANDS, WEEK_S, Flow, Stock
from gezhi.kernel.application_kinds import ApplicationKind
from gezhi.kernel.moments import DAY_S
from gezhi.kernel.permissions import Actor

MOST = 300
UNITS_SHOWN = 12
KINDS = (
    "(" + ", ".join(f"'{kind}'" for kind in ApplicationKind) + ")"
)  # all of them: the index of the ledger begins with the kind

OWN = f"""
    SELECT {COLUMNS} FROM cases_case c
    WHERE c.unit_ids && %s::bigint[] AND c.status IN {SUSPENDED_TOO} AND {OPEN_SQL}
    ORDER BY c.complaint DESC, c.due_at NULLS LAST, c.id LIMIT %s
"""
SAID = """
    SELECT case_id, text FROM cases_log_entry WHERE case_id = ANY(%s) AND kind = 'handed_up' ORDER BY case_id, seq
"""
_LATE, _HANDLING_LATE = (late.format(now="%(now)s") for late in (LATE, HANDLING_LATE))
STOCK = f"""
    SELECT count(*), count(*) FILTER (WHERE c.reported_at < to_timestamp(%(week_ago)s)),
        count(*) FILTER (WHERE {_LATE}), count(*) FILTER (WHERE c.status IN {AT_UNIT}),
        count(*) FILTER (WHERE {_HANDLING_LATE}),
        count(*) FILTER (WHERE c.supervision > 0), count(*) FILTER (WHERE c.supervision > 0 AND {_HANDLING_LATE}),
        count(*) FILTER (WHERE c.major > 0), count(*) FILTER (WHERE c.major > 0 AND {_HANDLING_LATE}),
        count(*) FILTER (WHERE c.difficulty IS NOT NULL)
    FROM cases_case c WHERE {OPEN_SQL} AND {{scope}}
"""
# What was closed since was open then.
FLOW = f"""
    SELECT
        (SELECT count(*) FROM cases_case c WHERE c.reported_at >= to_timestamp(%(midnight)s) AND {{scope}}),
        (SELECT count(*) FROM cases_case c WHERE c.reported_at >= to_timestamp(%(midnight_before)s)
            AND c.reported_at < to_timestamp(%(week_ago)s) AND {{scope}}),
        closed.today, closed.before, asked.today, asked.before, closed.since
    FROM (
        SELECT count(*) FILTER (WHERE c.closed_at >= to_timestamp(%(midnight)s)) AS today,
            count(*) FILTER (WHERE c.closed_at < to_timestamp(%(week_ago)s)) AS before,
            count(*) FILTER (
                WHERE c.closed_at >= to_timestamp(%(week_ago)s) AND c.reported_at < to_timestamp(%(week_ago)s)
            ) AS since
        FROM cases_case c
        WHERE coalesce(c.closed_at, '-infinity') >= to_timestamp(%(midnight_before)s) AND {FINISHED_SQL} AND {{scope}}
    ) closed, (
        SELECT count(*) FILTER (WHERE a.asked_at >= to_timestamp(%(midnight)s)) AS today,
            count(*) FILTER (WHERE a.asked_at < to_timestamp(%(week_ago)s)) AS before
        FROM cases_application a JOIN cases_case c ON c.id = a.case_id
        WHERE a.kind IN {KINDS}
            AND a.asked_at >= to_timestamp(%(midnight_before)s) AND {{scope}}
    ) asked
"""
# Every unit for itself: what it leads or helps with and has not handed over.
BY_UNIT = f"""
    SELECT part.unit, count(*), count(*) FILTER (WHERE {HANDLING_LATE.format(now="%s")}) AS late
    FROM cases_case c CROSS JOIN LATERAL unnest(c.working_ids) AS part(unit)
    WHERE c.status IN {AT_UNIT} AND {OPEN_SQL} AND {{scope}}
    GROUP BY part.unit ORDER BY late DESC, count(*) DESC, part.unit
"""
AGES = """
    SELECT width_bucket(%s - since, %s::bigint[]), count(*), count(*) FILTER (WHERE %s - since >= %s)
    FROM (
        SELECT extract(epoch FROM c.ownerless_since)::bigint AS since FROM cases_case c
        WHERE c.difficulty IS NOT NULL AND {scope}
    ) waiting GROUP BY 1
"""
OWNERLESS = f"""
    SELECT {COLUMNS} FROM cases_case c WHERE c.difficulty IS NOT NULL AND {{scope}}
    ORDER BY c.ownerless_since, c.id LIMIT %s
"""


def _named(condition: Condition) -> tuple[str, dict[str, Any]]:
    """A condition with its parameters by name, so that it may stand in a statement several times."""
    sql, values = condition
    names = [f"scope_{at}" for at in range(len(values))]
    for name in names:
        sql = sql.replace("%s", f"%({name})s", 1)
    return sql, dict(zip(names, values, strict=True))


def list_own(actor: Actor, *, limit: int = MOST) -> list[Row]:
    """What the person's unit and the bodies below it have in hand, most urgent first."""
    with connection.cursor() as cursor:
        cursor.execute(OWN, [list(actor.scope.organisations), limit])
        return [row_of(row) for row in cursor.fetchall()]


def find_crews_words(case_ids: Sequence[UUID]) -> dict[tuple[UUID, int], str]:
    """(case, crew) -> what the crew wrote when it handed up last."""
    with connection.cursor() as cursor:
        cursor.execute(SAID, [list(case_ids)])
        steps = [(case_id, entry_of(text).step) for case_id, text in cursor.fetchall()]
    return {(case_id, step.unit): step.text for case_id, step in steps if step.unit and step.text}


def count_stock(actor: Actor, *, now: int, midnight: int) -> tuple[Stock, Flow]:
    """存量与流量 of the scope; two statements. `midnight` is the beginning of the day."""
    scope, named = _named(scope_condition(actor))
    moments = {
        "now": now,
        "week_ago": now - WEEK_S,
        "midnight": midnight,
        "midnight_before": midnight - 7 * DAY_S,
        **named,
    }
    with connection.cursor() as cursor:
        cursor.execute(STOCK.format(scope=scope), moments)
        opened, still_open, *others = cursor.fetchone()
        cursor.execute(FLOW.format(scope=scope), moments)
        *flows, closed_since = cursor.fetchone()
    return Stock(opened, still_open + closed_since, *others), Flow(*flows)


def count_by_unit(actor: Actor, *, now: int) -> list[tuple[int, int, int]]:
    """(unit, in hand, of these with the handling late) of every unit at work in the scope, the latest first."""
    where, values = scope_condition(actor)
    with connection.cursor() as cursor:
        cursor.execute(BY_UNIT.format(scope=where), [now, *values])
        return list(cursor.fetchall())


def count_ages(actor: Actor, *, now: int) -> tuple[dict[int, int], int]:
    """How many difficult cases of the scope are in each band of age, and how many have waited for a week."""
    where, values = scope_condition(actor)
    edges = [most for most, _, _ in AGE_BANDS]
    with connection.cursor() as cursor:
        cursor.execute(AGES.format(scope=where), [now, edges, now, WEEK_S, *values])
        rows = cursor.fetchall()
    return {band: count for band, count, _ in rows}, sum(week for _, _, week in rows)


def list_ownerless(actor: Actor, *, limit: int) -> list[Row]:
    """The difficult cases of the scope that have waited longest."""
    where, values = scope_condition(actor)
    with connection.cursor() as cursor:
        cursor.execute(OWNERLESS.format(scope=where), [*values, limit])
        return [row_of(row) for row in cursor.fetchall()]
