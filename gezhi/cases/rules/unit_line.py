"""承接关系: whose parts a unit goes on with in a case (机构承接). What those were granted counts for it, too."""

from __future__ import annotations

from gezhi.cases.rules.state import CaseState


def line_of(state: CaseState, unit: int) -> frozenset[int]:
    """The unit, and those in whose place it stands in this case."""
    units, by_number = {unit}, {part.no: part.unit for part in state.assignments}
    for part in reversed(state.assignments):
        if part.unit in units and part.succeeds is not None:
            units.add(by_number[part.succeeds])
    return frozenset(units)
