"""Which rows of a register somebody sees: those of their regions, and those of their own organisations."""

from __future__ import annotations

from typing import Any

from django.db.models import Q

from gezhi.kernel.permissions import Actor, Permission
from gezhi.ledgers.queries.register_search import CASE_SERIAL, ROW_SERIAL, Register

NOTHING = Q(pk__in=[])
WITH_PICTURES = ("supervision_order", "supervision_accountability")


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


def register_of(table: str, *, text: str, people: str = "") -> Register:
    """What is searched in a register of supervision: numbers of row and case, a text, class, unit, district."""
    return Register(
        table=table,
        alias=table,
        numbers={"no": ROW_SERIAL, "case_no": CASE_SERIAL},
        text=text,
        classes=f"{table}.class_key = ANY(%s)",
        units=f"{table}.unit_id = ANY(%s::bigint[])",
        people=people,
        areas=f"{table}.area_code LIKE ANY(%s)",
    )


def picture_condition(actor: Actor) -> tuple[str, list[Any]]:
    """SQL over plumbing_picture `p`: it goes with a reply or a result on a row of the register that the person sees."""
    if Permission.SUPERVISION_READ not in actor.permissions:
        return "false", []
    scope, parts, values = actor.scope, ["false"], list[Any]()
    if not scope.only_own_work and scope.regions:
        parts.append("of.area_code LIKE ANY(%s)")
        values.append([f"{region}%" for region in scope.regions])
    if scope.organisations:
        parts.append("of.unit_id = ANY(%s::bigint[])")
        values.append(list(scope.organisations))
    rows = " UNION ALL ".join(f"SELECT id, area_code, unit_id FROM {table}" for table in WITH_PICTURES)
    sql = f"""
        EXISTS (
            SELECT FROM supervision_event event JOIN ({rows}) of ON of.id = event.subject_id
            WHERE event.pictures @> ARRAY[p.sha256::text] AND ({" OR ".join(parts)})
        )
    """
    return sql, values
