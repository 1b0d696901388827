"""督办对象: whom an order addresses at each level, as entered for the body (机构责任人).

Level 1 the contact of the unit, level 2 its head and deputies, level 3 the leader of the government in charge. Where
nobody is entered for a level: the handlers of the unit, its own leaders, the leaders of the government of the place.
"""

from __future__ import annotations

from datetime import date
from enum import StrEnum

from gezhi.kernel.permissions import Role
from gezhi.people.rules.directory import Directory, Holder, is_valid
from gezhi.people.rules.officers import OfficerKind
from gezhi.people.rules.organisation_kinds import REGIONAL_KINDS, OrganisationKind


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
OFFICERS: dict[int, tuple[OfficerKind, ...]] = {
    1: (OfficerKind.CONTACT,),
    2: (OfficerKind.HEAD, OfficerKind.DEPUTY),
    3: (OfficerKind.IN_CHARGE,),
}
MOST_NAMED = 3


class AddressedBy(StrEnum):
    """By what the people of a level are addressed: entered for the body or one above it, else by posts, or nobody."""

    ENTERED = "entered"
    ABOVE = "above"
    POST = "post"
    NOBODY = "nobody"


def users_addressed(directory: Directory, level: int, unit: int | None, *, area: str, on: date) -> tuple[int, ...]:
    """The users that a level addresses, at most three; nobody where none is entered and no such post is held."""
    bodies = _unit_and_above(directory, unit)
    for body in bodies:
        if named := _entered(directory, level, body, on):
            return named[:MOST_NAMED]
    match ADDRESSEES[level]:
        case Addressee.CONTACT:
            return _own_or_below(directory, Role.HANDLER, bodies[:1], on)
        case Addressee.HEAD:
            return _leaders(directory, bodies, on)
    government = directory.find_organisation(OrganisationKind.GOVERNMENT, area, on=on)
    own = () if government is None else _leaders(directory, (government.id,), on)
    return own or _users(directory.find_holders(Role.LEADER, on=on, place_code=area))


def source_of(directory: Directory, level: int, unit: int, *, users: tuple[int, ...], on: date) -> AddressedBy:
    """How `users`, whom a level addresses, came to be so."""
    if not users:
        return AddressedBy.NOBODY
    bodies = _unit_and_above(directory, unit)
    by = next((body for body in bodies if _entered(directory, level, body, on)), None)
    if by is None:
        return AddressedBy.POST
    return AddressedBy.ENTERED if by == unit else AddressedBy.ABOVE


def _entered(directory: Directory, level: int, body: int, on: date) -> tuple[int, ...]:
    entered = directory.officers_of(body, on)
    return tuple(dict.fromkeys(one.user_id for kind in OFFICERS[level] for one in entered if one.kind == kind))


def is_in_force(directory: Directory, unit: int, on: date) -> bool:
    body = directory.organisations.get(unit)
    return body is not None and is_valid(body.valid_from, body.valid_to, on)


def _unit_and_above(directory: Directory, unit: int | None) -> tuple[int, ...]:
    """The unit and the bodies above it up to the centre or government that it works for, which is not among them."""
    if unit is None or unit not in directory.organisations:
        return ()
    bodies: list[int] = []
    for body in (unit, *directory.ancestors(unit)):
        if directory.organisations[body].kind in REGIONAL_KINDS:
            break
        bodies.append(body)
    return tuple(bodies)


def _leaders(directory: Directory, bodies: tuple[int, ...], on: date) -> tuple[int, ...]:
    """The leaders of the first of these bodies that has any of its own."""
    for body in bodies:
        leaders = _own(directory.find_holders(Role.LEADER, on=on, organisation_id=body), body)
        if leaders:
            return leaders
    return ()


def _own_or_below(directory: Directory, role: Role, bodies: tuple[int, ...], on: date) -> tuple[int, ...]:
    for body in bodies:
        holders = directory.find_holders(role, on=on, organisation_id=body)
        return _own(holders, body) or _users(holders)
    return ()


def _own(holders: tuple[Holder, ...], body: int) -> tuple[int, ...]:
    return _users(tuple(one for one in holders if one.post.organisation_id == body))


def _users(holders: tuple[Holder, ...]) -> tuple[int, ...]:
    return tuple(dict.fromkeys(one.user.id for one in holders))[:MOST_NAMED]
