"""责任清单: the duty templates of a city opened out over its counties and streets, dated inside the simulated period."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, timedelta

import msgspec

from gezhi.simulation.rules.city_plan import City, DutyTemplate
from gezhi.simulation.rules.organisation_plan import Area, organisation_code


class Period(msgspec.Struct, frozen=True):
    """The simulated days: the first one, and how many."""

    first: date
    days: int

    @property
    def long_before(self) -> date:
        """From when registers hold, so that nothing in the period lies outside them."""
        return date(self.first.year - 1, 1, 1)

    def day_at(self, share: float) -> date:
        return self.first + timedelta(days=int(self.days * share))


class PlannedDuty(msgspec.Struct, frozen=True):
    """责任清单行 with the unit by its code."""

    kind: str
    selector: str
    area_code: str
    unit_code: str
    basis_kind: str
    basis: str
    valid_from: date
    valid_to: date | None = None


def plan_duties(city: City, areas: Mapping[str, Sequence[Area]], period: Period) -> list[PlannedDuty]:
    """One row per class and area; areas are the whole city, every county, every street, or the codes named."""
    known = {template.key: template.each for template in city.organisations}
    return [row for template in city.duties for row in _rows(template, city, areas, known[template.unit], period)]


def _rows(
    template: DutyTemplate, city: City, areas: Mapping[str, Sequence[Area]], unit_each: str, period: Period
) -> Iterator[PlannedDuty]:
    starts = period.long_before if template.starts is None else period.day_at(template.starts)
    ends = None if template.ends is None else period.day_at(template.ends) - timedelta(days=1)
    for area in _area_codes(template, areas):
        region = {"city": city.code, "county": area[:6], "street": area[:9]}[unit_each]
        unit = organisation_code(region, template.unit)
        for code in template.classes:
            yield PlannedDuty(template.kind, code, area, unit, template.basis_kind, template.basis, starts, ends)


def _area_codes(template: DutyTemplate, areas: Mapping[str, Sequence[Area]]) -> list[str]:
    if template.area == ("city",):
        return [""]
    if template.area[0] in areas:
        return [area.code for area in areas[template.area[0]]]
    return list(template.area)
