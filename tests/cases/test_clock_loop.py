"""The clock loop puts on record what ran out, and a changed calendar moves the deadlines of open cases."""

from __future__ import annotations

from datetime import date, datetime, timedelta, timezone
from time import monotonic
from typing import Any
from uuid import UUID

from gezhi.calendars.actions import calendars_under, enter_year, override_days
from gezhi.calendars.queries import held_calendars
from gezhi.calendars.rules.office_days import DayKind, DayOverride
from gezhi.calendars.rules.year_plan import PlannedDay
from gezhi.cases import jobs
from gezhi.cases.actions import preview_recompute, raise_due_clocks, recompute_deadlines
from gezhi.cases.queries.case_page import list_entries
from gezhi.cases.rules.clocks.clock import ClockKind
from gezhi.cases.rules.stages import Status
from gezhi.kernel.permissions import Role
from gezhi.plumbing import versions
from gezhi.plumbing.versions import forget_all
from gezhi.proof.queries.case_logs import verify_log
from tests.calendars.invented import at
from tests.calendars.notice import BASIS, notice
from tests.cases.city import City

CHINA = timezone(timedelta(hours=8))


def test_the_clock_loop_puts_each_running_out_on_record_once(city: City) -> None:
    early, late = city.begin(), city.at(Status.ACCEPTED)
    city.clock.advance(11 * 60)
    assert raise_due_clocks(clock=city.clock, ids=city.ids) is False
    assert [entry.step.kind for entry in list_entries(early)] == ["reported", "clock_ran_out"]
    assert [entry.step.kind for entry in list_entries(late)] == ["reported", "accepted"]
    assert raise_due_clocks(clock=city.clock, ids=city.ids) is False
    assert city.state(early).seq == 2
    city.clock.advance(3_600)
    raise_due_clocks(clock=city.clock, ids=city.ids)
    assert [entry.step.text for entry in list_entries(late)][-1] == "registration"
    assert verify_log(iter(()), lambda _: None).findings == ()


def test_a_full_batch_of_the_clock_loop_says_that_more_may_wait(city: City) -> None:
    for _ in range(3):
        city.begin()
    city.clock.advance(3_600)
    assert [raise_due_clocks(clock=city.clock, ids=city.ids, batch=2) for _ in range(2)] == [True, False]


def test_a_changed_calendar_moves_the_deadlines_of_open_cases_and_leaves_closed_ones(city: City) -> None:
    closed, handling = city.at(Status.CLOSED), city.at(Status.HANDLING)
    before: Any = city.state(handling).clock(ClockKind.HANDLING)
    holiday = DayOverride(date(2026, 3, 2), DayKind.OFF, name="全市停电")
    override_days("office", [holiday], clock=city.clock)
    forget_all()
    moved = [recompute_deadlines(clock=city.clock, ids=city.ids, part=part, parts=2, batch=1) for part in (0, 1)]
    after: Any = city.state(handling).clock(ClockKind.HANDLING)
    assert after.due - before.due >= 86_400 / 2
    assert list_entries(handling)[-1].step.kind == "deadlines_recomputed"
    assert list_entries(closed)[-1].step.kind == "closed"
    assert sum(moved) == 1
    seq = city.state(handling).seq
    assert recompute_deadlines(clock=city.clock, ids=city.ids) == 0
    assert city.state(handling).seq == seq
    assert verify_log(iter(()), lambda _: None).findings == ()


def test_a_worker_that_has_just_looked_at_the_calendars_still_computes_by_the_changed_one(city: City) -> None:
    handling = city.at(Status.HANDLING)
    before: Any = city.state(handling).clock(ClockKind.HANDLING)
    held_calendars()
    holiday = DayOverride(date(2026, 3, 2), DayKind.OFF)
    override_days("office", [holiday], clock=city.clock)
    versions._numbers.checked_at = monotonic()  # as another process sees it
    for part in range(jobs.PARTS):
        jobs.recompute_part(part)
    after: Any = city.state(handling).clock(ClockKind.HANDLING)
    assert after.due > before.due


def handling_of(city: City, case_id: UUID) -> tuple[str, bool, bool]:
    """When it is due, whether provisionally, and whether it is on record as run out."""
    clock: Any = city.state(case_id).clock(ClockKind.HANDLING)
    return f"{datetime.fromtimestamp(clock.due, CHINA):%m-%d %H:%M}", clock.provisional, clock.raised


