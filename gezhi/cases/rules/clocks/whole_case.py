"""全程时限: the age of a case beside what the stages on its way allow.

Due is the whole case when, from where it stands, every stage that is still ahead takes its full limit; what stages
ran over before is taken off, what they saved is not. It never moves earlier by itself, so it is late only if a stage
was. While no stage has the case (缓办, 申请回退待批) it stands still. No figure counts it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

import msgspec

from gezhi.calendars.rules.limits import Limit, Unit
from gezhi.cases.rules.clocks.clock import Clock, ClockKind
from gezhi.cases.rules.clocks.deadline import end_clock, pause_clock, resume_clock
from gezhi.cases.rules.entries import Step
from gezhi.cases.rules.entry_kinds import EntryKind
from gezhi.cases.rules.facts import Facts
from gezhi.cases.rules.stages import FINISHED, Status
from gezhi.cases.rules.state import CaseState, Subject

K = ClockKind
WAY = (K.ACCEPTANCE, K.REGISTRATION, K.DISPATCH, K.HANDLING, K.REVIEW, K.SEND_INSPECTION, K.INSPECTION, K.CLOSING)
NEXT = {K.VERIFICATION: K.ACCEPTANCE, K.UNOWNED: K.DISPATCH, K.HELPING: K.REVIEW}
"""Clocks beside the way, and where it goes on after them."""
ON_THE_WAY = (*NEXT, *WAY)
NOT_YET = frozenset({Status.REPORTED, Status.VERIFYING})
MOVE_LIMITS = frozenset({EntryKind.AMENDED, EntryKind.DEADLINES_RECOMPUTED})
Clocks = Mapping[ClockKind, Clock]


def handling_limit(subject: Subject) -> Limit | None:
    """处置时限: the limit of the standard row at the area's level, as it was when the case was accepted or amended."""
    if subject.limit is None or subject.unit is None or subject.calendar is None:
        return None
    return Limit(subject.limit, Unit(subject.unit), subject.calendar)


def overrun(before: Clocks, after: Iterable[Clock], *, at: int) -> int:
    """超出: seconds by which stages that ended at this moment ran over their due moments, since they ran last."""
    over = 0
    for clock in after:
        old = before.get(clock.kind)
        if clock.kind in ON_THE_WAY and old is not None and old.since is not None and clock.since != old.since:
            stopped = clock.ended or clock.paused or at
            over += max(0, stopped - max(clock.due if clock.since is None else old.due, old.since))
    return over


def _ahead(kind: ClockKind) -> tuple[ClockKind, ...]:
    if kind in NEXT:
        return WAY[WAY.index(NEXT[kind]) :]
    return WAY[WAY.index(kind) + 1 :]


def _left_of(kind: ClockKind, clocks: Clocks, subject: Subject, *, rework: bool, facts: Facts) -> tuple[str, Unit, int]:
    """What a stage that is ahead may take: the rest of a clock that stands still, else its limit."""
    clock = clocks.get(kind)
    if clock is not None and clock.paused is not None:
        least = clock.limit * facts.policy.rework_percent // 100 if rework and kind is K.HANDLING else 0
        return clock.calendar, clock.unit, max(clock.limit - clock.used, least)
    limit = handling_limit(subject) if kind is K.HANDLING else facts.limit(kind)
    assert limit is not None  # nobody looks ahead before the limit is known
    return limit.calendar, limit.unit, facts.timing.calendar(limit.calendar).ticks(limit)


def all_full(clocks: Clocks, subject: Subject, facts: Facts, *, rework: bool) -> tuple[int, bool] | None:
    """When the case is through if the stage that runs and all that are ahead take their full limits, and whether that
    is provisional. None while no stage runs.
    """
    kind = next((one for one in ON_THE_WAY if one in clocks and clocks[one].since is not None), None)
    if kind is None:
        return None
    clock = clocks[kind]
    due, provisional = max(clock.due, clock.since or 0), clock.provisional
    for stage in _ahead(kind):
        calendar, unit, ticks = _left_of(stage, clocks, subject, rework=rework, facts=facts)
        deadline = facts.timing.calendar(calendar).add(due, unit, ticks)
        due, provisional = deadline.due, provisional or deadline.provisional
    return due, provisional


def whole_clock(state: CaseState, step: Step, facts: Facts) -> Clock | None:
    """The clock of the whole case after a step; None while no limit is known."""
    before = {clock.kind: clock for clock in state.clocks}
    clocks = {**before, **{clock.kind: clock for clock in step.clocks}}
    whole = clocks.get(K.WHOLE)
    if step.status in FINISHED:
        return whole and end_clock(facts.timing, whole, at=facts.moment)
    subject = step.subject or state.subject
    limit = handling_limit(subject)
    if limit is None or (whole is None and step.status in NOT_YET):
        return whole
    rework = step.rework_unit if step.rework_unit is not None else state.rework_unit
    full = all_full(clocks, subject, facts, rework=bool(rework))
    if full is None:
        return whole and pause_clock(facts.timing, whole, at=facts.moment)
    due, provisional = full
    allowed = due - state.overrun - overrun(before, step.clocks, at=facts.moment)
    if whole is None:
        at, nominal = state.reported, _from_the_report(state, limit, facts)
        begun = Clock(K.WHOLE, limit.calendar, Unit.URGENT_HOUR, 0, at, at, since=at, provisional=provisional)
        return _with_due(begun, max(nominal, allowed), facts)
    running = whole if whole.since is not None else resume_clock(facts.timing, whole, at=facts.moment)
    shorter = _shorter(before, due, state, step, facts)
    moved = _with_due(running, max(running.due - shorter, allowed), facts)
    return msgspec.structs.replace(moved, provisional=provisional)


def _shorter(before: Clocks, due: int, state: CaseState, step: Step, facts: Facts) -> int:
    """更正或日历调整: how much earlier the way is through under another limit or calendar, and under none but these."""
    if step.kind not in MOVE_LIMITS:
        return 0
    old = all_full(before, state.subject, facts, rework=bool(state.rework_unit))
    return max(0, old[0] - due) if old is not None else 0


def _from_the_report(state: CaseState, limit: Limit, facts: Facts) -> int:
    due = state.reported
    for kind in WAY:
        one = limit if kind is K.HANDLING else facts.limit(kind)
        due = facts.timing.calendar(one.calendar).deadline(due, one).due
    return due


def _with_due(clock: Clock, due: int, facts: Facts) -> Clock:
    """The clock due at another moment; one that had run out and has time again may run out again. One that goes on when
    it is late already keeps its limit: of the time since nothing is left to it.
    """
    since = clock.since or 0
    limit = clock.used + due - since if due > since else clock.limit
    warn = since + max(0, limit * facts.timing.warn_percent // 100 - clock.used)
    raised = clock.raised and due <= max(clock.due, facts.moment)
    return msgspec.structs.replace(clock, limit=limit, due=due, warn=min(warn, due), raised=raised)
