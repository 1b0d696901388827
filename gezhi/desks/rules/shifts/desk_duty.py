"""在岗状态: what somebody at a desk must know about shifts: on until when, a hand-over due, one to take, one left out."""

from __future__ import annotations

from collections.abc import Sequence
from enum import StrEnum

import msgspec

from gezhi.desks.rules.shifts.handover import (
    GRACE_S,
    Handover,
    HandoverKind,
    Turn,
    find_turn_to_sign,
    find_turn_to_take,
)


class Duty(StrEnum):
    NONE = "none"
    OFF = "off"
    ON = "on"
    TO_TAKE = "to_take"
    TO_ANSWER = "to_answer"
    DUE = "due"
    LEFT = "left"


class DeskDuty(msgspec.Struct, frozen=True):
    """What is to be said, of which turn, and by which hand-over."""

    duty: Duty
    turn: Turn | None = None
    handover: Handover | None = None


def desk_duty(turns: Sequence[Turn], handovers: Sequence[Handover], *, user: int, keeps: bool, now: int) -> DeskDuty:
    """The most pressing thing first. `handovers`: those of these turns; `keeps`: the desk hands over at all, so that a
    turn without one was left.
    """
    handed = frozenset(one.starts_at for one in handovers)
    owed = find_turn_to_sign(turns, user, handed, now)
    if owed is not None and owed.ends_at + GRACE_S <= now and keeps:
        return DeskDuty(Duty.LEFT, owed)
    to_answer = next((one for one in handovers if one.state is HandoverKind.ASKED and one.signed.user_id == user), None)
    if to_answer is not None:
        return DeskDuty(Duty.TO_ANSWER, None, to_answer)
    if owed is not None and owed.ends_at - GRACE_S <= now < owed.ends_at + GRACE_S:
        return DeskDuty(Duty.DUE, owed)
    taking = find_turn_to_take(turns, user, now)
    waiting = find_waiting(handovers, taking) if taking is not None else None
    if waiting is not None and waiting.signed.user_id != user:
        return DeskDuty(Duty.TO_TAKE, taking, waiting)
    on = next((turn for turn in turns if user in turn.people and turn.starts_at <= now < turn.ends_at), None)
    return DeskDuty(Duty.ON, on) if on is not None else DeskDuty(Duty.OFF, _coming(turns, user, now))


def find_waiting(handovers: Sequence[Handover], taking: Turn) -> Handover | None:
    """The hand-over that the turn has before it: the last that ended by its beginning, if nobody has accepted it."""
    before = [one for one in handovers if one.ends_at <= taking.starts_at]
    last = max(before, key=lambda one: one.ends_at, default=None)
    return last if last is not None and last.accepted is None else None


def left_out(turns: Sequence[Turn], handovers: Sequence[Handover], *, since: int, now: int) -> list[Turn]:
    """Turns without a hand-over since the desk began to keep them; the grace after their end has passed."""
    handed = {one.starts_at for one in handovers}
    return [
        turn
        for turn in turns
        if turn.starts_at >= since and turn.ends_at + GRACE_S <= now and turn.starts_at not in handed
    ]


def _coming(turns: Sequence[Turn], user: int, now: int) -> Turn | None:
    return next((turn for turn in turns if user in turn.people and turn.starts_at > now), None)
