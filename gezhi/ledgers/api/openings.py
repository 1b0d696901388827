"""查看记录台账: the auditor's list of looks at senders, page by page and as a sheet."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Annotated
from uuid import UUID

from django.http import FileResponse, HttpRequest
from ninja import Query
from pydantic import BaseModel, Field

from gezhi.calendars.rules.office_days import day_of
from gezhi.calendars.shapes import first_moment, moment_after
from gezhi.cases.rules.senders.secrecy import OPENING_REASON_NAMES, Opening, OpeningReason
from gezhi.cases.shapes.faces import FacesPresenter
from gezhi.kernel.permissions import Actor, Permission
from gezhi.ledgers.api.routes import router
from gezhi.ledgers.queries.openings import (
    MOST_COUNTED,
    OpeningFilter,
    count_openings,
    list_openings,
    stream_openings,
)
from gezhi.ledgers.queries.register_search import sought
from gezhi.plumbing.clock import system_clock
from gezhi.plumbing.doors import actor_of
from gezhi.plumbing.shapes import DayIn, after_of, cursor_of, moment, page_of
from gezhi.plumbing.sheets import OPENAPI, Column, answer_sheet, in_batches

NAMED = "gezhi_cases_api_senders"
"""Programs of others are generated from the names of operations, so these do not follow the folder."""


class OpeningOut(BaseModel):
    """查看记录: who looked at whom. It names no sender: an auditor need not know them."""

    id: UUID
    at: datetime
    until_at: datetime
    case_id: UUID
    case_no: str
    report_id: UUID
    person: str
    post: str
    organisation: str
    reason: OpeningReason
    words: str
    client: str


class OpeningPageOut(BaseModel):
    items: list[OpeningOut]
    next_cursor: str | None
    total: int
    total_is_more: bool


class OpeningFilterIn(BaseModel):
    """`since` and `until` are days, both belong to the period; `q` means a case number or who looked."""

    q: Annotated[str, Field(max_length=40, pattern=r"^[^\x00]*$")] = ""
    person: Annotated[int, Field(ge=1, le=2**62)] | None = None
    reason: OpeningReason | None = None
    since: DayIn | None = None
    until: DayIn | None = None

    def filters(self) -> OpeningFilter:
        return OpeningFilter(
            sought=sought(self.q, on=day_of(system_clock())),
            user=self.person,
            reason=self.reason or "",
            since=first_moment(self.since),
            until=moment_after(self.until),
        )


class OpeningPageIn(OpeningFilterIn):
    cursor: str = ""
    limit: Annotated[int, Field(ge=1, le=200)] = 50


@router.get(
    "/sender-openings",
    permission=Permission.REPORTERS_AUDIT,
    response=OpeningPageOut,
    operation_id=f"{NAMED}_read_openings",
)
def read_openings(request: HttpRequest, asked: Query[OpeningPageIn]) -> OpeningPageOut:
    """查看举报人记录, the newest first."""
    actor, filters = actor_of(request), asked.filters()
    openings = list_openings(filters, actor, after=after_of(asked.cursor), limit=asked.limit + 1)
    page, next_cursor = page_of(openings, asked.limit, lambda last: cursor_of(last.opened_at, last.id))
    total = count_openings(filters, actor)
    return OpeningPageOut(
        items=_openings(page, actor),
        next_cursor=next_cursor,
        total=min(total, MOST_COUNTED),
        total_is_more=total > MOST_COUNTED,
    )


COLUMNS: tuple[Column[OpeningOut], ...] = (
    Column("查看时间", 17, lambda row: row.at),
    Column("案件编号", 22, lambda row: row.case_no),
    Column("查看人", 12, lambda row: row.person),
    Column("岗位", 14, lambda row: row.post),
    Column("单位", 24, lambda row: row.organisation),
    Column("查看理由", 16, lambda row: OPENING_REASON_NAMES[row.reason][0]),
    Column("说明", 50, lambda row: row.words),
    Column("客户端地址", 18, lambda row: row.client),
    Column("有效至", 17, lambda row: row.until_at),
)


@router.get(
    "/sender-openings.xlsx",
    permission=Permission.REPORTERS_AUDIT,
    openapi_extra=OPENAPI,
    operation_id=f"{NAMED}_get_openings_sheet",
)
def get_openings_sheet(request: HttpRequest, asked: Query[OpeningFilterIn]) -> FileResponse:
    """The records as a sheet, at most 50,000 rows."""
    actor = actor_of(request)

    def shown(batch: list[Opening]) -> Iterable[OpeningOut]:
        return _openings(batch, actor)

    rows = in_batches(stream_openings(asked.filters(), actor), shown)
    return answer_sheet("查看举报人记录", COLUMNS, rows, now=system_clock(), asked_by=actor.name)


def _openings(openings: Sequence[Opening], actor: Actor) -> list[OpeningOut]:
    presenter = FacesPresenter(actor, (one.case_id for one in openings), now=system_clock())
    return [presenter.about(_opening(one, presenter), one.case_id) for one in openings]


def _opening(one: Opening, presenter: FacesPresenter) -> OpeningOut:
    post = presenter.registers.directory.posts.get(one.post_id)
    return OpeningOut(
        id=one.id,
        at=moment(one.opened_at),
        until_at=moment(one.until_at),
        case_id=one.case_id,
        case_no=one.case_no,
        report_id=one.report_id,
        person=presenter.person(one.user_id),
        post=post.title if post is not None else "",
        organisation=presenter.unit(one.organisation_id).name,
        reason=OpeningReason(one.reason),
        words=one.words,
        client=one.client,
    )
