"""单位办理的习惯: what units and their crews do with an order, and what is said of it from above meanwhile."""

from __future__ import annotations

from gezhi.cases.rules.applications import ApplicationKind
from gezhi.cases.rules.applications.send_back import send_back_pending
from gezhi.cases.rules.clocks.clock import ClockKind
from gezhi.cases.rules.state import Assignment, CaseState
from gezhi.cases.rules.steps.remarks import HIGHEST_LEVEL
from gezhi.kernel.moments import HOUR_S
from gezhi.simulation.rules.applying import ask, decided, send_back
from gezhi.simulation.rules.pace import SOON_S, Moment, Move, Scene, Traveller, happens, pace

PROMPT = 0.4
MAJOR_DAYS = 3
MAJOR_REPORTS = 3
A_THIRD = 1 / 3
GRAVE = frozenset({"leader", "media"})


def dispatched(traveller: Traveller, moment: Moment, scene: Scene) -> Move:
    pending = decided(traveller, moment, scene)
    if pending is not None:
        return pending
    done_at = pace(traveller, moment, scene, ClockKind.HANDLING, "handling")
    prompt = moment.now + int((done_at - moment.now) * PROMPT)
    at = max(moment.now + SOON_S, min(prompt, pace(traveller, moment, scene, ClockKind.RECEIPT, "receipt")))
    open_parts = moment.state.open_assignments
    if len(open_parts) == 1:
        if len(moment.state.assignments) == 1 and happens(traveller, scene, "recall"):
            return Move("recall", moment.part_of_the_way(at, 0.5))
        back = send_back(traveller, moment, scene, at)
        if back is not None:
            return back
    return Move("receive", at)


def handling(traveller: Traveller, moment: Moment, scene: Scene) -> Move:
    """Receive own parts, give down to crews, ask, report, and in the end hand over."""
    style = "major" if moment.state.major else "handling"
    at = pace(traveller, moment, scene, ClockKind.HANDLING, style)
    return (
        decided(traveller, moment, scene)
        or _received_parts(moment)
        or _crew(traveller, moment, scene, at)
        or _major(traveller, moment, scene, at)
        or ask(traveller, moment, scene, at)
        or _supervised(traveller, moment, scene, at)
        or _reminded(traveller, moment, scene, at)
        or _handed_over(moment, at)
    )


def suspended(traveller: Traveller, moment: Moment, scene: Scene) -> Move | None:
    """缓办: some go on before its end; the others wake by themselves."""
    clock = moment.state.clock(ClockKind.SUSPENSION)
    if clock is None:
        return None
    if happens(traveller, scene, "resume"):
        return Move("resume", moment.part_of_the_way(clock.due, 0.5))
    return Move("run_out", clock.due + SOON_S)


def _received_parts(moment: Moment) -> Move | None:
    """签收: helping units and crews receive their own parts."""
    waiting = next((part for part in moment.state.open_assignments if part.received is None), None)
    if waiting is None:
        return None
    return Move("receive", moment.now + 15 * SOON_S, "crew" if waiting.parent is not None else "helper")


def crew_part(state: CaseState) -> Assignment | None:
    """What a crew has to hand up yet."""
    parts = (one for one in state.open_assignments if one.parent is not None and one.handed_over is None)
    return next(parts, None)


def _crew(traveller: Traveller, moment: Moment, scene: Scene, at: int) -> Move | None:
    """下派: to a crew that hands up, sends back, or has it taken away again."""
    state, leading = moment.state, moment.state.leading
    if leading is None or leading.handed_over is not None or send_back_pending(state):
        return None
    part = crew_part(state)
    if part is not None:
        has_asked = any(one.kind is ApplicationKind.SEND_BACK and one.unit == part.unit for one in state.applications)
        if not has_asked and happens(traveller, scene, "crew_sends_back"):
            return Move("ask_send_back", moment.part_of_the_way(at, 0.3), "crew")
        if happens(traveller, scene, "revoke"):
            return Move("revoke", moment.part_of_the_way(at, 0.5))
        return Move("hand_over", moment.part_of_the_way(at, 0.8), "crew")
    was_given = any(one.parent == leading.no for one in state.assignments)
    if moment.crews and not was_given and happens(traveller, scene, "assign", extra=f" {state.round}"):
        return Move("assign", moment.part_of_the_way(at, 0.15))
    return None


def _major(traveller: Traveller, moment: Moment, scene: Scene, at: int) -> Move | None:
    """重大案件: listed with a plan; progress is reported until it is done, the due date moved where it must be."""
    state, subject = moment.state, moment.state.subject
    if not state.major:
        grave = subject.unit == "work_day" and (subject.limit or 0) >= MAJOR_DAYS and "major" not in state.marks
        listed = grave and happens(traveller, scene, "list_major")
        return Move("list_major", moment.part_of_the_way(at, 0.1)) if listed else None
    told = sum(word.startswith("report_major") for word in moment.said)
    if told < MAJOR_REPORTS:
        return Move("report_major", moment.part_of_the_way(at, 1 / (MAJOR_REPORTS + 1 - told)), str(told + 1))
    if "change_major" not in moment.said and happens(traveller, scene, "change_major"):
        return Move("change_major", moment.part_of_the_way(at, 0.5))
    return None


def _supervised(traveller: Traveller, moment: Moment, scene: Scene, at: int) -> Move | None:
    """督办: of what is late, and of what leaders and the press have seen; answered by most, raised where it stays so."""
    state, clock = moment.state, moment.state.clock(ClockKind.HANDLING)
    chance = scene.luck.chance(traveller.index, f"supervised {state.seq}")
    is_late = clock is not None and clock.raised
    move: Move | None = None
    if not state.supervision and "supervised" not in state.marks:
        if state.channel in GRAVE and happens(traveller, scene, "supervise_grave"):
            move = Move("supervise", moment.part_of_the_way(at, 0.1), "3" if chance < A_THIRD else "2")
        elif is_late and happens(traveller, scene, "supervise"):
            move = Move("supervise", moment.now + round((0.5 + 5 * chance) * HOUR_S), "1")
    elif state.supervision and "answer_supervision" not in moment.said and happens(traveller, scene, "answer_order"):
        move = Move("answer_supervision", moment.now + round((1 + 5 * chance) * HOUR_S))
    elif 0 < state.supervision < HIGHEST_LEVEL and is_late:
        how = str(state.supervision + 1)
        if f"escalate_supervision{how}" not in moment.said and happens(traveller, scene, "escalate", extra=how):
            move = Move("escalate_supervision", moment.now + round((8 + 20 * chance) * HOUR_S), how)
    return move if move is not None and move.at < at else None


def _reminded(traveller: Traveller, moment: Moment, scene: Scene, at: int) -> Move | None:
    if "reminded" in moment.state.marks or not happens(traveller, scene, "remind"):
        return None
    return Move("remind", moment.part_of_the_way(at, 0.5))


def _handed_over(moment: Moment, at: int) -> Move:
    waiting = [part for part in moment.state.open_assignments if part.handed_over is None]
    return Move("hand_over", at if len(waiting) == 1 else moment.part_of_the_way(at, 0.5))
