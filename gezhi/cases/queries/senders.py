"""举报人: who sent the reports of a case and in which words, read with the case so that no shape can do without."""

from __future__ import annotations

from collections.abc import Collection
from datetime import UTC, datetime
from uuid import UUID

import msgspec
from django.db import connection
from django.db.models import QuerySet

from gezhi.cases.models import SenderOpening
from gezhi.cases.queries.scope import scope_condition
from gezhi.cases.rules.senders.secrecy import OpeningReason
from gezhi.kernel.permissions import Actor
from gezhi.policy.rules.channels import BY_COLLECTOR

MOST_SEARCHED = 50
_AGGREGATE = f"""
    SELECT json_agg(json_build_array(r.id, k.name, k.phone, r.keep_secret, r.description))::text
    FROM cases_report r CROSS JOIN LATERAL (
        SELECT r.name, r.phone UNION ALL
        SELECT e->>'name', e->>'phone' FROM jsonb_array_elements(r.earlier) e
    ) k WHERE (r.channel <> '{BY_COLLECTOR}' OR r.name <> '' OR r.phone <> '') AND
"""
# A case that others were merged into goes on with their reports, which keep the case they came with.
SENDERS = f"""
    CASE WHEN c.report_count = 1 THEN ({_AGGREGATE} r.case_id = c.id)
    ELSE ({_AGGREGATE} r.id = ANY(ARRAY(SELECT (ref->>'id')::uuid FROM jsonb_array_elements(c.state->'reports') ref)))
    END
"""
"""A column over cases_case `c`: its senders as text, also as they were before a correction. Collectors are staff: what
they report hides nobody.
"""


class ReportSender(msgspec.Struct, frozen=True, array_like=True):
    """One sender. Only for masking: what goes out passes through the presenter."""

    report_id: UUID
    name: str
    phone: str
    keep_secret: bool
    words: str


def senders_of(text: str | None) -> tuple[ReportSender, ...]:
    """The senders from the value of SENDERS; none for a case of a collector."""
    return msgspec.json.decode(text, type=tuple[ReportSender, ...]) if text else ()


def find_opened(actor: Actor, report_ids: Collection[UUID], *, now: int) -> frozenset[UUID]:
    """Those of the reports whose sender this person gave a reason for a short while ago."""
    looks = _looks(actor, now).exclude(reason=OpeningReason.SEARCH)
    return frozenset(looks.filter(report_id__in=report_ids).values_list("report_id", flat=True))


def was_searched(actor: Actor, words: str, *, now: int) -> bool:
    """Whether this person looked for the number a short while ago, which then stands on record."""
    return _looks(actor, now).filter(reason=OpeningReason.SEARCH, words=words).exists()


def _looks(actor: Actor, now: int) -> QuerySet[SenderOpening]:
    return SenderOpening.objects.filter(user_id=actor.user_id, until_at__gt=datetime.fromtimestamp(now, UTC))


def find_callers(phone: str, actor: Actor) -> list[tuple[UUID, UUID, str, str]]:
    """(report, case, its number, its area) of the newest reports by the digest of a number, in the person's scope."""
    where, values = scope_condition(actor)
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT s.report_id, c.id, c.no, c.area_code FROM cases_sought s JOIN cases_case c ON c.id = s.case_id"
            f" WHERE s.phone = %s AND {where} ORDER BY c.id DESC LIMIT {MOST_SEARCHED}",
            [phone, *values],
        )
        return list(cursor.fetchall())
