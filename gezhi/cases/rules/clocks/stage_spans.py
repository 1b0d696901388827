"""七步条: each time that a case was in a stage, from when until when, in all rounds; the same strip everywhere."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import zip_longest

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


class Stay(msgspec.Struct, frozen=True):
    """一次经过: once in a stage, from when until when (None: still); `late` if a clock ran out in it."""

    entered: int
    left: int | None
    seconds: int
    late: bool = False


class StageSpan(msgspec.Struct, frozen=True):
    """One stage: `state` is to_come, now, done or skipped; every time that the case was in it, the last as it stands.
    A stage to come may have been gone through in an earlier round.
    """

    stage: Stage
    state: str
    stays: tuple[Stay, ...] = ()

    @property
    def seconds(self) -> int:
        return sum(stay.seconds for stay in self.stays)

    @property
    def late(self) -> bool:
        return any(stay.late for stay in self.stays)


def stage_spans(entries: Sequence[Entry], *, now: int) -> tuple[StageSpan, ...]:
    """The seven stages of a case from its log."""
    stays: dict[Stage, list[Stay]] = {stage: [] for stage in Stage}
    runs = [run for run in runs_of(entries) if run.late]
    entries = standing(entries)
    last_status = entries[-1].step.status
    ended = STATUSES[last_status].final or last_status is Status.CLOSED
    current = None if ended else STATUSES[last_status].stage
    before = None
    for entry, following in zip_longest(entries, entries[1:]):
        stage = STATUSES[entry.step.status].stage
        left = following.recorded if following is not None else entry.recorded if ended else None
        entered = stays[stage].pop().entered if stage is before else entry.recorded
        stays[stage].append(Stay(entered, left, (now if left is None else left) - entered))
        before = stage
    for run in runs:
        where = STAGE_OF_CLOCK[run.kind]
        if where is not None and stays[where]:
            stopped = run.ended if run.ended is not None else now
            at = max((n for n, stay in enumerate(stays[where]) if stay.entered < stopped), default=0)
            stays[where][at] = msgspec.structs.replace(stays[where][at], late=True)
    reached = max(stage for stage in Stage if stays[stage])
    closed = last_status is Status.CLOSED
    return tuple(
        StageSpan(stage, _state(stage, current, reached, was_in=bool(stays[stage]), closed=closed), tuple(stays[stage]))
        for stage in Stage
    )


def _state(stage: Stage, current: Stage | None, reached: Stage, *, was_in: bool, closed: bool) -> str:
    if stage is current:
        return "now"
    if stage is Stage.EVALUATE:
        return "skipped" if current is None and not closed else "to_come"  # nothing says yet that it was evaluated
    if was_in and (current is None or stage < current):
        return "done"
    return "skipped" if current is None and stage > reached else "to_come"


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
