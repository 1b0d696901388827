from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import msgspec
import pytest

from gezhi.calendars.rules.calendars import UnknownCalendar
from gezhi.calendars.rules.limits import Limit, Unit
from gezhi.calendars.rules.office_days import DayKind, DayOverride
from gezhi.calendars.rules.timetable import Season, Timetable, Window, WindowsOutOfOrder, windows_of_text
from gezhi.calendars.rules.working_calendar import CalendarNeverOpens, Deadline
from gezhi.calendars.rules.year_plan import HolidayByLawMissing, YearOutOfTurn, planned_by_notice
from gezhi.kernel.permissions import Actor, Role, Scope
from gezhi.plumbing.versions import held_numbers
from tests.calendars.invented import NEVER_OPEN, OFFICE, SATURDAYS, SEATS, SUMMER, at
from tests.calendars.notice import notice, worked

pytestmark = pytest.mark.django_db

CALENDARS = frozenset({"calendars"})
TWO_HOURS = Limit(2, Unit.WORK_HOUR, "office")


def held() -> Any:
    from gezhi.calendars.queries import held_calendars

    return held_calendars()


def due_of(start: str, limit: Limit = TWO_HOURS) -> Deadline:
    deadline: Deadline = held().deadline(at(start), limit)
    return deadline


def install(*definitions: Any, clock: Any) -> None:
    from gezhi.calendars import actions

    for definition in definitions:
        actions.install_calendar(definition, clock=clock)


def test_an_installed_calendar_is_kept_as_it_was_given(clock: Any) -> None:
    from gezhi.calendars.queries import get_definition

    install(SUMMER, clock=clock)
    assert get_definition("summer") == msgspec.structs.replace(SUMMER, day_ticks=7 * 3600)


def test_a_held_calendar_counts_like_the_rule_and_has_a_version(clock: Any) -> None:
    install(OFFICE, SATURDAYS, clock=clock)
    assert due_of("2026-03-06 17:00") == Deadline(at("2026-03-09 09:00"), provisional=False)
    assert due_of("2026-03-06 17:00", Limit(2, Unit.WORK_HOUR, "saturdays")).due == at("2026-03-07 09:30")
    assert held_numbers(CALENDARS)["calendars"] > 0


def test_the_register_is_read_with_few_statements(clock: Any, statement_count: Callable[[], Any]) -> None:
    install(OFFICE, SATURDAYS, SUMMER, clock=clock)
    with statement_count() as counted:
        held()
        held()
    assert counted.total <= 5


def test_the_presets_are_installed_once(clock: Any) -> None:
    from gezhi.calendars import actions

    actions.install_presets(clock=clock)
    actions.install_presets(clock=clock)
    assert sorted(held().by_name) == ["office", "office-summer", "round-the-clock", "seats"]


def test_a_name_is_given_to_one_calendar_only(clock: Any) -> None:
    from gezhi.calendars import actions

    install(OFFICE, clock=clock)
    with pytest.raises(actions.CalendarExists):
        install(OFFICE, clock=clock)


@pytest.mark.parametrize(
    ("definition", "problem"),
    [
        (NEVER_OPEN, CalendarNeverOpens),
        (
            msgspec.structs.replace(
                OFFICE, timetables=(Timetable("反", ((Window(50_400, 64_800), Window(28_800, 43_200)), *((),) * 6)),)
            ),
            WindowsOutOfOrder,
        ),
    ],
)
def test_a_calendar_that_cannot_count_is_refused_and_leaves_nothing(
    definition: Any, problem: type[Exception], clock: Any
) -> None:
    with pytest.raises(problem):
        install(definition, clock=clock)
    assert held().by_name == {}


