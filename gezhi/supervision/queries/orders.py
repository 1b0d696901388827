"""督办单 in somebody's scope: pages, counts, all as a stream, and one with its events. Constant statements."""

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
from gezhi.supervision.models import Order
from gezhi.supervision.queries.scope import register_of, seen_by
from gezhi.supervision.rules import orders

REGISTER = register_of("supervision_order", text="requirement", people="supervision_order.addressees && %s::bigint[]")
CHUNK = 2_000
MOST_COUNTED = 5_000
STANDING = "standing"


class OrderFilter(msgspec.Struct, frozen=True, kw_only=True):
    """筛选条件. Moments are epoch seconds, `until` no longer belongs to it; state `standing`: all but lifted."""

    state: str = ""
    kind: str = ""
    level: int | None = None
    unit: int | None = None
    region: str = ""
    late: bool | None = None
    overdue_at: int | None = None
    since: int | None = None
    until: int | None = None
    case_id: UUID | None = None
    sought: Sought = Sought()


def _filtered(filters: OrderFilter, actor: Actor) -> QuerySet[Order]:
    rows = Order.objects.filter(seen_by(actor))
    plain = {
        "kind": filters.kind or None,
        "level": filters.level,
        "unit_id": filters.unit,
        "late": filters.late,
        "case_id": filters.case_id,
        "area_code__startswith": filters.region or None,
        "ordered_at__gte": None if filters.since is None else as_datetime(filters.since),
        "ordered_at__lt": None if filters.until is None else as_datetime(filters.until),
    }
    rows = rows.filter(**{name: value for name, value in plain.items() if value is not None})
    if filters.state:
        rows = rows.exclude(state="lifted") if filters.state == STANDING else rows.filter(state=filters.state)
    if filters.overdue_at is not None:
        rows = rows.filter(state__in=orders.AWAITING, due_at__lt=as_datetime(filters.overdue_at))
    if filters.sought:
        rows = rows.filter(meant_in(REGISTER, filters.sought))
    return rows


def list_orders(
    filters: OrderFilter, actor: Actor, *, after: tuple[datetime, UUID] | None = None, limit: int
) -> list[orders.Order]:
    """One keyset page, the newest first."""
    rows = _filtered(filters, actor)
    if after is not None:
        at, last = after
        rows = rows.filter(Q(ordered_at__lt=at) | Q(ordered_at=at, id__lt=last))
    return [record_of(orders.Order, row) for row in rows.order_by("-ordered_at", "-id")[:limit]]


def stream_orders(filters: OrderFilter, actor: Actor) -> Iterator[orders.Order]:
    rows = _filtered(filters, actor).order_by("-ordered_at", "-id")
    return (record_of(orders.Order, row) for row in rows.iterator(chunk_size=CHUNK))


class OrderCount(msgspec.Struct, frozen=True):
    """How many a filter has, the newest 5,000 at most."""

    total: int
    open: int
    answered: int
    returned: int
    lifted: int
    late: int


def count_orders(filters: OrderFilter, actor: Actor, *, most: int = MOST_COUNTED) -> OrderCount:
    newest = _filtered(filters, actor).order_by("-ordered_at").values("id")[: most + 1]
    states = {state.value: Count("id", filter=Q(state=state)) for state in orders.OrderState}
    counted = Order.objects.filter(id__in=newest).aggregate(
        total=Count("id"), late_ones=Count("id", filter=Q(late=True)), **states
    )
    return OrderCount(**{state.value: counted[state.value] for state in orders.OrderState}, total=counted["total"],
                      late=counted["late_ones"])  # fmt: skip


def get_order(order_id: UUID, actor: Actor) -> orders.Order:
    row = Order.objects.filter(seen_by(actor), id=order_id).first()
    if row is None:
        raise NotFound
    return record_of(orders.Order, row)


def standing_levels(case_id: UUID, *, but: UUID) -> int:
    """The highest level of the other orders that stand for a case; 0 for none."""
    rows = Order.objects.filter(case_id=case_id).exclude(state="lifted").exclude(id=but)
    return max(rows.values_list("level", flat=True), default=0)
