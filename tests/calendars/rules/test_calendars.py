from __future__ import annotations

import pytest

from gezhi.calendars.rules.calendars import Calendars, UnknownCalendar
from gezhi.calendars.rules.limits import Limit, Unit
from gezhi.calendars.rules.working_calendar import Deadline
from tests.calendars.invented import OFFICE, SATURDAYS, at, compiled

HELD = Calendars({definition.name: compiled(definition) for definition in (OFFICE, SATURDAYS)})


def test_a_limit_is_counted_by_the_calendar_that_it_names() -> None:
    friday_evening = at("2026-03-06 17:00")
    due = {name: HELD.deadline(friday_evening, Limit(2, Unit.WORK_HOUR, name)) for name in ("office", "saturdays")}
    assert due == {
        "office": Deadline(at("2026-03-09 09:00"), provisional=False),  # Monday
        "saturdays": Deadline(at("2026-03-07 09:30"), provisional=False),  # Saturday
    }


def test_a_calendar_that_nobody_has_is_refused_by_its_name() -> None:
    with pytest.raises(UnknownCalendar) as caught:
        HELD.named("moon")
    assert (caught.value.field, caught.value.details) == ("calendar", {"calendar": "moon"})
