"""占比: how much of a kind each unit was granted in a period, and how many cases it was given. One statement."""

from __future__ import annotations

from collections.abc import Collection

from gezhi.cases.rules.applications import ApplicationKind
from gezhi.cases.rules.applications.share import ShareAsked
from gezhi.cases.rules.facts import UnitShare
from gezhi.plumbing.database import prepared_cursor

SHARES = """
    SELECT asked.unit, asked.kind, asked.since, asked.until,
        (SELECT count(*) FROM cases_application a
         WHERE a.unit_id = asked.unit AND a.kind = asked.kind AND a.outcome = 'granted'
           AND a.ended_at BETWEEN to_timestamp(asked.since) AND to_timestamp(asked.until)),
        (SELECT count(DISTINCT d.case_id) FROM cases_dispatch d
         WHERE d.unit_id = asked.unit
           AND d.dispatched_at BETWEEN to_timestamp(asked.since) AND to_timestamp(asked.until))
    FROM unnest(%s::bigint[], %s::text[], %s::bigint[], %s::bigint[]) AS asked(unit, kind, since, until)
"""


def find_shares(asked: Collection[ShareAsked]) -> dict[ShareAsked, UnitShare]:
    """What was granted in the period, and how many cases were given in it (rules/applications/share.py)."""
    if not asked:
        return {}
    units, kinds, since, until = map(list, zip(*asked, strict=True))
    with prepared_cursor() as cursor:
        cursor.execute(SHARES, [units, [kind.value for kind in kinds], since, until])
        return {(row[0], ApplicationKind(row[1]), *row[2:4]): UnitShare(*row[4:]) for row in cursor.fetchall()}
