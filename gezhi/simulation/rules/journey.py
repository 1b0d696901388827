"""办理进程: what somebody does next with a case and when. Reads the case's state only; draws come from `luck`.

Each draw is named by what it decides, so that a path that was taken once is not drawn again.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

import msgspec

from gezhi.calendars.rules.limits import Unit
from gezhi.cases.rules.deadline import Timing
from gezhi.cases.rules.stages import Status
from gezhi.cases.rules.state import CaseState, ClockKind
from gezhi.cases.rules.steps.inspection import is_handled_late
from gezhi.simulation.rules.demand import Habits
from gezhi.simulation.rules.luck import Luck

SOON_S = 40
DAY_S = 86_400
MOST_ROUNDS = 3
PROMPT = 0.4
RAISE_AFTER_S = 30


class Traveller(msgspec.Struct, frozen=True):
    """A problem on its way: who told of it, and which earlier one it may be a duplicate of."""

    index: int
    public: bool
    twin: int | None = None


class Move(msgspec.Struct, frozen=True):
    """下一步: the command by its word in the table, when, and which variant (texts, outcome)."""

    word: str
    at: int
    how: str = ""


class Scene(msgspec.Struct, frozen=True):
    """What moves are decided with."""

    luck: Luck
    habits: Habits
    timing: Timing


class Moment(msgspec.Struct, frozen=True):
    """Where a case stands: its state, since when, whether the duty table names a unit, whether its twin is open."""

    state: CaseState
    now: int
    owned: bool = True
    twin_open: bool = False
    said: frozenset[str] = frozenset()


def next_move(traveller: Traveller, moment: Moment, scene: Scene) -> Move | None:
    """The next step of this case; None where it has come to its end."""
    decide = MOVES.get(moment.state.status)
    move = decide(traveller, moment, scene) if decide is not None else None
    if move is None:
        return None
    due = min(
        (clock.due for clock in moment.state.clocks if clock.since is not None and not clock.raised), default=None
    )
    if due is not None and due + RAISE_AFTER_S < move.at and moment.state.status is not Status.CLOSED:
        return Move("run_out", max(due + RAISE_AFTER_S, moment.now + 1))
    return move


def _pace(traveller: Traveller, moment: Moment, scene: Scene, kind: ClockKind, style: str) -> int:
    """When a step is taken whose clock is this one: inside its limit, or beyond it for the few that are late."""
    state, durations = moment.state, scene.habits.durations
    word = f"{kind}{state.round}/{state.seq if style != 'handling' else 0}"
    late_share = scene.habits.shares["late" if style == "handling" else "late_desk"]
    late = scene.luck.happens(traveller.index, f"late {word}", late_share)
    pace = scene.luck.pace(traveller.index, word, median=durations[style], spread=durations["spread"], late=late)
    clock = state.clock(kind)
    if clock is None or clock.since is None:
        return moment.now + SOON_S
    calendar = scene.timing.calendar(clock.calendar)
    at = calendar.add(clock.since, Unit(clock.unit), round((clock.limit - clock.used) * pace)).due
    return max(at, moment.now + SOON_S)


def _happens(traveller: Traveller, scene: Scene, word: str, *, extra: str = "") -> bool:
    return scene.luck.happens(traveller.index, word + extra, scene.habits.shares[word])


def _reported(traveller: Traveller, moment: Moment, scene: Scene) -> Move:
    state = moment.state
    at = _pace(traveller, moment, scene, ClockKind.ACCEPTANCE, "desk")
    if state.place.outside:
        return Move("refuse", at, "outside")
    if state.verified is False:
        return Move("refuse", at, "untrue")
    if traveller.twin is not None and moment.twin_open:
        return Move("merge", at)
    if state.verified is None:
        if state.verify_by_rule:
            return Move("require_verification", _pace(traveller, moment, scene, ClockKind.SEND_VERIFICATION, "desk"))
        if traveller.public and state.marks.get("given_back") is None:
            if _happens(traveller, scene, "verify_public"):
                return Move("require_verification", at)
            if _happens(traveller, scene, "refuse"):
                return Move("refuse", at)
    return Move("accept", at)


def _verifying(traveller: Traveller, moment: Moment, scene: Scene) -> Move:
    at = _pace(traveller, moment, scene, ClockKind.VERIFICATION, "field")
    if "rerouted" not in moment.state.marks and _happens(traveller, scene, "reroute"):
        return Move("reroute_task", moment.now + (at - moment.now) // 2)
    return Move("complete_verification", at, "false" if _happens(traveller, scene, "verify_false") else "true")


def _accepted(traveller: Traveller, moment: Moment, scene: Scene) -> Move:
    at = _pace(traveller, moment, scene, ClockKind.REGISTRATION, "desk")
    marks = moment.state.marks
    if "amended" not in marks and _happens(traveller, scene, "amend"):
        return Move("amend", moment.now + (at - moment.now) // 2)
    if "given_back" not in marks and _happens(traveller, scene, "give_back_to_acceptor"):
        return Move("give_back", at, "to_acceptor")
    if _happens(traveller, scene, "reject"):
        return Move("reject", at)
    return Move("register", at)


def _registered(traveller: Traveller, moment: Moment, scene: Scene) -> Move:
    state = moment.state
    at = _pace(traveller, moment, scene, ClockKind.DISPATCH, "desk")
    if state.settled_unit:
        return Move("dispatch", at, "settled")
    if state.rework_unit:
        return Move("dispatch", at, "rework")
    if (
        "given_back" not in state.marks
        and not state.assignments
        and _happens(traveller, scene, "give_back_to_duty_officer")
    ):
        return Move("give_back", at, "to_duty_officer")
    if not moment.owned:
        return Move("mark_unowned", at)
    if not state.assignments and (_happens(traveller, scene, "recall") or _is_sent_wrong(traveller, scene)):
        return Move("dispatch", at, "wrong")
    return Move("dispatch", at, "helped" if _happens(traveller, scene, "helping_unit") else "")


def _is_sent_wrong(traveller: Traveller, scene: Scene) -> bool:
    """Whether the unit's wish to send it back is right: it was given to the wrong one."""
    return _happens(traveller, scene, "ask_send_back") and _happens(traveller, scene, "grant_send_back")


