"""占比控制: each unit's month, and the last days that the next decision looks at. Two statements."""

from __future__ import annotations

from collections.abc import Mapping

from django.db import connection

from gezhi.cases.queries.shares import find_shares
from gezhi.cases.rules.applications import ApplicationKind
from gezhi.cases.rules.applications.approval_row import ApprovalRow
from gezhi.kernel.moments import DAY_S
from gezhi.kernel.permissions import Actor
from gezhi.ledgers.queries.ledger import ledger_scope
from gezhi.ledgers.rules.share import Counted, UnitShares, share_in

MONTH = """
    SELECT a.unit_id, NULL, count(DISTINCT a.case_id), 0, 0, 0, 0 FROM cases_dispatch a
    WHERE a.dispatched_at >= to_timestamp(%s) AND a.dispatched_at < to_timestamp(%s) AND {scope} GROUP BY a.unit_id
    UNION ALL
    SELECT a.unit_id, a.kind, count(*) FILTER (WHERE asked), count(*) FILTER (WHERE granted),
        count(*) FILTER (WHERE asked AND a.outcome = 'refused'), count(*) FILTER (WHERE asked AND a.outcome IS NULL),
        count(*) FILTER (WHERE asked AND a.late)
    FROM (
        SELECT a.*, a.asked_at >= begins AND a.asked_at < ends AS asked,
            coalesce(a.outcome = 'granted' AND a.ended_at >= begins AND a.ended_at < ends, false) AS granted
        FROM cases_application a, (SELECT to_timestamp(%s) AS begins, to_timestamp(%s) AS ends) month
        WHERE a.kind = ANY(%s) AND a.unit_id IS NOT NULL AND {scope}
            AND ((a.asked_at >= begins AND a.asked_at < ends)
                OR (a.outcome = 'granted' AND a.ended_at >= begins AND a.ended_at < ends))
    ) a GROUP BY a.unit_id, a.kind
"""


def list_unit_shares(
    actor: Actor, matrix: Mapping[ApplicationKind, ApprovalRow], *, since: int, until: int, now: int
) -> tuple[UnitShares, ...]:
    """The units of somebody's scope, the worst first. A month has what was dispatched and what was decided in it; the
    next decision looks at all that the unit had in the last days, in whatever region.
    """
    given, counted = _given_and_asked(actor, since=since, until=until)
    units = {*given, *(unit for unit, _ in counted)}
    asked = [(unit, kind, now - row.share_days * DAY_S, now) for unit in sorted(units) for kind, row in matrix.items()]
    lately = {(unit, kind): share for (unit, kind, *_), share in find_shares(asked).items()}
    months = [
        UnitShares(
            unit,
            given.get(unit, 0),
            tuple(
                share_in(row, counted.get((unit, kind), Counted()), given.get(unit, 0), lately[unit, kind])
                for kind, row in matrix.items()
            ),
        )
        for unit in units
    ]
    return tuple(sorted(months, key=lambda one: one.urgency))


def _given_and_asked(
    actor: Actor, *, since: int, until: int
) -> tuple[dict[int, int], dict[tuple[int, ApplicationKind], Counted]]:
    scope, values = ledger_scope(actor)
    kinds = [kind.value for kind in ApplicationKind]
    with connection.cursor() as cursor:
        cursor.execute(MONTH.format(scope=scope), [since, until, *values, since, until, kinds, *values])
        lines = cursor.fetchall()
    given = {unit: count for unit, kind, count, *_ in lines if kind is None}
    return given, {(unit, ApplicationKind(kind)): Counted(*counts) for unit, kind, *counts in lines if kind is not None}
