"""Words for who may do what, and over which part of the city. `people` decides; routes only name."""

from __future__ import annotations

from enum import StrEnum

import msgspec


class Permission(StrEnum):
    """What a route asks for. A post (岗位) grants some of these."""

    PUBLIC = "public"
    SIGNED_IN = "signed-in"
    CASES_READ = "cases.read"
    CASES_REPORT = "cases.report"
    CASES_ACT = "cases.act"
    REPORTERS_READ = "reporters.read"
    REPORTERS_AUDIT = "reporters.audit"
    MEDIA_WRITE = "media.write"
    MAP_READ = "map.read"
    CATALOG_READ = "catalog.read"
    DUTIES_READ = "duties.read"
    DUTIES_PROPOSE = "duties.propose"
    DUTIES_APPROVE = "duties.approve"
    PEOPLE_READ = "people.read"
    ROSTER_READ = "roster.read"
    ROSTER_WRITE = "roster.write"
    LEDGERS_READ = "ledgers.read"
    RULES_APPROVE = "rules.approve"
    SUPERVISION_READ = "supervision.read"
    SUPERVISION_WRITE = "supervision.write"
    SUPERVISION_REPLY = "supervision.reply"
    PATTERNS_READ = "patterns.read"
    DOCUMENTS_READ = "documents.read"
    DOCUMENTS_WRITE = "documents.write"
    DOCUMENTS_APPROVE = "documents.approve"
    MESSAGES_READ = "messages.read"
    LOG_EXPORT = "log.export"
    PROOF_READ = "proof.read"
    SETTINGS_WRITE = "settings.write"
    REGISTERS_IMPORT = "registers.import"


class Role(StrEnum):
    """The kinds of post (岗位) that the life-cycle knows."""

    COLLECTOR = "collector"
    ACCEPTOR = "acceptor"
    DUTY_OFFICER = "duty-officer"
    DISPATCHER = "dispatcher"
    HANDLER = "handler"
    SUPERVISOR = "supervisor"
    LEADER = "leader"
    ADMINISTRATOR = "administrator"
    CHANNEL = "channel"
    SYSTEM = "system"


class Scope(msgspec.Struct, frozen=True):
    """Which rows somebody sees: everything below the regions, and what belongs to the organisations.

    `regions` are code prefixes (empty string: the whole city); `organisations` are ids that already include the
    subtree. Both empty: nothing at all. `only_own_work` narrows to cases that the organisations or the user hold a
    part in.
    """

    regions: tuple[str, ...] = ()
    organisations: tuple[int, ...] = ()
    only_own_work: bool = False


class Actor(msgspec.Struct, frozen=True):
    """Who acts, in which post. Goes into every entry of the case log. `level` is that of the platform (一、二、三级)."""

    user_id: int
    post_id: int
    role: Role
    organisation_id: int
    scope: Scope
    permissions: frozenset[Permission] = frozenset()
    name: str = ""
    level: int = 1


SYSTEM = Actor(user_id=0, post_id=0, role=Role.SYSTEM, organisation_id=0, scope=Scope(regions=("",)), name="系统")
"""Who acts when a clock or a rule does: the whole city, and no person."""
