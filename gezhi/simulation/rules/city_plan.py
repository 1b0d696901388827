"""城市预设: what a city is, read from the files of its folder. No city is known here."""

from __future__ import annotations

import csv
import io
import tomllib
from collections.abc import Mapping
from typing import Any

import msgspec

from gezhi.calendars.rules.office_days import CalendarDefinition
from gezhi.calendars.rules.preset_text import read_calendars
from gezhi.cases.rules.applications.approval_row import ApprovalRow
from gezhi.policy.rules.channels import CHANNELS, overlaid
from gezhi.policy.rules.local_policy import STAGE_LIMITS, LocalPolicy
from gezhi.regions.rules.divisions import Division, read_divisions, read_reporting
from gezhi.regions.rules.reporting import ReportsTo
from gezhi.regions.rules.street_network import Centre, Fabric

LIST_MARK = " "


class EditionTemplate(msgspec.Struct, frozen=True):
    """目录版本: an edition the city works by, from the beginning or from so large a share of the simulated period."""

    code: str
    starts: float | None = None


class OrganisationTemplate(msgspec.Struct, frozen=True):
    """One body, or one per county or street. Names may hold {county}, {county_en} and {street}."""

    key: str
    each: str
    kind: str
    level: int
    parent: str
    name: str
    name_en: str = ""


class PostTemplate(msgspec.Struct, frozen=True):
    """How many people hold which post; organisation '*' means every handling body of that kind of region. `area` names
    the counties whose bodies have the post, where not all have it.
    """

    organisation: str
    each: str
    role: str
    title: str
    title_en: str
    people: int
    shifts: str = ""
    area: str = ""


class CollectionTemplate(msgspec.Struct, frozen=True):
    """Which company's collectors walk which county."""

    organisation: str
    county: str
    collectors_per_street: int


class DutyTemplate(msgspec.Struct, frozen=True):
    """Classes × area → unit. `starts` and `ends` are shares of the simulated period: a contract may end inside it.
    Without an edition the classes are those of the city's first one, and what continues them in the later ones.
    """

    kind: str
    classes: tuple[str, ...]
    area: tuple[str, ...]
    unit: str
    basis_kind: str
    basis: str
    starts: float | None = None
    ends: float | None = None
    edition: str = ""


class AreaLevelTemplate(msgspec.Struct, frozen=True):
    area: str
    level: str


class LevelLimitTemplate(msgspec.Struct, frozen=True):
    """A standard row's own limit for areas of a level."""

    row: str
    level: str
    value: int
    unit: str


class GroundPlanTemplate(msgspec.Struct, frozen=True):
    """What generated ground grows from. Outlines are rings by county; none where a package has the real ones."""

    outlines: dict[str, list[tuple[float, float]]]
    centres: tuple[Centre, ...]
    seed: int
    fabric: Fabric = Fabric()


class Demand(msgspec.Struct, frozen=True):
    """How much is reported, where, and whose hours it follows."""

    per_day: float
    shapes: str
    outside_share: float = 0.0
    county_weights: dict[str, float] = msgspec.field(default_factory=dict)


class City(msgspec.Struct, frozen=True):
    """A city as its preset tells it. Without divisions of its own it lies in the shipped ones."""

    code: str
    name: str
    name_en: str
    editions: tuple[EditionTemplate, ...]
    counties: tuple[str, ...]
    demand: Demand
    channels: dict[str, float]
    policy: LocalPolicy
    organisations: tuple[OrganisationTemplate, ...]
    posts: tuple[PostTemplate, ...]
    collection: tuple[CollectionTemplate, ...]
    duties: tuple[DutyTemplate, ...]
    area_levels: tuple[AreaLevelTemplate, ...]
    level_limits: tuple[LevelLimitTemplate, ...]
    ground: GroundPlanTemplate
    around: tuple[str, ...] = ()
    approvals: tuple[ApprovalRow, ...] = ()
    counties_en: dict[str, str] = msgspec.field(default_factory=dict)
    calendars: tuple[CalendarDefinition, ...] = ()
    divisions: tuple[Division, ...] = ()
    reporting: tuple[ReportsTo, ...] = ()


def read_city_plan(files: Mapping[str, str]) -> City:
    """The city of these files, by file name. A missing column or an unknown word fails loudly."""
    tables = {
        "organisations": rows_of(files["organisations.csv"]),
        "posts": rows_of(files["posts.csv"]),
        "collection": rows_of(files["collection.csv"]),
        "area_levels": rows_of(files["area_levels.csv"]),
        "level_limits": rows_of(files["level_limits.csv"]),
        "ground": msgspec.json.decode(files["ground.json"]),
        "approvals": tomllib.loads(files.get("approvals.toml", "")).get("approvals", []),
        "duties": [_duty(row) for row in rows_of(files["duties.csv"])],
    }
    city = msgspec.convert({**tomllib.loads(files["city.toml"]), **tables}, City, strict=False)
    policy = msgspec.structs.replace(
        city.policy,
        stage_limits=STAGE_LIMITS | city.policy.stage_limits,
        channels=overlaid(CHANNELS, city.policy.channels),
    )
    return msgspec.structs.replace(
        city,
        policy=policy,
        calendars=read_calendars(files["calendars.toml"]),
        divisions=tuple(read_divisions(files.get("divisions.csv", ""))),
        reporting=tuple(read_reporting(files.get("reporting.csv", ""))),
    )


def rows_of(text: str) -> list[dict[str, str]]:
    """The rows of a CSV file, cells stripped."""
    return [{key: (value or "").strip() for key, value in row.items()} for row in csv.DictReader(io.StringIO(text))]


def _duty(row: dict[str, str]) -> dict[str, Any]:
    return {
        **row,
        "classes": row["classes"].split(LIST_MARK),
        "area": row["area"].split(LIST_MARK),
        "starts": float(row["from"]) if row["from"] else None,
        "ends": float(row["to"]) if row["to"] else None,
    }
