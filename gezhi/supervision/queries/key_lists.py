"""重点清单 in somebody's scope, with how many orders each has given."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime
from uuid import UUID

from django.db import connection
from django.db.models import BooleanField, Count, Q
from django.db.models.expressions import RawSQL

from gezhi.cases.queries.scope import scope_condition
from gezhi.kernel.permissions import Actor
from gezhi.supervision.models import KeyList, Order

COVERED = "EXISTS (SELECT FROM unnest(supervision_key_list.scope_regions) AS set_for WHERE set_for LIKE ANY(%s))"


def list_key_lists(actor: Actor, *, after: tuple[datetime, UUID] | None = None, limit: int) -> list[KeyList]:
    """Those set for regions that the actor's scope covers or lies in, the newest first."""
    rows = KeyList.objects.filter(_seen(actor))
    if after is not None:
        at, last = after
        rows = rows.filter(Q(made_at__lt=at) | Q(made_at=at, id__lt=last))
    return list(rows.order_by("-made_at", "-id")[:limit])


def _seen(actor: Actor) -> Q:
    """A list shows where its scope and the actor's are parts of each other."""
    regions = actor.scope.regions
    if not regions or actor.scope.only_own_work:
        return Q(pk__in=[])
    if "" in regions:
        return Q()
    above = [region[:length] for region in regions for length in range(len(region) + 1)]
    below = [[f"{region}%" for region in regions]]
    covered = RawSQL(COVERED, below, output_field=BooleanField())  # noqa: S611 - a text of ours with bound values
    return Q(scope_regions__overlap=above) | Q(covered)


def unknown_numbers(numbers: Sequence[str], actor: Actor) -> list[str]:
    """The numbers that no case in the actor's scope has, in their order."""
    if not numbers:
        return []
    scope, values = scope_condition(actor)
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT c.no FROM cases_case c WHERE c.no = ANY(%s) AND {scope}", [list(numbers), *values])
        known = {no for (no,) in cursor.fetchall()}
    return [no for no in numbers if no not in known]


def count_given(list_ids: Iterable[UUID]) -> dict[UUID, int]:
    """Orders by list."""
    rows = Order.objects.filter(list_id__in=list(list_ids)).values_list("list_id").annotate(orders=Count("id"))
    return {list_id: orders for list_id, orders in rows if list_id is not None}
