"""超时记账取数: the body and the person to whom a clock that ran out is charged."""

from __future__ import annotations

from gezhi.calendars.rules.office_days import day_of
from gezhi.cases.queries.registers import Registers
from gezhi.cases.rules.clocks.charging import Held, held_by, helpers_late, newly_out
from gezhi.cases.rules.clocks.clock import ClockKind
from gezhi.cases.rules.entries import Charge
from gezhi.cases.rules.state import CaseState
from gezhi.kernel.permissions import Role
from gezhi.people.queries import on_shift
from gezhi.people.rules.organisation_kinds import OrganisationKind
from gezhi.policy.rules.holders import Holder
from gezhi.policy.rules.local_policy import LocalPolicy
from gezhi.policy.rules.platform_levels import mode_of

BODIES = {
    Holder.SUPERVISION_CENTRE: OrganisationKind.SUPERVISION_CENTRE,
    Holder.COMMAND_CENTRE: OrganisationKind.COMMAND_CENTRE,
    Holder.OWNER_OFFICE: OrganisationKind.GOVERNMENT,
}


def charges_of(state: CaseState, registers: Registers, *, moment: int) -> tuple[Charge, ...]:
    """Of every clock that ran out by this moment and is not on record; what is charged to nobody is left out."""
    policy = registers.policy.on(day_of(moment))
    held: list[Held] = []
    for clock in newly_out(state, moment):
        holder = policy.holders[clock.kind]
        helping = clock.kind is ClockKind.HELPING and holder is Holder.UNIT
        held.extend(helpers_late(state, clock) if helping else (held_by(clock, holder, state),))
    charges = [_charge(one, state, registers, policy) for one in held]
    return tuple(charge for charge in charges if charge.organisation is not None or charge.user is not None)


def _charge(held: Held, state: CaseState, registers: Registers, policy: LocalPolicy) -> Charge:
    if held.body is None:
        return Charge(held.clock, held.organisation, held.role, held.user)
    body = _body(held, state, registers, policy)
    officer = on_shift(body, Role.DUTY_OFFICER, held.at) if body is not None and held.shift else None
    role = Role.DUTY_OFFICER if officer is not None else held.role
    return Charge(held.clock, body, role, officer.user_id if officer is not None else None)


def _body(held: Held, state: CaseState, registers: Registers, policy: LocalPolicy) -> int | None:
    """The body of the kind that performs the stage at the place; for owners the office that the city names."""
    assert held.body is not None  # looked at before
    if held.body is Holder.OWNER_OFFICE and held.role is None and policy.owner_office:
        return policy.owner_office
    mode = mode_of(policy.platforms, state.codes) if held.body is not Holder.OWNER_OFFICE else None
    levels = mode.levels_of(held.stage) if mode is not None and held.stage is not None else ()
    found = registers.directory.find_organisation(
        BODIES[held.body], state.place.area, on=day_of(held.at), levels=levels
    )
    return found.id if found is not None else None
