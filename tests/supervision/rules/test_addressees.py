"""督办对象: contact, head, government, each with its fall-back."""

from __future__ import annotations

from datetime import date

import pytest

from gezhi.kernel.permissions import Role
from gezhi.people.rules.directory import (
    Directory,
    OrganisationFacts,
    PostFacts,
    UserFacts,
)
from gezhi.people.rules.held_posts import AppointmentFacts, OfficerFacts
from gezhi.people.rules.organisation_kinds import OrganisationKind
from gezhi.supervision.rules.addressees import AddressedBy, is_in_force, source_of, users_addressed

SINCE, TODAY, ENDED = date(2025, 1, 1), date(2026, 3, 2), date(2025, 12, 31)
CITY, COUNTY, BUREAU, STATION, CREW = 1, 2, 3, 4, 5
K = OrganisationKind
BODIES = (
    (CITY, None, K.GOVERNMENT, "990100", None),
    (COUNTY, CITY, K.GOVERNMENT, "990101", None),
    (BUREAU, CITY, K.DEPARTMENT, "", None),
    (STATION, BUREAU, K.DEPARTMENT, "", None),
    (CREW, STATION, K.CONTRACTOR, "", ENDED),
)


def directory(*posts: tuple[int, Role], officers: tuple[tuple[int, str, int], ...] = ()) -> Directory:
    """A small town in which user n holds the n-th of these posts, by body and role; officers by body, kind and user."""
    return Directory(
        [UserFacts(at, f"user{at}", f"用户{at}", SINCE) for at in range(1, len(posts) + 1)],
        [
            OrganisationFacts(one, str(one), f"机构{one}", "", kind, 1, above, f"{one}/", region, SINCE, until)
            for one, above, kind, region, until in BODIES
        ],
        [PostFacts(at, str(at), "岗", "", role, body, (), SINCE) for at, (body, role) in enumerate(posts, 1)],
        [AppointmentFacts(at, at, SINCE) for at in range(1, len(posts) + 1)],
        [OfficerFacts(at, body, kind, user, SINCE) for at, (body, kind, user) in enumerate(officers, 1)],
    )


HANDLER, LEADER = Role.HANDLER, Role.LEADER


@pytest.mark.parametrize(
    ("posts", "level", "unit", "found"),
    [
        ([(STATION, HANDLER), (BUREAU, HANDLER)], 1, STATION, (1,)),
        ([(STATION, HANDLER), (BUREAU, HANDLER)], 1, BUREAU, (2,)),
        ([(STATION, HANDLER)], 1, BUREAU, (1,)),  # nobody in the bureau itself: those below
        ([(BUREAU, LEADER), (STATION, LEADER)], 2, STATION, (2,)),
        ([(BUREAU, LEADER), (CITY, LEADER)], 2, STATION, (1,)),
        ([(CITY, LEADER)], 2, STATION, ()),  # the leader of a government is nobody's head of unit
        ([(CITY, LEADER), (COUNTY, LEADER)], 3, STATION, (2,)),  # the government of the county answers for it
        ([(CITY, LEADER)], 3, STATION, (1,)),
        ([(CITY, LEADER), (COUNTY, LEADER)], 1, None, ()),
        ([(COUNTY, LEADER)], 2, None, ()),
        ([(COUNTY, LEADER)], 3, None, (1,)),
        ([], 3, STATION, ()),
        ([(STATION, HANDLER)] * 5, 1, STATION, (1, 2, 3)),
    ],
)
def test_a_level_addresses_who_holds_the_post(
    posts: list[tuple[int, Role]], level: int, unit: int | None, found: tuple[int, ...]
) -> None:
    assert users_addressed(directory(*posts), level, unit, area="990101001", on=TODAY) == found


PEOPLE = [(STATION, HANDLER), (STATION, HANDLER), (BUREAU, LEADER), (BUREAU, HANDLER), (CITY, LEADER), (CITY, LEADER)]
OFFICERS = (
    (STATION, "contact", 2), (BUREAU, "deputy", 4), (BUREAU, "head", 3), (BUREAU, "in_charge", 6), (CITY, "contact", 5),
)  # fmt: skip


@pytest.mark.parametrize(
    ("level", "unit", "found"),
    [
        (1, STATION, (2,)),
        (2, STATION, (3, 4)),  # of the body above, the head before the deputy
        (3, STATION, (6,)),
        (1, BUREAU, (4,)),  # none entered: its handlers
        (2, BUREAU, (3, 4)),
        (3, BUREAU, (6,)),
        (1, CREW, (2,)),
        (1, None, ()),
    ],
)
def test_who_is_entered_for_the_body_is_named_before_whoever_holds_a_post(
    level: int, unit: int | None, found: tuple[int, ...]
) -> None:
    town = directory(*PEOPLE, officers=OFFICERS)
    assert users_addressed(town, level, unit, area="990102001", on=TODAY) == found


@pytest.mark.parametrize(("unit", "there"), [(STATION, True), (CREW, False), (99, False)])
def test_a_unit_is_in_force_or_not(unit: int, there: bool) -> None:
    assert is_in_force(directory(), unit, TODAY) is there


@pytest.mark.parametrize(
    ("officers", "level", "unit", "source"),
    [
        (((STATION, "head", 1),), 2, STATION, AddressedBy.ENTERED),
        (((STATION, "deputy", 1),), 2, STATION, AddressedBy.ENTERED),
        (((BUREAU, "head", 1),), 2, STATION, AddressedBy.ABOVE),
        (((STATION, "contact", 1),), 2, STATION, AddressedBy.POST),
        ((), 1, STATION, AddressedBy.POST),
        (((CITY, "in_charge", 1),), 3, STATION, AddressedBy.POST),  # entered for the government, not for the body
    ],
)
def test_it_is_said_by_what_a_level_is_addressed(
    officers: tuple[tuple[int, str, int], ...], level: int, unit: int, source: AddressedBy
) -> None:
    people = directory((STATION, HANDLER), (BUREAU, LEADER), officers=officers)
    users = users_addressed(people, level, unit, area="990101", on=TODAY)
    assert source_of(people, level, unit, users=users, on=TODAY) is source


def test_it_is_said_where_nobody_could_reply() -> None:
    people = directory((STATION, HANDLER))
    assert users_addressed(people, 2, STATION, area="990101", on=TODAY) == ()
    assert source_of(people, 2, STATION, users=(), on=TODAY) is AddressedBy.NOBODY
