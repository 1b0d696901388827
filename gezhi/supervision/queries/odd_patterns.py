"""异常规律取数: the deeds that each pattern looks at, counted for whoever did them; and the cases behind one of them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

import msgspec
from django.db import connection

from gezhi.cases.queries.inside_entries import clock_in
from gezhi.cases.queries.scope import Condition, scope_condition
from gezhi.cases.rules.clocks.clock import ClockKind
from gezhi.kernel.permissions import Actor
from gezhi.policy.rules.channels import BY_COLLECTOR
from gezhi.supervision.rules.odd_patterns import THRESHOLDS, Of, Pattern, Tally

# A deed: case, person, body, with whom or where (of a person, of a body), under which circumstances, and whether the
# pattern is about it.
_IN_TIME = "e.recorded_at >= to_timestamp(%s) AND e.recorded_at < to_timestamp(%s)"
_STREET = "substr(c.area_code, 1, 9)"
_DEEDS: dict[Pattern, str] = {
    Pattern.REPORTED_HANDLED: f"""
        SELECT c.id, e.actor_id, e.organisation_id, begun.actor_id::text, begun.organisation_id::text, {_STREET}, true
        FROM (
            SELECT DISTINCT ON (e.case_id) * FROM cases_log_entry e WHERE e.kind = 'handed_over' AND {_IN_TIME}
            ORDER BY e.case_id, e.seq DESC
        ) e JOIN cases_log_entry begun ON begun.case_id = e.case_id AND begun.seq = 1
        JOIN cases_case c ON c.id = e.case_id WHERE c.channel = '{BY_COLLECTOR}' AND {{scope}}
    """,
    Pattern.HANDLED_INSPECTED: f"""
        SELECT c.id, handed.actor_id, handed.organisation_id, e.actor_id::text, e.organisation_id::text, {_STREET}, true
        FROM cases_log_entry e JOIN cases_case c ON c.id = e.case_id CROSS JOIN LATERAL (
            SELECT h.actor_id, h.organisation_id FROM cases_log_entry h
            WHERE h.case_id = e.case_id AND h.seq < e.seq AND h.kind = 'handed_over' ORDER BY h.seq DESC LIMIT 1
        ) handed WHERE e.kind = 'inspection_passed' AND {_IN_TIME} AND {{scope}}
    """,
    Pattern.ONE_SPOT: f"""
        SELECT c.id, e.actor_id, e.organisation_id, spot.text, spot.text, '', true
        FROM cases_log_entry e JOIN cases_case c ON c.id = e.case_id CROSS JOIN LATERAL (
            SELECT round(c.lon::numeric, 4) || ',' || round(c.lat::numeric, 4) AS text
        ) spot
        WHERE e.seq = 1 AND e.kind IN ('reported', 'self_handled') AND c.channel = '{BY_COLLECTOR}'
            AND {_IN_TIME} AND {{scope}}
    """,
    Pattern.CLOCK_OUT: f"""
        SELECT c.id, e.actor_id, e.organisation_id, '', '', e.kind, EXISTS (
            SELECT FROM (
                SELECT to_timestamp(unnest) AS at FROM unnest(%s::bigint[])
                UNION ALL SELECT shift.ends_at FROM people_desk_shift shift WHERE shift.user_id = e.actor_id
                    AND shift.ends_at >= e.recorded_at AND shift.starts_at < e.recorded_at
            ) shift_end WHERE e.recorded_at > shift_end.at - %s * interval '1 second' AND e.recorded_at <= shift_end.at
        )
        FROM cases_log_entry e JOIN cases_case c ON c.id = e.case_id
        WHERE e.kind IN ('reported', 'verification_completed', 'handed_over', 'inspection_passed', 'inspection_failed')
            AND (e.kind <> 'reported' OR c.channel = '{BY_COLLECTOR}') AND {_IN_TIME} AND {{scope}}
    """,
    Pattern.DEADLINE: f"""
        SELECT c.id, e.actor_id, e.organisation_id, '', '', '',
            e.recorded_at > clock.due_at - %s * interval '1 second' AND e.recorded_at <= clock.due_at
        FROM cases_log_entry e JOIN cases_case c ON c.id = e.case_id
        CROSS JOIN LATERAL ({clock_in("e", ClockKind.HANDLING)}) clock
        WHERE e.kind = 'handed_over' AND {_IN_TIME} AND {{scope}}
    """,
    Pattern.SAME_PICTURES: f"""
        SELECT c.id, e.actor_id, e.organisation_id, '', '', '', EXISTS (
            SELECT FROM plumbing_same_picture pair CROSS JOIN LATERAL (
                SELECT pair.earlier AS sha256
                UNION ALL SELECT drawn.sha256 FROM plumbing_picture drawn WHERE drawn.shown_as = pair.earlier
            ) shown JOIN cases_picture_use other ON other.sha256 = shown.sha256
            WHERE pair.sha256 = used.sha256 AND other.case_id <> used.case_id
        )
        FROM cases_log_entry e JOIN cases_picture_use used ON used.case_id = e.case_id AND used.seq = e.seq
        JOIN cases_case c ON c.id = e.case_id WHERE {_IN_TIME} AND {{scope}}
        UNION ALL
        SELECT * FROM (
            SELECT DISTINCT ON (c.user_id, c.sha256) c.case_id, c.user_id, c.organisation_id, '', '', '', true
            FROM (
                SELECT refused.*, refused.user_id AS collector_id, refused.user_id AS reported_by,
                    ARRAY[refused.organisation_id] AS unit_ids, ARRAY[]::bigint[] AS former_unit_ids
                FROM cases_refused_picture refused
            ) c WHERE c.refused_at >= to_timestamp(%s) AND c.refused_at < to_timestamp(%s) AND {{scope}}
            ORDER BY c.user_id, c.sha256
        ) refused
    """,
    Pattern.CAPTURE_FACTS: f"""
        SELECT c.id, e.actor_id, e.organisation_id, '', '', e.kind, p.taken_at IS NULL OR p.edited_with <> ''
        FROM cases_log_entry e JOIN cases_picture_use used ON used.case_id = e.case_id AND used.seq = e.seq
        JOIN plumbing_picture p ON p.sha256 = used.sha256
        JOIN cases_case c ON c.id = e.case_id WHERE {_IN_TIME} AND {{scope}}
    """,
}
_COLUMNS = "deed (case_id, person, body, with_person, with_body, among, hit)"
_BY: dict[Of, tuple[str, str]] = {Of.PERSON: ("person", "with_person"), Of.BODY: ("body", "with_body")}


class Window(msgspec.Struct, frozen=True):
    """From when to when deeds count, and when in between people went home."""

    since: int
    until: int
    closings: tuple[int, ...] = ()


class CaseBehind(msgspec.Struct, frozen=True):
    """A case that a pattern is about."""

    id: UUID
    no: str
    class_key: str
    area_code: str
    reported_at: datetime


def _deeds(pattern: Pattern, window: Window, actor: Actor) -> Condition:
    where, scoped = scope_condition(actor)
    time, within = [window.since, window.until], THRESHOLDS[pattern].within_s
    sql = _DEEDS[pattern].format(scope=where)
    match pattern:
        case Pattern.CLOCK_OUT:
            return sql, [list(window.closings), within, *time, *scoped]
        case Pattern.DEADLINE:
            return sql, [within, *time, *scoped]
        case Pattern.SAME_PICTURES:
            return sql, [*time, *scoped, *time, *scoped]
        case _:
            return sql, [*time, *scoped]


def count_deeds(pattern: Pattern, of: Of, window: Window, actor: Actor) -> list[Tally]:
    """One statement; as many rows as there are people times circumstances."""
    sql, values = _deeds(pattern, window, actor)
    subject, key = _BY[of]
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT {subject}, {key}, among, count(*) FILTER (WHERE hit), count(*) FROM ({sql}) {_COLUMNS}"
            " GROUP BY 1, 2, 3",
            values,
        )
        return [Tally(*row) for row in cursor.fetchall()]


def list_cases_behind(
    pattern: Pattern,
    of: Of,
    whose: tuple[int, str],
    window: Window,
    actor: Actor,
    *,
    after: Sequence[Any] | None = None,
    limit: int,
) -> list[CaseBehind]:
    """One keyset page, the newest case first; `whose`: who, and with whom or where."""
    sql, values = _deeds(pattern, window, actor)
    subject, key = _BY[of]
    beyond = "AND (c.reported_at, c.id) < (%s, %s)" if after is not None else ""
    with connection.cursor() as cursor:
        cursor.execute(
            f"""
            SELECT c.id, c.no, c.class_key, c.area_code, c.reported_at FROM cases_case c
            WHERE c.id IN (SELECT case_id FROM ({sql}) {_COLUMNS} WHERE {subject} = %s AND {key} = %s AND hit) {beyond}
            ORDER BY c.reported_at DESC, c.id DESC LIMIT %s
            """,
            [*values, *whose, *(after or ()), limit],
        )
        return [CaseBehind(*row) for row in cursor.fetchall()]
