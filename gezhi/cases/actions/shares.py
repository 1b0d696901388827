"""占比: the shares that a batch asks for; the database is asked once for all of them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping
from uuid import UUID

from gezhi.cases.queries.shares import find_shares
from gezhi.cases.rules.applications.share import ShareAsked, added_by
from gezhi.cases.rules.entries import Step
from gezhi.cases.rules.facts import UnitShare
from gezhi.cases.rules.state import CaseState

States = Mapping[UUID, tuple[CaseState, bytes]]


class Shares:
    """What is known of each share: what stood before the batch, and what the batch itself has granted and given."""

    def __init__(self, asked: Collection[ShareAsked], before: States) -> None:
        self._known = find_shares(asked)
        self._before = before
        self._after: dict[int, dict[UUID, CaseState]] = defaultdict(dict)

    def add(self, case_id: UUID, step: Step, state: CaseState) -> None:
        """The batch has done this step to the case."""
        units = {part.unit for part in step.assignments}
        if step.application is not None:
            units.add(step.application.unit)
        for unit in units:
            self._after[unit][case_id] = state

    def of(self, asked: ShareAsked) -> UnitShare:
        if asked not in self._known:  # the batch itself has given the case to the unit, or asked for it
            self._known.update(find_shares([asked]))
        share = self._known[asked]
        granted, given = share.granted, share.given
        for case_id, state in self._after[asked[0]].items():
            before, after = added_by(self._before.get(case_id, (None,))[0], asked), added_by(state, asked)
            granted, given = granted + after.granted - before.granted, given + after.given - before.given
        return UnitShare(granted, given)
