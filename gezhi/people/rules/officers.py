"""机构责任人: who answers for a body: its contact, its head and deputies, and the leader of the government in charge of it.

Requirement R15: a supervision order names these people, and exactly they reply.
"""

from __future__ import annotations

from datetime import date
from enum import StrEnum

import msgspec

from gezhi.kernel.permissions import Permission, Role, Scope
from gezhi.kernel.problems import Problem
from gezhi.people.rules.directory import Directory, PostFacts
from gezhi.people.rules.held_posts import OfficerFacts
from gezhi.people.rules.policy import GRANTS
from gezhi.people.rules.scope import compute_scope


class OfficerKind(StrEnum):
    CONTACT = "contact"
    HEAD = "head"
    DEPUTY = "deputy"
    IN_CHARGE = "in_charge"


class OfficerState(StrEnum):
    COMING = "coming"
    CURRENT = "current"
    PAST = "past"


OFFICER_NAMES: dict[OfficerKind, tuple[str, str]] = {
    OfficerKind.CONTACT: ("联系人", "Contact"),
    OfficerKind.HEAD: ("负责人", "Head"),
    OfficerKind.DEPUTY: ("副职", "Deputy"),
    OfficerKind.IN_CHARGE: ("分管领导", "Leader in charge"),
}


class OfficerRow(msgspec.Struct, frozen=True, kw_only=True):
    """责任人 as handed in when a city is set up."""

    organisation_id: int
    kind: OfficerKind
    user_id: int
    valid_from: date


class CannotReply(Problem):
    code = "people.officers.cannot-reply"
    status = 422
    title = "{name}在这一天没有能为该机构答复督办的岗位（处置人员或领导，且管辖到该机构），请先任命。"
    title_en = "On this day {name} holds no post that may reply for this body (handler or leader in charge of it)."


class NamedAlready(Problem):
    code = "people.officers.named-already"
    status = 409
    title = "{name}已经登记为该机构的{kind_zh}。"
    title_en = "{name} is entered as the {kind_en} of this body already."


def check_can_reply(directory: Directory, organisation_id: int, user_id: int, on: date) -> None:
    """Whoever is named holds a post in which they may reply for the body."""
    if not can_reply(directory, organisation_id, user_id, on):
        raise CannotReply(field="user_id", name=directory.users[user_id].name)


def can_reply(directory: Directory, organisation_id: int, user_id: int, on: date) -> bool:
    region = directory.region_of(organisation_id)
    for post in directory.posts_of(user_id, on):
        scope = compute_scope(directory, post, on)
        reaches = organisation_id in scope.organisations or any(region.startswith(one) for one in scope.regions)
        if reaches and Permission.SUPERVISION_REPLY in GRANTS[post.role]:
            return True
    return False


def eligible(directory: Directory, organisation_id: int, on: date) -> list[tuple[int, PostFacts]]:
    """Whoever may be named for a body on a day, each with a post; handlers of the body itself first."""
    roles = [role for role in Role if Permission.SUPERVISION_REPLY in GRANTS[role]]
    posts = {holder.user.id: holder.post for role in roles for holder in directory.find_holders(role, on=on)}
    found = [(user, post) for user, post in posts.items() if can_reply(directory, organisation_id, user, on)]
    return sorted(found, key=lambda one: (one[1].organisation_id != organisation_id, one[0]))


def state_of(officer: OfficerFacts, on: date) -> OfficerState:
    """Whether somebody answers for a body on a day, will or did."""
    if officer.valid_from > on:
        return OfficerState.COMING
    if officer.valid_to is not None and officer.valid_to < on:
        return OfficerState.PAST
    return OfficerState.CURRENT


def is_reached(directory: Directory, organisation_id: int, scope: Scope) -> bool:
    """Whether a body lies in the regions of somebody who keeps it."""
    return any(directory.region_of(organisation_id).startswith(one) for one in scope.regions)
