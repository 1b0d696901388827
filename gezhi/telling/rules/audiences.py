"""通知对象: one person, the holders of a role in a body, or the seat that has a case now."""

from __future__ import annotations

from collections.abc import Iterable

import msgspec

from gezhi.cases.rules.applications import UNIT
from gezhi.cases.rules.applications.deciding import unit_above
from gezhi.cases.rules.entries import Entry
from gezhi.cases.rules.stages import Status
from gezhi.cases.rules.state import Assignment, CaseState
from gezhi.kernel.permissions import Role
from gezhi.policy.rules.channels import BY_COLLECTOR


class Audience(msgspec.Struct, frozen=True):
    """听众: one person; or who holds a role, in one organisation or in the centres that answer for the place."""

    role: Role | None = None
    organisation: int | None = None
    user: int | None = None


SEAT_OF: dict[Status, Role] = {
    Status.REPORTED: Role.ACCEPTOR,
    Status.VERIFYING: Role.ACCEPTOR,
    Status.ACCEPTED: Role.DUTY_OFFICER,
    Status.REGISTERED: Role.DISPATCHER,
    Status.UNOWNED: Role.DISPATCHER,
    Status.HANDLED: Role.DISPATCHER,
    Status.TO_INSPECT: Role.ACCEPTOR,
    Status.INSPECTING: Role.ACCEPTOR,
    Status.TO_CLOSE: Role.DUTY_OFFICER,
}
DISPATCHERS, SUPERVISORS = Audience(role=Role.DISPATCHER), Audience(role=Role.SUPERVISOR)
OFFICERS, GOVERNMENT = Audience(role=Role.DUTY_OFFICER), Audience(role=Role.LEADER)


def unit(organisation: int) -> Audience:
    return Audience(role=Role.HANDLER, organisation=organisation)


def person(user: int) -> Audience:
    return Audience(user=user)


def units_of(parts: Iterable[Assignment]) -> tuple[Audience, ...]:
    return tuple(dict.fromkeys(unit(part.unit) for part in parts))


def holders_of(state: CaseState) -> tuple[Audience, ...]:
    """在办方: whoever has the case now: a collector's task, units, or the seat of the stage."""
    task = state.open_task
    if task is not None:
        return (person(task.collector),)
    seat = SEAT_OF.get(state.status)
    return (Audience(role=seat),) if seat is not None else units_of(state.open_assignments)


def deciders_of(state: CaseState) -> tuple[Audience, ...]:
    """审批人: those whose decision is awaited."""
    pending = state.pending
    if pending is None or pending.deciding is None:
        return ()
    if pending.deciding == UNIT:
        above = unit_above(state, pending)
        return (unit(above),) if above is not None else ()
    return (Audience(role=Role(pending.deciding)),)


def askers(entry: Entry, _: CaseState) -> tuple[Audience, ...]:
    application = entry.step.application
    return (
        (Audience(role=Role(application.role), organisation=application.organisation),)
        if application is not None
        else ()
    )


def given(entry: Entry, _: CaseState) -> tuple[Audience, ...]:
    return units_of(part for part in entry.step.assignments if part.ended is None)


def taken(entry: Entry, _: CaseState) -> tuple[Audience, ...]:
    return units_of(part for part in entry.step.assignments if part.ended is not None)


def unit_above_crew(entry: Entry, state: CaseState) -> tuple[Audience, ...]:
    """The unit above the crew whose part the entry moves."""
    parents = {part.parent for part in entry.step.assignments}
    return units_of(part for part in state.open_assignments if part.no in parents)


def reporting_collectors(_: Entry, state: CaseState) -> tuple[Audience, ...]:
    """Collectors who reported it; citizens are told by text (plain_words)."""
    return tuple(
        dict.fromkeys(person(one.by) for one in state.reports if one.by is not None and one.channel == BY_COLLECTOR)
    )
