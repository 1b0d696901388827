"""Commands of the simulation: the demo city, and which paths its cases took."""

from __future__ import annotations

import os
import sys
from datetime import UTC, date, datetime
from typing import Any

import click
import msgspec

from gezhi.calendars.rules.office_days import midnight_of
from gezhi.kernel.moments import DAY_S
from gezhi.kernel.role_names import ROLE_NAMES
from gezhi.people.queries import day_of, list_accounts_by_role
from gezhi.plumbing.clock import system_clock
from gezhi.plumbing.database import migrate_database
from gezhi.plumbing.terminal import json_option, progress, show
from gezhi.proof.actions import grow_tree
from gezhi.regions.gateways import SOURCE, read_outlines
from gezhi.simulation.actions import (
    CityToBuild,
    Worked,
    check_free,
    check_period,
    create_city,
    finish_city,
    simulate,
    tidy_tables,
    wipe_demo,
)
from gezhi.simulation.actions.afterwards import STEPS
from gezhi.simulation.queries import get_simulated_city, is_laid, list_paths, list_presets, read_city, read_demo
from gezhi.simulation.rules.duty_plan import Period, period_until
from gezhi.simulation.rules.paths import PathCount

MORNING_S = 10 * 3_600
FEW_DAYS, MOST_DAYS, MOST_PROCESSES = 1, 400, 2


@click.command()
@click.option("--days", type=click.IntRange(FEW_DAYS, MOST_DAYS), default=60, show_default=True, help="Days to work.")
@click.option("--seed", type=click.IntRange(0), default=1, show_default=True, help="Another seed, another city life.")
@click.option("--until", type=click.DateTime(["%Y-%m-%d"]), help="Last day, worked until ten; now if left out.")
@click.option("--city", "preset", type=click.Choice(list_presets()), help="Another city than the usual one.")
@click.option("--reset", is_flag=True, help="Build the demo city anew.")
@click.option("--no-serve", is_flag=True, help="Only build it.")
@json_option
def demo(
    *, days: int, seed: int, until: datetime | None, preset: str | None, reset: bool, no_serve: bool, as_json: bool
) -> None:
    """Build a demo city and serve it; serve the one that is there (建立并启动演示城市)."""
    moment = _moment(until.date() if until is not None else None)
    preset, period = preset or read_demo()["city"], period_until(day_of(moment), days)
    check_period(read_city(preset), period)
    if is_laid() and get_simulated_city() is None:
        check_free()
    migrate_database()
    city = get_simulated_city()
    if reset or (city is not None and city.until_at is None):
        wipe_demo()
        city = None
    worked = None
    if city is None:
        worked = _build(preset, period, seed, moment)
    show(_told(worked), as_json=as_json, lines=_lines)
    if not no_serve:
        sys.stdout.flush()
        environment = {**os.environ, "GEZHI_DEMO": "1"}
        serve = [sys.executable, "-m", "gezhi.assembly.command_line", "serve"]
        os.execve(sys.executable, serve, environment)  # noqa: S606


def _moment(until: date | None) -> int:
    """Up to when the city is worked: never into the future, so that nobody has acted tomorrow."""
    now = system_clock()
    return now if until is None else min(now, midnight_of(until) + MORNING_S)


def _build(preset: str, period: Period, seed: int, until: int) -> Worked:
    city = read_city(preset)
    with progress("建立城市 (city)", 1) as done:
        outlines = () if city.ground.outlines else read_outlines([*city.counties, *city.around])
        order = CityToBuild(
            preset=preset,
            period=period,
            seed=seed,
            outlines=outlines,
            outline_source=SOURCE,
            password=read_demo()["password"],
        )
        create_city(order, clock=system_clock)
        done(1)
    processes = max(1, min(MOST_PROCESSES, len(city.counties), os.cpu_count() or 1))
    expected = round(city.demand.per_day * (until - midnight_of(period.first)) / DAY_S)
    with progress("模拟案件 (cases)", expected) as done:
        worked = simulate(until=until, clock=system_clock, processes=processes, told=done)
    with progress("补齐台账 (ledgers)", len(STEPS)) as done:
        finish_city(until, told=done)
    grow_tree(clock=system_clock)
    tidy_tables()
    return worked


def _told(worked: Worked | None) -> dict[str, Any]:
    city = get_simulated_city()
    if city is None or city.until_at is None:
        return {}
    accounts = [
        {"username": user.username, "name": user.name, "role": ROLE_NAMES[posts[0].role][0], "post": posts[0].title}
        for user, posts in list_accounts_by_role(on=day_of(system_clock()))
        if posts
    ]
    return {
        "city": city.name,
        "city_en": city.name_en,
        "seed": city.seed,
        "days": city.days,
        "until": city.until_at.astimezone(UTC).isoformat(),
        "cases": city.cases,
        "problems": worked.problems if worked is not None else {},
        "password": read_demo()["password"],
        "accounts": accounts,
        "paths": msgspec.to_builtins(list_paths()) if worked is not None else [],
    }


def _lines(told: dict[str, Any]) -> list[str]:
    accounts = [f"  {one['username']:<16} {one['role']} {one['name']}" for one in told["accounts"]]
    refused = [f"  ! {word}: {count}" for word, count in told["problems"].items()]
    return [
        f"{told['city']} ({told['city_en']}): {told['cases']} 件, {told['days']} 天, seed {told['seed']}",
        *refused,
        f"账号 (accounts), 密码 (password) {told['password']}:",
        *accounts,
    ]


@click.command()
@json_option
def paths(*, as_json: bool) -> None:
    """How many cases took which path of the life-cycle (办理路径统计)."""
    show(list_paths(), as_json=as_json, lines=_path_lines)


def _path_lines(counts: list[PathCount]) -> list[str]:
    return [f"{one.path:<20}{one.cases:>8}{one.share:>9.2%}  {one.name}" for one in counts]


commands = [demo, paths]
beginning = [demo]
