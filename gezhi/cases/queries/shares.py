"""占比: how much of a kind each unit was granted in a period, and how many cases it was given. One statement."""

from __future__ import annotations

from collections.abc import Mapping

from gezhi.cases.rules.applications import ApplicationKind
from gezhi.cases.rules.facts import UnitShare
from gezhi.plumbing.database import prepared_cursor

SHARES = """
    SELECT asked.unit, asked.kind,
        (SELECT count(*) FROM cases_application a
         WHERE a.unit_id = asked.unit AND a.kind = asked.kind AND a.outcome = 'granted'
           AND a.ended_at BETWEEN to_timestamp(asked.since) AND to_timestamp(asked.until)),
        (SELECT count(DISTINCT d.case_id) FROM cases_dispatch d
         WHERE d.unit_id = asked.unit
           AND d.dispatched_at BETWEEN to_timestamp(asked.since) AND to_timestamp(asked.until))
    FROM unnest(%s::bigint[], %s::text[], %s::bigint[], %s::bigint[]) AS asked(unit, kind, since, until)
"""


Period = tuple[int, int]
"""The first and the last second that count."""


def find_shares(periods: Mapping[tuple[int, ApplicationKind], Period]) -> dict[tuple[int, ApplicationKind], UnitShare]:
    """(unit, kind) with the period -> what was granted in it, and how many cases were given in it.

    What was granted counts by the date of the decision, what was given by that of the dispatch; a case that was given
    to the unit several times counts once.
    """
    if not periods:
        return {}
    units, kinds = [unit for unit, _ in periods], [kind.value for _, kind in periods]
    with prepared_cursor() as cursor:
        cursor.execute(SHARES, [units, kinds, *map(list, zip(*periods.values(), strict=True))])
        return {
            (unit, ApplicationKind(kind)): UnitShare(granted, given) for unit, kind, granted, given in cursor.fetchall()
        }
