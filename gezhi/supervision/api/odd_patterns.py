"""/supervision/patterns: what stands out among the deeds of the last weeks, and the cases behind it."""

from __future__ import annotations

from typing import Annotated

from django.http import HttpRequest
from ninja import Query
from pydantic import BaseModel, Field

from gezhi.calendars.queries import held_calendars
from gezhi.calendars.rules.office_days import day_of
from gezhi.kernel.moments import DAY_S, MINUTE_S
from gezhi.kernel.permissions import Permission
from gezhi.plumbing.clock import system_clock
from gezhi.plumbing.doors import actor_of
from gezhi.plumbing.shapes import after_of, cursor_of, moment, page_of
from gezhi.policy.rules.local_policy import OFFICE
from gezhi.supervision.api.router import router
from gezhi.supervision.api.schemas_in import Id, Page
from gezhi.supervision.queries.odd_patterns import Window, count_deeds, list_cases_behind
from gezhi.supervision.rules.odd_patterns import THRESHOLDS, Oddity, Of, Pattern, closings_of, find_odd
from gezhi.supervision.shapes.odd_patterns import (
    CasesBehindOut,
    OddityOut,
    OddPatternsOut,
    PatternSpotOut,
    PatternThresholdOut,
)
from gezhi.supervision.shapes.presenter import Presenter

MOST_OF_EACH = 50
PAIRS = (Pattern.REPORTED_HANDLED, Pattern.HANDLED_INSPECTED)


class PatternsAsked(BaseModel):
    """The deeds of the last `days`, of each person or of each team and unit."""

    of: Of = Of.PERSON
    days: int = Field(30, ge=7, le=90)

    def window(self, now: int) -> Window:
        since, calendar = now - self.days * DAY_S, held_calendars().by_name.get(OFFICE)
        return Window(since, now, closings_of(calendar, since, now) if calendar is not None else ())


class CasesBehindAsked(PatternsAsked, Page):
    """`subject` and `key` as the list of patterns gives them."""

    subject: Id
    key: Annotated[str, Field(pattern=r"^[0-9.,-]*$", max_length=40)] = ""


@router.get("/supervision/patterns", permission=Permission.PATTERNS_READ, response=OddPatternsOut)
def get_patterns(request: HttpRequest, asked: Annotated[PatternsAsked, Query()]) -> OddPatternsOut:
    """异常规律提示: where a look is worth while, by pattern, what stands out most first."""
    actor, now = actor_of(request), system_clock()
    window, presenter = asked.window(now), Presenter(actor, now=now)
    found = {pattern: find_odd(pattern, count_deeds(pattern, asked.of, window, actor)) for pattern in Pattern}
    return OddPatternsOut(
        of=asked.of,
        since=moment(window.since),
        until=moment(window.until),
        items=[
            _oddity(one, pattern, asked.of, presenter)
            for pattern, oddities in found.items()
            for one in oddities[:MOST_OF_EACH]
        ],
        is_more=any(len(oddities) > MOST_OF_EACH for oddities in found.values()),
        thresholds=[
            PatternThresholdOut(
                pattern=pattern,
                basis=one.basis,
                count=one.count,
                times=one.times,
                minutes=one.within_s // MINUTE_S,
            )
            for pattern, one in THRESHOLDS.items()
        ],
    )


def _oddity(one: Oddity, pattern: Pattern, of: Of, presenter: Presenter) -> OddityOut:
    lon, _, lat = one.key.partition(",") if pattern is Pattern.ONE_SPOT else ("", "", "")
    return OddityOut(
        pattern=pattern,
        subject=one.subject,
        key=one.key,
        name=_name(one.subject, of, presenter),
        body=_body_of(one.subject, presenter) if of is Of.PERSON else "",
        with_name=_name(int(one.key), of, presenter) if pattern in PAIRS else "",
        spot=PatternSpotOut(lon=float(lon), lat=float(lat)) if lon else None,
        count=one.count,
        basis=one.basis,
        expected=round(one.expected * one.basis, 1),
    )


def _name(who: int, of: Of, presenter: Presenter) -> str:
    return presenter.person(who) if of is Of.PERSON else presenter.unit(who).name


def _body_of(user_id: int, presenter: Presenter) -> str:
    posts = presenter.registers.directory.posts_of(user_id, day_of(presenter.now))
    return presenter.unit(posts[0].organisation_id).name if posts else ""


@router.get("/supervision/patterns/{pattern}/cases", permission=Permission.PATTERNS_READ, response=CasesBehindOut)
def get_cases_behind(
    request: HttpRequest, pattern: Pattern, asked: Annotated[CasesBehindAsked, Query()]
) -> CasesBehindOut:
    """The cases behind a pattern, the newest first."""
    actor, now = actor_of(request), system_clock()
    found = list_cases_behind(
        pattern,
        asked.of,
        (asked.subject, asked.key),
        asked.window(now),
        actor,
        after=after_of(asked.cursor),
        limit=asked.limit + 1,
    )
    page, next_cursor = page_of(found, asked.limit, lambda last: cursor_of(int(last.reported_at.timestamp()), last.id))
    presenter = Presenter(actor, (one.id for one in page), now=now)
    return CasesBehindOut(
        items=[presenter.case(one.id, one.no, one.class_key, one.area_code) for one in page],
        next_cursor=next_cursor,
    )
