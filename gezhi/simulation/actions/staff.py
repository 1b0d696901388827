"""Who acts (人员): the person on shift, the unit's own handler, the collector of the street."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

from gezhi.cases.actions.clock_loop import SYSTEM
from gezhi.kernel.permissions import Actor, Role
from gezhi.people.queries import day_of, get_actor, held_directory
from gezhi.simulation.rules.luck import Luck
from gezhi.simulation.rules.roster import on_shift

ON_SHIFTS = frozenset({Role.ACCEPTOR, Role.DUTY_OFFICER, Role.DISPATCHER})


class Staff:
    """All people of the city, by what they do."""

    def __init__(self, luck: Luck, moment: int) -> None:
        self._luck = luck
        self._since = moment
        self._actors: dict[int, Actor] = {}
        self._by_role: dict[Role, list[int]] = defaultdict(list)
        self._handlers: dict[int, list[int]] = defaultdict(list)
        self._collectors: dict[str, list[int]] = defaultdict(list)
        self._fill(moment)

    def _fill(self, moment: int) -> None:
        directory, on = held_directory(), day_of(moment)
        for post in directory.posts.values():
            for user in directory.holders_of(post.id, on):
                self._by_role[post.role].append(user.id)
                if post.role is Role.HANDLER:
                    self._handlers[post.organisation_id].append(user.id)
                for region in post.region_codes if post.role is Role.COLLECTOR else ():
                    self._collectors[region].append(user.id)
        for people in self._by_role.values():
            people.sort()

    def actor(self, user_id: int) -> Actor:
        found = self._actors.get(user_id)
        if found is None:
            found = self._actors[user_id] = get_actor(user_id, now=self._since)
        return found

    def in_role(self, role: Role, case: int, moment: int, *, place: str = "") -> Actor:
        """Somebody of a role who answers for the place; where seats are on shifts, somebody whose shift it is."""
        if role is Role.SYSTEM:
            return SYSTEM
        people = self._by_role[role]
        if role in ON_SHIFTS:
            people = on_shift(people, moment)
        elif place:
            people = [one for one in people if place.startswith(self.actor(one).scope.regions)]
        return self.actor(self._luck.pick(case, f"who {role} {moment}", people))

    def handler_of(self, unit: int, case: int) -> Actor:
        return self.actor(self._luck.pick(case, f"handler {unit}", self._handlers[unit]))

    def collectors_at(self, street: str | None) -> Sequence[int]:
        """The collectors of a street; all of the city where no street is known."""
        return self._collectors.get(street or "") or self._by_role[Role.COLLECTOR]

    def handling_units(self) -> list[int]:
        return sorted(self._handlers)
