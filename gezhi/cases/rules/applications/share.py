"""占比: what one case adds to the share of a unit."""

from __future__ import annotations

from gezhi.cases.rules.applications import ApplicationKind, ApplicationOutcome
from gezhi.cases.rules.facts import UnitShare
from gezhi.cases.rules.state import CaseState

ShareAsked = tuple[int, ApplicationKind, int, int]
"""Of which unit, of which kind, and the first and the last second that count."""


def added_by(state: CaseState | None, asked: ShareAsked) -> UnitShare:
    """What was granted counts by the date of the decision, what was given by that of the dispatch; a case that was
    given to the unit several times counts once.
    """
    if state is None:
        return UnitShare()
    unit, kind, since, until = asked
    granted = sum(
        (one.unit, one.kind, one.outcome) == (unit, kind, ApplicationOutcome.GRANTED)
        and one.ended is not None
        and since <= one.ended <= until
        for one in state.applications
    )
    given = any(part.unit == unit and since <= part.dispatched <= until for part in state.assignments)
    return UnitShare(granted, int(given))