def _unowned(traveller: Traveller, moment: Moment, scene: Scene) -> Move:
    return Move("settle_owner", _pace(traveller, moment, scene, ClockKind.UNOWNED, "settle"))


def _dispatched(traveller: Traveller, moment: Moment, scene: Scene) -> Move:
    state = moment.state
    handling = _pace(traveller, moment, scene, ClockKind.HANDLING, "handling")
    prompt = moment.now + int((handling - moment.now) * PROMPT)
    at = min(prompt, _pace(traveller, moment, scene, ClockKind.RECEIPT, "receipt"))
    if state.pending is not None:
        granted = _happens(traveller, scene, "grant_send_back")
        return Move("decide_application", moment.now + SOON_S * (5 + state.seq), "grant" if granted else "refuse")
    if len(state.assignments) == 1:
        if _happens(traveller, scene, "recall"):
            return Move("recall", moment.now + (at - moment.now) // 2)
        if not state.applications and _happens(traveller, scene, "ask_send_back"):
            return Move("ask_send_back", at)
    return Move("receive", at)


def _handling(traveller: Traveller, moment: Moment, scene: Scene) -> Move:
    state = moment.state
    if state.pending is not None:
        return _dispatched(traveller, moment, scene)
    at = _pace(traveller, moment, scene, ClockKind.HANDLING, "handling")
    if "reminded" not in state.marks and _happens(traveller, scene, "remind"):
        return Move("remind", moment.now + (at - moment.now) // 2)
    waiting = [part for part in state.open_assignments if part.handed_over is None]
    return Move("hand_over", at if len(waiting) == 1 else moment.now + (at - moment.now) // 2)


def _handled(traveller: Traveller, moment: Moment, scene: Scene) -> Move:
    state = moment.state
    at = _pace(traveller, moment, scene, ClockKind.REVIEW, "desk")
    for word in ("note", "find_missed"):
        meant = word == "note" or traveller.public
        if word not in moment.said and meant and _happens(traveller, scene, word):
            return Move(word, moment.now + SOON_S // 2)
    if "more_asked" not in state.marks and _happens(traveller, scene, "ask_more"):
        return Move("ask_more", at)
    return Move("confirm", at)


def _to_inspect(traveller: Traveller, moment: Moment, scene: Scene) -> Move:
    return Move("send_inspection", _pace(traveller, moment, scene, ClockKind.SEND_INSPECTION, "desk"))


def _inspecting(traveller: Traveller, moment: Moment, scene: Scene) -> Move:
    state = moment.state
    at = _pace(traveller, moment, scene, ClockKind.INSPECTION, "field")
    if "rerouted" not in state.marks and _happens(traveller, scene, "reroute", extra=" inspection"):
        return Move("reroute_task", moment.now + (at - moment.now) // 2)
    fails = state.round < MOST_ROUNDS and _happens(traveller, scene, "fail_inspection", extra=str(state.round))
    return Move("complete_inspection", at, "failed" if fails else "passed")


def _to_close(traveller: Traveller, moment: Moment, scene: Scene) -> Move:
    at = _pace(traveller, moment, scene, ClockKind.CLOSING, "desk")
    if "closing_declined" not in moment.state.marks and _happens(traveller, scene, "decline_closing"):
        return Move("decline_closing", at)
    return Move("close", at, "late" if is_handled_late(moment.state) else "normal")


def _closed(traveller: Traveller, moment: Moment, scene: Scene) -> Move | None:
    """Days later somebody calls back, or passes by, and it is not done."""
    if "reopened" in moment.state.marks or not _happens(traveller, scene, "reopen"):
        return None
    first, last = scene.habits.reopen_days
    days = first + (last - first) * scene.luck.chance(traveller.index, "reopen after")
    return Move("reopen", moment.now + round(days * DAY_S))


MOVES: Mapping[Status, Callable[[Traveller, Moment, Scene], Move | None]] = {
    Status.REPORTED: _reported,
    Status.VERIFYING: _verifying,
    Status.ACCEPTED: _accepted,
    Status.REGISTERED: _registered,
    Status.UNOWNED: _unowned,
    Status.DISPATCHED: _dispatched,
    Status.HANDLING: _handling,
    Status.HANDLED: _handled,
    Status.TO_INSPECT: _to_inspect,
    Status.INSPECTING: _inspecting,
    Status.TO_CLOSE: _to_close,
    Status.CLOSED: _closed,
}
