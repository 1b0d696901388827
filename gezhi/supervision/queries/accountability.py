"""问责台账 in somebody's scope, and what the rule rows propose for it. Constant statements."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import datetime
from uuid import UUID

import msgspec
from django.db import connection
from django.db.models import Count, Q, QuerySet

from gezhi.cases.queries.lateness import COUNTED, IN_TIME, PAST_DUE
from gezhi.cases.queries.states import decode_state
from gezhi.cases.queries.statuses import OPEN_SQL
from gezhi.cases.rules.state import CaseState
from gezhi.kernel.moments import DAY_S
from gezhi.kernel.permissions import Actor
from gezhi.kernel.problems import NotFound
from gezhi.ledgers.queries.register_search import Sought, meant_in
from gezhi.people.queries import as_datetime
from gezhi.plumbing.register_rows import record_of
from gezhi.supervision.models import AccountabilityEntry
from gezhi.supervision.queries.scope import register_of, seen_by
from gezhi.supervision.rules.accountability import AccountabilityKind, AccountabilityRecord, EntryState
from gezhi.supervision.rules.accountability_rules import AccountabilityRow, MonthRate

REGISTER = register_of("supervision_accountability", text="cause")
CHUNK = 2_000
MOST_COUNTED = 5_000
# Reported in the days that the row looks back over, or open still.
RECENT = f"(c.reported_at >= to_timestamp(%({{0}}_since)s) OR {OPEN_SQL})"
# Only what this unit was ordered, and only where its handling clock really ran out: an order by hand proves nothing.
ORDERED = f"""
    (c.id, c.last_unit_id) IN (
             SELECT o.case_id, o.unit_id FROM supervision_order o
             WHERE o.state <> 'lifted' OR o.lifted_at >= to_timestamp(%({{{{0}}}}_since)s)
             GROUP BY o.case_id, o.unit_id HAVING {{counted}} >= %({{{{0}}}}_most)s)
    AND {PAST_DUE}
"""
STRONG: dict[str, str] = {
    AccountabilityKind.OVERDUE: ORDERED.format(counted="max(o.level)"),
    AccountabilityKind.REPEATS: f"c.report_count >= %({{0}}_most)s AND {RECENT} AND {PAST_DUE}",
    AccountabilityKind.COMPLAINT: f"c.complaint AND %({{0}}_most)s > 0 AND {RECENT} AND {PAST_DUE}",
    AccountabilityKind.REOPENED: f"c.reopened >= %({{0}}_most)s AND {RECENT}",
    AccountabilityKind.ORDERS: ORDERED.format(counted="count(*)"),
}
PROPOSED = """
    SELECT '{kind}', c.id, c.state::text FROM cases_case c
    WHERE {condition} AND c.last_unit_id IS NOT NULL
      AND NOT EXISTS (SELECT 1 FROM supervision_accountability a WHERE a.case_id = c.id AND a.kind = '{kind}')
"""
RATES = f"""
    SELECT c.last_unit_id, to_char(c.closed_at AT TIME ZONE 'Asia/Shanghai', 'YYYY-MM') AS month,
      count(*), count(*) FILTER (WHERE {IN_TIME})
    FROM cases_case c
    WHERE c.status = 'closed' AND coalesce(c.closed_at, '-infinity') >= to_timestamp(%s)
      AND coalesce(c.closed_at, '-infinity') < to_timestamp(%s) AND {COUNTED} AND c.last_unit_id IS NOT NULL
    GROUP BY c.last_unit_id, month
"""


class EntryFilter(msgspec.Struct, frozen=True, kw_only=True):
    """筛选条件. Moments are epoch seconds."""

    state: str = ""
    kind: str = ""
    unit: int | None = None
    region: str = ""
    late: bool | None = None
    since: int | None = None
    until: int | None = None
    case_id: UUID | None = None
    sought: Sought = Sought()


def _filtered(filters: EntryFilter, actor: Actor) -> QuerySet[AccountabilityEntry]:
    plain = {
        "state": filters.state or None,
        "kind": filters.kind or None,
        "unit_id": filters.unit,
        "late": filters.late,
        "case_id": filters.case_id,
        "area_code__startswith": filters.region or None,
        "proposed_at__gte": None if filters.since is None else as_datetime(filters.since),
        "proposed_at__lt": None if filters.until is None else as_datetime(filters.until),
    }
    rows = AccountabilityEntry.objects.filter(seen_by(actor))
    rows = rows.filter(**{name: value for name, value in plain.items() if value is not None})
    if filters.sought:
        rows = rows.filter(meant_in(REGISTER, filters.sought))
    return rows


def list_entries(
    filters: EntryFilter, actor: Actor, *, after: tuple[datetime, UUID] | None = None, limit: int
) -> list[AccountabilityRecord]:
    """One keyset page, the newest first."""
    rows = _filtered(filters, actor)
    if after is not None:
        at, last = after
        rows = rows.filter(Q(proposed_at__lt=at) | Q(proposed_at=at, id__lt=last))
    return [record_of(AccountabilityRecord, row) for row in rows.order_by("-proposed_at", "-id")[:limit]]


def stream_entries(filters: EntryFilter, actor: Actor) -> Iterator[AccountabilityRecord]:
    rows = _filtered(filters, actor).order_by("-proposed_at", "-id")
    return (record_of(AccountabilityRecord, row) for row in rows.iterator(chunk_size=CHUNK))


def count_entries(filters: EntryFilter, actor: Actor, *, most: int = MOST_COUNTED) -> dict[str, int]:
    """How many by state, with the total; the newest 5,000 at most."""
    newest = _filtered(filters, actor).order_by("-proposed_at").values("id")[: most + 1]
    states = {state.value: Count("id", filter=Q(state=state)) for state in EntryState}
    return AccountabilityEntry.objects.filter(id__in=newest).aggregate(total=Count("id"), **states)


def get_entry(entry_id: UUID, actor: Actor) -> AccountabilityRecord:
    row = AccountabilityEntry.objects.filter(seen_by(actor), id=entry_id).first()
    if row is None:
        raise NotFound
    return record_of(AccountabilityRecord, row)


def find_by_natural_keys(keys: Iterable[str]) -> dict[str, str]:
    """Natural key → number of what stands in the ledger already."""
    rows = AccountabilityEntry.objects.filter(natural_key__in=list(keys))
    return dict(rows.values_list("natural_key", "no"))


def list_strong_problems(
    rows: dict[str, AccountabilityRow], *, now: int, limit: int
) -> list[tuple[str, UUID, CaseState]]:
    """(kind, case) of what the rows name and the ledger does not have yet, in one statement."""
    parts: list[str] = []
    values: dict[str, int] = {"limit": limit, "now": now}
    for kind, condition in STRONG.items():
        row = rows[kind]
        if row.active:
            parts.append(PROPOSED.format(kind=row.kind.value, condition=condition.format(row.kind.value)))
            values |= {f"{row.kind.value}_since": now - row.days * DAY_S, f"{row.kind.value}_most": row.threshold}
    if not parts:
        return []
    with connection.cursor() as cursor:
        cursor.execute(f"{' UNION ALL '.join(parts)} LIMIT %(limit)s", values)
        return [(kind, case_id, decode_state(text)) for kind, case_id, text in cursor.fetchall()]


def list_rates(since: int, until: int) -> list[MonthRate]:
    """按期处置率 of each unit and month: closed cases by the last leading unit; appeals that were granted do not count."""
    with connection.cursor() as cursor:
        cursor.execute(RATES, [since, until])
        return [MonthRate(*row) for row in cursor.fetchall()]
