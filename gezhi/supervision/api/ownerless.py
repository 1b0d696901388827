"""/ownerless: every case without owner, and what was settled."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Annotated
from uuid import UUID

from django.http import FileResponse, HttpRequest
from ninja import Query

from gezhi.calendars.rules.office_days import day_of
from gezhi.calendars.rules.working_calendar import WorkingCalendar
from gezhi.cases.rules.clocks.clock import ClockKind
from gezhi.cases.rules.difficulty import NAMES as DIFFICULTIES
from gezhi.cases.rules.entries import Manner
from gezhi.cases.rules.state import END_NAMES
from gezhi.cases.rules.steps.dispatching import MANNERS
from gezhi.duties.rules.assign_unit import find_unit
from gezhi.duties.rules.duty_row import Basis
from gezhi.kernel.permissions import Actor, Permission
from gezhi.plumbing.clock import system_clock
from gezhi.plumbing.doors import actor_of
from gezhi.plumbing.request_keys import doing_of
from gezhi.plumbing.shapes import after_of, cursor_of, maybe, moment, page_of
from gezhi.plumbing.sheets import OPENAPI, Column, answer_sheet, in_batches
from gezhi.policy.rules.local_policy import OFFICE
from gezhi.supervision import actions
from gezhi.supervision.actions.ownerless import Decided
from gezhi.supervision.api.case_columns import case_columns
from gezhi.supervision.api.router import router
from gezhi.supervision.api.schemas_in import BoardAsked, BoardFilterIn, SettleIn, SettlementsAsked
from gezhi.supervision.queries.ownerless import (
    BoardRow,
    count_board,
    list_board,
    list_settlements,
    stream_board,
    stream_settlements,
)
from gezhi.supervision.rules.available import acts_on_ownerless
from gezhi.supervision.rules.ownerless import (
    WHY_NAMES,
    Settlement,
    UnitHistory,
    difficult_since,
    history_of,
    why_of,
    work_days,
)
from gezhi.supervision.shapes.presenter import Presenter
from gezhi.supervision.shapes.schemas import (
    BoardCountOut,
    BoardPageOut,
    BoardRowOut,
    HistoryOut,
    ProposalPrefillOut,
    SettlementOut,
    SettlementPageOut,
)


class Board:
    """One request's look at the cases without owner."""

    def __init__(self, rows: Iterable[BoardRow], actor: Actor) -> None:
        self.rows = list(rows)
        self.actor = actor
        self.presenter = Presenter(actor, (row.id for row in self.rows), now=system_clock())

    def out(self) -> list[BoardRowOut]:
        return [self._row(row) for row in self.rows]

    def _row(self, row: BoardRow) -> BoardRowOut:
        presenter, state = self.presenter, row.state
        table, today = presenter.registers.duties, day_of(presenter.now)
        suggested = find_unit(table, state.subject.class_key, codes=state.codes, on=today)
        clock, since = state.clock(ClockKind.UNOWNED), difficult_since(state)
        policy = presenter.registers.policy.on(today)
        shown = BoardRowOut(
            case=presenter.case(row.id, state.no, state.subject.class_key, state.place.area),
            difficulty=row.difficulty,
            why=list(why_of(state, table, today)),
            reported_at=row.reported_at,
            since=moment(since),
            age_days=self._age(state.reported),
            waiting_days=self._age(since),
            overdue=clock is not None and clock.since is not None and clock.due < presenter.now,
            history=[self._history(one) for one in history_of(state)],
            suggested=presenter.unit(suggested.unit_id) if suggested is not None else None,
            acts=list(acts_on_ownerless(state, self.actor, policy)),
            seq=state.seq,
        )
        return presenter.about(shown, row.id)

    def _age(self, since: int) -> float:
        calendar: WorkingCalendar | None = self.presenter.registers.calendars.by_name.get(OFFICE)
        return work_days(calendar, since, self.presenter.now) if calendar is not None else 0.0

    def _history(self, one: UnitHistory) -> HistoryOut:
        return HistoryOut(
            unit=self.presenter.unit(one.unit),
            dispatched_at=moment(one.dispatched),
            ended_at=maybe(one.ended),
            end=one.end,
            reason=one.reason,
        )


@router.get("/ownerless", permission=Permission.SUPERVISION_READ, response=BoardPageOut)
def get_board(request: HttpRequest, asked: Annotated[BoardAsked, Query()]) -> BoardPageOut:
    """疑难无主案件: every case whose state says so, the oldest first."""
    actor, filters = actor_of(request), asked.filters()
    rows = list_board(filters, actor, after=after_of(asked.cursor), limit=asked.limit + 1)
    page, next_cursor = page_of(rows, asked.limit, lambda last: cursor_of(int(last.reported_at.timestamp()), last.id))
    return BoardPageOut(
        items=Board(page, actor).out(),
        next_cursor=next_cursor,
        count=BoardCountOut(**count_board(filters, actor)),
    )


def _said(row: BoardRowOut) -> str:
    ends = ["在办" if one.end is None else END_NAMES[one.end][0] for one in row.history]
    reasons = [f"：{one.reason}" if one.reason else "" for one in row.history]
    units = [one.unit.name for one in row.history]
    lines = enumerate(zip(units, ends, reasons, strict=True), 1)
    return "\n".join(f"{at}. {unit} {end}{reason}" for at, (unit, end, reason) in lines)


