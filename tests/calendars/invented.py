"""Calendars for the tests: ordinary hours, short summer days, Saturdays worked, shifts, one that never opens."""

from __future__ import annotations

from datetime import date, datetime
from typing import Final

from gezhi.calendars.rules.compile_calendar import compile_calendar
from gezhi.calendars.rules.office_days import CalendarDefinition, DayKind, DayOverride, WorkDayRule
from gezhi.calendars.rules.timetable import Season, Timetable, windows_of_text
from gezhi.calendars.rules.working_calendar import WorkingCalendar

DAY: Final = windows_of_text("08:00-12:00 14:00-18:00")
SHORT: Final = windows_of_text("08:00-12:00 15:00-18:00")
MORNING: Final = windows_of_text("08:30-12:00")

OFFICE: Final = CalendarDefinition("office", "办公时间", (Timetable("全年", (*(DAY,) * 5, (), ())),))
SUMMER: Final = CalendarDefinition(
    "summer",
    "分夏令",
    (
        Timetable("冬令", (*(DAY,) * 5, (), ())),
        Timetable("夏令", (*(SHORT,) * 5, (), ()), season=Season((6, 1), (8, 31))),
    ),
    overrides=(
        DayOverride(date(2026, 3, 4), DayKind.WORK, windows_of_text("08:00-10:00")),
        DayOverride(date(2026, 3, 5), DayKind.OFF),
        DayOverride(date(2026, 3, 7), DayKind.WORK),
    ),
)
SATURDAYS: Final = CalendarDefinition("saturdays", "周六半天", (Timetable("全年", (*(DAY,) * 5, MORNING, ())),))
SEATS: Final = CalendarDefinition(
    "seats",
    "坐席轮班",
    (Timetable("三班", ((windows_of_text("00:00-02:00 06:00-14:00 14:00-24:00"),) * 7)),),
    keeps_public_holidays=False,
)
ENDS_WITH_BUSINESS: Final = CalendarDefinition(
    "end-of-business",
    "当日下班",
    (Timetable("全年", (*(DAY,) * 5, MORNING, ())),),
    work_day_rule=WorkDayRule.END_OF_BUSINESS,
)
NEVER_OPEN: Final = CalendarDefinition("never", "从不办公", (Timetable("空", ((),) * 7),))

FIRST_YEAR: Final = 2024
LAST_YEAR: Final = 2029


def compiled(definition: CalendarDefinition) -> WorkingCalendar:
    return compile_calendar(definition, first_year=FIRST_YEAR, last_year=LAST_YEAR)


def at(text: str) -> int:
    """The epoch second of a moment in China: at("2026-09-24 10:00")."""
    return int(datetime.fromisoformat(f"{text}+08:00").timestamp())
