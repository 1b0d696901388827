"""查看记录: who looked at which sender."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from functools import reduce
from operator import or_
from uuid import UUID

import msgspec
from django.db.models import Q, QuerySet

from gezhi.cases.models import SenderOpening
from gezhi.cases.rules.senders.secrecy import Opening
from gezhi.kernel.permissions import Actor
from gezhi.ledgers.queries.register_search import CASE_SERIAL, Register, Sought, meant_in

MOST_COUNTED = 5_000
CHUNK = 1_000
REGISTER = Register(
    table="cases_sender_opening",
    alias="cases_sender_opening",
    numbers={"case_no": CASE_SERIAL},
    units="cases_sender_opening.organisation_id = ANY(%s::bigint[])",
    people="cases_sender_opening.user_id = ANY(%s::bigint[])",
    areas="cases_sender_opening.area_code LIKE ANY(%s)",
)


class OpeningFilter(msgspec.Struct, frozen=True, kw_only=True):
    """筛选条件 of the records. Moments are epoch seconds; `until` is the first that no longer belongs to it."""

    sought: Sought = Sought()
    user: int | None = None
    reason: str = ""
    since: int | None = None
    until: int | None = None


def list_openings(
    filters: OpeningFilter, actor: Actor, *, after: tuple[datetime, UUID] | None = None, limit: int
) -> list[Opening]:
    """The newest first."""
    rows = _filtered(filters, actor)
    if after is not None:
        at, last = after
        rows = rows.filter(Q(opened_at__lt=at) | Q(opened_at=at, id__lt=last))
    return [_opening_of(row) for row in rows.order_by("-opened_at", "-id")[:limit]]


def stream_openings(filters: OpeningFilter, actor: Actor) -> Iterator[Opening]:
    rows = _filtered(filters, actor).order_by("-opened_at", "-id")
    return (_opening_of(row) for row in rows.iterator(chunk_size=CHUNK))


def count_openings(filters: OpeningFilter, actor: Actor) -> int:
    """Counted to MOST_COUNTED and no further."""
    return _filtered(filters, actor)[: MOST_COUNTED + 1].count()


def _filtered(filters: OpeningFilter, actor: Actor) -> QuerySet[SenderOpening]:
    if not actor.scope.regions:
        return SenderOpening.objects.none()
    rows = SenderOpening.objects.filter(reduce(or_, (Q(area_code__startswith=one) for one in actor.scope.regions)))
    if filters.sought:
        rows = rows.filter(meant_in(REGISTER, filters.sought))
    if filters.user is not None:
        rows = rows.filter(user_id=filters.user)
    if filters.reason:
        rows = rows.filter(reason=filters.reason)
    if filters.since is not None:
        rows = rows.filter(opened_at__gte=_moment(filters.since))
    return rows if filters.until is None else rows.filter(opened_at__lt=_moment(filters.until))


def _opening_of(row: SenderOpening) -> Opening:
    return Opening(
        id=row.id,
        report_id=row.report_id,
        case_id=row.case_id,
        case_no=row.case_no,
        area_code=row.area_code,
        user_id=row.user_id,
        post_id=row.post_id,
        organisation_id=row.organisation_id,
        reason=row.reason,
        words=row.words,
        client=row.client,
        opened_at=int(row.opened_at.timestamp()),
        until_at=int(row.until_at.timestamp()),
    )


def _moment(at: int) -> datetime:
    return datetime.fromtimestamp(at, UTC)
