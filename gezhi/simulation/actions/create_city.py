"""Create a city of a preset (建立演示城市): founded like any other, then its seats manned and the database marked."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from datetime import date, timedelta

import msgspec
import numpy as np
from django.db import transaction

from gezhi.calendars.rules.office_days import midnight_of
from gezhi.catalog.queries import list_successors
from gezhi.founding.actions import enter_city
from gezhi.founding.queries import holds_anything
from gezhi.kernel.permissions import Role
from gezhi.kernel.problems import Problem
from gezhi.people.actions import install_roster, set_shifts
from gezhi.people.queries import held_directory
from gezhi.people.rules.roster import RosterRow
from gezhi.people.rules.rows import ShiftRow
from gezhi.plumbing.clock import Clock
from gezhi.regions.rules.divisions import OutlineRow
from gezhi.simulation.models import SimulatedCity
from gezhi.simulation.queries import (
    SHIPPED_SINCE,
    SHIPPED_SOURCE,
    divisions_of,
    get_simulated_city,
    read_city,
    read_names,
)
from gezhi.simulation.rules.city_plan import City
from gezhi.simulation.rules.duty_plan import Period, plan_duties
from gezhi.simulation.rules.founding_plan import Land, plan_founding
from gezhi.simulation.rules.organisation_plan import Staffing, areas_of, plan_staffing
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
    if not city.divisions and period.long_before < SHIPPED_SINCE:
        raise TooEarly(earliest=date(SHIPPED_SINCE.year + 2, 1, 1), since=SHIPPED_SINCE, first=period.first)


@transaction.atomic
def create_city(order: CityToBuild, *, clock: Clock) -> None:
    """Found the city, man its seats, mark the database. Refused where a city or real cases are."""
    check_free()
    city, period = read_city(order.preset), order.period
    check_period(city, period)
    divisions, reporting = divisions_of(city)
    areas = areas_of(city, divisions)
    staffing = plan_staffing(city, areas, read_names(), rng=np.random.default_rng([order.seed, 1]))
    successors = {key: old for later in city.editions[1:] for key, old in list_successors(later.code).items()}
    land = Land(
        divisions=divisions,
        reporting=reporting,
        source=INVENTED if city.divisions else SHIPPED_SOURCE,
        outlines=order.outlines,
        outline_source=order.outline_source,
    )
    duties = plan_duties(city, areas, period, successors)
    planned = plan_founding(city, period, land, staffing=staffing, duties=duties)
    enter_city(planned, clock=clock, password=order.password)
    _enter_shifts(staffing, period)
    _enter_roster(staffing, period)
    SimulatedCity.objects.create(
        preset=order.preset,
        code=city.code,
        name=city.name,
        name_en=city.name_en,
        seed=order.seed,
        days=period.days,
        first_on=period.first,
    )


def check_free() -> None:
    """Raise the Problem that says why no city may be built here; silent where one may."""
    standing = get_simulated_city()
    if standing is not None:
        raise CityExists(name=standing.name)
    if holds_anything():
        raise DatabaseInUse


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
