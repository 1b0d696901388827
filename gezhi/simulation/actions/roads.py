"""The problems of a city on their way through the life-cycle (案件进程), as one worker holds them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from uuid import UUID

import msgspec
import numpy as np

from gezhi.calendars.queries import held_calendars
from gezhi.cases.rules.deadline import Timing
from gezhi.cases.rules.state import CaseState
from gezhi.simulation.queries import list_spots, read_city, read_habits, read_measured_shapes, read_texts, read_themes
from gezhi.simulation.rules.city_plan import City
from gezhi.simulation.rules.demand import Occurrences, Setting, Spot, Theme, draw_occurrences
from gezhi.simulation.rules.duplicates import add_twins
from gezhi.simulation.rules.duty_plan import Period
from gezhi.simulation.rules.journey import Scene, Traveller
from gezhi.simulation.rules.luck import Luck, make_luck
from gezhi.simulation.rules.simulated_id import simulated_id
from gezhi.simulation.rules.texts import Words

NOT_PUBLIC = frozenset({"collector", "video", "vehicle"})


class Road:
    """One problem: what it is, and how far it has come. `case_id` is the open case's where it was added to one."""

    __slots__ = ("case_id", "happening", "moved_at", "said", "state", "traveller")

    def __init__(self, happening: int, traveller: Traveller, case_id: UUID) -> None:
        self.happening = happening
        self.traveller = traveller
        self.case_id = case_id
        self.state: CaseState | None = None
        self.moved_at = 0
        self.said: frozenset[str] = frozenset()

    @property
    def case(self) -> CaseState:
        """The case as it stands; asked only once it has begun."""
        if self.state is None:
            raise LookupError(self.happening)
        return self.state


class World(msgspec.Struct, frozen=True):
    """Everything that was drawn before the first day: equal in every worker."""

    city: City
    period: Period
    seed: int
    happenings: Occurrences
    spots: Sequence[Spot]
    themes: Sequence[Theme]
    scene: Scene
    words: Words

    @property
    def luck(self) -> Luck:
        return self.scene.luck

    def moment_of(self, happening: int) -> int:
        return int(self.happenings.moments[happening])

    def channel_of(self, happening: int) -> str:
        return self.happenings.channel_names[int(self.happenings.channels[happening])]

    def theme_of(self, happening: int) -> Theme:
        return self.themes[int(self.happenings.themes[happening])]

    def county_of(self, happening: int) -> str:
        return self.spots[int(self.happenings.spots[happening])].code[:6]


def make_world(preset: str, period: Period, seed: int, *, rest_days: frozenset[date] = frozenset()) -> World:
    """Draw what goes wrong in the whole period."""
    city, habits, spots = read_city(preset), read_habits(), list_spots()
    shapes = read_measured_shapes(city.demand.shapes)
    themes = read_themes()
    setting = Setting(city, shapes, habits, themes, spots, rest_days)
    happenings = draw_occurrences(setting, period, rng=np.random.default_rng([seed, 2]))
    counties = np.array([int(spot.code[:6]) for spot in spots])[happenings.spots]
    happenings = add_twins(happenings, counties, habits.shares["duplicate"], rng=np.random.default_rng([seed, 3]))
    luck = make_luck(shapes.used_share, rng=np.random.default_rng([seed, 4]))
    timing = Timing(held_calendars().by_name, city.policy.warn_percent)
    words = Words(read_texts(), luck)
    return World(city, period, seed, happenings, spots, themes, Scene(luck, habits, timing), words)


def make_road(world: World, happening: int) -> Road:
    channel = world.channel_of(happening)
    twin = int(world.happenings.twins[happening])
    traveller = Traveller(happening, channel not in NOT_PUBLIC, twin if twin >= 0 else None)
    return Road(happening, traveller, simulated_id(world.moment_of(happening), f"{world.seed}/case/{happening}"))
