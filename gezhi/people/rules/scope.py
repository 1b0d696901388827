"""Scope of a post (数据范围): a region subtree, an organisation subtree, or own work only.

Requirement R25: access by duty and area. An empty scope sees nothing, and `policy.decide_access` says so.
"""

from __future__ import annotations

from datetime import date

from gezhi.kernel.permissions import Actor, Role, Scope
from gezhi.people.rules.directory import Directory, PostFacts, UserFacts
from gezhi.people.rules.organisation_kinds import REGIONAL_KINDS
from gezhi.people.rules.policy import GRANTS

_OWN_IN_REGION = frozenset({Role.COLLECTOR, Role.CHANNEL})
_WHOLE_REGION = frozenset({Role.ADMINISTRATOR, Role.SYSTEM})


def compute_scope(directory: Directory, post: PostFacts, on: date) -> Scope:
    """What a post sees on a day.

    Surprising: the same role sees the region when it sits in a centre or a government, and only its own organisation's
    work when it sits in a department or a company: a department's dispatcher runs its second-level platform.
    """
    regions = directory.regions_of(post)
    if post.role is Role.HANDLER:
        return Scope(organisations=directory.works_of(post.organisation_id, on), only_own_work=True)
    if post.role in _OWN_IN_REGION:
        return Scope(regions=regions, only_own_work=True)
    if post.role in _WHOLE_REGION or directory.organisations[post.organisation_id].kind in REGIONAL_KINDS:
        return Scope(regions=regions)
    return Scope(organisations=directory.works_of(post.organisation_id, on))


def build_actor(directory: Directory, user: UserFacts, post: PostFacts, on: date) -> Actor:
    """Who acts, in which post, with which rights (行为人)."""
    return Actor(
        user_id=user.id,
        post_id=post.id,
        role=post.role,
        organisation_id=post.organisation_id,
        scope=compute_scope(directory, post, on),
        permissions=GRANTS[post.role],
        name=user.name,
        level=directory.organisations[post.organisation_id].platform_level,
    )
