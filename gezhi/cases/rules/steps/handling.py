"""任务处理: the unit receives the order, does the work and hands the result over with pictures."""

from __future__ import annotations

from typing import Any

import msgspec

from gezhi.cases.rules.applications import Application, ApplicationKind, names_of
from gezhi.cases.rules.applications.asking import ApplicationPending, acting_part
from gezhi.cases.rules.applications.lapsing import end_of_waiting, lapse
from gezhi.cases.rules.applications.send_back import send_back_pending
from gezhi.cases.rules.clocks.clock import Clock, ClockKind
from gezhi.cases.rules.clocks.deadline import pause_clock
from gezhi.cases.rules.commands import HandOver, Receive
from gezhi.cases.rules.entries import Step
from gezhi.cases.rules.entry_kinds import EntryKind
from gezhi.cases.rules.facts import Facts
from gezhi.cases.rules.stages import Status
from gezhi.cases.rules.state import Assignment, CaseState, End
from gezhi.cases.rules.steps.after_pictures import check_after_pictures
from gezhi.cases.rules.steps.evidence import check_pictures
from gezhi.kernel.problems import Problem
from gezhi.kernel.words import limit_words


class LeadingUnitReceives(Problem):
    code = "cases.handling.leading-unit-receives"
    status = 409
    title = "请由主办单位签收；协办单位在主办单位签收后直接反馈结果。"
    title_en = "The leading unit receives the case; helping units hand over their part once it has."


class AlreadyHandedOver(Problem):
    code = "cases.handling.already-handed-over"
    status = 409
    title = "贵单位的处置结果已经反馈，正等待其他单位。"
    title_en = "Your unit has handed over already; the other units are awaited."


class ReceivedAlready(Problem):
    code = "cases.handling.received-already"
    status = 409
    title = "贵单位已经签收。"
    title_en = "Your unit has received it already."


class CrewStillAtWork(Problem):
    code = "cases.handling.crew-still-at-work"
    status = 409
    title = "下派的班组还没有反馈结果，请等其反馈，或先收回下派。"
    title_en = "A crew to which you gave it has not handed up yet: wait for it, or take the order back."


def _own_part(state: CaseState, facts: Facts) -> Assignment:
    if send_back_pending(state):
        raise ApplicationPending(**names_of(ApplicationKind.SEND_BACK))
    return acting_part(state, facts.actor)


def decide_receive(state: CaseState, _: Receive, facts: Facts) -> Step:
    """签收: by the leading unit it ends the receipt clock; helping units and crews receive their own parts after it."""
    part = _own_part(state, facts)
    if part.received is not None:
        raise ReceivedAlready
    received = msgspec.structs.replace(part, received=facts.moment)
    if state.status is Status.HANDLING:
        return Step(kind=EntryKind.PART_RECEIVED, status=state.status, assignments=(received,), unit=part.unit)
    if not part.leading:
        raise LeadingUnitReceives
    return Step(
        kind=EntryKind.RECEIVED,
        status=Status.HANDLING,
        assignments=(received,),
        clocks=facts.end(state, ClockKind.RECEIPT),
    )


def is_crew_at_work(state: CaseState, part: Assignment) -> bool:
    return any(one.handed_over is None for one in state.parts_below(part))


def _lapsed(state: CaseState, part: Assignment, below: tuple[Assignment, ...], facts: Facts) -> Application | None:
    """What the unit had asked for before it handed over, and whatever its crews had; a void stays to be decided on."""
    pending = state.pending
    if pending is not None and pending.kind is ApplicationKind.VOID and pending.unit == part.unit:
        return None
    return lapse(state, facts, units={part.unit, *(one.unit for one in below)})


def _clocks_after(
    state: CaseState, lapsed: Application | None, facts: Facts, *, leading: bool, waiting: bool
) -> tuple[Clock, ...]:
    """Handling is the leading unit's: it stands still once that has handed over; helpers have their own due moments.
    What had waited for a decision is counted first.
    """
    ended = end_of_waiting(state, lapsed.kind, facts) if lapsed is not None else ()
    review = () if waiting else (facts.start(ClockKind.REVIEW),)
    if not leading:
        done = () if waiting else facts.end(state, ClockKind.HELPING)
        return (*(clock for clock in ended if clock.kind is not ClockKind.HELPING or waiting), *done, *review)
    handling = next((clock for clock in ended if clock.kind is ClockKind.HANDLING), state.clock(ClockKind.HANDLING))
    stopped = (pause_clock(facts.timing, handling, at=facts.moment),) if handling and handling.since is not None else ()
    others = tuple(clock for clock in ended if clock.kind is not ClockKind.HANDLING)
    helping = (msgspec.structs.replace(handling, kind=ClockKind.HELPING),) if handling and waiting else ()
    return (*others, *stopped, *helping, *review)


def decide_hand_over(state: CaseState, command: HandOver, facts: Facts) -> Step:
    """反馈处置结果: with pictures after. The case moves on when every unit has handed over its part; a crew hands up to
    its unit, whose own hand-over rests on the crew's pictures: they may be named again and need no other beside them.
    """
    part = _own_part(state, facts)
    if part.handed_over is not None:
        raise AlreadyHandedOver
    below = state.parts_below(part)
    if is_crew_at_work(state, part):
        raise CrewStillAtWork
    crews = state.crews_pictures(part)
    command = msgspec.structs.replace(command, pictures=tuple(sha for sha in command.pictures if sha not in crews))
    pictures = check_pictures(facts, command.pictures, state, least=0 if crews else 1)
    seen_at = check_after_pictures(state, part, command, facts) if pictures else None
    handed = msgspec.structs.replace(
        part, handed_over=facts.moment, handlers=(facts.actor.user_id,), after=(*crews, *pictures)
    )
    text = limit_words("text", command.text) or None
    fields: dict[str, Any] = {"after": pictures, "seen_at": seen_at, "text": text, "unit": part.unit}
    fields["handler"] = facts.actor.user_id
    if part.parent is not None:
        return Step(kind=EntryKind.HANDED_UP, status=state.status, assignments=(handed,), **fields)
    units = [one for one in state.open_assignments if one.parent is None and one.no != part.no]
    waiting = any(one.handed_over is None for one in units)
    ended = tuple(msgspec.structs.replace(one, ended=facts.moment, end=End.HANDED_UP) for one in below)
    lapsed = _lapsed(state, part, below, facts)
    return Step(
        kind=EntryKind.HANDED_OVER,
        status=Status.HANDLING if waiting else Status.HANDLED,
        assignments=(handed, *ended),
        application=lapsed,
        clocks=_clocks_after(state, lapsed, facts, leading=part.leading, waiting=waiting),
        **fields,
    )
