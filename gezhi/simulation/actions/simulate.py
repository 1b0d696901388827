"""Work the days of a created city (运行演示城市), in one process or in several that share the counties."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime
from multiprocessing import get_context
from multiprocessing.queues import SimpleQueue

import msgspec
from django.db import connection, connections
from django.db.backends.postgresql.base import DatabaseWrapper

from gezhi.cases.queries.registers import held_registers
from gezhi.kernel.problems import NotFound
from gezhi.plumbing.clock import Clock
from gezhi.simulation.actions.album import Pool, draw_pool
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
    """Work the created city up to a moment: equal for the same preset, seed and days, however many processes share it."""
    city = get_simulated_city()
    if city is None:
        raise NotFound
    world = make_world(city.preset, Period(city.first_on, city.days), city.seed)
    pool = draw_pool(clock)
    shares = split_counties(world, processes)
    held_registers()
    parts = (
        [_work(world, shares[0], pool, until, clock, told)]
        if processes == 1
        else _fork(world, shares, pool, until, clock, told)
    )
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


def split_counties(world: World, parts: int) -> list[list[int]]:
    """The happenings of each process: whole counties, the largest first to whoever has least."""
    by_county: dict[str, list[int]] = {}
    for happening in range(len(world.happenings)):
        by_county.setdefault(world.county_of(happening), []).append(happening)
    shares: list[list[int]] = [[] for _ in range(parts)]
    for county in sorted(by_county, key=lambda code: -len(by_county[code])):
        min(shares, key=len).extend(by_county[county])
    return shares


def _work(world: World, happenings: Sequence[int], pool: Pool, until: int, clock: Clock, told: Told) -> Worked:
    worker = Worker(world, happenings, pool, clock)
    worker.work(until, told=told)
    return Worked(len(happenings), worker.entries, dict(worker.problems))


def _fork(
    world: World, shares: Sequence[Sequence[int]], pool: Pool, until: int, clock: Clock, told: Told
) -> list[Worked]:
    """Each child opens its own connection; what was drawn and held before the fork is shared."""
    for each in connections.all():
        each.close()
        if isinstance(each, DatabaseWrapper):
            each.close_pool()
    context = get_context("fork")
    heard: SimpleQueue[int | Worked | str] = context.SimpleQueue()

    def child(happenings: Sequence[int]) -> None:
        try:
            with connection.cursor() as cursor:
                cursor.execute("SET synchronous_commit = off")
            heard.put(_work(world, happenings, pool, until, clock, heard.put))
        except BaseException as error:
            heard.put(repr(error))
            raise
        finally:
            connections.close_all()

    children = [context.Process(target=child, args=(share,), daemon=True) for share in shares]
    for process in children:
        process.start()
    return _listen(heard, len(children), told)


class WorkerFailed(RuntimeError):
    """A process of the simulation ended before its work was done."""


def _listen(heard: SimpleQueue[int | Worked | str], count: int, told: Told) -> list[Worked]:
    done: list[Worked] = []
    while len(done) < count:
        message = heard.get()
        if isinstance(message, str):
            raise WorkerFailed(message)
        if isinstance(message, Worked):
            done.append(message)
        else:
            told(message)
    return done
