"""占比控制: each unit's month in one statement: the cases it was given, and what it asked for of each kind."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.db import connection

from gezhi.cases.queries.scope import scope_condition
from gezhi.cases.rules.applications import ApplicationKind
from gezhi.cases.rules.applications.approval_row import ApprovalRow
from gezhi.kernel.permissions import Actor
from gezhi.ledgers.queries.ledger import ledger_scope
from gezhi.ledgers.rules.share import Counted, UnitShares, share_in


def list_unit_shares(
    actor: Actor, matrix: Mapping[ApplicationKind, ApprovalRow], *, since: int, until: int
) -> tuple[UnitShares, ...]:
    """The units of somebody's scope, the worst first. Cases count in the month in which they were reported, as when an
    application is decided.
    """
    given, counted = _given_and_asked(actor, since=since, until=until)
    months = [
        UnitShares(
            unit,
            given.get(unit, 0),
            tuple(
                share_in(row, counted.get((unit, kind), Counted()), given.get(unit, 0)) for kind, row in matrix.items()
            ),
        )
        for unit in {*given, *(unit for unit, _ in counted)}
    ]
    return tuple(sorted(months, key=lambda one: one.urgency))


def _given_and_asked(
    actor: Actor, *, since: int, until: int
) -> tuple[dict[int, int], dict[tuple[int, ApplicationKind], Counted]]:
    cases, case_values = scope_condition(actor)
    rows, row_values = ledger_scope(actor)
    own, own_values = _own_units(actor)
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT u.unit, NULL, count(*), 0, 0, 0, 0 FROM cases_case c,"
            " LATERAL (SELECT DISTINCT unnest(c.unit_ids || c.former_unit_ids) AS unit) u"
            f" WHERE c.reported_at >= to_timestamp(%s) AND c.reported_at < to_timestamp(%s) AND {cases} AND {own}"
            " GROUP BY u.unit"
            " UNION ALL SELECT a.unit_id, a.kind, count(*), count(*) FILTER (WHERE a.outcome = 'granted'),"
            " count(*) FILTER (WHERE a.outcome = 'refused'), count(*) FILTER (WHERE a.outcome IS NULL),"
            " count(*) FILTER (WHERE a.late) FROM cases_application a"
            " WHERE a.kind = ANY(%s) AND a.unit_id IS NOT NULL"
            f" AND a.asked_at >= to_timestamp(%s) AND a.asked_at < to_timestamp(%s) AND {rows}"
            " GROUP BY a.unit_id, a.kind",
            [
                since,
                until,
                *case_values,
                *own_values,
                [kind.value for kind in ApplicationKind],
                since,
                until,
                *row_values,
            ],
        )
        lines = cursor.fetchall()
    given = {unit: count for unit, kind, count, *_ in lines if kind is None}
    return given, {(unit, ApplicationKind(kind)): Counted(*counts) for unit, kind, *counts in lines if kind is not None}


def _own_units(actor: Actor) -> tuple[str, list[Any]]:
    """A unit sees its own share, not that of those with whom it works on a case."""
    if actor.scope.only_own_work:
        return "u.unit = ANY(%s::bigint[])", [list(actor.scope.organisations)]
    return "true", []