def test_an_own_day_off_moves_deadlines_and_the_version(clock: Any) -> None:
    from gezhi.calendars import actions

    install(OFFICE, clock=clock)
    held()
    before = held_numbers(CALENDARS)
    actions.override_days("office", [DayOverride(date(2026, 3, 9), DayKind.OFF, name="停水停电")], clock=clock)
    assert due_of("2026-03-06 17:00").due == at("2026-03-10 09:00")
    assert held_numbers(CALENDARS)["calendars"] > before["calendars"]


def test_a_newer_own_row_supersedes_the_older_which_stays(clock: Any) -> None:
    from gezhi.calendars import actions
    from gezhi.calendars.models import DayOverride as Row

    install(OFFICE, clock=clock)
    actions.override_days("office", [DayOverride(date(2026, 3, 7), DayKind.OFF)], clock=clock)
    clock.advance(60)
    worked = DayOverride(date(2026, 3, 7), DayKind.WORK, windows_of_text("09:00-11:00"), "应急值守")
    actions.override_days("office", [worked], clock=clock)
    assert due_of("2026-03-06 17:00").due == at("2026-03-07 10:00")
    kept = [(row.kind, row.windows, row.superseded_at is None) for row in Row.objects.order_by("recorded_at")]
    assert kept == [("off", "", False), ("work", "09:00-11:00", True)]


def test_entering_the_next_year_ends_the_provisional_deadlines(clock: Any) -> None:
    from gezhi.calendars import actions

    install(OFFICE, clock=clock)
    assert due_of("2026-12-31 17:00") == Deadline(at("2027-01-04 09:00"), provisional=True)
    new_year = [DayOverride(date(2027, 1, day), DayKind.OFF, name="元旦") for day in (1, 2, 3, 4)]
    actions.override_days("office", new_year, clock=clock, published_through=date(2027, 12, 31))
    assert due_of("2026-12-31 17:00") == Deadline(at("2027-01-05 09:00"), provisional=False)


CLERK = Actor(7, 1, Role.ADMINISTRATOR, 1, Scope(regions=("99",)), name="周管理")


def enter(clock: Any, *more: Any, **changes: Any) -> None:
    from gezhi.calendars import actions

    actions.enter_year(notice(*more, **changes), actor=CLERK, clock=clock)


def test_a_year_that_is_entered_holds_for_every_calendar_that_keeps_holidays(clock: Any) -> None:
    install(OFFICE, SATURDAYS, SEATS, clock=clock)
    shifts = due_of("2026-12-31 17:00", Limit(20, Unit.WORK_HOUR, "seats"))
    enter(clock, worked("2026-12-26"))
    assert due_of("2026-12-31 17:00") == Deadline(at("2027-01-04 09:00"), provisional=False)
    assert due_of("2027-02-04 17:00") == Deadline(at("2027-02-14 09:00"), provisional=False)
    assert due_of("2026-12-25 17:00") == Deadline(at("2026-12-26 09:00"), provisional=False)
    assert due_of("2026-12-25 17:00", Limit(2, Unit.WORK_HOUR, "saturdays")).provisional is False
    assert due_of("2026-12-31 17:00", Limit(20, Unit.WORK_HOUR, "seats")) == shifts
    assert due_of("2027-12-31 17:00") == Deadline(at("2028-01-03 09:00"), provisional=True)


def test_a_year_that_is_corrected_forgets_what_was_entered_and_keeps_both_on_record(clock: Any) -> None:
    from gezhi.calendars import actions
    from gezhi.calendars.queries import change_in_words, list_entered_years

    install(OFFICE, clock=clock)
    actions.override_days("office", [DayOverride(date(2027, 3, 9), DayKind.OFF, name="停电")], clock=clock)
    assert change_in_words() == "工作日历已调整"
    enter(clock)
    assert change_in_words() == "已录入2027年节假日安排（国办发明电〔2026〕9号）"
    clock.advance(60)
    enter(clock, without=["2027-02-14", "2027-02-12"], reason="通知有调整")
    assert change_in_words() == "已更正2027年节假日安排（国办发明电〔2026〕9号）：通知有调整"
    assert due_of("2027-02-04 17:00") == Deadline(at("2027-02-12 09:00"), provisional=False)
    assert due_of("2027-03-08 17:00") == Deadline(at("2027-03-10 09:00"), provisional=False)
    kept = [(one.plan.reason, one.superseded_at is None, one.user_name) for one in list_entered_years()]
    assert kept == [("通知有调整", True, "周管理"), ("", False, "周管理")]
    actions.override_days("office", [], clock=clock)
    assert change_in_words() == "工作日历已调整"


