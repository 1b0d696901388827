"""疑难无主: why a case has no owner, how long, and what came of it. The board is the cases themselves (R19)."""

from __future__ import annotations

from datetime import date
from enum import StrEnum
from uuid import UUID

import msgspec

from gezhi.calendars.rules.limits import Unit
from gezhi.calendars.rules.working_calendar import WorkingCalendar
from gezhi.cases.rules.applications import ApplicationKind, ApplicationOutcome
from gezhi.cases.rules.clocks.clock import ClockKind
from gezhi.cases.rules.stages import Status
from gezhi.cases.rules.state import CaseState, End
from gezhi.duties.rules.assign_unit import DutyTable, find_unit
from gezhi.kernel.deeds import Record
from gezhi.kernel.permissions import Actor, Role
from gezhi.kernel.problems import Problem


class Why(StrEnum):
    NO_ROW = "no_row"
    RETURNED = "returned_twice"
    DISAGREE = "units_disagree"
    DISPUTED = "disputed"


WHY_NAMES: dict[str, tuple[str, str]] = {
    Why.NO_ROW: ("责任清单无对应条目", "No row of the duty table"),
    Why.RETURNED: ("两次以上回退", "Returned twice or more"),
    Why.DISAGREE: ("多个单位推诿、权责不清", "Units disagree"),
    Why.DISPUTED: ("权责有争议，派遣员提请确权", "In dispute, put up by the dispatcher"),
}
TWICE = 2
DECIDERS = (Role.DISPATCHER, Role.LEADER)


class Settlement(Record, frozen=True, kw_only=True):
    """确权记录: whose a case without owner is, in which manner; `row_seen_at`: since when the duty table has an answer."""

    case_id: UUID
    case_no: str
    class_key: str
    area_code: str
    codes: tuple[str, ...]
    manner: str
    unit_id: int
    cost: int | None = None
    contractor: str = ""
    basis: str
    reason: str
    meeting_id: UUID | None = None
    settled_at: int
    settled_by: int
    row_seen_at: int | None = None


class UnitHistory(msgspec.Struct, frozen=True):
    """承办经过: what one unit had of the case, and with which words it sent it back."""

    unit: int
    dispatched: int
    ended: int | None
    end: End | None
    reason: str = ""


class NotDifficult(Problem):
    code = "supervision.ownerless.not-difficult"
    status = 409
    title = "本案目前不是疑难无主案件，不需要确权。"
    title_en = "The case is neither difficult nor without owner; nothing is to be settled."


class MarkFirst(Problem):
    code = "supervision.ownerless.mark-first"
    status = 409
    title = "本案被多次回退，尚未转待确权；请派遣员办理，或请派遣员先转待确权。"
    title_en = "The case was returned but not yet marked as without owner: a dispatcher does that first."


class NotADecider(Problem):
    code = "supervision.ownerless.not-a-decider"
    status = 403
    title = "责任单位由派遣员按会议纪要或政府决定登记，或由领导确定。"
    title_en = "A dispatcher enters what the meeting or the government decided, or a leader decides."


def returned_by(state: CaseState) -> tuple[tuple[int, str, int], ...]:
    """(unit, reason, moment) of every send-back that was granted."""
    return tuple(
        (one.unit, one.reason, one.ended or one.asked)
        for one in state.applications
        if one.kind is ApplicationKind.SEND_BACK and one.outcome is ApplicationOutcome.GRANTED
    )


def why_of(state: CaseState, table: DutyTable, on: date) -> tuple[Why, ...]:
    """成因: all that hold, at least one."""
    back, reasons = returned_by(state), list[Why]()
    if find_unit(table, state.subject.class_key, codes=state.codes, on=on) is None:
        reasons.append(Why.NO_ROW)
    if len(back) >= TWICE:
        reasons.append(Why.RETURNED)
    if len({unit for unit, _, _ in back}) >= TWICE:
        reasons.append(Why.DISAGREE)
    return tuple(reasons) or (Why.DISPUTED,)


def difficult_since(state: CaseState) -> int:
    """Since when nobody owns it: the mark of the dispatcher, else the send-back that made it difficult."""
    clock = state.clock(ClockKind.UNOWNED)
    if state.status is Status.UNOWNED and clock is not None and clock.since is not None:
        return clock.since
    back = returned_by(state)
    return back[-1][2] if back else state.registered or state.reported


def work_days(calendar: WorkingCalendar, since: int, now: int) -> float:
    """Age in work days, to a tenth."""
    ticks = max(0, calendar.measure(since, now, Unit.WORK_DAY))
    return round(ticks * 10 / calendar.day_ticks) / 10 if calendar.day_ticks else 0.0


def history_of(state: CaseState) -> tuple[UnitHistory, ...]:
    """承办经过 of all leading units, in order."""
    reasons: dict[tuple[int, int], str] = {(unit, at): reason for unit, reason, at in returned_by(state)}
    return tuple(
        UnitHistory(part.unit, part.dispatched, part.ended, part.end, reasons.get((part.unit, part.ended or 0), ""))
        for part in state.assignments
        if part.leading and part.parent is None
    )


def has_row(table: DutyTable, settled: Settlement, on: date) -> bool:
    """Whether the duty table names a unit for this class at this place by now (回写责任清单)."""
    return find_unit(table, settled.class_key, codes=settled.codes, on=on) is not None


def check_decider(actor: Actor) -> None:
    if actor.role not in DECIDERS:
        raise NotADecider
