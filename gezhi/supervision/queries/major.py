"""重大案件备案 in somebody's scope: pages, counts, all as a stream, one."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from uuid import UUID

import msgspec
from django.db.models import Count, Q, QuerySet

from gezhi.kernel.permissions import Actor
from gezhi.kernel.problems import NotFound
from gezhi.ledgers.queries.register_search import Sought, meant_in
from gezhi.people.queries import as_datetime
from gezhi.plumbing.register_rows import record_of
from gezhi.supervision.models import MajorCase as Row
from gezhi.supervision.queries.scope import register_of, seen_by
from gezhi.supervision.rules.major_register import MajorCase, MajorState

REGISTER = register_of("supervision_major", text="plan")
CHUNK = 2_000
MOST_COUNTED = 5_000
STANDING = "standing"


class MajorFilter(msgspec.Struct, frozen=True, kw_only=True):
    """筛选条件. State `standing`: all that are not struck off; `overdue_at`: due before this moment and standing."""

    state: str = ""
    level: int | None = None
    unit: int | None = None
    region: str = ""
    overdue_at: int | None = None
    case_id: UUID | None = None
    sought: Sought = Sought()


def _filtered(filters: MajorFilter, actor: Actor) -> QuerySet[Row]:
    plain = {
        "level": filters.level,
        "unit_id": filters.unit,
        "case_id": filters.case_id,
        "area_code__startswith": filters.region or None,
    }
    rows = Row.objects.filter(seen_by(actor))
    rows = rows.filter(**{name: value for name, value in plain.items() if value is not None})
    if filters.state:
        standing = filters.state == STANDING
        rows = rows.exclude(state="struck_off") if standing else rows.filter(state=filters.state)
    if filters.overdue_at is not None:
        rows = rows.exclude(state="struck_off").filter(due_at__lt=as_datetime(filters.overdue_at))
    if filters.sought:
        rows = rows.filter(meant_in(REGISTER, filters.sought))
    return rows


def list_major(
    filters: MajorFilter, actor: Actor, *, after: tuple[datetime, UUID] | None = None, limit: int
) -> list[MajorCase]:
    """One keyset page, the newest first."""
    rows = _filtered(filters, actor)
    if after is not None:
        at, last = after
        rows = rows.filter(Q(listed_at__lt=at) | Q(listed_at=at, id__lt=last))
    return [record_of(MajorCase, row) for row in rows.order_by("-listed_at", "-id")[:limit]]


def stream_major(filters: MajorFilter, actor: Actor) -> Iterator[MajorCase]:
    rows = _filtered(filters, actor).order_by("-listed_at", "-id")
    return (record_of(MajorCase, row) for row in rows.iterator(chunk_size=CHUNK))


def count_major(filters: MajorFilter, actor: Actor, *, now: int, most: int = MOST_COUNTED) -> dict[str, int]:
    """How many by state, how many of them overdue, and the total."""
    newest = _filtered(filters, actor).order_by("-listed_at").values("id")[: most + 1]
    states = {state.value: Count("id", filter=Q(state=state)) for state in MajorState}
    overdue = Count("id", filter=Q(due_at__lt=as_datetime(now)) & ~Q(state="struck_off"))
    return Row.objects.filter(id__in=newest).aggregate(total=Count("id"), overdue=overdue, **states)


def get_major(major_id: UUID, actor: Actor) -> MajorCase:
    row = Row.objects.filter(seen_by(actor), id=major_id).first()
    if row is None:
        raise NotFound
    return record_of(MajorCase, row)


def find_standing_major(case_id: UUID) -> MajorCase | None:
    """The listing of a case that has not been struck off."""
    row = Row.objects.filter(case_id=case_id).exclude(state="struck_off").first()
    return None if row is None else record_of(MajorCase, row)