def enter(city: City, *more: PlannedDay, **changes: Any) -> int:
    enter_year(notice(*more, **changes), actor=city.actor(Role.ADMINISTRATOR), clock=city.clock)
    return recompute_deadlines(clock=city.clock, ids=city.ids)


def over_new_year(city: City) -> UUID:
    """Two work hours from Thursday afternoon, 31 December: Saturdays are worked here, and 1 January is off by law."""
    city.clock.now = at("2026-12-31 16:23")
    return city.at(Status.HANDLING)


def test_a_year_entered_before_it_begins_settles_what_was_provisional_and_says_why(city: City) -> None:
    case_id = over_new_year(city)
    assert handling_of(city, case_id) == ("01-02 09:26", True, False)
    assert enter(city) == 1
    assert handling_of(city, case_id) == ("01-04 09:26", False, False)
    assert not any(clock.provisional for clock in city.state(case_id).clocks if clock.since)
    step = list_entries(case_id)[-1].step
    assert (step.kind, step.reason) == ("deadlines_recomputed", f"已录入2027年节假日安排（{BASIS}）")
    assert recompute_deadlines(clock=city.clock, ids=city.ids) == 0
    assert verify_log(iter(()), lambda _: None).findings == ()


def test_a_deadline_that_the_year_does_not_move_is_settled_too(city: City) -> None:
    city.clock.now = at("2027-01-05 10:00")
    case_id = city.at(Status.HANDLING)
    due, provisional, _ = handling_of(city, case_id)
    assert (provisional, enter(city)) == (True, 1)
    assert handling_of(city, case_id) == (due, False, False)


def test_a_year_entered_late_gives_a_case_its_time_back_that_had_run_out_on_a_holiday(city: City) -> None:
    case_id = over_new_year(city)
    city.clock.now = at("2027-01-02 11:00")
    raise_due_clocks(clock=city.clock, ids=city.ids)
    assert handling_of(city, case_id) == ("01-02 09:26", True, True)
    enter(city)
    assert handling_of(city, case_id) == ("01-04 09:26", False, False)


def test_what_a_year_would_move_is_told_before_it_is_entered_and_is_what_moves_then(city: City) -> None:
    moved, before = over_new_year(city), city.at(Status.HANDLING)
    city.at(Status.CLOSED)
    city.clock.now = at("2027-01-05 10:00")
    settled = city.at(Status.HANDLING)
    held = held_calendars()
    sequences = {case_id: city.state(case_id).seq for case_id in (moved, settled, before)}
    calendars = calendars_under(notice(basis=""), actor=city.actor(Role.ADMINISTRATOR), clock=city.clock)
    told = preview_recompute(calendars, first=at("2026-12-25 00:00"), moment=city.clock.now)
    assert (told.touched, told.looked, told.moved) == (3, 3, 3)
    assert (told.later, told.earlier, told.same) == (2, 0, 1)
    first = next(one for one in told.first if one.case_id == moved)
    assert (first.no, first.move.kind) == (city.state(moved).no, ClockKind.HANDLING)
    assert [first.move.before, first.move.after] == [at("2027-01-02 09:26"), at("2027-01-04 09:26")]
    assert held_calendars() is held
    assert {case_id: city.state(case_id).seq for case_id in sequences} == sequences
    assert enter(city) == told.moved
    assert handling_of(city, moved)[0] == "01-04 09:26"


def test_what_no_calendar_changes_is_not_reckoned(city: City) -> None:
    city.at(Status.HANDLING)
    calendars = calendars_under(notice(), actor=city.actor(Role.ADMINISTRATOR), clock=city.clock)
    told = preview_recompute(calendars, first=at("2026-12-25 00:00"), moment=city.clock.now)
    assert (told.touched, told.looked, told.moved, told.first) == (0, 0, 0, ())


def test_a_year_that_is_corrected_moves_deadlines_once_more_and_says_why(city: City) -> None:
    case_id = over_new_year(city)
    enter(city)
    enter(city, PlannedDay(date(2027, 1, 4), worked=False, name="元旦"), reason="国务院通知调整")
    assert handling_of(city, case_id) == ("01-05 09:26", False, False)
    assert list_entries(case_id)[-1].step.reason == f"已更正2027年节假日安排（{BASIS}）：国务院通知调整"
