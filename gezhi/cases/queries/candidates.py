"""Who may take a case, on a day: the unit that the duty table names, crews below a unit, collectors of a place."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from gezhi.cases.queries.registers import Registers
from gezhi.cases.rules.facts import SuggestedUnit, UnitFact
from gezhi.cases.rules.missed import Missed
from gezhi.cases.rules.state import CaseState
from gezhi.duties.rules.assign_unit import find_unit
from gezhi.kernel.permissions import Role
from gezhi.people.queries.roster import beat_of
from gezhi.people.rules.check_succession import handles_on
from gezhi.people.rules.directory import Directory
from gezhi.people.rules.roster import RosterFacts


def units_below(directory: Directory, unit: int | None, day: date) -> dict[int, UnitFact]:
    """下属班组: the bodies in force below a unit."""
    below = directory.subtree(unit) if unit is not None else ()
    return {
        one: UnitFact(one, directory.organisations[one].name)
        for one in below
        if one != unit and is_handling_unit(directory, one, day)
    }


def is_handling_unit(directory: Directory, unit: int, day: date, *, area: str = "") -> bool:
    """Whether a body handles cases and exists on this day; where an area is named, whether it answers for it."""
    return handles_on(directory, unit, day) and area.startswith(directory.region_of(unit) if area else "")


def collectors_at(registers: Registers, area: str, day: date) -> tuple[int, ...]:
    """The collectors of the narrowest area that has any, on this day."""
    return tuple(holder.user.id for holder in registers.directory.find_holders(Role.COLLECTOR, on=day, place_code=area))


def rostered_at(state: CaseState, shifts: Sequence[RosterFacts], by: int) -> dict[int, Missed]:
    """当班采集员 of the place when the case was reported, but for those who reported it themselves; what somebody has
    entered afterwards is no basis for a finding of their own.
    """
    reported_by, area = {report.by for report in state.reports}, state.place.area
    return {
        one.user_id: Missed(
            area,
            one.user_id,
            one.id,
            one.post_id,
            beat_of(one, area),
            one.starts_at,
            one.ends_at,
            entered=one.entered_at if one.entered_at > state.reported else None,
        )
        for one in shifts
        if one.user_id not in reported_by and not (one.entered_at > state.reported and one.entered_by == by)
    }


def suggested_unit(state: CaseState, registers: Registers, day: date) -> SuggestedUnit | None:
    """责任单位: whom the duty table names for this class at this place."""
    suggestion = find_unit(registers.duties, state.subject.class_key, codes=state.codes, on=day)
    if suggestion is None:
        return None
    return SuggestedUnit(
        unit_id=suggestion.unit_id, reason=suggestion.reason_zh, reason_en=suggestion.reason_en, row=suggestion.row_id
    )
