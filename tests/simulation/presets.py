"""The shipped presets as plain data, for tests that need no database."""

from __future__ import annotations

import csv
import gzip
import io
from functools import cache
from importlib.resources import files

from gezhi.catalog.rules.preset_tables import EditionContent, read_edition
from gezhi.regions.rules.divisions import Division, read_divisions
from gezhi.simulation import queries
from gezhi.simulation.rules.city_plan import City
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
def edition_of(preset: str) -> EditionContent:
    folder = files("gezhi.catalog").joinpath("presets")
    return read_edition(
        lambda table: folder.joinpath(table).read_text(encoding="utf-8"), city_of(preset).edition, calendar="office"
    )


def rows_of(text: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(text)))
