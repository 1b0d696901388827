"""Laws of the clocks of a case: pausing, resuming, another limit, another calendar. Any calendar, any unit, any
moment.
"""

from __future__ import annotations

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from gezhi.calendars.rules.limits import Limit, Unit
from gezhi.cases.rules.clocks.clock import Clock, ClockKind
from gezhi.cases.rules.clocks.deadline import (
    Timing,
    UnknownCalendar,
    change_limit,
    end_clock,
    extend_clock,
    next_due,
    pause_clock,
    recompute_clock,
    resume_clock,
    start_clock,
    take_back_end,
    top_up,
    used_by,
)
from tests.calendars.invented import OFFICE, SATURDAYS, SEATS, SUMMER, at, compiled
from tests.cases.world import DAY, HOUR, MINUTE, MONDAY_MORNING

TIMING = Timing({definition.name: compiled(definition) for definition in (OFFICE, SEATS, SATURDAYS, SUMMER)})
NATURAL = (Unit.MINUTE, Unit.URGENT_HOUR, Unit.URGENT_DAY)
moments = st.integers(MONDAY_MORNING, MONDAY_MORNING + 200 * DAY)
gaps = st.integers(0, 20 * DAY)
limits = st.builds(Limit, st.integers(1, 30), st.sampled_from(Unit), st.sampled_from(sorted(TIMING.calendars)))


def started(limit: Limit, begin: int) -> Clock:
    return start_clock(TIMING, ClockKind.HANDLING, limit, at=begin)


def ticks(limit: Limit) -> int:
    return TIMING.calendar(limit.calendar).ticks(limit)


@given(limits, moments, gaps)
def test_a_pause_of_no_time_changes_nothing(limit: Limit, begin: int, after: int) -> None:
    clock = started(limit, begin)
    pause = begin + after
    resumed = resume_clock(TIMING, pause_clock(TIMING, clock, at=pause), at=pause)
    if limit.unit in NATURAL or used_by(TIMING, clock, at=pause) < clock.limit:
        assert TIMING.calendar(limit.calendar).measure(clock.due, resumed.due, limit.unit) == 0
    else:
        assert resumed.due == clock.due


@given(limits, moments, st.lists(st.tuples(gaps, gaps), min_size=1, max_size=5))
def test_what_was_used_never_becomes_less_and_a_pause_uses_nothing(
    limit: Limit, begin: int, spans: list[tuple[int, int]]
) -> None:
    clock, moment = started(limit, begin), begin
    for runs, stands in spans:
        used = clock.used
        paused = pause_clock(TIMING, clock, at=moment + runs)
        assert paused.used >= used
        assert used_by(TIMING, paused, at=moment + runs + stands) == paused.used
        moment += runs + stands
        clock = resume_clock(TIMING, paused, at=moment)
        assert clock.used == paused.used


@given(limits, moments, gaps, gaps)
def test_a_clock_with_time_left_has_exactly_that_time_left_after_a_pause(
    limit: Limit, begin: int, runs: int, stands: int
) -> None:
    paused = pause_clock(TIMING, started(limit, begin), at=begin + runs)
    resumed = resume_clock(TIMING, paused, at=begin + runs + stands)
    if paused.used < paused.limit:
        assert used_by(TIMING, resumed, at=resumed.due) == resumed.limit
        assert not resumed.late
    else:
        assert resumed.due == paused.due


@given(limits, moments, gaps, gaps)
def test_a_wait_that_is_not_given_back_leaves_the_deadline_where_it_was(
    limit: Limit, begin: int, runs: int, stands: int
) -> None:
    clock = started(limit, begin)
    paused = pause_clock(TIMING, clock, at=begin + runs)
    resumed = resume_clock(TIMING, paused, at=begin + runs + stands, give_time_back=False)
    if used_by(TIMING, clock, at=begin + runs + stands) < clock.limit:
        assert TIMING.calendar(limit.calendar).measure(clock.due, resumed.due, limit.unit) == 0
    else:
        assert resumed.due == clock.due


@given(limits, moments, gaps)
def test_late_is_who_stops_after_the_deadline(limit: Limit, begin: int, after: int) -> None:
    clock = started(limit, begin)
    assert pause_clock(TIMING, clock, at=begin + after).late is (begin + after > clock.due)
    assert end_clock(TIMING, clock, at=begin + after).late is (begin + after > clock.due)
    assert not end_clock(TIMING, clock, at=clock.due).late


@given(limits, moments, gaps, gaps)
def test_a_clock_that_stood_still_ended_when_it_stopped(limit: Limit, begin: int, runs: int, stands: int) -> None:
    paused = pause_clock(TIMING, started(limit, begin), at=begin + runs)
    ended = end_clock(TIMING, paused, at=begin + runs + stands)
    assert (ended.ended, ended.late, ended.since, ended.paused) == (begin + runs, paused.late, None, None)
    assert end_clock(TIMING, ended, at=begin + 99 * DAY) == ended


