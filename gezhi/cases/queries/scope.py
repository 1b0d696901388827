"""The conditions that narrow lists of cases to what a person may see, may decide on, and works at."""

from __future__ import annotations

from datetime import date
from typing import Any

from gezhi.cases.rules.applications import UNIT
from gezhi.cases.rules.applications.kinds import KINDS
from gezhi.cases.rules.stages import TABLE, Stage
from gezhi.kernel.permissions import Actor, Role
from gezhi.people.queries import held_directory
from gezhi.policy.queries import held_policy
from gezhi.policy.rules.platform_levels import PlatformLevels

Condition = tuple[str, list[Any]]
AGAINST_DISPATCH = [kind.value for kind, rule in KINDS.items() if rule.against_dispatch]
GIVING = {role for one in TABLE if one.command in {"dispatch", "assign"} for role in one.roles}
BY_OTHERS = "c.id NOT IN (SELECT a.case_id FROM cases_application a WHERE a.outcome IS NULL AND a.asked_by = %s)"
BY_OWN_DISPATCH = """
    c.asking = ANY(%s) AND c.state->'assignments' @> jsonb_build_array(
        jsonb_build_object('by', %s::bigint, 'unit', c.state->'applications'->-1->'unit'))
"""


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


def picture_condition(actor: Actor) -> Condition:
    """SQL over plumbing_picture `p`: evidence of a case that the person sees, or of one that was merged into it, over
    however many merges (rules/allowed.py, `is_visible`).
    """
    where, values = scope_condition(actor)
    mine = """
        c.state->'tasks' @> jsonb_build_array(jsonb_build_object('collector', %s::bigint))
        OR c.state->'reports' @> jsonb_build_array(jsonb_build_object('by', %s::bigint))
    """
    sql = f"""
        EXISTS (
            WITH RECURSIVE goes_on(id) AS (
                SELECT case_id FROM cases_picture_use used WHERE used.sha256 = p.sha256
                UNION SELECT (merged.state->>'merged_into')::uuid FROM goes_on JOIN cases_case merged USING (id)
            )
            SELECT FROM goes_on JOIN cases_case c USING (id) WHERE {where} OR {mine}
        )
    """
    return sql, [*values, actor.user_id, actor.user_id]


def deciding_condition(actor: Actor) -> Condition:
    """待审批: what waits for the decision of this person's role; of a unit, what its crews ask (rules/applications/
    deciding.py, `why_not_decide`).
    """
    if actor.role is Role.HANDLER:
        return "c.deciding = %s AND c.unit_ids @> ARRAY[%s::bigint]", [UNIT, actor.organisation_id]
    own, me = list(actor.scope.organisations), actor.user_id
    values: list[Any]
    sql, values = f"c.deciding = %s AND {BY_OTHERS}", [actor.role.value, me]
    if _has_given_work(me):  # else the states of all that wait would be read to find out
        sql, values = f"{sql} AND NOT ({BY_OWN_DISPATCH})", [*values, AGAINST_DISPATCH, me]
    if own:  # nobody decides on what their own unit asks for
        sql += " AND NOT (c.unit_ids && %s::bigint[] OR c.former_unit_ids && %s::bigint[])"
        values += [own, own]
    return sql, values


def _has_given_work(user_id: int) -> bool:
    """Whether they ever held a post that gives cases to units."""
    directory = held_directory()
    return any(directory.posts[one.post_id].role in GIVING for one in directory.appointments_of(user_id))


def level_condition(actor: Actor, on: date) -> Condition:
    """平台层级: leaves out stages that platforms of another level perform in a region (rules/platforms.py)."""
    platforms = held_policy().on(on).platforms
    parts, values = list[str](), list[Any]()
    for mode in platforms:
        others = [int(stage) for stage in Stage if not mode.performs(actor.level, stage)]
        if others:
            parts.append("NOT (c.stage = ANY(%s) AND c.area_code LIKE %s AND c.area_code NOT LIKE ALL(%s::text[]))")
            values += [others, f"{mode.region}%", _narrower(mode, platforms)]
    return " AND ".join(parts) or "true", values


def _narrower(mode: PlatformLevels, platforms: tuple[PlatformLevels, ...]) -> list[str]:
    """The regions inside this one that have a mode of their own."""
    return [f"{one.region}%" for one in platforms if one.region != mode.region and one.region.startswith(mode.region)]
