"""问责办理: proposed by rule or by hand, confirmed, put right, closed."""

from __future__ import annotations

from datetime import date
from uuid import UUID

import msgspec
from django.db import transaction

from gezhi.calendars.rules.office_days import day_of, midnight_of
from gezhi.cases.queries.case_faces import get_visible_state
from gezhi.cases.queries.registers import held_registers
from gezhi.cases.rules.clocks.deadline import Timing
from gezhi.cases.rules.state import CaseState
from gezhi.kernel.deeds import Deed, begin
from gezhi.kernel.permissions import SYSTEM
from gezhi.kernel.problems import NotFound
from gezhi.kernel.words import require_words
from gezhi.people.queries import held_directory
from gezhi.plumbing.clock import Clock
from gezhi.plumbing.database import take_turns
from gezhi.plumbing.ids import Ids
from gezhi.plumbing.register_rows import Doing, Writer, done_before, lock_record, write_one
from gezhi.supervision.actions.automatic import BATCH
from gezhi.supervision.actions.orders import check_pictures
from gezhi.supervision.actions.serials import next_numbers
from gezhi.supervision.queries.accountability import (
    find_by_natural_keys,
    get_entry,
    list_rates,
    list_strong_problems,
)
from gezhi.supervision.queries.book import BOOK
from gezhi.supervision.queries.rules import held_rules
from gezhi.supervision.queries.scope import seen_by
from gezhi.supervision.rules import accountability as rules
from gezhi.supervision.rules.accountability import (
    AccountabilityKind,
    AccountabilityRecord,
    ProposedAlready,
    UnitTookNoPart,
    UnitUnknown,
)
from gezhi.supervision.rules.accountability_rules import AccountabilityRow, MonthRate, lasting_low
from gezhi.supervision.rules.addressees import is_in_force
from gezhi.supervision.rules.register_number import ENTRY, register_number
from gezhi.supervision.rules.terms import due_by

PROPOSING = "supervision:accountability"


class Proposed(msgspec.Struct, frozen=True, kw_only=True):
    """问责提议. Without a case it is about the unit as such."""

    unit_id: int
    cause: str
    demand: str
    case_id: UUID | None = None


class Conclusion(msgspec.Struct, frozen=True, kw_only=True):
    """问责结论: `points` in hundredths."""

    measure: str
    measure_text: str = ""
    points: int = 0
    effect: str = ""


def propose_accountability(*, clock: Clock, ids: Ids, batch: int = BATCH) -> bool:
    """问责提议 by the rule rows: strongly felt problems; True when more may be waiting."""
    doing = Doing(actor=SYSTEM, key=ids(), clock=clock, ids=ids)
    with transaction.atomic():
        take_turns(PROPOSING)
        now = clock()
        rows = held_rules().accountability(day_of(now))
        problems = list_strong_problems(rows, now=now, limit=batch)
        entries = [_of_case(rows[kind], case_id, state, doing) for kind, case_id, state in problems]
        _propose([one for one in entries if one is not None], doing)
    return len(problems) == batch


def propose_low_rates(*, clock: Clock, ids: Ids) -> int:
    """持续偏低 of the whole months that have passed; once for each unit and last month."""
    doing = Doing(actor=SYSTEM, key=ids(), clock=clock, ids=ids)
    with transaction.atomic():
        take_turns(PROPOSING)
        now = clock()
        row = held_rules().accountability(day_of(now))[AccountabilityKind.LOW_RATE]
        if not row.active:
            return 0
        until = day_of(now).replace(day=1)
        rates = list_rates(midnight_of(_months_before(until, row.months)), midnight_of(until))
        entries = [_of_rates(row, low, doing) for low in lasting_low(row, rates)]
        known = find_by_natural_keys(one.natural_key for one in entries)
        fresh = [one for one in entries if one.natural_key not in known]
        _propose(fresh, doing)
    return len(fresh)


