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


def test_a_unit_that_took_nothing_over_stands_for_itself() -> None:
    assert line_of(Walk.to(Status.HANDLING).now, ROADS) == {ROADS}
    assert line_of(Walk.to(Status.REPORTED).now, PARKS) == {PARKS}
