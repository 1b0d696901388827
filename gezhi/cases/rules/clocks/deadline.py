"""时限计算: when a clock of a case runs out, and what pausing, resuming and dispatching again do to it.

In time means: the last hand-over, the one that passed, came before the handling deadline (GB/T 30428.8; lifecycle of
the case).
"""

from __future__ import annotations

from collections.abc import Mapping

import msgspec

from gezhi.calendars.rules.limits import Limit, Unit
from gezhi.calendars.rules.working_calendar import WorkingCalendar
from gezhi.cases.rules.clocks.clock import Clock, ClockKind
from gezhi.kernel.problems import Problem


class UnknownCalendar(Problem):
    code = "cases.deadline.unknown-calendar"
    status = 422
    title = "时限所用的工作日历“{calendar}”不存在，请管理员先建立。"
    title_en = "The limit names the calendar “{calendar}”, which does not exist; an administrator must create it first."


class Timing(msgspec.Struct, frozen=True):
    """What a deadline is computed with: the calendars in force and where the warning begins."""

    calendars: Mapping[str, WorkingCalendar]
    warn_percent: int = 80

    def calendar(self, name: str) -> WorkingCalendar:
        try:
            return self.calendars[name]
        except KeyError:
            raise UnknownCalendar(calendar=name) from None


def start_clock(timing: Timing, kind: ClockKind, limit: Limit, *, at: int) -> Clock:
    """A clock that begins at this moment with its whole limit."""
    ticks = timing.calendar(limit.calendar).ticks(limit)
    fresh = Clock(kind=kind, calendar=limit.calendar, unit=limit.unit, limit=ticks, due=at, warn=at)
    return _run(timing, fresh, at=at)


def _run(timing: Timing, clock: Clock, *, at: int) -> Clock:
    calendar, unit = timing.calendar(clock.calendar), Unit(clock.unit)
    left = clock.limit - clock.used
    if left <= 0:
        return msgspec.structs.replace(clock, since=at, paused=None, ended=None, late=False)
    deadline = calendar.add(at, unit, left)
    warn_ticks = clock.limit * timing.warn_percent // 100 - clock.used
    warn = calendar.add(at, unit, warn_ticks).due if warn_ticks > 0 else at
    return msgspec.structs.replace(
        clock,
        due=deadline.due,
        warn=warn,
        provisional=deadline.provisional,
        since=at,
        paused=None,
        ended=None,
        late=False,
    )


def used_by(timing: Timing, clock: Clock, *, at: int) -> int:
    """Ticks used of the limit by this moment."""
    if clock.since is None:
        return clock.used
    return clock.used + max(0, timing.calendar(clock.calendar).elapsed(clock.since, at, Unit(clock.unit)))


def pause_clock(timing: Timing, clock: Clock, *, at: int) -> Clock:
    """A running clock stands still: `late` if that was after its due moment, else it has not run out, even where it is
    on record as such (what was asked for in time is granted later).
    """
    if clock.since is None:
        return clock
    late, used = at > clock.due, used_by(timing, clock, at=at)
    return msgspec.structs.replace(clock, used=used, since=None, paused=at, late=late, raised=clock.raised and late)


def resume_clock(timing: Timing, clock: Clock, *, at: int, give_time_back: bool = True) -> Clock:
    """A paused clock runs again with the part of its limit that was not used.

    With `give_time_back` false the pause itself counts as used: so does a refused send-back.
    """
    if clock.since is not None:
        return clock
    if not give_time_back and clock.paused is not None:
        clock = msgspec.structs.replace(
            clock, used=used_by(timing, msgspec.structs.replace(clock, since=clock.paused), at=at)
        )
    return _run(timing, clock, at=at)


def end_clock(timing: Timing, clock: Clock, *, at: int) -> Clock:
    """End a clock. One that stands still is taken to have ended when it was paused, so a later end is never late."""
    if clock.ended is not None:
        return clock
    paused = pause_clock(timing, clock, at=at)
    moment = paused.paused if paused.paused is not None else at
    return msgspec.structs.replace(paused, ended=moment, paused=None, late=moment > clock.due)


def take_back_end(timing: Timing, clock: Clock) -> Clock:
    """A clock that has ended runs on as if it had not, under the same due moment."""
    return clock if clock.ended is None else _run(timing, clock, at=clock.ended)


def top_up(timing: Timing, clock: Clock, *, percent: int, at: int) -> Clock:
    """Rework runs on with the rest, but with no less than this part of the limit."""
    least = clock.limit * percent // 100
    return _run(timing, msgspec.structs.replace(clock, used=min(clock.used, clock.limit - least), raised=False), at=at)


def extend_clock(timing: Timing, clock: Clock, *, value: int, at: int) -> Clock:
    """延期: so much more of the clock's own unit; a clock that stood still runs on with it."""
    more = timing.calendar(clock.calendar).ticks(Limit(value, Unit(clock.unit), clock.calendar))
    running = clock if clock.since is not None else resume_clock(timing, clock, at=at)
    assert running.since is not None  # a resumed clock runs
    longer = msgspec.structs.replace(running, limit=running.limit + more, raised=False)
    return _run(timing, longer, at=running.since)


def change_limit(timing: Timing, clock: Clock, limit: Limit, *, extra: int = 0) -> Clock:
    """The same clock under another limit: what was used stays used; one that stands still is judged again as of its
    pause.
    """
    calendar, at = timing.calendar(limit.calendar), clock.since if clock.since is not None else clock.paused
    assert at is not None  # a clock that has not ended runs or stands still
    ticks = calendar.ticks(limit) + extra
    due = calendar.add(at, limit.unit, ticks - clock.used).due
    fresh = msgspec.structs.replace(
        clock, calendar=limit.calendar, unit=limit.unit, limit=ticks, due=due, warn=due, raised=False
    )
    moved = _run(timing, fresh, at=at)
    if clock.since is not None:
        return moved
    return msgspec.structs.replace(moved, since=None, paused=at, late=at > moved.due)


def recompute_clock(timing: Timing, clock: Clock) -> Clock:
    """The same clock by the calendars as they are now; only a running one changes."""
    if clock.since is None:
        return clock
    return _run(timing, clock, at=clock.since)


def next_due(clocks: tuple[Clock, ...]) -> int | None:
    """When the clock loop must look at this case again: the first running clock whose running out is not on record."""
    return min((clock.due for clock in clocks if clock.since is not None and not clock.raised), default=None)
