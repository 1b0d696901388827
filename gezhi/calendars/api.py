"""/calendars: the working calendars of the city, and a warning where a year is about to run out."""

from __future__ import annotations

from django.http import HttpRequest
from ninja import Schema

from gezhi.calendars import queries
from gezhi.calendars.rules.office_days import day_of
from gezhi.kernel.permissions import Permission
from gezhi.plumbing.clock import system_clock
from gezhi.plumbing.doors import Router
from gezhi.plumbing.shapes import TextOut

router = Router(tags=["calendars"])


class CalendarOut(Schema):
    name: str
    title: TextOut
    published_through: str | None
    open_now: bool
    warning: TextOut | None


class CalendarsOut(Schema):
    items: list[CalendarOut]
    next_cursor: str | None


@router.get(
    "/calendars", permission=Permission.SIGNED_IN, response=CalendarsOut, summary="工作日历 · working calendars"
)
def list_calendars(request: HttpRequest) -> CalendarsOut:  # noqa: ARG001
    now = system_clock()
    held = queries.held_calendars()
    definitions = queries.list_definitions()
    warnings = {warning.calendar: warning for warning in queries.list_warnings(day_of(now))}
    items = []
    for definition in definitions:
        warning = warnings.get(definition.name)
        items.append(
            CalendarOut(
                name=definition.name,
                title=TextOut(zh=definition.title, en=definition.title_en),
                published_through=definition.published_through.isoformat()
                if definition.keeps_public_holidays
                else None,
                open_now=held.named(definition.name).is_open(now),
                warning=TextOut(zh=warning.text, en=warning.text_en) if warning else None,
            )
        )
    return CalendarsOut(items=items, next_cursor=None)
