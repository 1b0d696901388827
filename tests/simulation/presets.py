"""The shipped presets as plain data, for tests that need no database."""

from __future__ import annotations

import csv
import gzip
import io
from functools import cache
from importlib.resources import files

from gezhi.catalog.queries import list_successors, read_preset
from gezhi.catalog.rules.preset_tables import EditionContent, read_edition
from gezhi.regions.rules.divisions import Division, read_divisions
from gezhi.simulation import queries
from gezhi.simulation.rules.city_plan import City
from gezhi.simulation.rules.duty_plan import Period, PlannedDuty, plan_duties
from gezhi.simulation.rules.organisation_plan import Area

CITIES = ("yunting", "zhengzhou")


def city_of(preset: str) -> City:
    return queries.read_city(preset)


@cache
def areas_of(preset: str) -> dict[str, list[Area]]:
    """Counties and streets of a city, as its divisions name them."""
    city = city_of(preset)
    divisions: list[Division] = list(city.divisions)
    if not divisions:
        folder = files("gezhi.regions").joinpath("presets")
        divisions = read_divisions(folder.joinpath("henan.csv").read_text(encoding="utf-8"))
        streets = gzip.decompress(folder.joinpath("henan_streets.csv.gz").read_bytes()).decode()
        divisions += read_divisions(streets)
    return {
        "county": [Area(one.code, one.name) for one in divisions if one.code in city.counties],
        "street": [Area(one.code, one.name) for one in divisions if one.within in city.counties],
    }


@cache
def editions_of(preset: str) -> tuple[EditionContent, ...]:
    return tuple(read_edition(read_preset, one.code, calendar="office") for one in city_of(preset).editions)


def duties_of(preset: str, period: Period) -> list[PlannedDuty]:
    city = city_of(preset)
    successors = {key: old for later in city.editions[1:] for key, old in list_successors(later.code).items()}
    return plan_duties(city, areas_of(preset), period, successors)


def rows_of(text: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(text)))
