from __future__ import annotations

import pytest

from gezhi.cases.rules.lights import Light, leading_clock, light_at
from gezhi.cases.rules.stages import Status
from gezhi.cases.rules.state import ClockKind
from tests.cases.world import (
    Walk,
)


@pytest.mark.parametrize(
    ("moment", "light"), [(99, "green"), (100, "yellow"), (199, "yellow"), (200, "yellow"), (201, "red")]
)
def test_green_to_the_warning_yellow_to_the_deadline_red_beyond(moment: int, light: str) -> None:
    assert light_at(200, 100, moment) is Light(light)


def test_no_clock_no_light() -> None:
    assert light_at(None, None, 1) is Light.NONE
    assert leading_clock(Walk.to(Status.CLOSED).now) is None


def test_the_list_shows_the_clock_that_is_due_first_and_never_the_whole_case() -> None:
    shown = leading_clock(Walk.to(Status.DISPATCHED).now)
    assert shown is not None
    assert shown.kind == ClockKind.RECEIPT
    shown = leading_clock(Walk.to(Status.HANDLING).now)
    assert shown is not None
    assert shown.kind == ClockKind.HANDLING
