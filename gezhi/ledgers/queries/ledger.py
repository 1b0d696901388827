"""审批台账: pages of applications in somebody's scope, their counts, and all of them as a stream. Constant statements."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import Any
from uuid import UUID

import msgspec
from django.db import connection, transaction

from gezhi.cases.queries.scope import Condition
from gezhi.cases.queries.senders import SENDERS, ReportSender, senders_of
from gezhi.cases.rules.applications import Application, ApplicationKind, ApplicationOutcome, Opinion
from gezhi.kernel.permissions import Actor
from gezhi.ledgers.queries.register_search import CASE_SERIAL, Register, Sought, meant_rows
from gezhi.ledgers.rules.effect import PENDING

MOST_COUNTED = 5_000
CHUNK = 2_000
COLUMNS = (
    "a.case_id, a.no, a.case_no, a.class_key, a.area_code, a.kind, a.unit_id, extract(epoch FROM a.asked_at)::bigint,"
    " a.asked_by, a.role, a.organisation_id, a.late, a.times, a.steps, a.opinions::text, a.outcome,"
    " extract(epoch FROM a.ended_at)::bigint, a.value, a.value_unit, extract(epoch FROM a.until_at)::bigint,"
    " extract(epoch FROM a.old_due_at)::bigint, extract(epoch FROM a.new_due_at)::bigint, a.share, a.ceiling,"
    " a.above, a.exempt, a.shirking, a.reason, a.reason_code, a.form_no, a.minutes, a.minutes_before, a.pictures"
)
ORDER = "a.asked_at DESC, a.case_id DESC, a.no DESC"
REGISTER = Register(
    table="cases_application",
    alias="a",
    numbers={"case_no": CASE_SERIAL},
    text="reason",
    classes="a.class_key = ANY(%s)",
    units="a.unit_id = ANY(%s::bigint[])",
    people="a.asked_by = ANY(%s::bigint[])",
    areas="a.area_code LIKE ANY(%s)",
)


class LedgerFilters(msgspec.Struct, frozen=True, kw_only=True):
    """筛选条件 of a ledger. Moments are epoch seconds; `until` is the first moment that no longer belongs to it."""

    kind: ApplicationKind
    unit: int | None = None
    region: str = ""
    since: int | None = None
    until: int | None = None
    outcome: str = ""
    late: bool | None = None
    sought: Sought = Sought()


class LedgerRow(msgspec.Struct, frozen=True):
    """台账行: one application with what is known of its case."""

    case_id: UUID
    case_no: str
    class_key: str
    area_code: str
    application: Application
    value_unit: str | None
    place: str
    status: str
    senders: tuple[ReportSender, ...]


class LedgerCount(msgspec.Struct, frozen=True):
    """How many rows a ledger has, by outcome; counted to MOST_COUNTED and no further."""

    total: int
    granted: int
    refused: int
    pending: int
    late: int


def ledger_scope(actor: Actor) -> Condition:
    """The rows of the regions, and those of the own organisations; an empty scope sees nothing."""
    scope, parts, values = actor.scope, list[str](), list[Any]()
    if not scope.only_own_work and scope.regions:
        if "" in scope.regions:
            return "true", []
        parts.append("a.area_code LIKE ANY(%s)")
        values.append([f"{region}%" for region in scope.regions])
    if scope.organisations:
        parts.append("a.unit_id = ANY(%s::bigint[])")
        values.append(list(scope.organisations))
    return (f"({' OR '.join(parts)})", values) if parts else ("false", [])


def conditions_of(filters: LedgerFilters, actor: Actor) -> Condition:
    conditions: list[Condition] = [("a.kind = %s", [filters.kind.value]), ledger_scope(actor)]
    if filters.sought:
        conditions.append(meant_rows(REGISTER, filters.sought))
    if filters.outcome == PENDING:
        conditions.append(("a.outcome IS NULL", []))
    plain: list[tuple[str, Any]] = [
        ("a.outcome = %s", filters.outcome if filters.outcome not in {"", PENDING} else None),
        ("a.unit_id = %s", filters.unit),
        ("a.area_code LIKE %s", f"{filters.region}%" if filters.region else None),
        ("a.asked_at >= to_timestamp(%s)", filters.since),
        ("a.asked_at < to_timestamp(%s)", filters.until),
        ("a.late = %s", filters.late),
    ]
    conditions += [(sql, [value]) for sql, value in plain if value is not None]
    return " AND ".join(sql for sql, _ in conditions), [value for _, values in conditions for value in values]


def list_ledger(
    filters: LedgerFilters, actor: Actor, *, after: tuple[datetime, UUID, int] | None, limit: int
) -> list[LedgerRow]:
    """One keyset page, one statement: the page first, then the cases of it."""
    where, values = conditions_of(filters, actor)
    if after is not None:
        where, values = f"{where} AND (a.asked_at, a.case_id, a.no) < (%s, %s, %s)", [*values, *after]
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT {COLUMNS}, c.address, c.status, {SENDERS} FROM"
            f" (SELECT * FROM cases_application a WHERE {where} ORDER BY {ORDER} LIMIT %s) a"
            f" JOIN cases_case c ON c.id = a.case_id ORDER BY {ORDER}",
            [*values, limit],
        )
        return [_row_of(row) for row in cursor.fetchall()]


def count_ledger(filters: LedgerFilters, actor: Actor, *, most: int = MOST_COUNTED) -> LedgerCount:
    """The counts of what is filtered, the newest `most` rows at most; one more row says that there are more."""
    where, values = conditions_of(filters, actor)
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(*), count(*) FILTER (WHERE outcome = 'granted'), count(*) FILTER (WHERE outcome = 'refused'),"
            " count(*) FILTER (WHERE outcome IS NULL), count(*) FILTER (WHERE late) FROM"
            f" (SELECT a.outcome, a.late FROM cases_application a WHERE {where}"
            f" ORDER BY a.asked_at DESC LIMIT {most + 1}) a",
            values,
        )
        return LedgerCount(*cursor.fetchone())


def stream_ledger(filters: LedgerFilters, actor: Actor) -> Iterator[LedgerRow]:
    """All rows of a filter from a cursor of the server: a large ledger needs no more memory than a small one."""
    where, values = conditions_of(filters, actor)
    with transaction.atomic(), connection.chunked_cursor() as cursor:
        cursor.execute(
            f"SELECT {COLUMNS}, c.address, c.status, {SENDERS}"
            " FROM cases_application a JOIN cases_case c ON c.id = a.case_id"
            f" WHERE {where} ORDER BY {ORDER}",
            values,
        )
        while rows := cursor.fetchmany(CHUNK):
            yield from map(_row_of, rows)


def _row_of(row: tuple[Any, ...]) -> LedgerRow:
    (case_id, no, case_no, class_key, area_code, kind, unit, asked, asked_by, role, organisation, late, times, steps,
     opinions, outcome, ended, value, value_unit, until, old_due, new_due, share, ceiling, above, exempt, shirking,
     reason, reason_code, form_no, minutes, minutes_before, pictures, place, status, senders) = row  # fmt: skip
    application = Application(
        no=no,
        kind=ApplicationKind(kind),
        unit=unit or 0,
        asked=asked,
        asked_by=asked_by,
        role=role,
        organisation=organisation,
        reason=reason,
        reason_code=reason_code,
        form_no=form_no,
        minutes=minutes,
        minutes_before=minutes_before,
        steps=tuple(steps),
        opinions=tuple(msgspec.json.decode(opinions, type=list[Opinion])),
        times=times,
        value=value,
        until=until,
        old_due=old_due,
        new_due=new_due,
        outcome=ApplicationOutcome(outcome) if outcome is not None else None,
        ended=ended,
        shirking=shirking,
        late=late,
        share=share,
        ceiling=ceiling,
        above=above,
        exempt=exempt,
        pictures=tuple(pictures),
    )
    return LedgerRow(
        case_id, case_no, class_key, area_code, application, value_unit, place, status, senders_of(senders)
    )
