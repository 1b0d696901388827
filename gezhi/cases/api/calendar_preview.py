"""/calendars/years/{year}/preview: which deadlines the holidays of a year would move, before they are entered."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.http import HttpRequest
from ninja import Schema

from gezhi.calendars.actions import calendars_under
from gezhi.calendars.rules.office_days import midnight_of
from gezhi.calendars.rules.year_plan import first_day_of
from gezhi.calendars.shapes import Year, YearIn, plan_of
from gezhi.cases.actions import preview_recompute
from gezhi.cases.api.router import router
from gezhi.kernel.permissions import Permission
from gezhi.plumbing.clock import system_clock
from gezhi.plumbing.doors import actor_of
from gezhi.plumbing.shapes import TextOut, moment
from gezhi.policy.rules.clock_kinds import CLOCK_NAMES


class DeadlineMoveOut(Schema):
    """One deadline of a case that would move: which clock, when it runs out, when it would."""

    case_id: UUID
    no: str
    clock: TextOut
    due: datetime
    becomes: datetime


class DeadlinePreviewOut(Schema):
    """Cases whose deadlines would move. `looked`: so many of the `touched` were reckoned; `same`: at the same moment,
    but settled instead of provisional, or the other way round. `items`: the nearest deadlines.
    """

    touched: int
    looked: int
    moved: int
    later: int
    earlier: int
    same: int
    items: list[DeadlineMoveOut]


@router.post(
    "/calendars/years/{year}/preview",
    permission=Permission.SETTINGS_WRITE,
    response=DeadlinePreviewOut,
    repeats="it only reckons",
    summary="试算时限变动 · deadlines that would move",
)
def preview_year(request: HttpRequest, year: Year, sent: YearIn) -> DeadlinePreviewOut:
    """How many deadlines of open cases the days of a year would move; nothing is entered."""
    now = system_clock()
    calendars = calendars_under(plan_of(year, sent), actor=actor_of(request), clock=system_clock)
    told = preview_recompute(calendars, first=midnight_of(first_day_of(year)), moment=now)
    items = [
        DeadlineMoveOut(
            case_id=one.case_id,
            no=one.no,
            clock=TextOut(zh=CLOCK_NAMES[one.move.kind][0], en=CLOCK_NAMES[one.move.kind][1]),
            due=moment(one.move.before),
            becomes=moment(one.move.after),
        )
        for one in told.first
    ]
    counts = {name: getattr(told, name) for name in ("touched", "looked", "moved", "later", "earlier", "same")}
    return DeadlinePreviewOut(**counts, items=items)
