"""Reads of founding: what a database holds, and what of the package a folder is checked against."""

from __future__ import annotations

from functools import cache

from gezhi.calendars.queries import read_preset_calendars
from gezhi.cases.models import Case
from gezhi.cases.queries.registers import PRESET_REASONS
from gezhi.catalog.queries import read_preset
from gezhi.catalog.rules.preset_tables import list_editions, read_edition
from gezhi.founding.models import FoundedCity
from gezhi.founding.rules.shipped import Shipped
from gezhi.people.models import Organisation


def get_founded_city() -> FoundedCity | None:
    return FoundedCity.objects.first()


def holds_anything() -> bool:
    """Whether somebody has begun to use this database."""
    return Organisation.objects.exists() or Case.objects.exists()


@cache
def read_shipped() -> Shipped:
    """What comes with the package."""
    codes = list_editions(read_preset)
    return Shipped(
        calendars={one.name: one for one in read_preset_calendars()},
        editions={code: read_edition(read_preset, code, calendar="office") for code in codes},
        reasons=tuple(PRESET_REASONS),
    )
