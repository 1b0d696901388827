"""The strip of the seven stages: how long a case stood in each, over all rounds, and where it was late."""

from __future__ import annotations

import pytest

from gezhi.cases.rules import commands
from gezhi.cases.rules.clocks.lights import leading_clock
from gezhi.cases.rules.clocks.stage_spans import StageSpan, Stay, rounds_of, stage_spans, stages_of
from gezhi.cases.rules.stages import Stage, Status
from tests.cases.world import DAY, DISPATCHER, DUTY_OFFICER, HOUR, MINUTE, MONDAY_MORNING, PARKS, ROADS, SYSTEM, Walk


def strip(walk: Walk, *, later: int = 0) -> dict[Stage, StageSpan]:
    return {span.stage: span for span in stage_spans(walk.entries, now=walk.moment + later)}


def states(walk: Walk) -> list[str]:
    return [span.state for span in strip(walk).values()]


def test_a_case_under_way_has_done_stages_one_now_and_others_to_come() -> None:
    walk = Walk.to(Status.HANDLING)
    spans = strip(walk, later=HOUR)
    assert states(walk) == ["done", "done", "done", "now", "to_come", "to_come", "to_come"]
    assert spans[Stage.REPORT].stays == (Stay(MONDAY_MORNING, MONDAY_MORNING + MINUTE, MINUTE),)
    assert spans[Stage.HANDLE].stays == (Stay(MONDAY_MORNING + 3 * MINUTE, None, MINUTE + HOUR),)
    assert spans[Stage.FEED_BACK] == StageSpan(Stage.FEED_BACK, "to_come")


def test_a_closed_case_has_gone_through_six_and_is_evaluated_by_nobody_yet() -> None:
    assert states(Walk.to(Status.CLOSED)) == [*["done"] * 6, "to_come"]


def test_an_act_stands_under_the_stage_in_which_it_was_done() -> None:
    walk = Walk.to(Status.INSPECTING).inspect(passed=False)
    stages = stages_of(walk.entries)
    assert [(entry.step.kind.value, stages[entry.seq]) for entry in walk.entries] == [
        ("reported", Stage.REPORT),
        ("accepted", Stage.REPORT),
        ("registered", Stage.REGISTER),
        ("dispatched", Stage.DISPATCH),
        ("received", Stage.HANDLE),
        ("handed_over", Stage.HANDLE),
        ("confirmed", Stage.FEED_BACK),
        ("inspection_sent", Stage.INSPECT),
        ("inspection_failed", Stage.INSPECT),
    ]


@pytest.mark.parametrize("status", [Status.REFUSED, Status.MERGED, Status.SELF_HANDLED])
def test_what_ends_in_the_first_stage_skips_the_others_evaluation_too(status: Status) -> None:
    assert states(Walk.to(status)) == ["done", *["skipped"] * 6]


def test_rework_adds_to_the_time_of_the_stages_that_it_goes_through_again() -> None:
    walk = Walk.to(Status.TO_INSPECT).send_inspection(13).inspect(passed=False)
    assert states(walk)[2:] == ["now", "to_come", "to_come", "to_come", "to_come"]
    once = strip(walk)[Stage.HANDLE].seconds
    walk.handled()
    assert strip(walk)[Stage.HANDLE].seconds == once + HOUR + MINUTE


def test_a_stage_is_told_as_it_stands_and_the_earlier_times_beside_it() -> None:
    """Late at the first unit, recalled and given to another: late the first time, not now."""
    walk = Walk.to(Status.HANDLING)
    first, again = walk.moment - MINUTE, walk.moment + 31 * HOUR
    walk.do(commands.RunOut(), SYSTEM, after=30 * HOUR).do(commands.Recall(reason="派错"), DISPATCHER, after=HOUR)
    walk.dispatch(PARKS, after=MINUTE)
    handled, dispatched = strip(walk, later=5)[Stage.HANDLE], strip(walk)[Stage.DISPATCH]
    assert handled.state == "now"
    assert handled.stays == (Stay(first, again, again - first, late=True), Stay(again + MINUTE, None, 5))
    assert [(stay.entered, stay.left) for stay in dispatched.stays] == [
        (first - MINUTE, first),
        (again, again + MINUTE),
    ]
    assert strip(walk)[Stage.FEED_BACK].stays == ()


def test_a_stage_is_late_by_its_own_clocks_only() -> None:
    """Handled late, then inspected, closed and answered in good time: only the handling is late."""
    walk = Walk.to(Status.REGISTERED).handled(after=30 * HOUR).confirm().send_inspection().inspect().close("late")
    assert [span.stage for span in strip(walk).values() if span.late] == [Stage.HANDLE]


def test_a_slow_inspection_makes_its_own_stage_late_and_not_the_handling() -> None:
    walk = Walk.to(Status.TO_INSPECT).send_inspection().inspect(after=HOUR).close()
    assert [span.stage for span in strip(walk).values() if span.late] == [Stage.INSPECT]


@pytest.mark.parametrize(
    ("status", "stage"),
    [
        (Status.REPORTED, Stage.REPORT),
        (Status.VERIFYING, Stage.REPORT),
        (Status.ACCEPTED, Stage.REGISTER),
        (Status.REGISTERED, Stage.DISPATCH),
        (Status.UNOWNED, Stage.DISPATCH),
        (Status.DISPATCHED, Stage.HANDLE),
        (Status.HANDLED, Stage.FEED_BACK),
        (Status.TO_INSPECT, Stage.INSPECT),
        (Status.INSPECTING, Stage.INSPECT),
        (Status.TO_CLOSE, Stage.INSPECT),
    ],
)
def test_a_clock_that_ran_out_marks_its_stage_while_it_still_waits(status: Status, stage: Stage) -> None:
    walk = Walk.to(status)
    clock = leading_clock(walk.now)
    assert clock is not None
    assert clock.due is not None
    walk.do(commands.RunOut(), SYSTEM, after=clock.due + MINUTE - walk.moment)
    assert [span.stage for span in strip(walk).values() if span.late] == [stage]


def test_the_whole_case_running_out_marks_no_single_stage() -> None:
    walk = Walk.to(Status.TO_CLOSE)
    walk.do(commands.RunOut(), SYSTEM, after=10 * MINUTE + 3 * DAY)
    assert [span.stage for span in strip(walk).values() if span.late] == [Stage.INSPECT]


def test_a_declined_closing_stays_in_its_stage() -> None:
    walk = Walk.to(Status.TO_CLOSE).do(commands.DeclineClosing(reason="照片存疑", reason_code="other"), DUTY_OFFICER)
    assert states(walk) == ["done"] * 5 + ["now", "to_come"]
    assert walk.now.assignments[0].unit == ROADS


def test_a_failed_inspection_belongs_to_the_round_that_it_ends() -> None:
    walk = Walk.to(Status.INSPECTING)
    first = len(walk.entries)
    walk.inspect(passed=False).handled().confirm().send_inspection().inspect(passed=False).dispatch()
    rounds = rounds_of(walk.entries)
    assert [walk.entries[seq - 1].command for seq, round_no in rounds.items() if round_no == 2][:2] == [
        "dispatch", "receive",
    ]  # fmt: skip
    assert list(rounds.values()) == [1] * (first + 1) + [2] * 6 + [3]
    assert list(rounds) == [entry.seq for entry in walk.entries]


def test_of_no_entries_there_are_no_stages() -> None:
    assert stages_of(()) == {}
