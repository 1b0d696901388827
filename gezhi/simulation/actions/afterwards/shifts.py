"""交接班: the turns of the last days, signed by those who sat them and taken by those who came."""

from __future__ import annotations

from itertools import pairwise

from gezhi.desks.actions.shift_handover import (
    HandingOver,
    accept_shift,
    answer_about_shift,
    ask_about_shift,
    hand_over_shift,
)
from gezhi.desks.queries.handovers import list_turns
from gezhi.desks.rules.shifts.handover import DESKS, Turn
from gezhi.desks.rules.shifts.sheet import PassedOn
from gezhi.kernel.moments import DAY_S
from gezhi.simulation.actions.afterwards.ending import Ending

BEFORE_S, AFTER_S = 300, 600


def hand_over_desks(ending: Ending) -> None:
    """Every desk, turn by turn; the turn that sits at the end has not handed over yet."""
    for role in DESKS:
        for organisation in ending.staff.desks_of(role):
            turns = list_turns(
                organisation, role, since=ending.until - ending.told.shifts.days * DAY_S, until=ending.until
            )
            for turn, following in pairwise(turns):
                if turn.ends_at + AFTER_S < ending.until:
                    _hand_over(turn, following, ending)


def _hand_over(turn: Turn, following: Turn, ending: Ending) -> None:
    told, signs = ending.told.shifts, ending.staff.actor(turn.people[0])
    takes = ending.staff.actor(following.people[0])
    if signs.user_id == takes.user_id:
        return
    written = HandingOver(
        weather=ending.pick("weather", told.weather),
        notes=ending.pick("notes", told.notes),
        passed_on=(PassedOn(text=ending.pick("passed on", told.passed_on)),)
        if ending.happens("passes on", 0.6)
        else (),
    )
    at = turn.ends_at - BEFORE_S
    done = hand_over_shift(written, signs, command_id=ending.id_at(at), clock=ending.at(at), ids=ending.ids)
    if ending.happens("asks", 0.25):
        at = turn.ends_at
        ask_about_shift(
            done.id, ending.pick("question", told.questions), takes, command_id=ending.id_at(at), clock=ending.at(at)
        )
        at += BEFORE_S
        answer_about_shift(
            done.id, ending.pick("answer", told.answers), signs, command_id=ending.id_at(at), clock=ending.at(at)
        )
    at = turn.ends_at + AFTER_S
    accept_shift(
        done.id, ending.pick("acceptance", told.acceptances), takes, command_id=ending.id_at(at), clock=ending.at(at)
    )
