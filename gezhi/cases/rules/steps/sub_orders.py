"""下派: a second-level platform gives its part to a crew or street of its own (third level) and takes it back.

The one handling limit of the case runs across all of them (捆绑时限); it ends when the unit hands over, not its crew.
"""

from __future__ import annotations

import msgspec

from gezhi.cases.rules.applications import ApplicationKind, names_of
from gezhi.cases.rules.applications.asking import ApplicationPending, acting_part
from gezhi.cases.rules.applications.lapsing import end_of_waiting, lapse
from gezhi.cases.rules.applications.send_back import send_back_pending
from gezhi.cases.rules.commands import Assign, Revoke
from gezhi.cases.rules.entries import Step
from gezhi.cases.rules.entry_kinds import EntryKind
from gezhi.cases.rules.facts import Facts
from gezhi.cases.rules.state import Assignment, CaseState, End
from gezhi.cases.rules.steps.handling import AlreadyHandedOver
from gezhi.kernel.problems import Problem
from gezhi.kernel.words import limit_words, require_words

LOWEST_LEVEL = 3


class CrewUnfit(Problem):
    code = "cases.sub-orders.crew-unfit"
    status = 422
    title = "只能下派给本单位下属、现有效的班组或街道，请重新选择。"
    title_en = "It can only be given down to a body in force below your own unit; choose another."


class CrewHasIt(Problem):
    code = "cases.sub-orders.crew-has-it"
    status = 409
    title = "已经下派给该班组，不必重复下派。"
    title_en = "The crew has it already."


class NoCrewLeft(Problem):
    code = "cases.sub-orders.no-crew-left"
    status = 409
    title = "本单位没有下属班组，或都已下派。"
    title_en = "Your unit has no crew below it, or all of them have it."


class TooDeep(Problem):
    code = "cases.sub-orders.too-deep"
    status = 409
    title = "三级平台不能再往下派。"
    title_en = "A third-level platform cannot give it further down."


class NothingToRevoke(Problem):
    code = "cases.sub-orders.nothing-to-revoke"
    status = 409
    title = "本单位没有下派，或已经收回。"
    title_en = "Your unit has given nothing down, or has taken it back."


def decide_assign(state: CaseState, command: Assign, facts: Facts) -> Step:
    """下派: the crew gets its own part; the unit stays answerable for the case."""
    part = acting_part(state, facts.actor)
    if send_back_pending(state):
        raise ApplicationPending(**names_of(ApplicationKind.SEND_BACK))
    if part.handed_over is not None:
        raise AlreadyHandedOver
    if part.level >= LOWEST_LEVEL:
        raise TooDeep
    if command.unit_id not in facts.units:
        raise CrewUnfit(field="unit_id")
    if any(one.unit == command.unit_id for one in state.parts_below(part)):
        raise CrewHasIt(field="unit_id")
    below = Assignment(
        no=len(state.assignments) + 1,
        unit=command.unit_id,
        round=state.round,
        dispatched=facts.moment,
        due=part.due,
        leading=False,
        level=part.level + 1,
        parent=part.no,
        by=facts.actor.user_id,
    )
    text = limit_words("text", command.text) or None
    return Step(kind=EntryKind.ASSIGNED, status=state.status, assignments=(below,), unit=command.unit_id, text=text)


def decide_revoke(state: CaseState, command: Revoke, facts: Facts) -> Step:
    """收回下派: all that the unit has given down; what its crews have asked for lapses."""
    below = state.parts_below(acting_part(state, facts.actor))
    if not below:
        raise NothingToRevoke
    ended = tuple(msgspec.structs.replace(one, ended=facts.moment, end=End.REVOKED) for one in below)
    lapsed = lapse(state, facts, units={one.unit for one in below})
    return Step(
        kind=EntryKind.REVOKED,
        status=state.status,
        assignments=ended,
        application=lapsed,
        clocks=end_of_waiting(state, lapsed.kind, facts) if lapsed is not None else (),
        reason=require_words("reason", command.reason),
    )
