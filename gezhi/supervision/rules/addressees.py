"""督办对象: whom an order addresses at each level, read off the posts.

Level 1 the contact of the unit, level 2 its head, level 3 the leader of the government in charge.
"""

from __future__ import annotations

from datetime import date
from enum import StrEnum

from gezhi.kernel.permissions import Role
from gezhi.people.rules.directory import Directory, Holder, is_valid
from gezhi.people.rules.organisation_kinds import OrganisationKind


class Addressee(StrEnum):
    CONTACT = "contact"
    HEAD = "head"
    GOVERNMENT = "government"


ADDRESSEES: dict[int, Addressee] = {1: Addressee.CONTACT, 2: Addressee.HEAD, 3: Addressee.GOVERNMENT}
ADDRESSEE_NAMES: dict[Addressee, tuple[str, str]] = {
    Addressee.CONTACT: ("单位联系人", "Contact of the unit"),
    Addressee.HEAD: ("单位负责人", "Head of the unit"),
    Addressee.GOVERNMENT: ("政府分管领导", "Leader of the government in charge"),
}
MOST_NAMED = 3


def users_addressed(directory: Directory, level: int, unit: int | None, *, area: str, on: date) -> tuple[int, ...]:
    """The users in the posts that a level addresses, at most three; nobody where no such post is held."""
    if level == 1:
        return _of_unit(directory, Role.HANDLER, unit, on)
    if level == 2 and (heads := _heads(directory, unit, on)):  # noqa: PLR2004
        return heads
    body = directory.find_organisation(OrganisationKind.GOVERNMENT, area, on=on)
    own = () if body is None else _own(directory.find_holders(Role.LEADER, on=on, organisation_id=body.id), body.id)
    return own or _users(directory.find_holders(Role.LEADER, on=on, place_code=area))


def is_in_force(directory: Directory, unit: int, on: date) -> bool:
    body = directory.organisations.get(unit)
    return body is not None and is_valid(body.valid_from, body.valid_to, on)


def _heads(directory: Directory, unit: int | None, on: date) -> tuple[int, ...]:
    """The leader of the unit itself, or of the nearest body above it."""
    if unit is None or unit not in directory.organisations:
        return ()
    for body in (unit, *directory.ancestors(unit)):
        heads = _own(directory.find_holders(Role.LEADER, on=on, organisation_id=body), body)
        if heads:
            return heads
    return ()


def _of_unit(directory: Directory, role: Role, unit: int | None, on: date) -> tuple[int, ...]:
    if unit is None or unit not in directory.organisations:
        return ()
    holders = directory.find_holders(role, on=on, organisation_id=unit)
    return _own(holders, unit) or _users(holders)


def _own(holders: tuple[Holder, ...], body: int) -> tuple[int, ...]:
    return _users(tuple(one for one in holders if one.post.organisation_id == body))


def _users(holders: tuple[Holder, ...]) -> tuple[int, ...]:
    return tuple(dict.fromkeys(one.user.id for one in holders))[:MOST_NAMED]
