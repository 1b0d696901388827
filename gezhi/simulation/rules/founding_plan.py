"""待建的演示城市: the plans of a preset put together as the city that is to be founded."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from datetime import date

import msgspec
import shapely

from gezhi.calendars.rules.limits import limit_of
from gezhi.duties.rules.area_level import AreaLevelRow
from gezhi.founding.rules.city import (
    CityToFound,
    DutyEntry,
    EditionEntry,
    GeneratedGround,
    LevelLimitEntry,
    OfficerEntry,
)
from gezhi.kernel.permissions import Role
from gezhi.people.rules.officers import OfficerKind
from gezhi.people.rules.organisation_kinds import OrganisationKind
from gezhi.people.rules.rows import OrganisationRow, PostRow, UserRow
from gezhi.regions.rules.divisions import Division, OutlineRow
from gezhi.regions.rules.reporting import ReportsTo
from gezhi.simulation.rules.city_plan import City
from gezhi.simulation.rules.duty_plan import COUNTY_DIGITS, Period
from gezhi.simulation.rules.organisation_plan import Staffing


class Land(msgspec.Struct, frozen=True):
    """区划和边界 in which the city lies, and whence they come. Its own outlines are invented, and before the others."""

    divisions: tuple[Division, ...]
    reporting: tuple[ReportsTo, ...]
    source: str
    outlines: Sequence[OutlineRow]
    outline_source: str


def plan_founding(
    city: City, period: Period, land: Land, *, staffing: Staffing, duties: Sequence[DutyEntry]
) -> CityToFound:
    """Everything in force long before the period, but for later editions and what a duty row says of its days."""
    since, ground = period.long_before, city.ground
    own = [OutlineRow(code, shapely.to_wkb(shapely.Polygon(ring))) for code, ring in sorted(ground.outlines.items())]
    return CityToFound(
        code=city.code,
        name=city.name,
        name_en=city.name_en,
        effective=since,
        divisions=land.divisions,
        reporting=land.reporting,
        source=land.source,
        outlines=(*own, *land.outlines),
        outline_source=land.outline_source,
        outlines_generated=bool(own),
        generated=GeneratedGround(city.counties, ground.centres, ground.seed, ground.fabric),
        calendars=city.calendars,
        editions=tuple(
            EditionEntry(one.code, since if one.starts is None else period.day_at(one.starts)) for one in city.editions
        ),
        level_limits=tuple(
            LevelLimitEntry(row.row, row.level, limit_of(row.value, row.unit, calendar="office"), since)
            for row in city.level_limits
        ),
        organisations=tuple(_organisations(staffing, since)),
        posts=tuple(_posts(staffing, since)),
        people=tuple(_people(staffing, since)),
        officers=tuple(_officers(staffing, city.code, since)),
        duties=tuple(duties),
        area_levels=tuple(
            AreaLevelRow(area_code=row.area, level=row.level, valid_from=since) for row in city.area_levels
        ),
        policy=city.policy,
        approvals=city.approvals,
    )


def _organisations(staffing: Staffing, since: date) -> Iterator[OrganisationRow]:
    for body in staffing.organisations:
        yield OrganisationRow(
            code=body.code,
            name=body.name,
            name_en=body.name_en,
            kind=OrganisationKind(body.kind),
            platform_level=body.platform_level,
            parent_code=body.parent_code,
            region_code=body.region_code,
            valid_from=since,
        )


def _posts(staffing: Staffing, since: date) -> Iterator[PostRow]:
    for post in staffing.posts:
        yield PostRow(
            code=post.code,
            organisation_code=post.organisation_code,
            title=post.title,
            title_en=post.title_en,
            role=Role(post.role),
            region_codes=post.region_codes,
            valid_from=since,
        )


def _people(staffing: Staffing, since: date) -> Iterator[UserRow]:
    for user in staffing.users:
        yield UserRow(
            username=user.username, display_name=user.display_name, active_from=since, post_codes=(user.post_code,)
        )


def _officers(staffing: Staffing, city_code: str, since: date) -> Iterator[OfficerEntry]:
    """机构责任人: of each unit the first handler is the contact and the last the head; the leaders of the government of
    its county, or else of the city, are in charge.
    """
    posts = {post.code: post for post in staffing.posts}
    region_of = {body.code: body.region_code for body in staffing.organisations}
    governments = {body.region_code: body.code for body in staffing.organisations if body.kind == "government"}
    holders: dict[tuple[str, str], list[str]] = defaultdict(list)
    for user in staffing.users:
        post = posts[user.post_code]
        holders[post.organisation_code, post.role].append(user.username)
    for (body, role), people in list(holders.items()):
        if role != Role.HANDLER:
            continue
        yield OfficerEntry(body, OfficerKind.CONTACT, people[0], since)
        yield OfficerEntry(body, OfficerKind.HEAD, people[-1], since)
        government = governments.get(region_of[body][:COUNTY_DIGITS]) or governments.get(city_code, "")
        for leader in holders.get((government, Role.LEADER), ()):
            yield OfficerEntry(body, OfficerKind.IN_CHARGE, leader, since)
