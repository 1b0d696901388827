from __future__ import annotations

from gezhi.cases.rules import commands
from gezhi.cases.rules.stages import Status
from gezhi.cases.rules.whole_case import last_begun_anew
from tests.cases.world import DISPATCHER, PARKS, POWER, ROADS, Walk


def test_the_handling_begins_anew_with_every_dispatch_to_another_unit() -> None:
    walk = Walk.to(Status.REGISTERED)
    anew = []
    for unit in (ROADS, ROADS, PARKS, POWER, POWER):
        walk.dispatch(unit)
        anew.append((walk.moment, last_begun_anew(walk.now)))
        walk.do(commands.Recall(reason="重派"), DISPATCHER)
    first, again, parks, power, power_again = anew
    assert [first[1], again[1]] == [None, None]
    assert [parks[1], power[1], power_again[1]] == [parks[0], power[0], power[0]]
