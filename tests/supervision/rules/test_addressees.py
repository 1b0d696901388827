"""督办对象: contact, head, government, each with its fall-back."""

from __future__ import annotations

from datetime import date

import pytest

from gezhi.kernel.permissions import Role
from gezhi.people.rules.directory import AppointmentFacts, Directory, OrganisationFacts, PostFacts, UserFacts
from gezhi.people.rules.organisation_kinds import OrganisationKind
from gezhi.supervision.rules.addressees import is_in_force, users_addressed

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


def directory(*posts: tuple[int, Role]) -> Directory:
    """A small town in which user n holds the n-th of these posts, by body and role."""
    return Directory(
        [UserFacts(at, f"user{at}", f"用户{at}", SINCE) for at in range(1, len(posts) + 1)],
        [
            OrganisationFacts(one, str(one), f"机构{one}", "", kind, 1, above, f"{one}/", region, SINCE, until)
            for one, above, kind, region, until in BODIES
        ],
        [PostFacts(at, str(at), "岗", "", role, body, (), SINCE) for at, (body, role) in enumerate(posts, 1)],
        [AppointmentFacts(at, at, SINCE) for at in range(1, len(posts) + 1)],
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
        ([(CITY, LEADER)], 2, STATION, (1,)),
        ([(CITY, LEADER), (COUNTY, LEADER)], 3, STATION, (2,)),  # the government of the county answers for it
        ([(CITY, LEADER)], 3, STATION, (1,)),
        ([(CITY, LEADER), (COUNTY, LEADER)], 1, None, ()),
        ([(COUNTY, LEADER)], 2, None, (1,)),
        ([], 3, STATION, ()),
        ([(STATION, HANDLER)] * 5, 1, STATION, (1, 2, 3)),
    ],
)
def test_a_level_addresses_who_holds_the_post(
    posts: list[tuple[int, Role]], level: int, unit: int | None, found: tuple[int, ...]
) -> None:
    assert users_addressed(directory(*posts), level, unit, area="990101001", on=TODAY) == found


@pytest.mark.parametrize(("unit", "there"), [(STATION, True), (CREW, False), (99, False)])
def test_a_unit_is_in_force_or_not(unit: int, there: bool) -> None:
    assert is_in_force(directory(), unit, TODAY) is there
