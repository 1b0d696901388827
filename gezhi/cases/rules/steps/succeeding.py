"""机构承接: what a unit has in a case goes on with the body that takes its place; the clocks run on as they are."""

from __future__ import annotations

import msgspec

from gezhi.cases.rules.applications import Application
from gezhi.cases.rules.clocks.clock import Clock, ClockKind
from gezhi.cases.rules.commands import Succeed
from gezhi.cases.rules.entries import Step
from gezhi.cases.rules.entry_kinds import EntryKind
from gezhi.cases.rules.facts import Facts
from gezhi.cases.rules.state import Assignment, CaseState, End
from gezhi.cases.rules.unit_line import last_unit
from gezhi.kernel.problems import Problem


class NothingToSucceed(Problem):
    code = "cases.succeeding.nothing"
    status = 409
    title = "原单位在本案中已没有需要承接的办理事项。"
    title_en = "The unit has nothing in this case that another could go on with."


def decide_succeed(state: CaseState, command: Succeed, facts: Facts) -> Step:
    """承接: the part, what was asked for and waits, and whom the case is to come back to. No limit begins anew."""
    parts = _parts(state, command, facts)
    pending = _asked(state.pending, command)
    rework, settled = (
        command.successor_id if unit == command.old_unit_id else None
        for unit in (state.rework_unit, state.settled_unit)
    )
    if not (parts or pending or rework or settled):
        raise NothingToSucceed
    return Step(
        kind=EntryKind.SUCCEEDED,
        status=state.status,
        assignments=parts,
        application=pending,
        clocks=_clocks(state, parts, facts),
        rework_unit=rework,
        settled_unit=settled,
        unit=command.successor_id,
        basis=command.basis,
    )


def _parts(state: CaseState, command: Succeed, facts: Facts) -> tuple[Assignment, ...]:
    """The old part ends; the new one goes on with what it had, or joins the successor's own."""
    part = next((one for one in state.open_assignments if one.unit == command.old_unit_id), None)
    if part is None:
        last = state.last_leading
        if last is None or last.end is End.SENT_BACK or last_unit(state) != command.old_unit_id:
            return ()
        return (msgspec.structs.replace(last, successor=command.successor_id),)
    own = next((one for one in state.open_assignments if one.unit == command.successor_id), None)
    if own is None:
        no = max(one.no for one in state.assignments) + 1
        new = msgspec.structs.replace(part, no=no, unit=command.successor_id, dispatched=facts.moment)
    else:
        new = _joined(part, own)
    below = [one for one in state.parts_below(part) if one.no != new.no]
    crews = tuple(msgspec.structs.replace(one, parent=new.no) for one in below)
    ended = msgspec.structs.replace(part, ended=facts.moment, end=End.SUCCEEDED, successor=command.successor_id)
    return (ended, new, *crews)


def _joined(part: Assignment, own: Assignment) -> Assignment:
    """Two parts of one unit are one: it leads where either led, and has handed over what both have."""
    higher = own if part.parent is not None and own.parent != part.no else part
    first = part if part.leading else own
    done = part.handed_over is not None and own.handed_over is not None
    return msgspec.structs.replace(
        own,
        leading=part.leading or own.leading,
        level=higher.level,
        parent=higher.parent,
        due=first.due,
        received=first.received,
        handed_over=max(part.handed_over or 0, own.handed_over or 0) if done else None,
        after=(*own.after, *part.after),
    )


def _asked(pending: Application | None, command: Succeed) -> Application | None:
    if pending is None or command.old_unit_id not in (pending.unit, pending.organisation):
        return None
    goes = {command.old_unit_id: command.successor_id}
    unit, asker = (goes.get(one, one) for one in (pending.unit, pending.organisation))
    return msgspec.structs.replace(pending, unit=unit, organisation=asker)


def _clocks(state: CaseState, parts: tuple[Assignment, ...], facts: Facts) -> tuple[Clock, ...]:
    """Who had handed over and takes up what a helper has not, works on under the limit of the handling."""
    helping = state.clock(ClockKind.HELPING)
    works = any(one.leading and one.ended is None and one.handed_over is None for one in parts)
    if not works or helping is None or helping.since is None:
        return ()
    return (*facts.end(state, ClockKind.HELPING), *facts.resume(state, ClockKind.HANDLING))
