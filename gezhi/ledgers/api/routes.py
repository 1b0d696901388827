"""审批台账与占比控制: ledgers page by page and as a sheet, and each unit's shares against their ceilings."""

from __future__ import annotations

import re
from datetime import date, datetime
from typing import Annotated
from uuid import UUID

from django.http import FileResponse, HttpRequest
from ninja import Query

from gezhi.calendars.rules.office_days import day_of, midnight_of
from gezhi.cases.queries.registers import held_registers
from gezhi.cases.rules.applications import ApplicationKind
from gezhi.cases.rules.applications.approval_row import ApprovalRow
from gezhi.cases.shapes.applications import application_fields
from gezhi.cases.shapes.masked import masked
from gezhi.cases.shapes.presenter import Presenter
from gezhi.kernel.masking import Masking
from gezhi.kernel.permissions import Permission
from gezhi.kernel.problems import Problem
from gezhi.ledgers.api.ledger_sheet import columns_of, filters_in_words
from gezhi.ledgers.api.schemas import (
    KindShareOut,
    LedgerCountOut,
    LedgerFilterIn,
    LedgerPageIn,
    LedgerPageOut,
    LedgerRowOut,
    ShareKindOut,
    SharesOut,
    UnitShareOut,
)
from gezhi.ledgers.queries.ledger import MOST_COUNTED, LedgerRow, count_ledger, list_ledger, stream_ledger
from gezhi.ledgers.queries.unit_shares import list_unit_shares
from gezhi.ledgers.rules.effect import effect_of
from gezhi.ledgers.rules.share import KindShare, UnitShares, month_after
from gezhi.plumbing.clock import system_clock
from gezhi.plumbing.doors import Router, Second, actor_of, decode_cursor, encode_cursor
from gezhi.plumbing.shapes import TextOut, moment, page_of
from gezhi.plumbing.sheets import OPENAPI, answer_sheet

NAMED = "gezhi_cases_api_ledgers"
"""Programs of others are generated from the names of operations, so these do not follow the folder."""

router = Router(tags=["ledgers"])
MONTH = re.compile(r"(\d{4})-(0[1-9]|1[0-2])")


class BadMonth(Problem):
    code = "ledgers.shares.bad-month"
    status = 422
    title = "月份无效，应写作“2026-03”。"
    title_en = "The month is not valid; write it as “2026-03”."


@router.get(
    "/ledgers/{kind}.xlsx",
    permission=Permission.LEDGERS_READ,
    openapi_extra=OPENAPI,
    operation_id=f"{NAMED}_get_ledger_sheet",
)
def get_ledger_sheet(request: HttpRequest, kind: ApplicationKind, asked: Query[LedgerFilterIn]) -> FileResponse:
    """The filtered ledger (台账) as a sheet, at most 50,000 rows."""
    actor, now = actor_of(request), system_clock()
    filters = asked.filters(kind, day_of(now))
    presenter = Presenter(actor, now=now)
    return answer_sheet(
        f"{kind.zh}审批台账",
        columns_of(presenter),
        stream_ledger(filters, actor),
        now=now,
        asked_by=actor.name,
        filters=f"筛选条件：{filters_in_words(filters, presenter)}。",
    )


@router.get(
    "/ledgers/{kind}",
    permission=Permission.LEDGERS_READ,
    response=LedgerPageOut,
    operation_id=f"{NAMED}_read_ledger",
)
def read_ledger(request: HttpRequest, kind: ApplicationKind, asked: Query[LedgerPageIn]) -> LedgerPageOut:
    """One page of a ledger (台账), the newest application first."""
    actor, now = actor_of(request), system_clock()
    filters = asked.filters(kind, day_of(now))
    rows = list_ledger(filters, actor, after=_after(asked.cursor), limit=asked.limit + 1)
    page, next_cursor = page_of(rows, asked.limit, _cursor)
    count, presenter = count_ledger(filters, actor), Presenter(actor, now=now)
    return LedgerPageOut(
        items=[_row(row, presenter) for row in page],
        next_cursor=next_cursor,
        count=LedgerCountOut(
            total=min(count.total, MOST_COUNTED),
            granted=count.granted,
            refused=count.refused,
            pending=count.pending,
            late=count.late,
            is_more=count.total > MOST_COUNTED,
        ),
    )


def _cursor(row: LedgerRow) -> str:
    return encode_cursor(row.application.asked, str(row.case_id), row.application.no)


def _after(cursor: str | None) -> tuple[datetime, UUID, int] | None:
    if not cursor:
        return None
    asked, case_id, no = decode_cursor(cursor, Second, UUID, int)
    return moment(asked), case_id, no


def _row(row: LedgerRow, presenter: Presenter) -> LedgerRowOut:
    application, bodies = row.application, presenter.registers.directory.organisations
    zh, en = effect_of(application)
    body = bodies.get(application.organisation)
    masking = Masking(presenter.secrets(row.senders, row.status))
    shown = LedgerRowOut(
        **application_fields(application, row.value_unit, presenter),
        case_id=row.case_id,
        case_no=row.case_no,
        place=masking.wrote(row.place),
        status=row.status,
        class_=presenter.class_(row.class_key),
        asker_role=application.role,
        asker_organisation=body.name if body is not None else "",
        deciding=application.deciding,
        effect=TextOut(zh=zh, en=en),
    )
    return masked(shown, masking)


@router.get("/shares", permission=Permission.LEDGERS_READ, response=SharesOut, operation_id=f"{NAMED}_read_shares")
def read_shares(request: HttpRequest, month: Annotated[str, Query(max_length=10)] = "") -> SharesOut:
    """占比控制: how much of each kind each unit was granted in a month, against warning and ceiling; the worst first."""
    now = system_clock()
    first = _first_of(month) if month else day_of(now).replace(day=1)
    following, registers = month_after(first), held_registers()
    last = date.fromordinal(following.toordinal() - 1)
    matrix = registers.matrix.on(min(last, day_of(now)))
    units = list_unit_shares(actor_of(request), matrix, since=midnight_of(first), until=midnight_of(following), now=now)
    return SharesOut(
        month=f"{first:%Y-%m}",
        since=first,
        until=last,
        kinds=[_kind_of(row) for row in matrix.values()],
        items=[_unit(one) for one in units],
    )


def _first_of(month: str) -> date:
    match = MONTH.fullmatch(month)
    if match is None or int(match[1]) not in range(2000, 2101):
        raise BadMonth(field="month")
    return date(int(match[1]), int(match[2]), 1)


def _kind_of(row: ApprovalRow) -> ShareKindOut:
    return ShareKindOut(
        kind=row.kind,
        warning=row.warning,
        ceiling=row.ceiling,
        share_base=row.share_base,
        share_days=row.share_days,
        steps=list(row.steps),
        above_ceiling=list(row.above_ceiling),
    )


def _share(share: KindShare) -> KindShareOut:
    return KindShareOut(
        kind=share.kind,
        asked=share.counted.asked,
        granted=share.counted.granted,
        refused=share.counted.refused,
        pending=share.counted.pending,
        late=share.counted.late,
        share=share.share,
        state=share.fullness,
        granted_lately=share.lately.granted,
        given_lately=share.lately.given,
        next_is_above=share.next_is_above,
    )


def _unit(one: UnitShares) -> UnitShareOut:
    body = held_registers().directory.organisations.get(one.unit)
    return UnitShareOut(
        unit_id=one.unit,
        name=body.name if body is not None else str(one.unit),
        level=body.platform_level if body is not None else 0,
        given=one.given,
        state=one.worst,
        kinds=[_share(share) for share in one.kinds],
    )
