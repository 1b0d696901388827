"""承接关系: whose parts a unit goes on with in a case (机构承接). What those were granted counts for it, too."""

from __future__ import annotations

from gezhi.cases.rules.state import CaseState


def line_of(state: CaseState, unit: int) -> set[int]:
    """The unit, and those in whose place it stands in this case."""
    units = {unit}
    while more := {part.unit for part in state.assignments if part.successor in units} - units:
        units |= more
    return units


def last_unit(state: CaseState) -> int | None:
    """Who answers for the case: the unit that leads or led last, or who stands in its place."""
    return last.successor or last.unit if (last := state.last_leading) else None
