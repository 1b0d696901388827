"""记录时间: the moment of each entry of a batch, never before the last entry of its case.

What the simulation writes has moments of its own. For everything else the clock is asked, and a clock that cannot be
believed refuses: an entry with a wrong moment would stand in the log for ever.
"""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from django.conf import settings

from gezhi.cases.actions.gather import merge_target_of
from gezhi.cases.rules.commands import Submission
from gezhi.plumbing.clock import Clock
from gezhi.plumbing.clock_guard.guard import recorded_after
from gezhi.plumbing.clock_guard.verdict import ClockDiffers
from gezhi.plumbing.versions import seconds_ahead_of_database


def refuse_differing_clock(batch: Sequence[Submission]) -> None:
    asks_clock = any(one.recorded is None for one in batch)
    if asks_clock and abs(seconds_ahead_of_database()) > settings.GEZHI_CLOCK_TOLERANCE_S:
        raise ClockDiffers


def time_batch(
    batch: Sequence[Submission], last: dict[UUID, int], *, clock: Clock
) -> tuple[list[tuple[Submission, int]], set[tuple[UUID, UUID]]]:
    """Each with its moment, and (command id, case id) of those for which the clock is too far behind. `last`: the
    moment of the last entry of each case; a merge also writes into its target.
    """
    timed, too_early = [], set()
    for one in batch:
        if one.recorded is not None:
            timed.append((one, one.recorded))
            continue
        now, written = clock(), [id_ for id_ in (one.case_id, merge_target_of(one)) if id_ is not None]
        moment = recorded_after(max((last[id_] for id_ in written if id_ in last), default=None), now)
        if moment is None:
            too_early.add((one.command_id, one.case_id))
        else:
            last.update(dict.fromkeys(written, moment))
        timed.append((one, now if moment is None else moment))
    return timed, too_early
