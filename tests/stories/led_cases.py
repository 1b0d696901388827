"""Cases that stand at a status before a story begins: led there by their people at the machine, in one go."""

from __future__ import annotations

import json
from dataclasses import dataclass

from gezhi.cases.rules.stages import Status
from tests.cases.city import LITTER, LITTER_ROW
from tests.stories.city import LiveCity

LEAD = """
import json, sys
from gezhi.assembly.command_line import with_database

@with_database
def lead(*wanted):
    from gezhi.cases.rules.stages import Status
    from gezhi.people.queries import held_directory
    from gezhi.plumbing.clock import system_clock
    from gezhi.plumbing.ids import system_ids
    from tests.cases.city import City
    from tests.fixtures import FixedClock

    for status, region, class_key, row_key, number in map(json.loads, wanted):
        city = City(FixedClock(system_clock() - 1800), beside_doors=True)
        city.ids, city._pictures = system_ids, system_ids().int % 2**60
        report = city.reported(city.spot(region, number), class_key=class_key, row_key=row_key)
        case_id = city.lead(city.begin(report, city.collector(region)), Status(status))
        state, units = city.state(case_id), held_directory().organisations
        unit = next((units[part.unit].name for part in reversed(state.assignments) if part.leading), "")
        place = {"lon": state.place.lon, "lat": state.place.lat}
        print(json.dumps({"id": str(case_id), "no": state.no, "unit": unit, **place}))

lead(*sys.argv[1:])
"""
LEAD_ON = """
import sys
from uuid import UUID
from gezhi.assembly.command_line import with_database

@with_database
def lead_on(case_id, status):
    from gezhi.cases.rules.stages import Status
    from gezhi.plumbing.clock import system_clock
    from gezhi.plumbing.ids import system_ids
    from tests.cases.city import City
    from tests.fixtures import FixedClock

    city = City(FixedClock(system_clock()), beside_doors=True)
    city.ids, city._pictures = system_ids, system_ids().int % 2**60
    city.lead(UUID(case_id), Status(status))

lead_on(*sys.argv[1:])
"""


@dataclass(frozen=True)
class LedCase:
    """A case, its number, the unit that has it or had it last, and where it is (in ten-millionths of a degree)."""

    id: str
    no: str
    unit: str
    lon: int
    lat: int


@dataclass(frozen=True)
class Wanted:
    """A report of this class in the so-many-th grid of a region, taken on until it stands at this status."""

    status: Status
    region: str
    number: int = 0
    class_key: str = LITTER
    row_key: str = LITTER_ROW

    @property
    def word(self) -> str:
        return json.dumps([self.status.value, self.region, self.class_key, self.row_key, self.number])


def lead_cases(city: LiveCity, *wanted: Wanted) -> list[LedCase]:
    told = city.run(LEAD, *(one.word for one in wanted))
    return [LedCase(**json.loads(line)) for line in told.splitlines()[-len(wanted) :]]


def lead_case(
    city: LiveCity, status: Status, *, region: str, number: int = 0, class_key: str = LITTER, row_key: str = LITTER_ROW
) -> LedCase:
    (led,) = lead_cases(city, Wanted(status, region, number, class_key, row_key))
    return led


def lead_on(city: LiveCity, case: LedCase, status: Status) -> None:
    """The same case, taken on by its people until it stands at this status."""
    city.run(LEAD_ON, case.id, status.value)
