"""/major: 重大案件备案 read, listed, reported on, changed, struck off."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Annotated
from uuid import UUID

from django.http import FileResponse, HttpRequest
from ninja import Query

from gezhi.calendars.rules.office_days import day_of
from gezhi.cases.queries.case_faces import get_visible_states
from gezhi.cases.rules.state import CaseState
from gezhi.cases.rules.steps.major_cases import LEVELS
from gezhi.kernel.permissions import Actor, Permission
from gezhi.plumbing.clock import system_clock
from gezhi.plumbing.doors import actor_of
from gezhi.plumbing.request_keys import doing_of
from gezhi.plumbing.shapes import after_of, cursor_of, maybe, moment, page_of
from gezhi.plumbing.sheets import OPENAPI, Column, answer_sheet, in_batches
from gezhi.supervision import actions
from gezhi.supervision.actions.major import Listing
from gezhi.supervision.api.case_columns import case_columns
from gezhi.supervision.api.router import router
from gezhi.supervision.api.schemas_in import (
    AboveIn,
    ChangeIn,
    DeedDecisionIn,
    DeedTextIn,
    MajorAsked,
    MajorFilterIn,
    MajorIn,
    SignIn,
    epoch,
)
from gezhi.supervision.queries.book import list_events
from gezhi.supervision.queries.major import MOST_COUNTED, count_major, get_major, list_major, stream_major
from gezhi.supervision.rules.available import acts_on_major
from gezhi.supervision.rules.major_register import EVENT_NAMES, STATE_NAMES, MajorCase, MajorState
from gezhi.supervision.shapes.presenter import Presenter
from gezhi.supervision.shapes.schemas import MajorCountOut, MajorDetailOut, MajorOut, MajorPageOut

READ, WRITE, ACT = Permission.SUPERVISION_READ, Permission.SUPERVISION_WRITE, Permission.CASES_ACT


def major_out(major: MajorCase, presenter: Presenter, actor: Actor, state: CaseState | None) -> MajorOut:
    policy = presenter.registers.policy.on(day_of(presenter.now))
    shown = MajorOut(
        id=major.id,
        no=major.no,
        case=presenter.case(major.case_id, major.case_no, major.class_key, major.area_code),
        level=major.level,
        plan=major.plan,
        unit=presenter.unit(major.unit_id),
        due_at=moment(major.due_at),
        overdue=major.state is not MajorState.STRUCK_OFF and major.due_at < presenter.now,
        state=major.state,
        listed_at=moment(major.listed_at),
        listed_by=presenter.person(major.listed_by),
        progress=major.progress,
        progress_at=maybe(major.progress_at),
        progress_count=major.progress_count,
        asked_due_at=maybe(major.asked_due_at),
        asked_by=presenter.maybe_person(major.asked_by),
        asked_reason=major.asked_reason,
        changes=major.changes,
        reported_above_at=maybe(major.reported_above_at),
        reported_above_count=major.reported_above_count,
        strike_by=presenter.maybe_person(major.strike_by),
        strike_at=maybe(major.strike_at),
        struck_by=presenter.maybe_person(major.struck_by),
        struck_at=maybe(major.struck_at),
        acts=list(acts_on_major(major, actor, state, policy)),
    )
    return presenter.about(shown, major.case_id)


def majors_out(majors: list[MajorCase], actor: Actor) -> list[MajorOut]:
    presenter = Presenter(actor, (one.case_id for one in majors), now=system_clock())
    states = get_visible_states((one.case_id for one in majors), actor)
    return [major_out(one, presenter, actor, states.get(one.case_id)) for one in majors]


def detail_of(major: MajorCase, actor: Actor) -> MajorDetailOut:
    presenter = Presenter(actor, [major.case_id], now=system_clock())
    events = presenter.events(list_events(major.id), EVENT_NAMES)
    state = get_visible_states([major.case_id], actor).get(major.case_id)
    shown = MajorDetailOut(**dict(major_out(major, presenter, actor, state)), events=events)
    return presenter.about(shown, major.case_id)


@router.get("/major", permission=READ, response=MajorPageOut)
def get_majors(request: HttpRequest, asked: Annotated[MajorAsked, Query()]) -> MajorPageOut:
    """重大案件台账, the newest first, with counts; those that were struck off stay in it."""
    actor, now = actor_of(request), system_clock()
    filters = asked.filters(now)
    majors = list_major(filters, actor, after=after_of(asked.cursor), limit=asked.limit + 1)
    page, next_cursor = page_of(majors, asked.limit, lambda last: cursor_of(last.listed_at, last.id))
    count = count_major(filters, actor, now=now)
    total = count.pop("total")
    return MajorPageOut(
        items=majors_out(page, actor),
        next_cursor=next_cursor,
        count=MajorCountOut(**count, total=min(total, MOST_COUNTED), is_more=total > MOST_COUNTED),
    )


COLUMNS: tuple[Column[MajorOut], ...] = (
    Column("备案编号", 18, lambda row: row.no),
    *case_columns(),
    Column("级别", 10, lambda row: LEVELS[row.level][0]),
    Column("处置方案", 40, lambda row: row.plan),
    Column("牵头单位", 20, lambda row: row.unit.name),
    Column("备案时间", 17, lambda row: row.listed_at),
    Column("备案人", 10, lambda row: row.listed_by),
    Column("销号期限", 17, lambda row: row.due_at),
    Column("是否超过销号期限", 10, lambda row: "是" if row.overdue else "否"),
    Column("期限调整次数", 12, lambda row: row.changes),
    Column("待批新期限", 17, lambda row: row.asked_due_at),
    Column("最新进展", 40, lambda row: row.progress),
    Column("进展时间", 17, lambda row: row.progress_at),
    Column("进展次数", 10, lambda row: row.progress_count),
    Column("上报上级次数", 12, lambda row: row.reported_above_count),
    Column("最近上报时间", 17, lambda row: row.reported_above_at),
    Column("销号申请人", 10, lambda row: row.strike_by or ""),
    Column("销号申请时间", 17, lambda row: row.strike_at),
    Column("销号签批人", 10, lambda row: row.struck_by or ""),
    Column("销号时间", 17, lambda row: row.struck_at),
    Column("状态", 10, lambda row: STATE_NAMES[row.state][0]),
)


@router.get("/major.xlsx", permission=READ, openapi_extra=OPENAPI)
def get_majors_sheet(request: HttpRequest, asked: Annotated[MajorFilterIn, Query()]) -> FileResponse:
    """重大案件台账 as a sheet, at most 50,000 rows."""
    actor, now = actor_of(request), system_clock()

    def shown(batch: list[MajorCase]) -> Iterable[MajorOut]:
        return majors_out(batch, actor)

    rows = in_batches(stream_major(asked.filters(now), actor), shown)
    return answer_sheet("重大案件台账", COLUMNS, rows, now=now, asked_by=actor.name)


@router.get("/major/{uuid:major_id}", permission=READ, response=MajorDetailOut)
def read_major(request: HttpRequest, major_id: UUID) -> MajorDetailOut:
    """One listing with everything that was done to it."""
    actor = actor_of(request)
    return detail_of(get_major(major_id, actor), actor)


@router.post("/major", permission=WRITE, response=MajorDetailOut)
def list_as_major(request: HttpRequest, asked: MajorIn) -> MajorDetailOut:
    """列为重大案件: level, plan, leading unit and due date; the case cannot end before it was struck off."""
    listing = Listing(level=asked.level, plan=asked.plan, due=int(asked.due_at.timestamp()), unit_id=asked.unit_id)
    return detail_of(actions.list_case(asked.case_id, listing, doing=doing_of(request)), actor_of(request))


@router.post("/major/{uuid:major_id}/progress", permission=ACT, response=MajorDetailOut)
def progress(request: HttpRequest, major_id: UUID, asked: DeedTextIn) -> MajorDetailOut:
    """报告进展."""
    return detail_of(actions.report_progress(major_id, asked.text, doing=doing_of(request)), actor_of(request))


@router.post("/major/{uuid:major_id}/changes", permission=ACT, response=MajorDetailOut)
def ask_change(request: HttpRequest, major_id: UUID, asked: ChangeIn) -> MajorDetailOut:
    """申请调整期限."""
    due = int(asked.due_at.timestamp())
    return detail_of(actions.ask_change(major_id, asked.reason, due, doing=doing_of(request)), actor_of(request))


@router.post("/major/{uuid:major_id}/changes/decision", permission=WRITE, response=MajorDetailOut)
def decide_change(request: HttpRequest, major_id: UUID, asked: DeedDecisionIn) -> MajorDetailOut:
    """审批期限调整, by another person than asked."""
    major = actions.decide_change(major_id, asked.reason, granted=asked.granted, doing=doing_of(request))
    return detail_of(major, actor_of(request))


@router.post("/major/{uuid:major_id}/reports-above", permission=WRITE, response=MajorDetailOut)
def report_above(request: HttpRequest, major_id: UUID, asked: AboveIn) -> MajorDetailOut:
    """上报上级: what was sent, when and to whom."""
    sent_at = epoch(asked.sent_at) or system_clock()
    major = actions.report_above(major_id, asked.text, asked.to, sent_at, doing=doing_of(request))
    return detail_of(major, actor_of(request))


@router.post("/major/{uuid:major_id}/strike-off", permission=WRITE, response=MajorDetailOut)
def propose_strike_off(request: HttpRequest, major_id: UUID, asked: DeedTextIn) -> MajorDetailOut:
    """申请销号, by a supervisor, once the inspection has passed."""
    return detail_of(actions.propose_strike_off(major_id, asked.text, doing=doing_of(request)), actor_of(request))


@router.post("/major/{uuid:major_id}/strike-off/signature", permission=WRITE, response=MajorDetailOut)
def sign_strike_off(request: HttpRequest, major_id: UUID, asked: SignIn) -> MajorDetailOut:
    """签批销号, by a leader: granted, the case can be closed."""
    major = actions.sign_strike_off(major_id, asked.text, granted=asked.granted, doing=doing_of(request))
    return detail_of(major, actor_of(request))
