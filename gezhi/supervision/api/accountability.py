"""/accountability: 督导问责台账 read, proposed, confirmed, answered, closed."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Annotated
from uuid import UUID

from django.http import FileResponse, HttpRequest
from ninja import Query

from gezhi.kernel.permissions import Actor, Permission
from gezhi.plumbing.clock import system_clock
from gezhi.plumbing.doors import actor_of
from gezhi.plumbing.request_keys import doing_of
from gezhi.plumbing.shapes import after_of, cursor_of, maybe, moment, page_of
from gezhi.plumbing.sheets import OPENAPI, Column, answer_sheet, in_batches
from gezhi.supervision import actions
from gezhi.supervision.actions.accountability import Conclusion, Proposed, row_for
from gezhi.supervision.api.case_columns import case_columns
from gezhi.supervision.api.router import router
from gezhi.supervision.api.schemas_in import (
    DeedCloseIn,
    DeedConfirmIn,
    DeedReasonIn,
    DeedResultIn,
    EntriesAsked,
    EntryFilterIn,
    EntryIn,
    ReturnIn,
    epoch,
)
from gezhi.supervision.queries.accountability import (
    MOST_COUNTED,
    count_entries,
    get_entry,
    list_entries,
    stream_entries,
)
from gezhi.supervision.queries.book import list_events
from gezhi.supervision.rules.accountability import (
    EVENT_NAMES,
    HUNDREDTHS,
    KIND_NAMES,
    MEASURES,
    STATE_NAMES,
    AccountabilityRecord,
    BadMeasure,
    EntryState,
)
from gezhi.supervision.rules.available import acts_on_entry
from gezhi.supervision.shapes.presenter import Presenter
from gezhi.supervision.shapes.schemas import EntryCountOut, EntryDetailOut, EntryOut, EntryPageOut

READ, WRITE, REPLY = Permission.SUPERVISION_READ, Permission.SUPERVISION_WRITE, Permission.SUPERVISION_REPLY


def entry_out(entry: AccountabilityRecord, presenter: Presenter, actor: Actor) -> EntryOut:
    late_now = entry.due_at is not None and entry.due_at < presenter.now and entry.state is EntryState.CORRECTING
    case = (
        presenter.case(entry.case_id, entry.case_no, entry.class_key, entry.area_code)
        if entry.case_id is not None
        else None
    )
    shown = EntryOut(
        id=entry.id,
        no=entry.no,
        kind=entry.kind,
        unit=presenter.unit(entry.unit_id),
        case=case,
        month=entry.month,
        state=entry.state,
        cause=entry.cause,
        demand=entry.demand,
        due_at=maybe(entry.due_at),
        overdue=late_now,
        proposed_at=moment(entry.proposed_at),
        proposed_by=presenter.person(entry.proposed_by),
        confirmed_at=maybe(entry.confirmed_at),
        confirmed_by=presenter.maybe_person(entry.confirmed_by),
        result=entry.result,
        reported_at=maybe(entry.reported_at),
        late=entry.late,
        returned=entry.returned,
        measure=entry.measure,
        measure_text=entry.measure_text,
        points=entry.points / HUNDREDTHS,
        effect=entry.effect,
        closed_at=maybe(entry.closed_at),
        closed_by=presenter.maybe_person(entry.closed_by),
        most_points=row_for(entry.kind, presenter.now).most_points / HUNDREDTHS,
        acts=list(acts_on_entry(entry, actor, presenter.now)),
    )
    return presenter.about(shown, entry.case_id)


def entries_out(entries: list[AccountabilityRecord], actor: Actor) -> list[EntryOut]:
    presenter = Presenter(actor, (one.case_id for one in entries), now=system_clock())
    return [entry_out(one, presenter, actor) for one in entries]


def detail_of(entry: AccountabilityRecord, actor: Actor) -> EntryDetailOut:
    presenter = Presenter(actor, [entry.case_id], now=system_clock())
    events = presenter.events(list_events(entry.id), EVENT_NAMES)
    return presenter.about(EntryDetailOut(**dict(entry_out(entry, presenter, actor)), events=events), entry.case_id)


@router.get("/accountability", permission=READ, response=EntryPageOut)
def get_entries(request: HttpRequest, asked: Annotated[EntriesAsked, Query()]) -> EntryPageOut:
    """问责台账, the newest first, with counts by state."""
    actor, filters = actor_of(request), asked.filters()
    entries = list_entries(filters, actor, after=after_of(asked.cursor), limit=asked.limit + 1)
    page, next_cursor = page_of(entries, asked.limit, lambda last: cursor_of(last.proposed_at, last.id))
    count = count_entries(filters, actor)
    total = count.pop("total")
    return EntryPageOut(
        items=entries_out(page, actor),
        next_cursor=next_cursor,
        count=EntryCountOut(**count, total=min(total, MOST_COUNTED), is_more=total > MOST_COUNTED),
    )


COLUMNS: tuple[Column[EntryOut], ...] = (
    Column("问责编号", 18, lambda row: row.no),
    Column("问题类型", 16, lambda row: KIND_NAMES[row.kind][0]),
    Column("责任单位", 20, lambda row: row.unit.name),
    *case_columns(),
    Column("统计月份", 10, lambda row: row.month),
    Column("问责事由", 40, lambda row: row.cause),
    Column("整改要求", 36, lambda row: row.demand),
    Column("提出时间", 17, lambda row: row.proposed_at),
    Column("提出人", 10, lambda row: row.proposed_by),
    Column("核定时间", 17, lambda row: row.confirmed_at),
    Column("核定人", 10, lambda row: row.confirmed_by or ""),
    Column("整改期限", 17, lambda row: row.due_at),
    Column("整改结果", 40, lambda row: row.result),
    Column("报告时间", 17, lambda row: row.reported_at),
    Column("是否逾期整改", 12, lambda row: "是" if row.late or row.overdue else "否"),
    Column("退回次数", 10, lambda row: row.returned),
    Column("问责方式", 16, lambda row: MEASURES[row.measure][0]),
    Column("问责说明", 24, lambda row: row.measure_text),
    Column("考核扣分", 10, lambda row: row.points),
    Column("对考核的影响", 24, lambda row: row.effect),
    Column("状态", 10, lambda row: STATE_NAMES[row.state][0]),
    Column("办结时间", 17, lambda row: row.closed_at),
    Column("办结人", 10, lambda row: row.closed_by or ""),
)


@router.get("/accountability.xlsx", permission=READ, openapi_extra=OPENAPI)
def get_entries_sheet(request: HttpRequest, asked: Annotated[EntryFilterIn, Query()]) -> FileResponse:
    """问责台账 as a sheet, at most 50,000 rows."""
    actor, now = actor_of(request), system_clock()

    def shown(batch: list[AccountabilityRecord]) -> Iterable[EntryOut]:
        return entries_out(batch, actor)

    rows = in_batches(stream_entries(asked.filters(), actor), shown)
    return answer_sheet("督导问责台账", COLUMNS, rows, now=now, asked_by=actor.name)


@router.get("/accountability/{uuid:entry_id}", permission=READ, response=EntryDetailOut)
def read_entry(request: HttpRequest, entry_id: UUID) -> EntryDetailOut:
    """One entry with everything that was done to it."""
    actor = actor_of(request)
    return detail_of(get_entry(entry_id, actor), actor)


@router.post("/accountability", permission=WRITE, response=EntryDetailOut)
def propose(request: HttpRequest, asked: EntryIn) -> EntryDetailOut:
    """提出问责 by hand; another person confirms it."""
    proposed = Proposed(unit_id=asked.unit_id, cause=asked.cause, demand=asked.demand, case_id=asked.case_id)
    return detail_of(actions.propose_entry(proposed, doing=doing_of(request)), actor_of(request))


@router.post("/accountability/{uuid:entry_id}/confirmation", permission=WRITE, response=EntryDetailOut)
def confirm(request: HttpRequest, entry_id: UUID, asked: DeedConfirmIn) -> EntryDetailOut:
    """核定问责."""
    entry = actions.confirm_entry(entry_id, asked.demand, epoch(asked.due_at), doing=doing_of(request))
    return detail_of(entry, actor_of(request))


@router.post("/accountability/{uuid:entry_id}/dismissal", permission=WRITE, response=EntryDetailOut)
def dismiss(request: HttpRequest, entry_id: UUID, asked: DeedReasonIn) -> EntryDetailOut:
    """不予问责."""
    return detail_of(actions.dismiss_entry(entry_id, asked.reason, doing=doing_of(request)), actor_of(request))


@router.post("/accountability/{uuid:entry_id}/result", permission=REPLY, response=EntryDetailOut)
def report(request: HttpRequest, entry_id: UUID, asked: DeedResultIn) -> EntryDetailOut:
    """报告整改结果, by the unit."""
    entry = actions.report_result(entry_id, asked.result, tuple(asked.pictures), doing=doing_of(request))
    return detail_of(entry, actor_of(request))


@router.post("/accountability/{uuid:entry_id}/return", permission=WRITE, response=EntryDetailOut)
def give_back_result(request: HttpRequest, entry_id: UUID, asked: ReturnIn) -> EntryDetailOut:
    """退回继续整改."""
    entry = actions.return_result(entry_id, asked.reason, epoch(asked.due_at), doing=doing_of(request))
    return detail_of(entry, actor_of(request))


@router.post("/accountability/{uuid:entry_id}/closing", permission=WRITE, response=EntryDetailOut)
def close(request: HttpRequest, entry_id: UUID, asked: DeedCloseIn) -> EntryDetailOut:
    """验收办结: measure, points and effect on the evaluation."""
    points = round(asked.points * HUNDREDTHS)
    if abs(points - asked.points * HUNDREDTHS) > 1e-6:  # noqa: PLR2004
        raise BadMeasure(field="points")
    outcome = Conclusion(measure=asked.measure, measure_text=asked.measure_text, points=points, effect=asked.effect)
    return detail_of(actions.close_entry(entry_id, asked.text, outcome, doing=doing_of(request)), actor_of(request))
