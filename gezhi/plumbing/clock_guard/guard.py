"""The guard itself: it looks before each round of work by the clock, and stops it until it is released."""

from __future__ import annotations

import time
from datetime import UTC, datetime
from typing import Any

import msgspec
import structlog
from django.conf import settings
from django.db import connection, transaction

from gezhi.kernel.moments import HOUR_S
from gezhi.kernel.permissions import Actor
from gezhi.plumbing.clock import Clock
from gezhi.plumbing.clock_guard.verdict import (
    ClockTrouble,
    NotStopped,
    Reading,
    StillWrong,
    Tolerances,
    moment_after,
    verdict,
)
from gezhi.plumbing.models import ClockRelease, ClockState

log = structlog.get_logger(__name__)

ONLY_ROW = 1
DEMO_SLEEPS_DAYS = 30
NOTE_EVERY_S = 4
LONGEST_LOOK_S = 2.0
"""A look that was held up compares moments that are no longer the same; the next one tells."""
LAST_ENTRY_UNKNOWN = "SELECT NULL::timestamptz"
READ = """
    SELECT clock_timestamp(), state.good_at, state.stopped_at, state.trouble, state.accepted_until, ({last_entry})
    FROM (SELECT 1) one LEFT JOIN plumbing_clock_state state ON state.id = %s
"""

_last_entry_sql = LAST_ENTRY_UNKNOWN


def set_last_entry(statement: str) -> None:
    """The statement that gives the moment of the last entry of the log (`assembly` plugs it in)."""
    global _last_entry_sql  # noqa: PLW0603
    _last_entry_sql = statement


class Standing(msgspec.Struct, frozen=True):
    """What the guard knows: the reading, and since when and why the work by the clock is stopped."""

    reading: Reading
    stopped_at: int | None = None
    trouble: ClockTrouble | None = None


class _Steady:
    """How much longer the time since the last look was by the clock than by one that nobody can set. A machine that
    slept has not jumped: where the system has a clock that counts on in sleep, it is used.
    """

    def __init__(self) -> None:
        self.at: tuple[int, float] | None = None

    def passed_s(self, now: int) -> float:
        steady = time.clock_gettime(getattr(time, "CLOCK_BOOTTIME", time.CLOCK_MONOTONIC))
        before, self.at = self.at, (now, steady)
        return 0.0 if before is None else (now - before[0]) - (steady - before[1])


_steady = _Steady()


def tolerances() -> Tolerances:
    """A demo city may sleep on somebody's laptop for a month."""
    hours = max(settings.GEZHI_CLOCK_GAP_H, DEMO_SLEEPS_DAYS * 24 if settings.GEZHI_DEMO else 0)
    return Tolerances(differ_s=settings.GEZHI_CLOCK_TOLERANCE_S, gap_s=hours * HOUR_S)


def read(now: int, *, passed_s: float = 0.0) -> Standing:
    with connection.cursor() as cursor:
        cursor.execute(READ.format(last_entry=_last_entry_sql), [ONLY_ROW])
        database, good_at, stopped_at, trouble, accepted_until, last_entry = cursor.fetchone()
    reading = Reading(
        now=now,
        database=int(database.timestamp()),
        good_at=_epoch(good_at),
        last_entry=_epoch(last_entry),
        accepted_until=_epoch(accepted_until) or 0,
        passed_s=round(passed_s, 1),
    )
    return Standing(reading, _epoch(stopped_at), ClockTrouble(trouble) if trouble else None)


def may_go_on(clock: Clock) -> bool:
    """Whether work by the clock may be done now. The first look that finds trouble stops it, for every process."""
    now, began = clock(), time.monotonic()
    standing = read(now, passed_s=_steady.passed_s(now))
    if standing.stopped_at is not None or time.monotonic() - began > LONGEST_LOOK_S:
        return False
    trouble = verdict(standing.reading, tolerances())
    if trouble is None:
        if standing.reading.good_at is None or now - standing.reading.good_at >= NOTE_EVERY_S:
            ClockState.objects.update_or_create(id=ONLY_ROW, defaults={"good_at": as_moment(now)})
        return True
    facts = msgspec.to_builtins(standing.reading)
    stopped = {"stopped_at": as_moment(standing.reading.database), "trouble": trouble.value, "reading": facts}
    ClockState.objects.update_or_create(id=ONLY_ROW, defaults=stopped)
    log.critical("clock.stopped", trouble=trouble.value, **facts)
    return False


def stopped_since() -> datetime | None:
    """Since when the work by the clock is stopped, for whoever only has to be told: one look at one row."""
    return ClockState.objects.filter(id=ONLY_ROW).values_list("stopped_at", flat=True).first()


@transaction.atomic
def release(actor: Actor, reason: str, *, clock: Clock) -> None:
    """放行: an administrator has looked at the clock and answers for it. Entries that lie in the future are accepted:
    what follows them is held at their moment until the clock has come there.
    """
    list(ClockState.objects.select_for_update().filter(id=ONLY_ROW))
    now = clock()
    standing = read(now)
    if standing.stopped_at is None:
        raise NotStopped
    reading = standing.reading
    if abs(reading.now - reading.database) > tolerances().differ_s:
        raise StillWrong
    accepted = max(reading.accepted_until, reading.last_entry or 0)
    ClockRelease.objects.create(
        released_at=as_moment(reading.database),
        stopped_at=as_moment(standing.stopped_at),
        trouble=standing.trouble or "",
        reading=msgspec.to_builtins(reading),
        user_id=actor.user_id,
        post_id=actor.post_id,
        name=actor.name,
        reason=reason,
        accepted_until=as_moment(accepted),
    )
    cleared = {"good_at": as_moment(now), "stopped_at": None, "trouble": "", "accepted_until": as_moment(accepted)}
    ClockState.objects.update_or_create(id=ONLY_ROW, defaults=cleared)
    log.warning("clock.released", user=actor.user_id, trouble=standing.trouble)


def recorded_after(previous: int | None, moment: int) -> int | None:
    """The moment of an entry that follows one of `previous`, never before it; None where the clock is too far behind
    and nobody has released it.
    """
    held = moment_after(previous, moment, tolerance_s=settings.GEZHI_CLOCK_TOLERANCE_S)
    if held is not None or previous is None:
        return held
    state = ClockState.objects.filter(id=ONLY_ROW).first()
    is_accepted = state is not None and state.stopped_at is None and previous <= (_epoch(state.accepted_until) or 0)
    return previous if is_accepted else None


def list_releases(limit: int) -> list[ClockRelease]:
    return list(ClockRelease.objects.order_by("-id")[:limit])


def _epoch(moment: Any) -> int | None:
    return int(moment.timestamp()) if moment is not None else None


def as_moment(epoch: int) -> datetime:
    return datetime.fromtimestamp(epoch, tz=UTC)
