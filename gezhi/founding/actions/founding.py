"""Found a city (建库): everything that it is, in one transaction or not at all."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime

import msgspec
from django.db import transaction

from gezhi.calendars.actions import install_calendar
from gezhi.calendars.actions import install_presets as install_preset_calendars
from gezhi.cases.actions import put_approval_row_in_force
from gezhi.catalog.actions import install_preset_edition, put_edition_in_force, put_level_limit_in_force
from gezhi.duties.actions import install_area_levels, install_duty_rows
from gezhi.founding.actions.applying import LOCK, duty_row, officer_row, remember
from gezhi.founding.actions.planning import plan_kinds
from gezhi.founding.models import FoundedCity
from gezhi.founding.queries import get_founded_city, holds_anything
from gezhi.founding.queries.registers import read_registers
from gezhi.founding.rules.cells import Row
from gezhi.founding.rules.city import CityToFound, digest_of, parts_of
from gezhi.founding.rules.findings import Findings
from gezhi.founding.rules.first_administrator import first_administrator
from gezhi.kernel.problems import Problem
from gezhi.people.actions import (
    give_single_use_password,
    hash_password,
    install_officers,
    install_organisations,
    install_people,
    install_posts,
)
from gezhi.people.queries import held_directory
from gezhi.plumbing.clock import Clock
from gezhi.plumbing.database import take_turns
from gezhi.policy.actions import put_local_policy_in_force
from gezhi.regions.actions import install_divisions, install_grids, install_ground, install_outlines
from gezhi.regions.queries import plan_ground

REASON = "建库"


class DatabaseInUse(Problem):
    code = "founding.found-city.database-in-use"
    status = 409
    title = (
        "数据库中已有机构或案件，不能再建库，原有数据未改动。请另设 GEZHI_HOME 或 DATABASE_URL，指向空数据库后重试。"
    )
    title_en = (
        "The database holds organisations or cases already; no city is founded in it, and nothing was changed. "
        "Name an empty one with GEZHI_HOME or DATABASE_URL and run the command again."
    )


class Founded(msgspec.Struct, frozen=True):
    """The administrator who may sign in once with this password."""

    administrator: str
    password: str


@transaction.atomic
def found_city(city: CityToFound, *, clock: Clock, rows: Mapping[str, Sequence[Row]] | None = None) -> Founded:
    """Enter a real city. Only its first administrator can sign in. What its `rows` say by kind is remembered, so that
    the folder can be applied again.
    """
    take_turns(LOCK)
    administrator = first_administrator(city)
    enter_city(city, clock=clock, password=None)
    if rows:
        edition, on = city.editions[0].code, city.effective
        registers = read_registers(list(rows), on=on)
        remember(plan_kinds(rows, registers, Findings(), on=on, edition=edition), registers, clock)
    user_id = held_directory().user_ids[administrator]
    return Founded(administrator, give_single_use_password(user_id))


@transaction.atomic
def enter_city(city: CityToFound, *, clock: Clock, password: str | None) -> None:
    """Enter all registers of a city, in force from their days on. All its people have this password; None: no one may
    sign in. Refused where anything is.
    """
    if get_founded_city() is not None or holds_anything():
        raise DatabaseInUse
    _lay_ground(city)
    for calendar in city.calendars:
        install_calendar(calendar, clock=clock)
    install_preset_calendars(clock=clock)
    _enter_catalog(city)
    _enter_people(city, password)
    _enter_duties(city, clock)
    _enter_policy(city, clock)
    FoundedCity.objects.create(
        code=city.code,
        name=city.name,
        name_en=city.name_en,
        effective=city.effective,
        digest=digest_of(city),
        parts=parts_of(city),
        founded_at=datetime.fromtimestamp(clock(), UTC),
    )


def _lay_ground(city: CityToFound) -> None:
    since = city.effective
    install_divisions(city.divisions, city.reporting, on=since, source=city.source)
    install_outlines(city.outlines, on=since, source=city.outline_source, generated=city.outlines_generated)
    if city.generated is None:
        install_grids(city.grids, on=since)
        return
    ground = city.generated
    plan = plan_ground(ground.counties, ground.centres, seed=ground.seed, on=since, fabric=ground.fabric)
    install_ground(plan, on=since)


def _enter_catalog(city: CityToFound) -> None:
    for edition in city.editions:
        install_preset_edition(edition.code)
        put_edition_in_force(edition.code, valid_from=edition.valid_from)
    for one in city.level_limits:
        put_level_limit_in_force(one.row, one.level, one.limit, valid_from=one.valid_from)


def _enter_people(city: CityToFound, password: str | None) -> None:
    install_organisations(city.organisations)
    install_posts(city.posts)
    install_people(city.people, password_hash=hash_password(password))
    install_officers([officer_row(one) for one in city.officers])


def _enter_duties(city: CityToFound, clock: Clock) -> None:
    units = held_directory().organisation_ids
    rows = [duty_row(one, units[one.unit_code]) for one in city.duties]
    install_duty_rows(rows, clock=clock, reason=REASON)
    install_area_levels(city.area_levels)


def _enter_policy(city: CityToFound, clock: Clock) -> None:
    policy = city.policy
    if city.owner_office:
        office = held_directory().organisation_ids[city.owner_office]
        policy = msgspec.structs.replace(policy, owner_office=office)
    put_local_policy_in_force(city.code, policy, valid_from=city.effective)
    for row in city.approvals:
        put_approval_row_in_force(city.code, row, valid_from=city.effective, clock=clock, reason=REASON)
