"""案卷演化: the next state of a case from one log entry. Copies and counts; never asks calendar, catalogue or clock."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, Protocol, TypeVar

import msgspec

from gezhi.cases.rules.entries import Entry, Step
from gezhi.cases.rules.entry_kinds import EntryKind
from gezhi.cases.rules.marks import Mark
from gezhi.cases.rules.stages import Status
from gezhi.cases.rules.state import Answer, CaseState, ReportRef
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


def _reports(
    old: tuple[ReportRef, ...], added: ReportRef | None, answers: tuple[Answer, ...], at: int
) -> tuple[ReportRef, ...]:
    reports = old if added is None else (*old, added)
    if not answers:
        return reports
    told = {answer.report for answer in answers}
    return tuple(
        msgspec.structs.replace(report, answered=at) if report.reachable and report.id in told else report
        for report in reports
    )


def evolve(state: CaseState | None, entry: Entry) -> CaseState:
    """The state after this entry; the first entry of a case begins it."""
    step = entry.step
    before = state if state is not None else _begin(entry)
    changes: dict[str, Any] = {"status": step.status, "seq": entry.seq}
    if not step.kind.is_remark:
        changes["acted"] = entry.seq
    if step.clocks:
        clocks = {clock.kind: clock for clock in before.clocks}
        clocks.update({clock.kind: clock for clock in step.clocks})
        changes["clocks"] = tuple(clocks.values())
    if step.assignments:
        changes["assignments"] = _by_number(before.assignments, step.assignments)
    if step.tasks:
        changes["tasks"] = _by_number(before.tasks, step.tasks)
    if step.report is not None or step.answers:
        changes["reports"] = _reports(before.reports, step.report, step.answers, entry.recorded)
    if step.marks:
        changes["marks"] = _counted(before.marks, step.marks)
    changes.update(_copied(before, step))
    if step.kind.moment is not None:
        changes[step.kind.moment] = entry.recorded
    if step.kind is EntryKind.REOPENED:
        changes["closed"] = None
        changes["closing_kind"] = None
        changes["exempt"] = False
    if before.status == Status.REPORTED and entry.role is Role.ACCEPTOR and before.claimed_by is None and entry.seq > 1:
        changes["claimed_by"] = entry.user
    return msgspec.structs.replace(before, **changes)


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
    if step.before:
        changes["before"] = (*before.before, *step.before)
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
