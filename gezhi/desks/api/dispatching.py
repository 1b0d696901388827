"""派遣台: cases waiting for dispatch with all that speaks for and against each unit, and the dispatcher's own record."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Annotated

from django.http import HttpRequest
from ninja import Query

from gezhi.calendars.rules.office_days import day_of, month_start
from gezhi.cases.rules.allowed import RoleMayNot
from gezhi.cases.shapes.presenter import Presenter
from gezhi.desks.api.dispatching_presenter import Desk, count_out
from gezhi.desks.api.router import router
from gezhi.desks.api.schemas_dispatching import DispatchingOut, DispatchRecordOut
from gezhi.desks.queries.dispatching import read_centre_record, read_record
from gezhi.desks.rules.dispatch_record import MEANING_EN, MEANING_ZH, DispatchCount
from gezhi.kernel.moments import DAY_S
from gezhi.kernel.permissions import Actor, Permission, Role
from gezhi.kernel.role_names import say_roles
from gezhi.people.queries import held_directory
from gezhi.plumbing.clock import system_clock
from gezhi.plumbing.doors import actor_of, encode_cursor
from gezhi.plumbing.ids import system_ids
from gezhi.plumbing.shapes import TextOut, moment, page_of
from gezhi.worklists.actions import record_search
from gezhi.worklists.queries.worklist import MOST_COUNTED, count_cases, list_cases, place_after
from gezhi.worklists.shapes.filters import PageIn

SORT = "due"
CENTRE_EVERY_S = 600


def _dispatcher(request: HttpRequest) -> Actor:
    actor = actor_of(request)
    if actor.role is not Role.DISPATCHER:
        raise RoleMayNot(command_name="派遣", command_en="Dispatch", **say_roles(Role.DISPATCHER))
    return actor


@router.get("/dispatching", permission=Permission.CASES_ACT, response=DispatchingOut)
def read_dispatching(request: HttpRequest, asked: Query[PageIn]) -> DispatchingOut:
    """One page of what waits for dispatch in the dispatcher's scope and at the level of their platform."""
    actor, now = _dispatcher(request), system_clock()
    asked.queue, asked.sort = "registered", "due"
    filters, after = asked.filters(actor, day_of(now)), asked.after()
    record_search(filters.meant, actor, client=request.META["REMOTE_ADDR"], clock=system_clock, ids=system_ids)
    rows = list_cases(filters, actor, now=now, sort=SORT, after=after, limit=asked.limit + 1)
    page, next_cursor = page_of(rows, asked.limit, lambda last: encode_cursor(*place_after(last, SORT)))
    known = after is None and next_cursor is None
    total = len(page) if known else count_cases(filters, actor, now=now)
    desk = Desk(page, actor, Presenter(actor, now=now))
    return DispatchingOut(
        items=[desk.waiting(row) for row in page],
        next_cursor=next_cursor,
        total=min(total, MOST_COUNTED),
        total_is_more=total > MOST_COUNTED,
        now=moment(now),
    )


@router.get("/dispatching/mine", permission=Permission.CASES_ACT, response=DispatchRecordOut)
def read_own_record(
    request: HttpRequest, month: Annotated[str | None, Query(pattern=r"^20\d\d-(0[1-9]|1[0-2])$")] = None
) -> DispatchRecordOut:
    """How many the dispatcher dispatched in a month, how right and how fast; beside the month before and the centre."""
    actor, now = _dispatcher(request), system_clock()
    begun = _beginning(month) if month else month_start(now)
    before, until = month_start(begun - DAY_S), month_start(begun + 32 * DAY_S)
    holders = held_directory().find_holders(Role.DISPATCHER, on=day_of(now), organisation_id=actor.organisation_id)
    people = tuple(sorted({actor.user_id, *(one.user.id for one in holders)}))
    record = read_record([actor.user_id], (moment(before), moment(begun), moment(until)))
    return DispatchRecordOut(
        month=f"{day_of(begun):%Y-%m}",
        mine=count_out(record.get(True, DispatchCount())),
        last_month=count_out(record.get(False, DispatchCount())),
        centre=count_out(read_centre_record(people, moment(begun), moment(until), now // CENTRE_EVERY_S)),
        people=len(people),
        meaning=TextOut(zh=MEANING_ZH, en=MEANING_EN),
    )


def _beginning(month: str) -> int:
    """The moment at which a month began on the wall."""
    first = date.fromisoformat(f"{month}-01")
    noon = datetime(first.year, first.month, first.day, 12, tzinfo=UTC)
    return month_start(int((noon - timedelta(hours=8)).timestamp()))