def _months_before(first: date, months: int) -> date:
    year, month = divmod(first.year * 12 + first.month - 1 - months, 12)
    return date(year, month + 1, 1)


def last_unit(state: CaseState) -> int | None:
    """The unit that leads the case, or led it last."""
    parts = [part for part in state.assignments if part.leading and part.parent is None]
    return state.leading.unit if state.leading is not None else (parts[-1].unit if parts else None)


CAUSES: dict[str, str] = {
    AccountabilityKind.OVERDUE: "案件长期超时，已升至三级督办",
    AccountabilityKind.REPEATS: "同一问题被反复反映 {reports} 次",
    AccountabilityKind.COMPLAINT: "群众投诉案件处置超时",
    AccountabilityKind.REOPENED: "结案后因处置不到位重新处置",
    AccountabilityKind.ORDERS: "同一案件多次督办仍未解决",
}


def _of_case(row: AccountabilityRow, case_id: UUID, state: CaseState, doing: Doing) -> AccountabilityRecord | None:
    unit = last_unit(state)
    if unit is None:
        return None
    return AccountabilityRecord(
        id=doing.ids(),
        no="",
        natural_key=f"{row.kind}:{case_id}",
        kind=row.kind,
        unit_id=unit,
        case_id=case_id,
        case_no=state.no,
        class_key=state.subject.class_key,
        area_code=state.place.area,
        cause=CAUSES[row.kind].format(reports=len(state.reports)),
        demand=row.demand,
        proposed_at=doing.clock(),
        proposed_by=0,
    )


def _of_rates(row: AccountabilityRow, low: list[MonthRate], doing: Doing) -> AccountabilityRecord:
    last = low[-1]
    said = "，".join(f"{one.month} 为 {one.share / 10:.1f}%（{one.in_time}/{one.handled}）" for one in low)
    return AccountabilityRecord(
        id=doing.ids(),
        no="",
        natural_key=f"{row.kind}:{last.unit}:{last.month}",
        kind=row.kind,
        unit_id=last.unit,
        month=last.month,
        area_code=held_directory().region_of(last.unit),
        cause=f"按期处置率连续 {row.months} 个月低于 {row.threshold / 10:.1f}%：{said}",
        demand=row.demand,
        proposed_at=doing.clock(),
        proposed_by=0,
    )


def _propose(entries: list[AccountabilityRecord], doing: Doing) -> None:
    if not entries:
        return
    now, writer = doing.clock(), Writer(BOOK)
    for entry, serial in zip(entries, next_numbers(len(entries)), strict=True):
        record = msgspec.structs.replace(entry, no=register_number(ENTRY, at=now, serial=serial))
        writer.add(record, begin("proposed", record, record.cause), doing, at=now, key=doing.ids())
    writer.write()


@transaction.atomic
def propose_entry(proposed: Proposed, *, doing: Doing) -> AccountabilityRecord:
    """提出问责 by hand; another person confirms it."""
    if (before := done_before(BOOK, AccountabilityRecord, doing.key)) is not None:
        return before
    take_turns(PROPOSING)
    now, directory = doing.clock(), held_registers().directory
    if not is_in_force(directory, proposed.unit_id, day_of(now)):
        raise UnitUnknown(field="unit_id")
    state = get_visible_state(proposed.case_id, doing.actor) if proposed.case_id is not None else None
    if state is not None and all(part.unit != proposed.unit_id for part in state.assignments):
        raise UnitTookNoPart(field="unit_id", unit=directory.organisations[proposed.unit_id].name)
    area = state.place.area if state is not None else directory.region_of(proposed.unit_id)
    if state is None and not any(area.startswith(region) for region in doing.actor.scope.regions):
        raise NotFound
    key = f"{AccountabilityKind.OTHER}:{proposed.case_id or doing.key}:{proposed.unit_id}"
    for no in find_by_natural_keys([key]).values():
        raise ProposedAlready(no=no)
    record = AccountabilityRecord(
        id=doing.ids(),
        no=register_number(ENTRY, at=now, serial=next_numbers(1)[0]),
        natural_key=key,
        kind=AccountabilityKind.OTHER,
        unit_id=proposed.unit_id,
        case_id=proposed.case_id,
        case_no=state.no if state is not None else "",
        class_key=state.subject.class_key if state is not None else "",
        area_code=area,
        cause=require_words("cause", proposed.cause),
        demand=require_words("demand", proposed.demand),
        proposed_at=now,
        proposed_by=doing.actor.user_id,
    )
    return write_one(BOOK, record, begin("proposed", record, record.cause), doing, at=now)