def test_a_year_of_a_public_notice_is_corrected_as_a_whole(clock: Any) -> None:
    from gezhi.calendars import actions

    install(OFFICE, clock=clock)
    days = tuple(one for one in planned_by_notice(2026) if one.on not in {date(2026, 10, 10), date(2026, 10, 7)})
    actions.enter_year(notice(year=2026, days=days, reason=""), actor=CLERK, clock=clock)
    assert due_of("2026-09-30 17:00").due == at("2026-10-07 09:00")
    assert due_of("2026-10-09 17:00").due == at("2026-10-12 09:00")
    assert due_of("2026-12-31 17:00").provisional is True


def test_no_year_is_skipped_and_a_refused_one_leaves_nothing(clock: Any) -> None:
    from gezhi.calendars.queries import list_entered_years

    install(OFFICE, clock=clock)
    for problem, changes in ((YearOutOfTurn, {"year": 2028}), (HolidayByLawMissing, {"without": ["2027-01-01"]})):
        with pytest.raises(problem):
            enter(clock, **changes)
    assert (list_entered_years(), due_of("2026-12-31 17:00").provisional) == ([], True)


def test_new_hours_hold_from_their_date_and_the_old_before(clock: Any) -> None:
    from gezhi.calendars import actions

    install(OFFICE, clock=clock)
    early = Timetable("早班", (*((windows_of_text("07:00-15:00"),) * 5), (), ()), valid_from=date(2026, 4, 1))
    actions.put_timetable_in_force("office", early)
    assert due_of("2026-03-30 17:00").due == at("2026-03-31 09:00")
    assert due_of("2026-03-31 17:00").due == at("2026-04-01 08:00")
    summer = Timetable(
        "夏令", early.weekdays[:4] + ((),) * 3, valid_from=date(2026, 5, 1), season=Season((6, 1), (8, 31))
    )
    actions.put_timetable_in_force("office", summer)
    assert due_of("2026-06-04 14:00").due == at("2026-06-08 08:00")
    assert due_of("2026-05-28 14:00").due == at("2026-05-29 08:00")


def test_hours_cannot_begin_before_those_that_hold(clock: Any) -> None:
    from gezhi.calendars import actions

    install(OFFICE, clock=clock)
    early = Timetable("早班", OFFICE.timetables[0].weekdays, valid_from=date(2026, 4, 1))
    actions.put_timetable_in_force("office", early)
    with pytest.raises(actions.TimetableBeginsLater):
        actions.put_timetable_in_force("office", msgspec.structs.replace(early, name="更早"))


def test_an_unknown_calendar_is_named(clock: Any) -> None:
    from gezhi.calendars import actions

    install(OFFICE, clock=clock)
    with pytest.raises(UnknownCalendar):
        actions.override_days("moon", [], clock=clock)
    with pytest.raises(UnknownCalendar):
        due_of("2026-03-06 17:00", Limit(1, Unit.WORK_HOUR, "moon"))


def test_calendars_that_run_out_are_listed(clock: Any) -> None:
    from gezhi.calendars import actions
    from gezhi.calendars.queries import list_warnings

    actions.install_presets(clock=clock)
    assert list_warnings(date(2026, 6, 1)) == []
    assert [warning.calendar for warning in list_warnings(date(2026, 12, 1))] == ["office", "office-summer"]
