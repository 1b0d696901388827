"""Create a city of a preset (建立演示城市): ground, calendars, catalogue, people, duties, policy, and the mark."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from datetime import date, timedelta

import msgspec
import numpy as np
import shapely
from django.db import transaction

from gezhi.calendars.actions import install_calendar
from gezhi.calendars.actions import install_presets as install_preset_calendars
from gezhi.calendars.rules.limits import limit_of
from gezhi.calendars.rules.office_days import midnight_of
from gezhi.cases.actions import put_approval_row_in_force, put_local_policy_in_force
from gezhi.catalog.actions import install_preset_edition, put_edition_in_force, put_level_limit_in_force
from gezhi.catalog.queries import list_successors
from gezhi.duties.actions import install_area_levels, install_duty_rows
from gezhi.duties.rules.area_level import AreaLevelRow
from gezhi.duties.rules.duty_row import Basis, DutyRowData
from gezhi.kernel.permissions import Role
from gezhi.kernel.problems import Problem
from gezhi.people.actions import (
    hash_password,
    install_officers,
    install_organisations,
    install_people,
    install_posts,
    install_roster,
    set_shifts,
)
from gezhi.people.queries import held_directory
from gezhi.people.rules.officers import OfficerKind, OfficerRow
from gezhi.people.rules.organisation_kinds import OrganisationKind
from gezhi.people.rules.roster import RosterRow
from gezhi.people.rules.rows import OrganisationRow, PostRow, ShiftRow, UserRow
from gezhi.plumbing.clock import Clock
from gezhi.regions.actions import (
    PRESET_SINCE,
    install_divisions,
    install_ground,
    install_outlines,
    install_preset_divisions,
)
from gezhi.regions.queries import plan_ground
from gezhi.regions.rules.divisions import OutlineRow
from gezhi.simulation.models import SimulatedCity
from gezhi.simulation.queries import get_simulated_city, holds_anything, list_areas, read_city, read_names
from gezhi.simulation.rules.city_plan import City
from gezhi.simulation.rules.duty_plan import Period, plan_duties
from gezhi.simulation.rules.organisation_plan import Area, Staffing, plan_staffing
from gezhi.simulation.rules.roster import plan_beats, plan_shifts

DAYS_BEFORE, DAYS_AFTER = 2, 30
INVENTED = "模拟生成（generated）"


class DatabaseInUse(Problem):
    code = "simulation.create-city.database-in-use"
    status = 409
    title = "数据库中已有真实机构或案件，不能建立演示城市。请另设 GEZHI_HOME 或 DATABASE_URL。"
    title_en = (
        "The database holds a real organisation or real cases: no demo city is built in it. "
        "Name another GEZHI_HOME or DATABASE_URL."
    )


class CityExists(Problem):
    code = "simulation.create-city.city-exists"
    status = 409
    title = "数据库中已有演示城市“{name}”，如需重建请使用 --reset。"
    title_en = "There is a demo city here already, “{name}”; use --reset to build it anew."


class TooEarly(Problem):
    code = "simulation.create-city.too-early"
    status = 422
    title = "演示城市最早从 {earliest} 起（区划数据自 {since} 起有），首日 {first} 太早；请用更晚的 --until 或更少的 --days。"
    title_en = (
        "This demo city begins on {earliest} at the earliest (its divisions are known since {since}); {first} is too "
        "early. Take a later --until or fewer --days."
    )


class CityToBuild(msgspec.Struct, frozen=True, kw_only=True):
    """What is to be built: which preset, over which days, by which seed, with which outlines and password hash."""

    preset: str
    period: Period
    seed: int = 1
    outlines: Sequence[OutlineRow] = ()
    outline_source: str = INVENTED
    password: str | None = None


def check_period(city: City, period: Period) -> None:
    """No registers before there are divisions to lay a ground in; a city with divisions of its own begins whenever."""
    if not city.divisions and period.long_before < PRESET_SINCE:
        raise TooEarly(earliest=date(PRESET_SINCE.year + 2, 1, 1), since=PRESET_SINCE, first=period.first)


@transaction.atomic
def create_city(order: CityToBuild, *, clock: Clock) -> None:
    """Everything that the city is, in force long before the period. Refused where a city or real cases are."""
    check_free()
    city, since = read_city(order.preset), order.period.long_before
    check_period(city, order.period)
    _lay_ground(city, order, since)
    for calendar in city.calendars:
        install_calendar(calendar, clock=clock)
    install_preset_calendars(clock=clock)
    _enter_catalog(city, order.period)
    areas = list_areas(city, on=order.period.first)
    _enter_people(city, areas, order, since)
    _enter_duties(city, areas, order.period, clock)
    put_local_policy_in_force(city.code, city.policy, valid_from=since)
    for row in city.approvals:
        put_approval_row_in_force(city.code, row, valid_from=since, clock=clock, reason="建立演示城市")
    SimulatedCity.objects.create(
        preset=order.preset,
        code=city.code,
        name=city.name,
        name_en=city.name_en,
        seed=order.seed,
        days=order.period.days,
        first_on=order.period.first,
    )


def check_free() -> None:
    """Raise the Problem that says why no city may be built here; silent where one may."""
    standing = get_simulated_city()
    if standing is not None:
        raise CityExists(name=standing.name)
    if holds_anything():
        raise DatabaseInUse


def _lay_ground(city: City, order: CityToBuild, since: date) -> None:
    if city.divisions:
        install_divisions(city.divisions, city.reporting, on=since, source=INVENTED)
    else:
        install_preset_divisions()
    ground = city.ground
    own = [OutlineRow(code, shapely.to_wkb(shapely.Polygon(ring))) for code, ring in sorted(ground.outlines.items())]
    install_outlines([*own, *order.outlines], on=since, source=order.outline_source, generated=bool(own))
    plan = plan_ground(city.counties, ground.centres, seed=ground.seed, on=since, fabric=ground.fabric)
    install_ground(plan, on=since)


def _enter_catalog(city: City, period: Period) -> None:
    since = period.long_before
    for edition in city.editions:
        install_preset_edition(edition.code)
        put_edition_in_force(
            edition.code, valid_from=since if edition.starts is None else period.day_at(edition.starts)
        )
    for row in city.level_limits:
        limit = limit_of(row.value, row.unit, calendar="office")
        put_level_limit_in_force(row.row, row.level, limit, valid_from=since)


def _enter_people(city: City, areas: dict[str, list[Area]], order: CityToBuild, since: date) -> None:
    rng = np.random.default_rng([order.seed, 1])
    staffing = plan_staffing(city, areas, read_names(), rng=rng)
    install_organisations([
        OrganisationRow(
            code=body.code,
            name=body.name,
            name_en=body.name_en,
            kind=OrganisationKind(body.kind),
            platform_level=body.platform_level,
            parent_code=body.parent_code,
            region_code=body.region_code,
            valid_from=since,
        )
        for body in staffing.organisations
    ])  # fmt: skip
    install_posts([
        PostRow(
            code=post.code,
            organisation_code=post.organisation_code,
            title=post.title,
            title_en=post.title_en,
            role=Role(post.role),
            region_codes=post.region_codes,
            valid_from=since,
        )
        for post in staffing.posts
    ])  # fmt: skip
    rows = [
        UserRow(username=user.username, display_name=user.display_name, active_from=since, post_codes=(user.post_code,))
        for user in staffing.users
    ]
    install_people(rows, password_hash=hash_password(order.password))
    _enter_officers(staffing, since)
    _enter_shifts(staffing, order.period)
    _enter_roster(staffing, order.period)


def _enter_officers(staffing: Staffing, since: date) -> None:
    """机构责任人: of each unit the first handler is the contact and the last the head; the leaders of the government of
    its region are in charge.
    """
    directory, handlers = held_directory(), defaultdict[int, list[int]](list)
    posts = {post.code: post for post in staffing.posts if post.role == Role.HANDLER}
    for user in staffing.users:
        if user.post_code in posts:
            body = directory.organisation_ids[posts[user.post_code].organisation_code]
            handlers[body].append(directory.user_ids[user.username])
    rows: list[OfficerRow] = []
    for body, people in handlers.items():
        government = directory.find_organisation(OrganisationKind.GOVERNMENT, directory.region_of(body), on=since)
        leaders = (
            () if government is None else directory.find_holders(Role.LEADER, on=since, organisation_id=government.id)
        )
        charge = [
            one.user.id for one in leaders if government is not None and one.post.organisation_id == government.id
        ]
        named = [(OfficerKind.CONTACT, people[0]), (OfficerKind.HEAD, people[-1])]
        named += [(OfficerKind.IN_CHARGE, user) for user in charge]
        rows += [OfficerRow(organisation_id=body, kind=kind, user_id=user, valid_from=since) for kind, user in named]
    install_officers(rows)


def _enter_shifts(staffing: Staffing, period: Period) -> None:
    directory = held_directory()
    midnight = midnight_of(period.first - timedelta(days=DAYS_BEFORE))
    rows: list[ShiftRow] = []
    for post in staffing.posts:
        if not post.shifts:
            continue
        names = [user.username for user in staffing.users if user.post_code == post.code]
        rows.extend(
            ShiftRow(
                organisation_id=directory.organisation_ids[post.organisation_code],
                role=Role(post.role),
                user_id=directory.user_ids[shift.username],
                post_id=directory.post_ids[post.code],
                starts_at=shift.starts_at,
                ends_at=shift.ends_at,
            )
            for shift in plan_shifts(names, midnight=midnight, days=DAYS_BEFORE + period.days + DAYS_AFTER)
        )
    set_shifts(rows)


def _enter_roster(staffing: Staffing, period: Period) -> None:
    """采集员值班表: each street is the beat of its collectors; entered before its first shift."""
    directory, days = held_directory(), DAYS_BEFORE + period.days + DAYS_AFTER
    midnight = midnight_of(period.first - timedelta(days=DAYS_BEFORE))
    names = defaultdict[str, list[str]](list)
    for user in staffing.users:
        names[user.post_code].append(user.username)
    planned = [
        (post, shift)
        for post in staffing.posts
        if post.role == Role.COLLECTOR
        for shift in plan_beats(names[post.code], midnight=midnight, days=days)
    ]
    rows = [
        RosterRow(
            user_id=directory.user_ids[shift.username],
            region_codes=post.region_codes,
            starts_at=shift.starts_at,
            ends_at=shift.ends_at,
        )
        for post, shift in planned
    ]
    install_roster(rows, posts=[directory.post_ids[post.code] for post, _ in planned], entered_at=midnight)


def _enter_duties(city: City, areas: dict[str, list[Area]], period: Period, clock: Clock) -> None:
    units = held_directory().organisation_ids
    successors = {key: old for later in city.editions[1:] for key, old in list_successors(later.code).items()}
    rows = [
        DutyRowData(
            edition=row.edition,
            kind=row.kind,
            selector=row.selector,
            area_code=row.area_code,
            unit_id=units[row.unit_code],
            valid_from=row.valid_from,
            valid_to=row.valid_to,
            basis_kind=Basis(row.basis_kind),
            basis=row.basis,
        )
        for row in plan_duties(city, areas, period, successors)
    ]
    install_duty_rows(rows, clock=clock, reason="建立演示城市")
    install_area_levels([
        AreaLevelRow(area_code=row.area, level=row.level, valid_from=period.long_before) for row in city.area_levels
    ])  # fmt: skip
