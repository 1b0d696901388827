"""/roster: which collector has which beat on which shift: the list, a row, a table that is read in, and the sheet."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Annotated

from django.http import FileResponse, HttpRequest
from ninja import File, Query, Status
from ninja.files import UploadedFile
from pydantic import BaseModel, Field

from gezhi.calendars.shapes import first_moment, moment_after
from gezhi.kernel.permissions import Permission
from gezhi.kernel.problems import NotFound
from gezhi.people.actions import enter_shift, import_roster, strike_shift
from gezhi.people.queries import held_directory, moment_of
from gezhi.people.queries.roster import RosterFilter, get_shift, list_roster, stream_roster
from gezhi.people.rules.roster import MOST_CODES, RosterFacts, RosterRow, normal_beat
from gezhi.people.rules.roster_table import HEADS
from gezhi.people.shapes import RosterOut
from gezhi.plumbing.clock import system_clock
from gezhi.plumbing.doors import Count, Router, Second, actor_of, decode_cursor, encode_cursor
from gezhi.plumbing.shapes import DayIn, Exact, MomentIn, page_of
from gezhi.plumbing.sheets import OPENAPI, Column, answer_sheet, in_batches, wall_time
from gezhi.regions.queries import held_names

router = Router(tags=["people"])


class RosterFilterIn(BaseModel):
    """`since` and `until` are days, both belong to the period; `q` is a collector's name or account, or a code of the
    beat.
    """

    q: Annotated[str, Field(max_length=60, pattern=r"^[^\x00]*$")] = ""
    since: DayIn | None = None
    until: DayIn | None = None
    standing: bool = False

    def filters(self) -> RosterFilter:
        since, until = first_moment(self.since), moment_after(self.until)
        return RosterFilter(text=self.q.strip(), since=since, until=until, struck=not self.standing)


class RosterAsked(RosterFilterIn):
    cursor: str = ""
    limit: Annotated[int, Field(ge=1, le=200)] = 50


class RosterPage(BaseModel):
    items: list[RosterOut]
    next_cursor: str | None


class RosterShiftIn(Exact):
    """One shift of a collector; the beat by codes of regions or unit grids."""

    user_id: int = Field(ge=0, le=2**53)
    region_codes: list[Annotated[str, Field(min_length=2, max_length=15, pattern=r"^[0-9A-Za-z]+$")]] = Field(
        min_length=1, max_length=MOST_CODES
    )
    starts_at: MomentIn
    ends_at: MomentIn


class StrikingIn(Exact):
    reason: Annotated[str, Field(min_length=1, max_length=2_000)]


class ImportedOut(BaseModel):
    """How many lines were entered, and how many stood there already."""

    entered: int
    standing: int


@router.get(
    "/roster", permission=Permission.ROSTER_READ, response=RosterPage, summary="值班表 · the collectors' roster"
)
def get_roster(request: HttpRequest, asked: Annotated[RosterAsked, Query()]) -> RosterPage:
    """Shifts of the collectors within one's scope, one's own for a collector; the latest first. `standing`: without
    those that were struck.
    """
    after = decode_cursor(asked.cursor, Second, Count) if asked.cursor else None
    rows = list_roster(asked.filters(), actor_of(request), after=after, limit=asked.limit + 1)
    page, next_cursor = page_of(rows, asked.limit, lambda last: encode_cursor(last.starts_at, last.id))
    return RosterPage(items=_shown(page), next_cursor=next_cursor)


@router.post(
    "/roster",
    permission=Permission.ROSTER_WRITE,
    response={201: RosterOut},
    repeats="the same row is the one that stands",
    summary="登记班次 · enter a shift",
)
def post_shift(request: HttpRequest, sent: RosterShiftIn) -> Status[RosterOut]:
    """登记班次: who walks which beat, from when until when."""
    row = RosterRow(
        user_id=sent.user_id,
        region_codes=normal_beat(sent.region_codes),
        starts_at=moment_of(sent.starts_at),
        ends_at=moment_of(sent.ends_at),
    )
    return Status(201, _row(request, enter_shift(row, actor=actor_of(request), clock=system_clock)))


@router.post(
    "/roster/import",
    permission=Permission.ROSTER_WRITE,
    response=ImportedOut,
    repeats="lines that stand already are left alone",
    summary="导入值班表 · read in a table",
)
def post_table(request: HttpRequest, file: File[UploadedFile]) -> ImportedOut:
    """导入值班表: Excel or CSV (multipart, field `file`) with the heads of the sheet; all lines or none."""
    entered, standing = import_roster(file.read(), actor=actor_of(request), clock=system_clock)
    return ImportedOut(entered=entered, standing=standing)


@router.post(
    "/roster/{shift_id}/strike",
    permission=Permission.ROSTER_WRITE,
    response=RosterOut,
    repeats="struck once",
    summary="撤销班次 · strike a shift",
)
def post_strike(request: HttpRequest, shift_id: int, sent: StrikingIn) -> RosterOut:
    """撤销班次: the row stays, with who struck it and why."""
    strike_shift(shift_id, reason=sent.reason, actor=actor_of(request), clock=system_clock)
    return _row(request, shift_id)


def _beat(row: RosterOut) -> str:
    return "、".join(one.code for one in row.beat)


def _head(word: str) -> str:
    return HEADS[word][0]


COLUMNS: tuple[Column[RosterOut], ...] = (
    Column(_head("name"), 12, lambda row: row.person.name),
    Column(_head("account"), 14, lambda row: row.account),
    Column("单位", 24, lambda row: row.organisation.zh),
    Column("责任区", 24, lambda row: "、".join(one.name for one in row.beat)),
    Column(_head("beat"), 20, _beat),
    Column(_head("day"), 12, lambda row: f"{wall_time(row.starts_at):%Y-%m-%d}"),
    Column(_head("from"), 8, lambda row: f"{wall_time(row.starts_at):%H:%M}"),
    Column(_head("until"), 8, lambda row: f"{wall_time(row.ends_at):%H:%M}"),
    Column("登记人", 12, lambda row: row.entered_by),
    Column("登记时间", 17, lambda row: row.entered_at),
    Column("撤销人", 12, lambda row: row.struck_by),
    Column("撤销时间", 17, lambda row: row.struck_at),
    Column("撤销理由", 30, lambda row: row.struck_because),
)


@router.get("/roster.xlsx", permission=Permission.ROSTER_READ, openapi_extra=OPENAPI)
def get_roster_sheet(request: HttpRequest, asked: Annotated[RosterFilterIn, Query()]) -> FileResponse:
    """The rows as a sheet, at most 50,000; without those that were struck it can be read in elsewhere."""
    actor = actor_of(request)
    rows = in_batches(stream_roster(asked.filters(), actor), _shown)
    return answer_sheet("采集员值班表", COLUMNS, rows, now=system_clock(), asked_by=actor.name)


def _shown(batch: Iterable[RosterFacts]) -> list[RosterOut]:
    directory, areas = held_directory(), held_names()
    return [RosterOut.of(directory, areas, one) for one in batch]


def _row(request: HttpRequest, shift_id: int) -> RosterOut:
    shift = get_shift(shift_id, actor_of(request))
    if shift is None:
        raise NotFound
    (row,) = _shown([shift])
    return row
