"""举报人: who sent the reports of a case and in which words, read with the case so that no shape can do without."""

from __future__ import annotations

from collections.abc import Collection
from datetime import UTC, datetime
from uuid import UUID

import msgspec

from gezhi.cases.models import SenderOpening
from gezhi.cases.rules.channels import BY_COLLECTOR
from gezhi.kernel.permissions import Actor

_AGGREGATE = f"""
    SELECT json_agg(json_build_array(r.id, r.name, r.phone, r.keep_secret, r.description))::text
    FROM cases_report r WHERE (r.channel <> '{BY_COLLECTOR}' OR r.name <> '' OR r.phone <> '') AND
"""
# A case that others were merged into goes on with their reports, which keep the case they came with.
SENDERS = f"""
    CASE WHEN c.report_count = 1 THEN ({_AGGREGATE} r.case_id = c.id)
    ELSE ({_AGGREGATE} r.id = ANY(ARRAY(SELECT (ref->>'id')::uuid FROM jsonb_array_elements(c.state->'reports') ref)))
    END
"""
"""A column over cases_case `c`: its senders as text. Collectors are staff: what they report hides nobody."""


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
    open_now = SenderOpening.objects.filter(user_id=actor.user_id, until_at__gt=datetime.fromtimestamp(now, UTC))
    return frozenset(open_now.filter(report_id__in=report_ids).values_list("report_id", flat=True))
