"""办理进程: what somebody does next with a case and when. Reads the case's state only; draws come from `luck`.

Each draw is named by what it decides, so that a path that was taken once is not drawn again.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

from gezhi.cases.rules.clocks.clock import ClockKind
from gezhi.cases.rules.clocks.lateness import is_handled_late
from gezhi.cases.rules.stages import Status
from gezhi.kernel.moments import DAY_S, HOUR_S
from gezhi.simulation.rules.applying import appeal, decided, is_sent_wrong, is_settled_by_meeting
from gezhi.simulation.rules.at_unit import dispatched, handling, suspended
from gezhi.simulation.rules.pace import SOON_S, Moment, Move, Scene, Traveller, happens, pace, put_off

MOST_ROUNDS = 3
RAISE_AFTER_S = 30
FINDABLE_S = 6 * DAY_S  # within the days of local policy in which a miss may be found


def next_move(traveller: Traveller, moment: Moment, scene: Scene) -> Move | None:
    """The next step of this case; None where it has come to its end."""
    state = moment.state
    decide = MOVES.get(state.status)
    move = decide(traveller, moment, scene) if decide is not None else None
    if move is None:
        return None
    move = put_off(traveller, move, moment, scene)
    due = min((clock.due for clock in state.clocks if clock.since is not None and not clock.raised), default=None)
    waits = state.status is not Status.CLOSED or state.pending is not None
    if due is not None and due + RAISE_AFTER_S < move.at and waits:
        return Move("run_out", max(due + RAISE_AFTER_S, moment.now + 1))
    return move


def _reported(traveller: Traveller, moment: Moment, scene: Scene) -> Move:
    state = moment.state
    at = pace(traveller, moment, scene, ClockKind.ACCEPTANCE, "desk")
    if state.place.outside:
        return Move("refuse", at, "outside")
    if state.verified is False:
        return Move("refuse", at, "untrue")
    if traveller.twin is not None and moment.twin_open:
        return Move("merge", at)
    if state.verified is None:
        if state.verify_by_rule:
            return Move("require_verification", pace(traveller, moment, scene, ClockKind.SEND_VERIFICATION, "desk"))
        if traveller.public and state.marks.get("given_back") is None:
            if happens(traveller, scene, "verify_public"):
                return Move("require_verification", at)
            if happens(traveller, scene, "refuse"):
                return Move("refuse", at)
    return Move("accept", at)


def _verifying(traveller: Traveller, moment: Moment, scene: Scene) -> Move:
    at = pace(traveller, moment, scene, ClockKind.VERIFICATION, "field")
    if "rerouted" not in moment.state.marks and happens(traveller, scene, "reroute"):
        return Move("reroute_task", moment.part_of_the_way(at, 0.5))
    return Move("complete_verification", at, "false" if happens(traveller, scene, "verify_false") else "true")


def _accepted(traveller: Traveller, moment: Moment, scene: Scene) -> Move:
    at = pace(traveller, moment, scene, ClockKind.REGISTRATION, "desk")
    marks = moment.state.marks
    if "amended" not in marks and happens(traveller, scene, "amend"):
        return Move("amend", moment.part_of_the_way(at, 0.5))
    if "given_back" not in marks and happens(traveller, scene, "give_back_to_acceptor"):
        return Move("give_back", at, "to_acceptor")
    if happens(traveller, scene, "reject"):
        return Move("reject", at)
    return Move("register", at)


def _registered(traveller: Traveller, moment: Moment, scene: Scene) -> Move:
    state = moment.state
    at = pace(traveller, moment, scene, ClockKind.DISPATCH, "desk")
    if state.settled_unit:
        return Move("dispatch", at, "settled")
    if state.rework_unit:
        return Move("dispatch", at, "rework")
    if (
        "given_back" not in state.marks
        and not state.assignments
        and happens(traveller, scene, "give_back_to_duty_officer")
    ):
        return Move("give_back", at, "to_duty_officer")
    if is_settled_by_meeting(state):
        hours = 3 + 30 * scene.luck.chance(traveller.index, "units disagree")
        return Move("mark_unowned", moment.now + round(hours * HOUR_S), "returned")
    if not moment.owned:
        return Move("mark_unowned", at)
    if not state.assignments and (happens(traveller, scene, "recall") or is_sent_wrong(traveller, scene)):
        return Move("dispatch", at, "wrong")
    return Move("dispatch", at, "helped" if happens(traveller, scene, "helping_unit") else "")


def _unowned(traveller: Traveller, moment: Moment, scene: Scene) -> Move:
    return Move("settle_owner", pace(traveller, moment, scene, ClockKind.UNOWNED, "settle"))


def _handled(traveller: Traveller, moment: Moment, scene: Scene) -> Move:
    state = moment.state
    at = pace(traveller, moment, scene, ClockKind.REVIEW, "desk")
    for word in ("note", "find_missed"):
        meant = word == "note" or (traveller.public and moment.now - state.reported < FINDABLE_S)
        if word not in moment.said and meant and happens(traveller, scene, word):
            return Move(word, moment.now + SOON_S // 2)
    if "more_asked" not in state.marks and happens(traveller, scene, "ask_more"):
        return Move("ask_more", at)
    return Move("confirm", at)


def _to_inspect(traveller: Traveller, moment: Moment, scene: Scene) -> Move:
    return Move("send_inspection", pace(traveller, moment, scene, ClockKind.SEND_INSPECTION, "desk"))


def _inspecting(traveller: Traveller, moment: Moment, scene: Scene) -> Move:
    state = moment.state
    at = pace(traveller, moment, scene, ClockKind.INSPECTION, "field")
    if "rerouted" not in state.marks and happens(traveller, scene, "reroute", extra=" inspection"):
        return Move("reroute_task", moment.part_of_the_way(at, 0.5))
    fails = state.round < MOST_ROUNDS and happens(traveller, scene, "fail_inspection", extra=str(state.round))
    return Move("complete_inspection", at, "failed" if fails else "passed")


def _to_close(traveller: Traveller, moment: Moment, scene: Scene) -> Move:
    at = pace(traveller, moment, scene, ClockKind.CLOSING, "desk")
    if "closing_declined" not in moment.state.marks and happens(traveller, scene, "decline_closing"):
        return Move("decline_closing", at)
    if moment.state.major:
        word = "strike_off" if "propose_strike_off" in moment.said else "propose_strike_off"
        return Move(word, moment.part_of_the_way(at, 0.7))
    if moment.state.supervision:
        return Move("lift_supervision", moment.part_of_the_way(at, 0.7))
    return Move("close", at, "late" if is_handled_late(moment.state) else "normal")


def _closed(traveller: Traveller, moment: Moment, scene: Scene) -> Move | None:
    """Days later somebody calls back, or passes by, and it is not done; or the unit appeals."""
    move = decided(traveller, moment, scene) or appeal(traveller, moment, scene)
    if move is not None or "reopened" in moment.state.marks or not happens(traveller, scene, "reopen"):
        return move
    first, last = scene.habits.reopen_days
    days = first + (last - first) * scene.luck.chance(traveller.index, "reopen after")
    return Move("reopen", moment.now + round(days * DAY_S))


MOVES: Mapping[Status, Callable[[Traveller, Moment, Scene], Move | None]] = {
    Status.REPORTED: _reported,
    Status.VERIFYING: _verifying,
    Status.ACCEPTED: _accepted,
    Status.REGISTERED: _registered,
    Status.UNOWNED: _unowned,
    Status.DISPATCHED: dispatched,
    Status.HANDLING: handling,
    Status.SUSPENDED: suspended,
    Status.HANDLED: _handled,
    Status.TO_INSPECT: _to_inspect,
    Status.INSPECTING: _inspecting,
    Status.TO_CLOSE: _to_close,
    Status.CLOSED: _closed,
}
