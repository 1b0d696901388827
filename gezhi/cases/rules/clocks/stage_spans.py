"""七步条: when a case entered and left each stage, and how long it stayed there over all rounds; the same strip
everywhere.
"""

from __future__ import annotations

from collections.abc import Sequence

import msgspec

from gezhi.cases.rules.clocks.clock import ClockKind
from gezhi.cases.rules.clocks.runs import runs_of, standing
from gezhi.cases.rules.entries import Entry
from gezhi.cases.rules.stages import STATUSES, Stage, Status

STAGE_OF_CLOCK: dict[str, Stage | None] = {
    ClockKind.ACCEPTANCE: Stage.REPORT,
    ClockKind.SEND_VERIFICATION: Stage.REPORT,
    ClockKind.VERIFICATION: Stage.REPORT,
    ClockKind.REGISTRATION: Stage.REGISTER,
    ClockKind.DISPATCH: Stage.DISPATCH,
    ClockKind.UNOWNED: Stage.DISPATCH,
    ClockKind.RECEIPT: Stage.HANDLE,
    ClockKind.HANDLING: Stage.HANDLE,
    ClockKind.HELPING: Stage.HANDLE,
    ClockKind.REVIEW: Stage.FEED_BACK,
    ClockKind.SEND_INSPECTION: Stage.INSPECT,
    ClockKind.INSPECTION: Stage.INSPECT,
    ClockKind.CLOSING: Stage.INSPECT,
    ClockKind.APPROVAL: None,
    ClockKind.SUSPENSION: None,
    ClockKind.WHOLE: None,
}


class StageSpan(msgspec.Struct, frozen=True):
    """One stage: entered first, left last, whole seconds in it; `state` is to_come, now, done or skipped; `late` if a
    clock ran out in it.
    """

    stage: Stage
    state: str
    entered: int | None
    left: int | None
    seconds: int
    late: bool


def stage_spans(entries: Sequence[Entry], *, now: int) -> tuple[StageSpan, ...]:
    """The seven stages of a case from its log."""
    entered: dict[Stage, int] = {}
    left: dict[Stage, int] = {}
    seconds: dict[Stage, int] = dict.fromkeys(Stage, 0)
    late = {STAGE_OF_CLOCK[run.kind] for run in runs_of(entries) if run.late}
    entries = standing(entries)
    last_status = entries[-1].step.status
    ended = STATUSES[last_status].final or last_status is Status.CLOSED
    for at, entry in enumerate(entries):
        stage = STATUSES[entry.step.status].stage
        entered.setdefault(stage, entry.recorded)
        until = entries[at + 1].recorded if at + 1 < len(entries) else (entry.recorded if ended else now)
        seconds[stage] += until - entry.recorded
        left[stage] = until
    current = None if ended else STATUSES[last_status].stage
    reached = max(entered)
    return tuple(
        _span(stage, entered, left, seconds, late, current, reached, closed=last_status is Status.CLOSED)
        for stage in Stage
    )


def _span(
    stage: Stage,
    entered: dict[Stage, int],
    left: dict[Stage, int],
    seconds: dict[Stage, int],
    late: set[Stage | None],
    current: Stage | None,
    reached: Stage,
    *,
    closed: bool,
) -> StageSpan:
    if stage is current:
        state = "now"
    elif stage is Stage.EVALUATE:
        state = "skipped" if current is None and not closed else "to_come"  # nothing says yet that it was evaluated
    elif stage in entered and (current is None or stage < current):
        state = "done"
    else:
        state = "skipped" if current is None and stage > reached else "to_come"
    return StageSpan(
        stage,
        state,
        entered.get(stage),
        None if stage is current else left.get(stage),
        seconds[stage],
        stage in late,
    )


def stages_of(entries: Sequence[Entry]) -> dict[int, Stage]:
    """The stage in which each entry (by its number) was made: an act belongs to the stage that it ends."""
    stages, stage = {}, STATUSES[entries[0].step.status].stage if entries else Stage.REPORT
    for entry in entries:
        stages[entry.seq] = stage
        stage = STATUSES[entry.step.status].stage
    return stages


def rounds_of(entries: Sequence[Entry]) -> dict[int, int]:
    """The round in which each entry (by its number) was made: a failed inspection belongs to the round that it ends."""
    rounds, current = {}, 1
    for entry in entries:
        rounds[entry.seq] = current
        current = entry.step.round or current
    return rounds
