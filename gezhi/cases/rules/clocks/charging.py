"""超时记账: to whom a clock that runs out is charged: whoever held the work then. Which clock is whose is local policy."""

from __future__ import annotations

import msgspec

from gezhi.cases.rules.applications.application import UNIT
from gezhi.cases.rules.applications.deciding import unit_above
from gezhi.cases.rules.clocks.clock import Clock, ClockKind
from gezhi.cases.rules.clocks.stage_spans import STAGE_OF_CLOCK
from gezhi.cases.rules.stages import STATUSES, Stage
from gezhi.cases.rules.state import CaseState
from gezhi.kernel.permissions import Role
from gezhi.policy.rules.holders import Holder

SEATS = {Holder.SUPERVISION_CENTRE: Role.DUTY_OFFICER, Holder.COMMAND_CENTRE: Role.DISPATCHER}
CENTRE_OF = {
    Role.DISPATCHER: Holder.COMMAND_CENTRE,
    Role.LEADER: Holder.OWNER_OFFICE,
    Role.ACCEPTOR: Holder.SUPERVISION_CENTRE,
    Role.DUTY_OFFICER: Holder.SUPERVISION_CENTRE,
    Role.SUPERVISOR: Holder.SUPERVISION_CENTRE,
}


class Held(msgspec.Struct, frozen=True):
    """在办: a clock that ran out and who held its work, as far as the case knows: a unit, a person, or the body of a
    kind that performs the stage; `role` is the post in it, `shift` that its duty officer of that moment answers.
    """

    clock: ClockKind
    at: int
    body: Holder | None = None
    stage: Stage | None = None
    role: Role | None = None
    organisation: int | None = None
    user: int | None = None
    shift: bool = False


def newly_out(state: CaseState, moment: int) -> tuple[Clock, ...]:
    """The running clocks that ran out and are not on record as such."""
    return tuple(clock for clock in state.clocks if clock.since is not None and not clock.raised and clock.due < moment)


def helpers_late(state: CaseState, clock: Clock) -> tuple[Held, ...]:
    """协办: each helping unit that has not handed over its part is charged for itself."""
    return tuple(
        Held(clock.kind, clock.due, stage=Stage.HANDLE, role=Role.HANDLER, organisation=part.unit)
        for part in state.open_assignments
        if part.parent is None and part.handed_over is None
    )


def held_by(clock: Clock, holder: Holder, state: CaseState) -> Held:
    """Whose clock it is, as of its due moment: who looks later is not to blame for who slept before."""
    held = Held(clock.kind, clock.due, stage=STAGE_OF_CLOCK[clock.kind])
    leading, task, pending = state.leading, state.open_task, state.pending
    match holder:
        case Holder.UNIT if leading is not None:
            return msgspec.structs.replace(held, organisation=leading.unit, role=Role.HANDLER)
        case Holder.COLLECTOR if task is not None:
            return msgspec.structs.replace(held, user=task.collector, role=Role.COLLECTOR)
        case Holder.DECIDER if pending is not None and pending.deciding == UNIT:
            return msgspec.structs.replace(held, organisation=unit_above(state, pending), role=Role.HANDLER)
        case Holder.DECIDER if pending is not None:
            role = Role(pending.deciding or "")
            stage = Stage.DISPATCH if role is Role.DISPATCHER else STATUSES[state.status].stage
            return msgspec.structs.replace(
                held, body=CENTRE_OF[role], role=role, stage=stage, shift=role is Role.DUTY_OFFICER
            )
        case Holder.SUPERVISION_CENTRE | Holder.COMMAND_CENTRE:
            return msgspec.structs.replace(held, body=holder, role=SEATS[holder], shift=True)
        case Holder.OWNER_OFFICE:
            return msgspec.structs.replace(held, body=holder)
        case _:
            return held
