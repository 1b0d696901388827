"""The condition that narrows every list of cases to what a person may see."""

from __future__ import annotations

from typing import Any

from gezhi.kernel.permissions import Actor

Condition = tuple[str, list[Any]]


def scope_condition(actor: Actor) -> Condition:
    """SQL over cases_case `c` with its parameters; an empty scope sees nothing."""
    scope, parts, values = actor.scope, list[str](), list[Any]()
    if not scope.only_own_work and scope.regions:
        if "" in scope.regions:
            return "true", []
        parts.append("c.area_code LIKE ANY(%s)")
        values.append([f"{region}%" for region in scope.regions])
    if scope.organisations:
        parts.append("(c.unit_ids && %s::bigint[] OR c.former_unit_ids && %s::bigint[])")
        values += [list(scope.organisations), list(scope.organisations)]
    if scope.only_own_work:
        parts.append("(c.collector_id = %s OR c.reported_by = %s)")
        values += [actor.user_id, actor.user_id]
    return (f"({' OR '.join(parts)})", values) if parts else ("false", [])
