"""Which rows of a register somebody sees: those of their regions, and those of their own organisations."""

from __future__ import annotations

from django.db.models import BooleanField, Q
from django.db.models.expressions import RawSQL

from gezhi.cases.queries.findable import found_in
from gezhi.kernel.permissions import Actor

NOTHING = Q(pk__in=[])


def seen_by(actor: Actor, *, unit: str | None = "unit_id") -> Q:
    """The condition over `area_code` and the column of the unit; an empty scope sees nothing."""
    scope, seen = actor.scope, NOTHING
    if not scope.only_own_work:
        if "" in scope.regions:
            return Q()
        for region in scope.regions:
            seen |= Q(area_code__startswith=region)
    if scope.organisations and unit is not None:
        seen |= Q(**{f"{unit}__in": scope.organisations})
    return seen


def said_in(table: str, column: str, words: str) -> Q:
    """Rows in whose text the words stand, outside of what is hidden of the sender of their case."""
    sql, values = found_in(words, table=table, alias=table, key="case_id", column=column)
    return Q(RawSQL(sql, values, output_field=BooleanField()))  # noqa: S611 - a text of ours with bound values
