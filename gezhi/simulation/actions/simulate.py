"""Work the days of a created city (运行演示城市), in one process or in several that share the groups of units."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime

import msgspec
from django.db import connection

from gezhi.cases.actions.serials import take_serials
from gezhi.kernel.problems import NotFound
from gezhi.plumbing.clock import Clock
from gezhi.plumbing.versions import load_all
from gezhi.simulation.actions.album import draw_pool
from gezhi.simulation.actions.processes import share_out
from gezhi.simulation.actions.roads import World, make_world
from gezhi.simulation.actions.work import Told, Worker
from gezhi.simulation.queries import count_cases, get_simulated_city
from gezhi.simulation.rules.duty_plan import Period


class Worked(msgspec.Struct, frozen=True):
    """What was done: happenings, log entries, and every refusal that nobody meant to get, by command and code."""

    happenings: int
    entries: int
    problems: dict[str, int]


def simulate(*, until: int, clock: Clock, processes: int = 1, told: Told = lambda _: None) -> Worked:
    """Work the created city up to a moment: equal for equal preset, seed and days, however many processes share it."""
    city = get_simulated_city()
    if city is None:
        raise NotFound
    world = make_world(city.preset, Period(city.first_on, city.days), city.seed, until=until)
    world = msgspec.structs.replace(world, serials=tuple(take_serials(len(world.happenings))))
    pool = draw_pool(clock)
    shares = split_groups(world, processes)
    load_all()

    def work(happenings: Sequence[int], told: Told) -> Worked:
        worker = Worker(world, happenings, pool, clock)
        worker.work(until, told=told)
        return Worked(len(happenings), worker.entries, dict(worker.problems))

    parts = [work(shares[0], told)] if processes == 1 else share_out(shares, work, told)
    city.until_at = datetime.fromtimestamp(until, UTC)
    city.cases = count_cases()
    city.save(update_fields=["until_at", "cases"])
    problems: dict[str, int] = {}
    for part in parts:
        for word, count in part.problems.items():
            problems[word] = problems.get(word, 0) + count
    return Worked(len(world.happenings), sum(part.entries for part in parts), problems)


def tidy_tables() -> None:
    """Each case row was rewritten a dozen times in a minute, faster than the database tidies up by itself."""
    with connection.cursor() as cursor:
        cursor.execute("VACUUM (FULL, ANALYZE) cases_case")
        cursor.execute("ANALYZE")


def split_groups(world: World, parts: int) -> list[list[int]]:
    """The happenings of each process: whole groups, the largest first to whoever has least."""
    by_group: dict[str, list[int]] = {}
    for happening, group in enumerate(world.groups):
        by_group.setdefault(group, []).append(happening)
    shares: list[list[int]] = [[] for _ in range(parts)]
    for group in sorted(by_group, key=lambda code: -len(by_group[code])):
        min(shares, key=len).extend(by_group[group])
    return [sorted(share) for share in shares]
