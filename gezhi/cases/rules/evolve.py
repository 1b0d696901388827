"""案卷演化: the next state of a case from one log entry. Copies and counts; never asks calendar, catalogue or clock."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, Protocol, TypeVar

import msgspec

from gezhi.cases.rules.clocks.whole_case import overrun
from gezhi.cases.rules.entries import Entry, Step
from gezhi.cases.rules.entry_kinds import EntryKind
from gezhi.cases.rules.marks import Mark
from gezhi.cases.rules.stages import FINISHED, Status
from gezhi.cases.rules.state import CaseState, ReportRef, Undo
from gezhi.kernel.permissions import Role


class _Numbered(Protocol):
    @property
    def no(self) -> int: ...


N = TypeVar("N", bound=_Numbered)
# What a step and a case call by one name, and a step may leave out, is copied as it is.
COPIED = tuple(
    field.name
    for field in msgspec.structs.fields(Step)
    if field.default is None and field.name in CaseState.__struct_fields__
)


def _begin(entry: Entry) -> CaseState:
    step = entry.step
    if step.number is None or step.place is None or step.subject is None or step.report is None or step.node is None:
        raise ValueError(f"entry {entry.seq} of case {entry.case} cannot begin a case")
    return CaseState(
        no=step.number,
        node=step.node,
        status=step.status,
        seq=0,
        place=step.place,
        subject=step.subject,
        reported=entry.recorded,
        verify_by_rule=step.verify_by_rule,
    )


def _by_number(old: tuple[N, ...], new: tuple[N, ...]) -> tuple[N, ...]:
    merged = {part.no: part for part in old}
    merged.update({part.no: part for part in new})
    return tuple(merged.values())


def _reports(old: tuple[ReportRef, ...], step: Step, at: int) -> tuple[ReportRef, ...]:
    """The reports with one more, or with one that was corrected. Whose answer is given by call waits for the call."""
    reports = {report.id: report for report in old}
    if step.report is not None:
        reports[step.report.id] = step.report
    called = step.kind is EntryKind.TOLD_BY_CALL
    for answer in step.answers if step.status in FINISHED else ():
        report = reports.get(answer.report)
        if report is not None and report.reachable:
            answered = at if called or not report.by_call else None
            reports[report.id] = msgspec.structs.replace(report, answered=answered)
    return tuple(reports.values())


def evolve(state: CaseState | None, entry: Entry) -> CaseState:
    """The state after this entry; the first entry of a case begins it."""
    step = entry.step
    before = state if state is not None else _begin(entry)
    changes: dict[str, Any] = {"status": step.status, "seq": entry.seq}
    if not step.kind.is_remark:
        changes["acted"] = entry.seq
    if step.clocks:
        changes.update(_timed(before, entry))
    if step.assignments:
        changes["assignments"] = _by_number(before.assignments, step.assignments)
    if step.tasks:
        changes["tasks"] = _by_number(before.tasks, step.tasks)
    if step.report is not None or step.answers:
        changes["reports"] = _reports(before.reports, step, entry.recorded)
    if step.marks:
        changes["marks"] = _counted(before.marks, step.marks)
    changes.update(_copied(before, step))
    changes.update(_of_kind(before, entry))
    changes.update(_undoing(before, entry))
    return msgspec.structs.replace(before, **changes)


def _timed(before: CaseState, entry: Entry) -> dict[str, Any]:
    """The clocks, and by how much stages that ended with this entry ran over."""
    clocks = {clock.kind: clock for clock in before.clocks}
    over = overrun(clocks, entry.step.clocks, at=entry.recorded)
    clocks.update({clock.kind: clock for clock in entry.step.clocks})
    return {"clocks": tuple(clocks.values()), "overrun": before.overrun + over}


def _of_kind(before: CaseState, entry: Entry) -> dict[str, Any]:
    """What follows from the kind of the entry, its moment and who made it."""
    changes: dict[str, Any] = {}
    kind = entry.step.kind
    if kind.moment is not None:
        changes[kind.moment] = entry.recorded
    if kind is EntryKind.REMINDED:
        changes["reminded"] = {**before.reminded, str(entry.user): entry.recorded}
    if kind is EntryKind.REOPENED:
        changes.update(closed=None, closing_kind=None, exempt=False)
    if before.status == Status.REPORTED and entry.role is Role.ACCEPTOR and before.claimed_by is None and entry.seq > 1:
        changes["claimed_by"] = entry.user
    return changes


def _undoing(before: CaseState, entry: Entry) -> dict[str, Any]:
    """撤销派遣: what stood before a dispatch is kept until somebody does something else, and comes back where the dispatch
    is undone.
    """
    step, undo = entry.step, before.undo
    if step.kind is EntryKind.DISPATCHED:
        again = Mark.DISPATCHED_AGAIN in step.marks
        kept = Undo(
            entry.seq, entry.recorded, before.clocks, before.settled_unit, before.rework_unit, before.overrun, again
        )
        return {"undo": kept}
    if undo is None or (step.kind.is_remark and not step.clocks):
        return {}
    if step.kind is not EntryKind.DISPATCH_UNDONE:
        return {"undo": None}
    gone = {part.no for part in step.assignments}
    marks = {mark: count - (undo.again and mark == Mark.DISPATCHED_AGAIN) for mark, count in before.marks.items()}
    return {
        "undo": None,
        "clocks": undo.clocks,
        "assignments": tuple(part for part in before.assignments if part.no not in gone),
        "settled_unit": undo.settled_unit,
        "rework_unit": undo.rework_unit,
        "overrun": undo.overrun,
        "marks": {mark: count for mark, count in marks.items() if count},
    }


def _counted(marks: dict[str, int], added: tuple[Mark, ...]) -> dict[str, int]:
    counted = dict(marks)
    for mark in added:
        counted[mark] = counted.get(mark, 0) + 1
    return counted


def _copied(before: CaseState, step: Step) -> dict[str, Any]:
    """The parts that an entry replaces as they are, or adds to."""
    changes: dict[str, Any] = {}
    if step.application is not None:
        changes["applications"] = _by_number(before.applications, (step.application,))
    for name in COPIED:
        value = getattr(step, name)
        if value is not None:
            changes[name] = value
    if step.before or step.moved:
        changes["before"] = (*before.before, *step.before, *step.moved)
    if step.after:
        changes["after"] = (*before.after, *step.after)
    if step.handler is not None and step.handler not in before.handlers:
        changes["handlers"] = (*before.handlers, step.handler)
    return changes


def fold(entries: Iterable[Entry]) -> CaseState | None:
    """The state that a whole log gives; None for an empty one."""
    state: CaseState | None = None
    for entry in entries:
        state = evolve(state, entry)
    return state
