"""What those who finish a demonstration city have at hand: its people, its luck, its last moment and ids to give
out.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from itertools import count
from typing import TypeVar
from uuid import UUID

import numpy as np

from gezhi.calendars.rules.office_days import day_of, midnight_of
from gezhi.kernel.permissions import Actor, Role
from gezhi.kernel.problems import NotFound
from gezhi.plumbing.clock import Clock
from gezhi.simulation.actions.staff import Staff
from gezhi.simulation.queries import get_simulated_city, read_afterwards, read_city, read_measured_shapes, read_themes
from gezhi.simulation.rules.luck import make_luck
from gezhi.simulation.rules.simulated_id import simulated_id
from gezhi.supervision.actions import Doing

T = TypeVar("T")


class Ending:
    """The last moment of a simulated city. Ids and choices are equal for the same city, seed and days."""

    def __init__(self, until: int) -> None:
        mark = get_simulated_city()
        if mark is None:
            raise NotFound
        self.until, self.seed, self.first = until, mark.seed, midnight_of(mark.first_on)
        self.city = read_city(mark.preset)
        self.told = read_afterwards()
        self.themes = read_themes()
        self.luck = make_luck(read_measured_shapes(self.city.demand.shapes).used_share, rng=_rng(mark.seed))
        self.staff = Staff(self.luck, self.first, self.city.policy.platforms)
        self._numbers = count()

    @property
    def today(self) -> date:
        return day_of(self.until)

    def clock(self) -> int:
        return self.until

    def ids(self) -> UUID:
        return self.id_at(self.until)

    def id_at(self, moment: int) -> UUID:
        return simulated_id(moment, f"{self.seed}/afterwards/{next(self._numbers)}")

    def at(self, moment: int) -> Clock:
        """The clock of a past moment; none after the end."""
        then = min(moment, self.until)
        return lambda: then

    def doing(self, actor: Actor, moment: int | None = None) -> Doing:
        then = self.until if moment is None else min(moment, self.until)
        return Doing(actor=actor, key=self.id_at(then), clock=lambda: then, ids=lambda: self.id_at(then))

    def somebody(self, role: Role, *, codes: Sequence[str] = (), moment: int | None = None, but: int = 0) -> Actor:
        where = codes or (self.city.code,)
        then = self.until if moment is None else moment
        return self.staff.in_role(role, next(self._numbers), then, codes=where, but=but)

    def pick(self, word: str, choices: Sequence[T]) -> T:
        return self.luck.pick(next(self._numbers), word, choices)

    def happens(self, word: str, share: float) -> bool:
        return self.luck.happens(next(self._numbers), word, share)


def _rng(seed: int) -> np.random.Generator:
    return np.random.default_rng([seed, 5])
