"""登记办理: what is kept in a register of supervision. The register writes the case in the same transaction."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from itertools import count
from typing import TypeVar

from gezhi.cases.queries.states import get_state
from gezhi.cases.rules import commands
from gezhi.cases.rules.commands import Command, Submission
from gezhi.cases.rules.state import CaseState
from gezhi.kernel.permissions import Actor, Role
from gezhi.kernel.problems import NotFound
from gezhi.simulation.actions.roads import Road, World
from gezhi.simulation.actions.staff import Staff
from gezhi.simulation.rules.simulated_id import simulated_id
from gezhi.supervision import actions
from gezhi.supervision.actions import Doing
from gezhi.supervision.actions.major import Listing
from gezhi.supervision.actions.orders import Asked
from gezhi.supervision.actions.ownerless import Decided
from gezhi.supervision.rules.major_register import MajorCase
from gezhi.supervision.rules.orders import Order

C = TypeVar("C", bound=Command)
A_WHILE_S, AN_HOUR_S, WAITS_S = 600, 3_600, 5 * 86_400


class Registers:
    """Acts on the registers as people do, with the clock of a past moment."""

    def __init__(self, world: World, staff: Staff) -> None:
        self.world, self.staff = world, staff

    def act(self, road: Road, one: Submission) -> tuple[CaseState, int]:
        """The case after the act, and when the last entry of it was made. Raises the Problem that forbids it."""
        at = ACTS[road.word](self, road, one)
        state = get_state(road.case_id)
        if state is None:
            raise NotFound
        return state, at

    def doing(self, one: Submission, actor: Actor | None = None, *, after: int = 0, word: str = "") -> Doing:
        """Who, when, and with ids that are equal in every run."""
        at, numbers = (one.recorded or 0) + after, count()
        words = f"{one.command_id}/{word}"
        return Doing(
            actor=actor or one.actor,
            key=simulated_id(at, words) if word else one.command_id,
            clock=lambda: at,
            ids=lambda: simulated_id(at, f"{words}/{next(numbers)}"),
        )

    def later(self, one: Submission, seconds: int) -> int:
        """So much later, but never beyond the end."""
        until, at = self.world.scene.until, one.recorded or 0
        return seconds if not until else max(0, min(seconds, until - 1 - at))

    def leader(self, road: Road, one: Submission) -> Actor:
        return self.staff.in_role(Role.LEADER, road.happening, one.recorded or 0, codes=road.case.codes)


def _settle(kept: Registers, road: Road, one: Submission) -> int:
    """确权."""
    command = _as(commands.SettleOwner, one)
    decided = Decided(
        manner=command.manner,
        unit_id=command.unit_id,
        reason=command.reason,
        basis=command.basis,
        cost=command.cost,
        contractor=kept.world.words.reason(road.happening, "contractor") if command.cost is not None else "",
    )
    actions.settle_owner(road.case_id, decided, doing=kept.doing(one))
    return one.recorded or 0


def _supervise(kept: Registers, road: Road, one: Submission) -> int:
    """下达督办."""
    command = _as(commands.Supervise, one)
    ordered = Asked(level=command.level, requirement=command.text)
    road.order = actions.order_supervision(road.case_id, ordered, doing=kept.doing(one))
    return one.recorded or 0


def _escalate(kept: Registers, road: Road, one: Submission) -> int:
    """升级督办."""
    road.order = actions.escalate_order(_order(road).id, _as(commands.Supervise, one).text, doing=kept.doing(one))
    return one.recorded or 0


def _answer(kept: Registers, road: Road, one: Submission) -> int:
    """答复督办, and what whoever ordered it says to the reply."""
    order, text = _order(road), _as(commands.AnswerSupervision, one).text
    named = kept.staff.actor(order.addressees[0]) if order.addressees else None
    replying = kept.doing(one, named or kept.staff.handler_of(order.unit_id or 0, road.happening))
    road.order = actions.reply_to_order(order.id, text, (), doing=replying)
    accepting = kept.doing(one, kept.staff.actor(order.ordered_by), after=kept.later(one, AN_HOUR_S), word="accept")
    actions.accept_reply(order.id, kept.world.words.reason(road.happening, "accept_reply"), doing=accepting)
    return one.recorded or 0


def _lift(kept: Registers, road: Road, one: Submission) -> int:
    """解除督办."""
    order = _order(road)
    text = _as(commands.LiftSupervision, one).text
    road.order = actions.lift_order(order.id, text, doing=kept.doing(one, kept.staff.actor(order.ordered_by)))
    return one.recorded or 0


def _list(kept: Registers, road: Road, one: Submission) -> int:
    """备案, and what the level above is told of the gravest."""
    command = _as(commands.ListMajor, one)
    listing = Listing(level=command.level, plan=command.text, due=command.due, unit_id=command.unit_id)
    road.major = actions.list_case(road.case_id, listing, doing=kept.doing(one))
    if command.level == 1:
        return one.recorded or 0
    after = kept.later(one, A_WHILE_S)
    above = kept.doing(one, after=after, word="above")
    words = kept.world.words
    text, to = words.reason(road.happening, "report_above"), words.reason(road.happening, "level_above")
    actions.report_above(road.major.id, text, to, above.clock(), doing=above)
    return above.clock()


def _progress(kept: Registers, road: Road, one: Submission) -> int:
    """报告进展."""
    actions.report_progress(_major(road).id, _as(commands.ReportMajor, one).text, doing=kept.doing(one))
    return one.recorded or 0


def _change(kept: Registers, road: Road, one: Submission) -> int:
    """申请调整期限, decided on by a leader; of late some wait."""
    command, major = _as(commands.ChangeMajor, one), _major(road)
    actions.ask_change(major.id, command.reason, command.due, doing=kept.doing(one))
    at = one.recorded or 0
    if kept.world.scene.until - at < WAITS_S:
        return at
    reason = kept.world.words.reason(road.happening, "grant_change_major")
    deciding = kept.doing(one, kept.leader(road, one), after=A_WHILE_S, word="decide")
    actions.decide_change(major.id, reason, granted=True, doing=deciding)
    return deciding.clock()


def _propose(kept: Registers, road: Road, one: Submission) -> int:
    """申请销号."""
    actions.propose_strike_off(_major(road).id, _as(commands.StrikeOff, one).text, doing=kept.doing(one))
    return one.recorded or 0


def _strike_off(kept: Registers, road: Road, one: Submission) -> int:
    """签批销号."""
    actions.sign_strike_off(_major(road).id, _as(commands.StrikeOff, one).text, granted=True, doing=kept.doing(one))
    return one.recorded or 0


ACTS: Mapping[str, Callable[[Registers, Road, Submission], int]] = {
    "settle_owner": _settle,
    "supervise": _supervise,
    "escalate_supervision": _escalate,
    "answer_supervision": _answer,
    "lift_supervision": _lift,
    "list_major": _list,
    "report_major": _progress,
    "change_major": _change,
    "propose_strike_off": _propose,
    "strike_off": _strike_off,
}


def _as(kind: type[C], one: Submission) -> C:
    if not isinstance(one.command, kind):
        raise TypeError(one.command.word)
    return one.command


def _order(road: Road) -> Order:
    if road.order is None:
        raise LookupError(road.happening)
    return road.order


def _major(road: Road) -> MajorCase:
    if road.major is None:
        raise LookupError(road.happening)
    return road.major
