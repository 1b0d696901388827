"""机构责任人: who answers for a body: its contact, its head and deputies, and the leader of the government in charge of it.

Requirement R15: a supervision order names these people, and exactly they reply.
"""

from __future__ import annotations

from datetime import date
from enum import StrEnum

import msgspec

from gezhi.kernel.permissions import Permission
from gezhi.kernel.problems import Problem
from gezhi.people.rules.directory import Directory
from gezhi.people.rules.policy import GRANTS
from gezhi.people.rules.scope import compute_scope


class OfficerKind(StrEnum):
    CONTACT = "contact"
    HEAD = "head"
    DEPUTY = "deputy"
    IN_CHARGE = "in_charge"


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
    region = directory.region_of(organisation_id)
    for post in directory.posts_of(user_id, on):
        scope = compute_scope(directory, post)
        reaches = organisation_id in scope.organisations or any(region.startswith(one) for one in scope.regions)
        if reaches and Permission.SUPERVISION_REPLY in GRANTS[post.role]:
            return
    raise CannotReply(field="user_id", name=directory.users[user_id].name)
