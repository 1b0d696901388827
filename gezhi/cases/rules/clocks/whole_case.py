"""全程时限: the clock of the whole case is due when all its stage limits and the handling limit, one after another, have
passed.
"""

from __future__ import annotations

from itertools import pairwise

from gezhi.calendars.rules.limits import Limit, Unit
from gezhi.cases.rules.clocks.clock import Clock, ClockKind
from gezhi.cases.rules.clocks.deadline import chain_due
from gezhi.cases.rules.facts import Facts
from gezhi.cases.rules.state import CaseState, End, Subject

BEFORE_HANDLING = (ClockKind.ACCEPTANCE, ClockKind.REGISTRATION, ClockKind.DISPATCH)
AFTER_HANDLING = (ClockKind.REVIEW, ClockKind.SEND_INSPECTION, ClockKind.INSPECTION, ClockKind.CLOSING)


def handling_limit(subject: Subject) -> Limit | None:
    """处置时限: the limit of the standard row at the area's level, as it was when the case was accepted or amended."""
    if subject.limit is None or subject.unit is None or subject.calendar is None:
        return None
    return Limit(subject.limit, Unit(subject.unit), subject.calendar)


def whole_clock(facts: Facts, subject: Subject, *, since: int, anew: int | None = None) -> tuple[Clock, ...]:
    """The whole-case clock from the report, or from the dispatch that began the handling `anew`; empty while no limit
    is known.
    """
    handling = handling_limit(subject)
    if handling is None:
        return ()
    kinds = BEFORE_HANDLING if anew is None else ()
    limits = (*map(facts.limit, kinds), handling, *map(facts.limit, AFTER_HANDLING))
    due, provisional = chain_due(facts.timing, limits, at=since if anew is None else anew)
    warn = since + (due - since) * facts.timing.warn_percent // 100
    return (
        Clock(
            kind=ClockKind.WHOLE,
            calendar=handling.calendar,
            unit=Unit.URGENT_HOUR,
            limit=due - since,
            due=due,
            warn=warn,
            since=since,
            provisional=provisional,
        ),
    )


def last_begun_anew(state: CaseState) -> int | None:
    """The dispatch with which the handling last began anew: to another unit, or after a closing. None while it is the
    first.
    """
    leading = [part for part in state.assignments if part.leading]
    anew = [part for before, part in pairwise(leading) if part.unit != before.unit or before.end is End.PASSED]
    return anew[-1].dispatched if anew else None
