from __future__ import annotations

import pytest
from msgspec.structs import replace

from gezhi.cases.rules import commands
from gezhi.cases.rules.clocks.clock import ClockKind
from gezhi.cases.rules.clocks.whole_case import handling_limit, last_begun_anew
from gezhi.cases.rules.stages import Status
from tests.calendars.invented import at
from tests.cases.world import DISPATCHER, PARKS, POWER, ROADS, SUBJECT, Walk


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


def test_who_only_helps_begins_nothing_anew() -> None:
    walk = Walk.to(Status.REGISTERED).dispatch(ROADS, POWER).do(commands.Recall(reason="重派"), DISPATCHER)
    assert last_begun_anew(walk.dispatch(ROADS, PARKS).now) is None


@pytest.mark.parametrize("missing", ["limit", "unit", "calendar"])
def test_a_limit_is_known_only_whole(missing: str) -> None:
    assert handling_limit(SUBJECT) is not None
    assert handling_limit(replace(SUBJECT, **{missing: None})) is None


def test_a_whole_case_that_reaches_beyond_the_published_holidays_is_due_provisionally() -> None:
    provisional = {}
    for day in ("2026-12-01 09:00", "2026-12-31 16:00"):
        clock = Walk(moment=at(day)).report().accept().now.clock(ClockKind.WHOLE)
        assert clock is not None
        provisional[day] = clock.provisional
    assert list(provisional.values()) == [False, True]
