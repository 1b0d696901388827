"""The shipped presets as plain data, for tests that need no database."""

from __future__ import annotations

import csv
import io
from functools import cache

from gezhi.catalog.queries import list_successors, read_preset
from gezhi.catalog.rules.preset_tables import EditionContent, read_edition
from gezhi.founding.rules.city import DutyEntry
from gezhi.simulation import queries
from gezhi.simulation.rules import organisation_plan
from gezhi.simulation.rules.city_plan import City
from gezhi.simulation.rules.duty_plan import Period, plan_duties
from gezhi.simulation.rules.organisation_plan import Area

CITIES = ("yunting", "zhengzhou")


def city_of(preset: str) -> City:
    return queries.read_city(preset)


@cache
def areas_of(preset: str) -> dict[str, list[Area]]:
    """Counties and streets of a city, as its divisions name them."""
    city = city_of(preset)
    return organisation_plan.areas_of(city, queries.divisions_of(city)[0])


@cache
def editions_of(preset: str) -> tuple[EditionContent, ...]:
    return tuple(read_edition(read_preset, one.code, calendar="office") for one in city_of(preset).editions)


def duties_of(preset: str, period: Period) -> list[DutyEntry]:
    city = city_of(preset)
    successors = {key: old for later in city.editions[1:] for key, old in list_successors(later.code).items()}
    return plan_duties(city, areas_of(preset), period, successors)


def rows_of(text: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(text)))
