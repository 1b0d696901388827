from __future__ import annotations

from datetime import date
from importlib.resources import files

from gezhi.calendars.rules.limits import Limit, Unit
from gezhi.calendars.rules.office_days import CalendarDefinition, WorkDayRule
from gezhi.calendars.rules.preset_text import read_calendars, season_of
from gezhi.calendars.rules.timetable import Season, Timetable, Window
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


def test_a_calendar_is_read_whole() -> None:
    text = """
    [own]
    title = "自定"
    title_en = "Own"
    keeps_public_holidays = false
    work_day_rule = "end_of_business"

    [[own.timetables]]
    name = "夏令"
    weekdays = ["08:00-12:00", "", "", "", "", "", ""]
    valid_from = 2026-05-01
    season = ["06-01", "08-31"]

    [plain]
    title = "普通"
    timetables = [{ name = "全年", weekdays = ["", "", "", "", "", "", ""] }]
    """
    assert read_calendars(text) == (
        CalendarDefinition(
            name="own",
            title="自定",
            title_en="Own",
            timetables=(
                Timetable(
                    "夏令",
                    ((Window(28_800, 43_200),), *((),) * 6),
                    valid_from=date(2026, 5, 1),
                    season=Season((6, 1), (8, 31)),
                ),
            ),
            keeps_public_holidays=False,
            work_day_rule=WorkDayRule.END_OF_BUSINESS,
        ),
        CalendarDefinition(name="plain", title="普通", timetables=(Timetable("全年", ((),) * 7),)),
    )


def test_a_season_is_written_as_its_first_and_last_day() -> None:
    assert season_of("11-15", "03-16") == Season((11, 15), (3, 16))


def test_a_city_says_up_to_when_its_holidays_are_known() -> None:
    (told,) = read_calendars('[own]\ntitle = "本市"\ntimetables = []\npublished_through = 2030-12-31\n')
    assert told.published_through == date(2030, 12, 31)
