"""批准生效: what each kind of application does to the case once its last step has granted it, and how a case wakes."""

from __future__ import annotations

from collections.abc import Callable

import msgspec

from gezhi.calendars.rules.limits import Unit
from gezhi.cases.rules.applications import UNIT, Application, Kind
from gezhi.cases.rules.deadline import extend_clock, move_due
from gezhi.cases.rules.entries import Step
from gezhi.cases.rules.entry_kinds import EntryKind
from gezhi.cases.rules.facts import Facts
from gezhi.cases.rules.stages import Status
from gezhi.cases.rules.state import CaseState, Clock, ClockKind, End
from gezhi.cases.rules.steps.asking import NoEnd
from gezhi.cases.rules.steps.major_cases import check_struck_off
from gezhi.cases.rules.steps.sending_back import back_to_dispatch, ended_parts

GRANTED = {
    Kind.SEND_BACK: EntryKind.SEND_BACK_GRANTED,
    Kind.EXTENSION: EntryKind.EXTENSION_GRANTED,
    Kind.SUSPENSION: EntryKind.SUSPENSION_GRANTED,
    Kind.VOID: EntryKind.VOID_GRANTED,
    Kind.APPEAL: EntryKind.APPEAL_GRANTED,
}


def _send_back(state: CaseState, application: Application, facts: Facts) -> Step:
    """同意回退: the dispatcher sends it anew. What a crew sends back goes to its own unit and no further."""
    kind = GRANTED[Kind.SEND_BACK]
    if application.steps == (UNIT,):
        part = next(one for one in state.open_assignments if one.unit == application.unit)
        ended = msgspec.structs.replace(part, ended=facts.moment, end=End.SENT_BACK)
        return Step(kind=kind, status=state.status, application=application, assignments=(ended,))
    return Step(
        kind=kind,
        status=Status.REGISTERED,
        application=application,
        assignments=ended_parts(state, End.SENT_BACK, facts),
        clocks=back_to_dispatch(state, facts),
        marks=(kind,),
    )


def _extension(state: CaseState, application: Application, facts: Facts) -> Step:
    """同意延期: the handling clock gets the time that was asked for, the whole case as much in natural time."""
    clock, whole = state.clock(ClockKind.HANDLING), state.clock(ClockKind.WHOLE)
    assert clock is not None  # asked for by a unit to which the case was dispatched
    longer = extend_clock(facts.timing, clock, value=application.value or 0, at=facts.moment)
    clocks = [longer]
    if whole is not None and whole.since is not None:
        clocks.append(move_due(whole, longer.due - clock.due))
    extended = msgspec.structs.replace(application, new_due=longer.due)
    kind = GRANTED[Kind.EXTENSION]
    return Step(kind=kind, status=state.status, application=extended, clocks=tuple(clocks), marks=(kind,))


def _suspension(state: CaseState, application: Application, facts: Facts) -> Step:
    """同意缓办: no clock runs but the one that wakes the case."""
    until = application.until or 0
    if until <= facts.moment:
        raise NoEnd(field="until")
    clock = state.clock(ClockKind.HANDLING)
    assert clock is not None  # asked for by a unit to which the case was dispatched
    waking = Clock(
        kind=ClockKind.SUSPENSION,
        calendar=clock.calendar,
        unit=Unit.URGENT_HOUR,
        limit=until - facts.moment,
        due=until,
        warn=until,
        since=facts.moment,
    )
    stopped = [one for kind in _STOPPED for one in facts.pause(state, kind)]
    kind = GRANTED[Kind.SUSPENSION]
    clocks = (*stopped, waking)
    return Step(kind=kind, status=Status.SUSPENDED, application=application, clocks=clocks, due=until, marks=(kind,))


_STOPPED = (ClockKind.HANDLING, ClockKind.RECEIPT, ClockKind.WHOLE)


def _void(state: CaseState, application: Application, facts: Facts) -> Step:
    """同意作废: counted apart from what was refused at acceptance or rejected at registration."""
    check_struck_off(state)
    return Step(
        kind=GRANTED[Kind.VOID],
        status=Status.VOIDED,
        application=application,
        assignments=ended_parts(state, End.VOIDED, facts),
        tasks=tuple(
            msgspec.structs.replace(task, rerouted=facts.moment) for task in (state.open_task,) if task is not None
        ),
        clocks=facts.end(state, *ClockKind),
        marks=(GRANTED[Kind.VOID],),
    )


def _appeal(state: CaseState, application: Application, _: Facts) -> Step:
    """同意申诉: exempt in the statistics; that it was late stays visible."""
    kind = GRANTED[Kind.APPEAL]
    return Step(kind=kind, status=state.status, application=application, exempt=application.exempt, marks=(kind,))


EFFECTS: dict[Kind, Callable[[CaseState, Application, Facts], Step]] = {
    Kind.SEND_BACK: _send_back,
    Kind.EXTENSION: _extension,
    Kind.SUSPENSION: _suspension,
    Kind.VOID: _void,
    Kind.APPEAL: _appeal,
}


def woken(state: CaseState, facts: Facts, kind: EntryKind) -> Step:
    """恢复办理: every clock that the suspension stopped runs again with the rest of its limit."""
    leading = state.leading
    received = leading is not None and leading.received is not None
    resumed = [clock for one in _STOPPED for clock in _resume(state, one, facts)]
    return Step(
        kind=kind,
        status=Status.HANDLING if received else Status.DISPATCHED,
        clocks=(*facts.end(state, ClockKind.SUSPENSION), *resumed),
        marks=(kind,),
    )


def _resume(state: CaseState, kind: ClockKind, facts: Facts) -> tuple[Clock, ...]:
    clock = state.clock(kind)
    return facts.resume(state, kind) if clock is not None and clock.ended is None else ()
