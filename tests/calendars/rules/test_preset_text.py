from __future__ import annotations

from importlib.resources import files

from gezhi.calendars.rules.limits import Limit, Unit
from gezhi.calendars.rules.preset_text import read_calendars
from tests.calendars.invented import at, compiled

SHIPPED = read_calendars(files("gezhi.calendars").joinpath("presets/calendars.toml").read_text(encoding="utf-8"))


def test_the_shipped_calendars_are_offices_seats_and_round_the_clock() -> None:
    assert [calendar.name for calendar in SHIPPED] == ["office", "office-summer", "seats", "round-the-clock"]
    assert [calendar.keeps_public_holidays for calendar in SHIPPED] == [True, True, False, False]
    assert all(calendar.title and calendar.title_en for calendar in SHIPPED)


def test_every_shipped_calendar_counts_a_limit() -> None:
    due = {
        calendar.name: compiled(calendar).deadline(at("2026-07-03 17:00"), Limit(2, Unit.WORK_HOUR)).due
        for calendar in SHIPPED
    }
    assert due == {
        "office": at("2026-07-06 09:00"),
        "office-summer": at("2026-07-06 08:30"),
        "seats": at("2026-07-03 19:00"),
        "round-the-clock": at("2026-07-03 19:00"),
    }