COLUMNS: tuple[Column[BoardRowOut], ...] = (
    *case_columns(),
    Column("情形", 14, lambda row: DIFFICULTIES[row.difficulty][0]),
    Column("成因", 26, lambda row: "、".join(WHY_NAMES[why][0] for why in row.why)),
    Column("上报时间", 17, lambda row: row.reported_at),
    Column("待确权起始时间", 17, lambda row: row.since),
    Column("案龄（工作日）", 12, lambda row: row.age_days),
    Column("待确权（工作日）", 12, lambda row: row.waiting_days),
    Column("确权是否超时", 10, lambda row: "是" if row.overdue else "否"),
    Column("承办经过", 60, _said),
    Column("责任清单现指向", 20, lambda row: row.suggested.name if row.suggested is not None else "无"),
)


@router.get("/ownerless.xlsx", permission=Permission.SUPERVISION_READ, openapi_extra=OPENAPI)
def get_board_sheet(request: HttpRequest, asked: Annotated[BoardFilterIn, Query()]) -> FileResponse:
    """疑难无主案件台账 as a sheet."""
    actor, now = actor_of(request), system_clock()

    def shown(batch: list[BoardRow]) -> Iterable[BoardRowOut]:
        return Board(batch, actor).out()

    rows = in_batches(list(stream_board(asked.filters(), actor)), shown)
    return answer_sheet("疑难无主案件台账", COLUMNS, rows, now=now, asked_by=actor.name)


@router.post("/ownerless/{uuid:case_id}/settlement", permission=Permission.CASES_ACT, response=SettlementOut)
def settle(request: HttpRequest, case_id: UUID, asked: SettleIn) -> SettlementOut:
    """确权: by the government or as substitute work; the dispatcher enters it, or a leader decides."""
    return settlements_out(
        [actions.settle_owner(case_id, decided_of(asked), doing=doing_of(request))], actor_of(request)
    )[0]


def decided_of(asked: SettleIn) -> Decided:
    return Decided(
        manner=asked.manner,
        unit_id=asked.unit_id,
        reason=asked.reason,
        basis=asked.basis,
        cost=asked.cost,
        contractor=asked.contractor,
    )


@router.get("/ownerless/settled", permission=Permission.SUPERVISION_READ, response=SettlementPageOut)
def get_settlements(request: HttpRequest, asked: Annotated[SettlementsAsked, Query()]) -> SettlementPageOut:
    """确权记录, the newest first; `waiting`: only those that no duty row has followed, with the form of a proposal."""
    actor = actor_of(request)
    settlements = list_settlements(actor, waiting=asked.waiting, after=after_of(asked.cursor), limit=asked.limit + 1)
    page, next_cursor = page_of(settlements, asked.limit, lambda last: cursor_of(last.settled_at, last.id))
    return SettlementPageOut(
        items=settlements_out(page, actor),
        next_cursor=next_cursor,
    )


SETTLED_COLUMNS: tuple[Column[SettlementOut], ...] = (
    *case_columns(),
    Column("确权方式", 14, lambda row: MANNERS[row.manner][0]),
    Column("责任单位", 20, lambda row: row.unit.name),
    Column("代整治单位", 20, lambda row: row.contractor),
    Column("费用（元）", 12, lambda row: row.cost),
    Column("依据", 30, lambda row: row.basis),
    Column("理由", 36, lambda row: row.reason),
    Column("确权时间", 17, lambda row: row.settled_at),
    Column("登记人", 10, lambda row: row.settled_by),
    Column("责任清单", 12, lambda row: "已有条目" if row.has_row else "待补条目"),
)


@router.get("/ownerless/settled.xlsx", permission=Permission.SUPERVISION_READ, openapi_extra=OPENAPI)
def get_settlements_sheet(request: HttpRequest, waiting: bool = False) -> FileResponse:  # noqa: FBT001, FBT002
    """确权台账 as a sheet."""
    actor, now = actor_of(request), system_clock()

    def shown(batch: list[Settlement]) -> Iterable[SettlementOut]:
        return settlements_out(batch, actor)

    rows = in_batches(stream_settlements(actor, waiting=waiting), shown)
    return answer_sheet("确权台账", SETTLED_COLUMNS, rows, now=now, asked_by=actor.name)


def settlements_out(settlements: list[Settlement], actor: Actor) -> list[SettlementOut]:
    presenter = Presenter(actor, (one.case_id for one in settlements), now=system_clock())
    return [_settlement(one, presenter) for one in settlements]


def _settlement(one: Settlement, presenter: Presenter) -> SettlementOut:
    table, today = presenter.registers.duties, day_of(presenter.now)
    row = find_unit(table, one.class_key, codes=one.codes, on=today)
    county = next((code for code in one.codes if len(code) == 6), one.area_code)  # noqa: PLR2004
    name = MANNERS[Manner(one.manner)][0]
    shown = SettlementOut(
        id=one.id,
        case=presenter.case(one.case_id, one.case_no, one.class_key, one.area_code),
        manner=one.manner,
        unit=presenter.unit(one.unit_id),
        cost=one.cost,
        contractor=one.contractor,
        basis=one.basis,
        reason=one.reason,
        meeting_id=one.meeting_id,
        settled_at=moment(one.settled_at),
        settled_by=presenter.person(one.settled_by),
        has_row=row is not None,
        row_seen_at=maybe(one.row_seen_at),
        prefill=ProposalPrefillOut(
            class_key=one.class_key,
            area_code=county,
            area_name=presenter.names.get(county, county),
            unit_id=one.unit_id,
            basis_kind=Basis.MINUTES if one.meeting_id is not None else Basis.LOCAL,
            basis=one.basis[:300],
            reason=f"{name}：{one.reason}"[:300],
            case_id=one.case_id,
            case_no=one.case_no,
        ),
    )
    return presenter.about(shown, one.case_id)
