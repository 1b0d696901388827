"""组成城市: the rows, settings and shapes of a folder without errors put together as the city that is to be founded."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import shapely

from gezhi.calendars.rules.limits import limit_of
from gezhi.duties.rules.area_level import AreaLevelRow
from gezhi.duties.rules.duty_row import WHOLE_NODE, Basis
from gezhi.founding.rules import tables
from gezhi.founding.rules.cells import Row, spans_of
from gezhi.founding.rules.city import (
    CityToFound,
    DutyEntry,
    EditionEntry,
    GeneratedGround,
    LevelLimitEntry,
    OfficerEntry,
)
from gezhi.founding.rules.grids import Lying
from gezhi.founding.rules.ground import Ground
from gezhi.founding.rules.holidays import calendars_with
from gezhi.founding.rules.registers import TABLE_OF, Rows
from gezhi.founding.rules.settings import CitySettings, Settings
from gezhi.founding.rules.shipped import Shipped
from gezhi.kernel.permissions import Role
from gezhi.people.rules.officers import OfficerKind
from gezhi.people.rules.organisation_kinds import OrganisationKind
from gezhi.people.rules.rows import OrganisationRow, PostRow, UserRow
from gezhi.regions.rules.divisions import Division, GridRow, OutlineRow
from gezhi.regions.rules.levels import Level, RegionKind
from gezhi.regions.rules.reporting import ReportsTo

OFFICE = "office"


def assemble(settings: Settings, rows: Rows, ground: Ground, lying: Lying, shipped: Shipped) -> CityToFound:
    """Settings and rows hold no error."""
    city = _settled(settings)
    dated = Dated(rows, city.effective)
    divisions = tuple(
        Division(row["code"], row["name"], RegionKind(row["kind"]), row["within"]) for row in rows[tables.DIVISIONS]
    )
    return CityToFound(
        code=city.code,
        name=city.name,
        name_en=city.name_en,
        effective=city.effective,
        divisions=divisions,
        reporting=tuple(_reporting(dated)),
        source=city.source,
        outlines=tuple(OutlineRow(code, shapely.to_wkb(shape)) for code, shape in sorted(ground.outlines.items())),
        outline_source=city.source,
        grids=tuple(GridRow(code, shapely.to_wkb(shape)) for code, shape in sorted(ground.grids.items())),
        generated=_generated(ground, divisions, lying),
        calendars=calendars_with(rows.get(tables.HOLIDAYS, ()), settings.calendars, shipped.calendars),
        editions=tuple(EditionEntry(one.code, one.valid_from or city.effective) for one in city.editions),
        level_limits=tuple(_level_limits(rows, city.effective)),
        organisations=tuple(organisations_of(dated, city.code)),
        posts=tuple(posts_of(dated)),
        people=tuple(people_of(dated)),
        officers=tuple(officers_of(rows, city.effective)),
        duties=tuple(duties_of(dated, city.editions[0].code)),
        area_levels=tuple(area_levels_of(dated)),
        policy=settings.policy,
        owner_office=settings.owner_office,
        approvals=settings.approvals,
    )


class Dated:
    """The rows of each table with their days."""

    def __init__(self, rows: Rows, effective: date) -> None:
        self._rows = rows
        self._effective = effective

    def of(self, file: str) -> Iterator[tuple[Row, date, date | None]]:
        return spans_of(TABLE_OF[file], self._rows.get(file, ()), self._effective)


def _settled(settings: Settings) -> CitySettings:
    if settings.city is None:
        raise LookupError
    return settings.city


def _generated(ground: Ground, divisions: tuple[Division, ...], lying: Lying) -> GeneratedGround | None:
    """Grids are generated in the city's counties of which there is an outline."""
    if ground.generate is None:
        return None
    own = set(lying.own)
    counties = [one.code for one in divisions if one.level is Level.COUNTY and one.code in own]
    made = ground.generate
    drawn = tuple(sorted(code for code in counties if code in ground.outlines))
    return GeneratedGround(drawn, made.centres, made.seed, made.fabric)


def _reporting(dated: Dated) -> Iterator[ReportsTo]:
    for row, first, last in dated.of(tables.REPORTING):
        yield ReportsTo(row["region_code"], row["parent_code"], first, last, row["basis"])


def _level_limits(rows: Rows, effective: date) -> Iterator[LevelLimitEntry]:
    for row in rows.get(tables.LEVEL_LIMITS, ()):
        limit = limit_of(row["value"], row["unit"], calendar=OFFICE)
        yield LevelLimitEntry(row["row"], row["level"], limit, effective)


def organisations_of(dated: Dated, city: str) -> Iterator[OrganisationRow]:
    """A topmost body without a region answers for the city."""
    for row, first, last in dated.of(tables.ORGANISATIONS):
        yield OrganisationRow(
            code=row["key"],
            name=row["name"],
            name_en=row["name_en"],
            kind=OrganisationKind(row["kind"]),
            platform_level=int(row["level"] or 1),
            parent_code=row["parent"],
            region_code=row["region"] or ("" if row["parent"] else city),
            valid_from=first,
            valid_to=last,
        )


def posts_of(dated: Dated) -> Iterator[PostRow]:
    for row, first, last in dated.of(tables.POSTS):
        yield PostRow(
            code=row["key"],
            organisation_code=row["organisation"],
            title=row["title"],
            title_en=row["title_en"],
            role=Role(row["role"]),
            region_codes=row["regions"],
            valid_from=first,
            valid_to=last,
        )


def people_of(dated: Dated) -> Iterator[UserRow]:
    for row, first, last in dated.of(tables.PEOPLE):
        yield UserRow(
            username=row["username"],
            display_name=row["name"],
            post_codes=row["posts"],
            phone=row["phone"],
            language=row["language"] or "zh",
            active_from=first,
            active_to=last,
        )


def officers_of(rows: Rows, effective: date) -> Iterator[OfficerEntry]:
    for row in rows.get(tables.OFFICERS, ()):
        kind, first = OfficerKind(row["kind"]), row["from"] or effective
        yield OfficerEntry(row["organisation"], kind, row["username"], first)


def duties_of(dated: Dated, edition: str) -> Iterator[DutyEntry]:
    """One entry for each class and area of a row."""
    for row, first, last in dated.of(tables.DUTIES):
        basis = Basis(row["basis_kind"] or Basis.LOCAL)
        for selector in row["classes"]:
            for area in row["area"] or (WHOLE_NODE,):
                yield DutyEntry(
                    row["edition"] or edition,
                    row["kind"],
                    selector,
                    area,
                    row["unit"],
                    basis,
                    row["basis"],
                    first,
                    last,
                )


def area_levels_of(dated: Dated) -> Iterator[AreaLevelRow]:
    for row, first, last in dated.of(tables.AREA_LEVELS):
        yield AreaLevelRow(area_code=row["area"], level=row["level"], valid_from=first, valid_to=last)
