"""任务处理: the unit receives the order, does the work and hands the result over with pictures."""

from __future__ import annotations

import msgspec

from gezhi.cases.rules.allowed import part_of
from gezhi.cases.rules.commands import HandOver, Receive
from gezhi.cases.rules.entries import Step
from gezhi.cases.rules.facts import Facts
from gezhi.cases.rules.stages import Status
from gezhi.cases.rules.state import Assignment, CaseState, ClockKind
from gezhi.cases.rules.steps.evidence import check_pictures, limit_words
from gezhi.cases.rules.steps.sending_back import SendBackPending, pending
from gezhi.kernel.problems import Problem


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


def _own_part(state: CaseState, facts: Facts) -> Assignment:
    unit = part_of(facts.actor, state)
    return next(part for part in state.open_assignments if part.unit == unit)


def decide_receive(state: CaseState, _: Receive, facts: Facts) -> Step:
    """签收: ends the receipt clock; the handling clock has run since dispatch."""
    part = _own_part(state, facts)
    if not part.leading:
        raise LeadingUnitReceives
    if pending(state) is not None:
        raise SendBackPending
    received = msgspec.structs.replace(part, received=facts.moment)
    return Step(
        kind="received", status=Status.HANDLING, assignments=(received,), clocks=facts.end(state, ClockKind.RECEIPT)
    )


def decide_hand_over(state: CaseState, command: HandOver, facts: Facts) -> Step:
    """反馈处置结果: with pictures after. The case moves on when every unit has handed over its part."""
    if pending(state) is not None:
        raise SendBackPending
    part = _own_part(state, facts)
    if part.handed_over is not None:
        raise AlreadyHandedOver
    pictures = check_pictures(facts, command.pictures, state, least=1)
    handed = msgspec.structs.replace(part, handed_over=facts.moment, handlers=(facts.actor.user_id,))
    waiting = any(other.handed_over is None for other in state.open_assignments if other.no != part.no)
    clocks = () if waiting else (*facts.pause(state, ClockKind.HANDLING), facts.start(ClockKind.REVIEW))
    return Step(
        kind="handed_over",
        status=Status.HANDLING if waiting else Status.HANDLED,
        assignments=(handed,),
        after=pictures,
        clocks=clocks,
        handler=facts.actor.user_id,
        text=limit_words("text", command.text) or None,
    )
