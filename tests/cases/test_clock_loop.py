"""The clock loop puts on record what ran out, and a changed calendar moves the deadlines of open cases."""

from __future__ import annotations

from datetime import date
from typing import Any

from gezhi.calendars.actions import override_days
from gezhi.calendars.rules.office_days import DayKind, DayOverride
from gezhi.cases.actions import raise_due_clocks, recompute_deadlines
from gezhi.cases.queries.case_page import list_entries
from gezhi.cases.rules.clocks.clock import ClockKind
from gezhi.cases.rules.stages import Status
from gezhi.plumbing.versions import forget_all
from gezhi.proof.queries.case_logs import verify_log
from tests.cases.city import City


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
