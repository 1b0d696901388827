"""The problems of a city on their way through the life-cycle (案件进程), as one worker holds them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from uuid import UUID

import msgspec
import numpy as np

from gezhi.calendars.queries import held_calendars
from gezhi.calendars.rules.office_days import day_of
from gezhi.cases.queries.registers import held_matrix
from gezhi.cases.rules.clocks.deadline import Timing
from gezhi.cases.rules.state import CaseState
from gezhi.duties.queries import held_duty_table
from gezhi.duties.rules.assign_unit import find_unit
from gezhi.people.queries import held_directory
from gezhi.regions.queries import held_locator
from gezhi.simulation.queries import list_spots, read_city, read_habits, read_measured_shapes, read_texts, read_themes
from gezhi.simulation.rules.city_plan import City
from gezhi.simulation.rules.demand import Occurrences, Setting, Spot, Theme, draw_occurrences
from gezhi.simulation.rules.duplicates import add_twins
from gezhi.simulation.rules.duty_plan import COUNTY_DIGITS, Period, edition_on
from gezhi.simulation.rules.luck import Luck, make_luck
from gezhi.simulation.rules.pace import Move, Scene, Traveller
from gezhi.simulation.rules.simulated_id import simulated_id
from gezhi.simulation.rules.texts import Words
from gezhi.supervision.rules.major_register import MajorCase
from gezhi.supervision.rules.orders import Order

NOT_PUBLIC = frozenset({"collector", "video", "vehicle"})


class Road:
    """One problem: what it is, and how far it has come. `case_id` is the open case's where it was added to one."""

    __slots__ = ("case_id", "happening", "major", "move", "moved_at", "order", "said", "state", "traveller")

    def __init__(self, happening: int, traveller: Traveller, case_id: UUID) -> None:
        self.happening = happening
        self.traveller = traveller
        self.case_id = case_id
        self.state: CaseState | None = None
        self.moved_at = 0
        self.move: Move | None = None
        self.order: Order | None = None
        self.major: MajorCase | None = None
        self.said: frozenset[str] = frozenset()

    @property
    def word(self) -> str:
        """The word of the move that is being made; none for a report."""
        return self.move.word if self.move is not None else ""

    @property
    def case(self) -> CaseState:
        """The case as it stands; asked only once it has begun."""
        if self.state is None:
            raise LookupError(self.happening)
        return self.state


class World(msgspec.Struct, frozen=True):
    """Everything that was drawn before the first day: equal in every worker. `groups` names for each happening the
    region
    whose units answer for it: one process works a whole group, since units of it are nobody else's. `serials` are the
    numbers kept for them, in order of time.
    """

    city: City
    period: Period
    seed: int
    happenings: Occurrences
    groups: Sequence[str]
    spots: Sequence[Spot]
    themes: Sequence[Theme]
    scene: Scene
    words: Words
    serials: tuple[int, ...] = ()

    @property
    def luck(self) -> Luck:
        return self.scene.luck

    def moment_of(self, happening: int) -> int:
        return int(self.happenings.moments[happening])

    def channel_of(self, happening: int) -> str:
        return self.happenings.channel_names[int(self.happenings.channels[happening])]

    def edition_at(self, moment: int) -> str:
        return edition_on(self.city, self.period, day_of(moment))

    def theme_of(self, happening: int) -> Theme:
        return self.themes[int(self.happenings.themes[happening])]


def make_world(
    preset: str, period: Period, seed: int, *, until: int = 0, rest_days: frozenset[date] = frozenset()
) -> World:
    """Draw what goes wrong in the whole period, of which the last moment is `until`."""
    city, habits, spots = read_city(preset), read_habits(), list_spots()
    shapes = read_measured_shapes(city.demand.shapes)
    themes = read_themes()
    setting = Setting(city, shapes, habits, themes, spots, rest_days)
    happenings = draw_occurrences(setting, period, until=until or None, rng=np.random.default_rng([seed, 2]))
    counties = np.array([int(spot.code[:6]) for spot in spots])[happenings.spots]
    happenings = add_twins(happenings, counties, habits.shares["duplicate"], rng=np.random.default_rng([seed, 3]))
    groups = _answering_regions(city, period, happenings, spots, themes)
    happenings = _without_strangers(happenings, groups)
    luck = make_luck(shapes.used_share, rng=np.random.default_rng([seed, 4]))
    timing = Timing(held_calendars().by_name, city.policy.warn_percent)
    words = Words(read_texts(), luck, [themes[at].picture for at in happenings.themes.tolist()])
    scene = Scene(luck, habits, timing, held_matrix().on(period.first), until)
    return World(city, period, seed, happenings, groups, spots, themes, scene, words)


def _answering_regions(
    city: City, period: Period, happenings: Occurrences, spots: Sequence[Spot], themes: Sequence[Theme]
) -> list[str]:
    """Of each happening the city or the county whose unit the duty table names for its class at the end of the
    period.
    """
    last = period.first + timedelta(days=period.days - 1)
    locate, table, bodies = held_locator(last).locate, held_duty_table(), held_directory().organisations
    regions = list[str]()
    for at in range(len(happenings)):
        place = locate(float(happenings.lons[at]), float(happenings.lats[at]))
        codes = (*(code for code in place.codes() if code.startswith(city.counties)), city.code)
        edition = edition_on(city, period, day_of(int(happenings.moments[at])))
        duty = find_unit(table, themes[int(happenings.themes[at])].class_key(edition), codes=codes, on=last)
        region = bodies[duty.unit_id].region_code[:COUNTY_DIGITS] if duty is not None else city.code
        regions.append(
            region if region == city.code else place.county_code or spots[int(happenings.spots[at])].code[:6]
        )
    return regions


def _without_strangers(happenings: Occurrences, groups: Sequence[str]) -> Occurrences:
    """A repeat across a border is taken for a problem of its own."""
    twins = [twin if twin >= 0 and groups[twin] == groups[at] else -1 for at, twin in enumerate(happenings.twins)]
    return msgspec.structs.replace(happenings, twins=np.array(twins, dtype=np.int64))


def make_road(world: World, happening: int) -> Road:
    channel = world.channel_of(happening)
    twin = int(world.happenings.twins[happening])
    traveller = Traveller(happening, channel not in NOT_PUBLIC, twin if twin >= 0 else None)
    return Road(happening, traveller, simulated_id(world.moment_of(happening), f"{world.seed}/case/{happening}"))