def _hold(entry_id: UUID, doing: Doing) -> tuple[AccountabilityRecord, bool]:
    get_entry(entry_id, doing.actor)
    entry = lock_record(BOOK, AccountabilityRecord, entry_id, seen_by(doing.actor))
    return entry, done_before(BOOK, AccountabilityRecord, doing.key, only=entry_id) is not None


def _write(entry: AccountabilityRecord, deed: Deed, doing: Doing) -> AccountabilityRecord:
    return write_one(BOOK, entry, deed, doing, at=doing.clock())


def row_for(kind: str, now: int) -> AccountabilityRow:
    """The rule row of a kind; what was proposed by hand goes by that of long overdue cases."""
    rows = held_rules().accountability(day_of(now))
    return rows.get(kind, rows[AccountabilityKind.OVERDUE])


def correction_due(kind: str, now: int) -> int:
    """整改期限 by the rule row of a kind and the office calendar."""
    return due_by(Timing(held_registers().calendars.by_name), row_for(kind, now).correct, at=now)


@transaction.atomic
def confirm_entry(entry_id: UUID, demand: str, due: int | None, *, doing: Doing) -> AccountabilityRecord:
    """核定问责."""
    entry, done = _hold(entry_id, doing)
    if done:
        return entry
    now = doing.clock()
    due = correction_due(entry.kind, now) if due is None else due
    return _write(entry, rules.decide_confirm(entry, doing.actor, demand or entry.demand, due, now=now), doing)


@transaction.atomic
def dismiss_entry(entry_id: UUID, reason: str, *, doing: Doing) -> AccountabilityRecord:
    """不予问责."""
    entry, done = _hold(entry_id, doing)
    return entry if done else _write(entry, rules.decide_dismiss(entry, doing.actor, reason, now=doing.clock()), doing)


@transaction.atomic
def report_result(entry_id: UUID, result: str, pictures: tuple[str, ...], *, doing: Doing) -> AccountabilityRecord:
    """报告整改结果, by the unit."""
    entry, done = _hold(entry_id, doing)
    if done:
        return entry
    deed = rules.decide_result(entry, doing.actor, result, pictures, now=doing.clock())
    check_pictures(pictures, doing.actor)
    return _write(entry, deed, doing)


@transaction.atomic
def return_result(entry_id: UUID, reason: str, due: int | None, *, doing: Doing) -> AccountabilityRecord:
    """退回继续整改."""
    entry, done = _hold(entry_id, doing)
    if done:
        return entry
    now = doing.clock()
    due = correction_due(entry.kind, now) if due is None else due
    return _write(entry, rules.decide_return_result(entry, doing.actor, reason, due, now=now), doing)


@transaction.atomic
def close_entry(entry_id: UUID, text: str, outcome: Conclusion, *, doing: Doing) -> AccountabilityRecord:
    """验收办结: with measure and effect on the evaluation."""
    entry, done = _hold(entry_id, doing)
    if done:
        return entry
    now, fields = doing.clock(), msgspec.structs.asdict(outcome)
    most = row_for(entry.kind, now).most_points
    return _write(entry, rules.decide_close(entry, doing.actor, text, fields, most_points=most, now=now), doing)
