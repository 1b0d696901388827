"""责任清单: the duty templates of a city opened out over counties and streets, dated inside the period."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, timedelta

import msgspec

from gezhi.catalog.rules.class_key import parse_class_key
from gezhi.duties.rules.duty_row import Basis
from gezhi.founding.rules.city import DutyEntry
from gezhi.simulation.rules.city_plan import City, DutyTemplate
from gezhi.simulation.rules.organisation_plan import Area, organisation_code

COUNTY_DIGITS, STREET_DIGITS = 6, 9


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


def period_until(last: date, days: int) -> Period:
    """So many days of which this is the last."""
    return Period(last - timedelta(days=days - 1), days)


def edition_on(city: City, period: Period, day: date) -> str:
    """目录版本: the edition that the city works by on a day."""
    return [one.code for one in city.editions if one.starts is None or period.day_at(one.starts) <= day][-1]


def plan_duties(
    city: City, areas: Mapping[str, Sequence[Area]], period: Period, successors: Mapping[str, str]
) -> list[DutyEntry]:
    """One row per class and area; areas are the whole city, every county, every street, or the codes named.
    `successors`: the class that each class of the city's later editions continues.
    """
    bodies = {(template.key, template.each) for template in city.organisations}
    following: dict[str, list[str]] = {}
    for key, before in successors.items():
        following.setdefault(before, []).append(key)
    templates = [
        one for template in city.duties for one in _in_each_edition(template, city.editions[0].code, following)
    ]
    return [row for template in templates for row in _rows(template, city, areas, bodies, period)]


def _in_each_edition(
    template: DutyTemplate, first: str, following: Mapping[str, Sequence[str]]
) -> Iterator[DutyTemplate]:
    yield msgspec.structs.replace(template, edition=template.edition or first)
    if template.edition:
        return
    for code in template.classes:
        for key in map(parse_class_key, following.get(f"{first}-{template.kind}-{code}", ())):
            yield msgspec.structs.replace(template, edition=key.edition, kind=key.kind, classes=(key.code,))


def _rows(
    template: DutyTemplate,
    city: City,
    areas: Mapping[str, Sequence[Area]],
    bodies: set[tuple[str, str]],
    period: Period,
) -> Iterator[DutyEntry]:
    starts = period.long_before if template.starts is None else period.day_at(template.starts)
    ends = None if template.ends is None else period.day_at(template.ends) - timedelta(days=1)
    for area in _area_codes(template, areas):
        unit = _unit_code(template.unit, area, city.code, bodies)
        for code in template.classes:
            basis = Basis(template.basis_kind)
            yield DutyEntry(template.edition, template.kind, code, area, unit, basis, template.basis, starts, ends)


def _unit_code(key: str, area: str, city_code: str, bodies: set[tuple[str, str]]) -> str:
    """The body of that key of the area itself, else of the county, else of the city."""
    regions = {"street": area[:9], "county": area[:6], "city": city_code}
    narrow = {STREET_DIGITS: ("street", "county", "city"), COUNTY_DIGITS: ("county", "city")}.get(len(area), ("city",))
    each = next(each for each in narrow if (key, each) in bodies)
    return organisation_code(regions[each], key)


def _area_codes(template: DutyTemplate, areas: Mapping[str, Sequence[Area]]) -> list[str]:
    if template.area == ("city",):
        return [""]
    if template.area[0] in areas:
        return [area.code for area in areas[template.area[0]]]
    return list(template.area)
