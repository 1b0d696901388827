from __future__ import annotations

from gezhi.cases.rules.commands import Succeed
from gezhi.cases.rules.stages import Status
from gezhi.cases.rules.unit_line import line_of
from tests.cases.world import PARKS, POWER, ROADS, SYSTEM, Walk


def test_a_unit_stands_in_the_place_of_all_whose_part_came_down_to_it_and_of_no_later_one() -> None:
    walk = Walk.to(Status.HANDLING)
    for old, new in ((ROADS, PARKS), (PARKS, POWER)):
        walk.do(Succeed(old_unit_id=old, successor_id=new, basis="机构承接"), SYSTEM)
    assert [line_of(walk.now, unit) for unit in (POWER, PARKS, ROADS)] == [
        {ROADS, PARKS, POWER},
        {ROADS, PARKS},
        {ROADS},
    ]


def test_every_part_that_a_unit_joined_to_its_own_stands_in_its_line() -> None:
    walk = Walk.to(Status.REGISTERED).dispatch(ROADS, PARKS).receive()
    for old, new in ((ROADS, POWER), (POWER, PARKS)):
        walk.do(Succeed(old_unit_id=old, successor_id=new, basis="机构承接"), SYSTEM)
    assert line_of(walk.now, PARKS) == {ROADS, POWER, PARKS}
    both = Walk.to(Status.REGISTERED).dispatch(ROADS, PARKS, POWER).receive()
    for old in (PARKS, POWER):
        both.do(Succeed(old_unit_id=old, successor_id=ROADS, basis="机构承接"), SYSTEM)
    assert line_of(both.now, ROADS) == {ROADS, POWER, PARKS}


def test_a_unit_that_took_nothing_over_stands_for_itself() -> None:
    assert line_of(Walk.to(Status.HANDLING).now, ROADS) == {ROADS}
    assert line_of(Walk.to(Status.REPORTED).now, PARKS) == {PARKS}
