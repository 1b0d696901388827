"""Reads of founding: what a database holds, and what of the package a folder is checked against."""

from __future__ import annotations

import csv
import gzip
import io
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable

import msgspec
from django.db import connection

from gezhi.calendars.queries import read_preset_calendars
from gezhi.cases.models import Case
from gezhi.catalog.queries import read_preset
from gezhi.catalog.rules.preset_tables import list_editions, read_edition
from gezhi.founding.models import FoundedCity
from gezhi.founding.rules.country import CityDivisions, UnknownCity, divisions_of, read_rows
from gezhi.founding.rules.shipped import Shipped
from gezhi.founding.rules.starter import TEXTS, Body, Templates
from gezhi.founding.rules.tables import DUTIES
from gezhi.people.models import Organisation
from gezhi.policy.queries import PRESET_REASONS

TABLE = "founding_city"


def get_founded_city() -> FoundedCity | None:
    return FoundedCity.objects.first()


def has_tables() -> bool:
    """Whether this database was ever prepared."""
    return TABLE in connection.introspection.table_names()


def holds_anything() -> bool:
    """Whether somebody has begun to use this database."""
    return Organisation.objects.exists() or Case.objects.exists()


@cache
def read_shipped() -> Shipped:
    """What comes with the package."""
    codes = [one.code for one in list_editions(read_preset)]
    return Shipped(
        calendars={one.name: one for one in read_preset_calendars()},
        editions={code: read_edition(read_preset, code, calendar="office") for code in codes},
        reasons=tuple(PRESET_REASONS),
    )


def _preset(*path: str) -> Traversable:
    return files("gezhi.founding").joinpath("presets", *path)


def _packed(*path: str) -> str:
    return gzip.decompress(_preset("country", *path).read_bytes()).decode()


def read_city_divisions(code: str) -> CityDivisions:
    """What a city of the country is made of; UnknownCity where there is none."""
    rows = [row for row in read_rows(_packed("divisions.csv.gz")) if row.code[:2] == code[:2]]
    if not rows:
        raise UnknownCity(value=code)
    return divisions_of(code, [*rows, *read_rows(_packed("communities", f"{code[:2]}.csv.gz"))])


def read_templates() -> Templates:
    """起步模板: with the newest edition of the catalogue."""
    bodies = tuple(csv.DictReader(io.StringIO(_preset("starter", "bodies.csv").read_text("utf-8"))))
    return Templates(
        bodies=msgspec.convert(bodies, tuple[Body, ...]),
        duties=_preset("starter", DUTIES).read_text("utf-8"),
        texts={name: _preset("starter", name).read_text("utf-8") for name in TEXTS},
        edition=max(read_shipped().editions),
    )