@given(limits, moments, gaps, st.integers(1, 100))
def test_rework_gets_at_least_its_share_and_never_less_than_was_left(
    limit: Limit, begin: int, runs: int, percent: int
) -> None:
    paused = pause_clock(TIMING, started(limit, begin), at=begin + runs)
    again = top_up(TIMING, paused, percent=percent, at=begin + runs)
    left = again.limit - again.used
    assert left == max(paused.limit - paused.used, paused.limit * percent // 100)
    assert (again.raised, again.since) == (False, begin + runs)


@given(limits, limits, moments, gaps)
def test_another_limit_counts_as_if_it_had_held_from_the_start(
    limit: Limit, other: Limit, begin: int, runs: int
) -> None:
    """Where unit and calendar stay the same."""
    other = Limit(other.value, limit.unit, limit.calendar)
    clock = started(limit, begin)
    assert change_limit(TIMING, clock, other) == started(other, begin)
    paused = pause_clock(TIMING, clock, at=begin + runs)
    moved = change_limit(TIMING, paused, other)
    assert (moved.used, moved.since, moved.paused) == (paused.used, None, paused.paused)
    if moved.used != moved.limit:
        assert moved.late is (moved.used > moved.limit)


@given(limits, moments, gaps)
def test_the_same_limit_again_changes_no_deadline(limit: Limit, begin: int, runs: int) -> None:
    clock = started(limit, begin)
    resumed = resume_clock(TIMING, pause_clock(TIMING, clock, at=begin + runs), at=begin + runs + DAY)
    if resumed.used < resumed.limit:
        assert change_limit(TIMING, resumed, limit) == msgspec.structs.replace(resumed, raised=False)


@given(limits, moments)
def test_by_the_same_calendar_nothing_is_recomputed(limit: Limit, begin: int) -> None:
    clock = started(limit, begin)
    assert recompute_clock(TIMING, clock) == clock
    paused = pause_clock(TIMING, clock, at=begin)
    assert recompute_clock(TIMING, paused) == paused


@given(limits, moments)
def test_the_warning_never_comes_after_the_deadline(limit: Limit, begin: int) -> None:
    clock = started(limit, begin)
    assert begin <= clock.warn <= clock.due


def test_a_worked_example_over_night() -> None:
    """Four office hours from 16:00: two left for the next morning; one hour of it used when it stops."""
    clock = started(Limit(4, Unit.WORK_HOUR, "office"), at("2026-03-02 16:00"))
    assert clock.due == at("2026-03-03 10:00")
    assert clock.warn == at("2026-03-03 09:12")
    paused = pause_clock(TIMING, clock, at=at("2026-03-03 09:00"))
    assert paused.used == 3 * HOUR
    assert resume_clock(TIMING, paused, at=at("2026-03-03 14:30")).due == at("2026-03-03 15:30")


FOUR_HOURS = Limit(4, Unit.WORK_HOUR, "office")
MONDAY, TUESDAY = "2026-03-02", "2026-03-03"


def test_a_clock_begins_whole() -> None:
    assert started(FOUR_HOURS, at(f"{MONDAY} 16:00")) == Clock(
        kind=ClockKind.HANDLING,
        calendar="office",
        unit=Unit.WORK_HOUR,
        limit=4 * HOUR,
        due=at(f"{TUESDAY} 10:00"),
        warn=at(f"{TUESDAY} 09:12"),  # four fifths of four hours
        since=at(f"{MONDAY} 16:00"),
    )


@pytest.mark.parametrize(
    ("extended", "due", "warn"),
    [
        # asked for while it runs: six hours in all from Monday 16:00, the warning after 4 h 48 min
        ("running", f"{TUESDAY} 12:00", f"{TUESDAY} 10:48"),
        # it stood still from Monday 17:00 and runs on from Tuesday 09:00 with five hours of six
        ("standing still", f"{TUESDAY} 16:00", f"{TUESDAY} 14:48"),
        # its running out was on record: that is taken back
        ("ran out", f"{TUESDAY} 12:00", f"{TUESDAY} 10:48"),
    ],
)
def test_two_more_hours_are_given_to_a_clock(extended: str, due: str, warn: str) -> None:
    clock = started(FOUR_HOURS, at(f"{MONDAY} 16:00"))
    if extended == "standing still":
        clock = pause_clock(TIMING, clock, at=at(f"{MONDAY} 17:00"))
    if extended == "ran out":
        clock = msgspec.structs.replace(clock, raised=True)
    longer = extend_clock(TIMING, clock, value=2, at=at(f"{TUESDAY} 09:00"))
    assert longer == msgspec.structs.replace(
        clock,
        limit=6 * HOUR,
        due=at(due),
        warn=at(warn),
        since=at(f"{TUESDAY} 09:00" if extended == "standing still" else f"{MONDAY} 16:00"),
        paused=None,
        raised=False,
    )


@pytest.mark.parametrize(
    ("used_minutes", "warn"),
    [
        (0, f"{MONDAY} 12:12"),  # four fifths of four hours
        (191, f"{MONDAY} 09:01"),  # one minute of them is left
        (192, f"{MONDAY} 09:00"),  # none is left: it warns at once
        (193, f"{MONDAY} 09:00"),
    ],
)
def test_a_clock_that_has_used_its_four_fifths_warns_at_once(used_minutes: int, warn: str) -> None:
    clock = started(Limit(4, Unit.URGENT_HOUR), at(f"{MONDAY} 00:00"))
    used = msgspec.structs.replace(clock, used=used_minutes * MINUTE, since=None, paused=at(f"{MONDAY} 04:00"))
    resumed = resume_clock(TIMING, used, at=at(f"{MONDAY} 09:00"))
    assert resumed.warn == at(warn)
    assert resumed.due == at(f"{MONDAY} 09:00") + (240 - used_minutes) * MINUTE


def test_a_clock_with_nothing_left_runs_on_as_it_is() -> None:
    clock = started(FOUR_HOURS, at(f"{MONDAY} 08:00"))
    paused = pause_clock(TIMING, clock, at=at(f"{MONDAY} 12:00"))
    assert paused == msgspec.structs.replace(clock, used=4 * HOUR, since=None, paused=at(f"{MONDAY} 12:00"))
    late = pause_clock(TIMING, clock, at=at(f"{MONDAY} 14:00:01"))
    assert (late.used, late.late) == (4 * HOUR + 1, True)
    assert resume_clock(TIMING, late, at=at(f"{TUESDAY} 09:00")) == msgspec.structs.replace(
        late, since=at(f"{TUESDAY} 09:00"), paused=None, late=False
    )


@given(limits, moments, gaps, gaps)
def test_only_a_clock_that_stands_still_or_has_ended_is_late(limit: Limit, begin: int, after: int, gap: int) -> None:
    clock = started(limit, begin)
    stopped = pause_clock(TIMING, clock, at=begin + after)
    assert stopped.late is (begin + after > clock.due)
    again = resume_clock(TIMING, stopped, at=begin + after + gap)
    assert (again.late, end_clock(TIMING, again, at=again.due).late) == (False, False)


@given(limits, moments, gaps)
def test_an_end_that_is_taken_back_leaves_the_due_moment_as_it_was(limit: Limit, begin: int, after: int) -> None:
    clock = started(limit, begin)
    again = take_back_end(TIMING, end_clock(TIMING, clock, at=begin + after))
    if limit.unit in NATURAL or begin + after >= clock.due:
        assert again.due == clock.due
    assert TIMING.calendar(limit.calendar).measure(clock.due, again.due, limit.unit) == 0
    assert (again.ended, again.paused, again.late, again.since) == (None, None, False, begin + after)
    assert take_back_end(TIMING, clock) == clock


def test_a_pause_that_begins_before_the_due_moment_takes_the_running_out_off_the_record() -> None:
    clock = msgspec.structs.replace(started(FOUR_HOURS, at(f"{MONDAY} 08:00")), raised=True)
    assert pause_clock(TIMING, clock, at=at(f"{MONDAY} 12:00")).raised is False
    late = pause_clock(TIMING, clock, at=at(f"{MONDAY} 14:30"))
    assert (late.raised, late.late) == (True, True)


def test_a_clock_that_ended_may_run_again_and_is_then_neither_late_nor_ended() -> None:
    """A case is reopened: what was used stays used."""
    clock = started(FOUR_HOURS, at(f"{MONDAY} 08:00"))
    ended = msgspec.structs.replace(end_clock(TIMING, clock, at=at(f"{MONDAY} 10:00")), late=True)
    assert (ended.ended, ended.used) == (at(f"{MONDAY} 10:00"), 2 * HOUR)
    again = resume_clock(TIMING, ended, at=at(f"{TUESDAY} 09:00"))
    assert (again.ended, again.late, again.used) == (None, False, 2 * HOUR)
    assert again.due == at(f"{TUESDAY} 11:00")
    used_up = end_clock(TIMING, clock, at=at(f"{MONDAY} 12:00"))
    assert resume_clock(TIMING, used_up, at=at(f"{TUESDAY} 09:00")).ended is None


def test_before_it_began_nothing_of_a_clock_is_used() -> None:
    clock = started(FOUR_HOURS, at(f"{MONDAY} 10:00"))
    assert used_by(TIMING, clock, at=at(f"{MONDAY} 09:00")) == 0


def test_another_limit_of_a_clock_that_stands_still_is_judged_as_of_its_pause() -> None:
    clock = started(FOUR_HOURS, at(f"{MONDAY} 08:00"))
    paused = msgspec.structs.replace(pause_clock(TIMING, clock, at=at(f"{MONDAY} 11:00")), raised=True)
    for limit, extra, due, late in (
        (Limit(2, Unit.WORK_HOUR, "office"), 0, f"{MONDAY} 10:00", True),
        (Limit(2, Unit.WORK_HOUR, "office"), HOUR, f"{MONDAY} 11:00", False),
        (Limit(5, Unit.WORK_HOUR, "office"), 0, f"{MONDAY} 15:00", False),
    ):
        changed = change_limit(TIMING, paused, limit, extra=extra)
        assert (changed.due, changed.late, changed.raised) == (at(due), late, False)
        assert (changed.since, changed.paused, changed.used) == (None, at(f"{MONDAY} 11:00"), 3 * HOUR)


def test_another_limit_may_count_by_another_calendar_in_another_unit() -> None:
    clock = started(FOUR_HOURS, at(f"{MONDAY} 16:00"))
    other = change_limit(TIMING, clock, Limit(3, Unit.URGENT_HOUR, "seats"))
    assert (other.calendar, other.unit, other.limit) == ("seats", Unit.URGENT_HOUR, 3 * HOUR)
    assert other.due == at(f"{MONDAY} 19:00")


def test_a_changed_calendar_moves_only_a_clock_that_runs() -> None:
    """Monday morning, eight office hours; then the offices are given the afternoon off."""
    clock = started(Limit(8, Unit.WORK_HOUR, "office"), at("2026-03-04 08:00"))
    changed = Timing({"office": msgspec.structs.replace(compiled(SUMMER), name="office")})
    assert clock.due == at("2026-03-04 18:00")
    assert recompute_clock(changed, clock).due == at("2026-03-06 16:00")
    ended = end_clock(TIMING, clock, at=at("2026-03-04 09:00"))
    assert recompute_clock(changed, ended) == ended


def test_beyond_the_published_holidays_a_deadline_is_provisional() -> None:
    assert not started(Limit(1, Unit.WORK_DAY, "office"), at("2026-12-01 09:00")).provisional
    assert started(Limit(40, Unit.WORK_DAY, "office"), at("2026-12-01 09:00")).provisional


def test_a_limit_by_a_calendar_that_does_not_exist_is_refused() -> None:
    with pytest.raises(UnknownCalendar) as caught:
        started(Limit(1, Unit.WORK_DAY, "moon"), MONDAY_MORNING)
    assert caught.value.details == {"calendar": "moon"}


def test_the_clock_loop_looks_next_at_the_first_running_clock_not_yet_on_record() -> None:
    first = started(Limit(1, Unit.MINUTE), MONDAY_MORNING)
    later = started(Limit(9, Unit.MINUTE), MONDAY_MORNING)
    assert next_due((later, first)) == MONDAY_MORNING + MINUTE
    assert next_due((later, msgspec.structs.replace(first, raised=True))) == MONDAY_MORNING + 9 * MINUTE
    assert next_due((end_clock(TIMING, first, at=MONDAY_MORNING),)) is None


def test_a_clock_with_one_tick_left_runs_on_for_it_and_one_with_none_stays_due_as_it_was() -> None:
    clock = started(Limit(1, Unit.MINUTE, "seats"), MONDAY_MORNING)
    for left, moved in ((1, True), (0, False)):
        paused = msgspec.structs.replace(clock, used=clock.limit - left, since=None, paused=MONDAY_MORNING)
        assert (resume_clock(TIMING, paused, at=MONDAY_MORNING + DAY).due > clock.due) is moved


def test_what_ran_out_is_raised_anew_when_rework_begins() -> None:
    raised = msgspec.structs.replace(started(Limit(2, Unit.WORK_HOUR, "office"), MONDAY_MORNING), raised=True)
    assert not top_up(
        TIMING, pause_clock(TIMING, raised, at=MONDAY_MORNING + DAY), percent=20, at=MONDAY_MORNING + DAY
    ).raised


def test_a_limit_that_is_used_up_already_warns_when_it_was_due() -> None:
    paused = pause_clock(
        TIMING, started(Limit(4, Unit.WORK_HOUR, "office"), MONDAY_MORNING), at=MONDAY_MORNING + 2 * HOUR
    )
    moved = change_limit(TIMING, paused, Limit(1, Unit.WORK_HOUR, "office"))
    assert moved.warn == moved.due < paused.due
