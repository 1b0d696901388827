"""Who acts (人员): the person on shift, the unit's own handler, the collector of the street."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

from gezhi.kernel.permissions import SYSTEM, Actor, Role
from gezhi.people.queries import day_of, get_actor, held_directory
from gezhi.people.rules.organisation_kinds import REGIONAL_KINDS
from gezhi.policy.rules.platform_levels import PlatformLevels, mode_of
from gezhi.simulation.rules.luck import Luck
from gezhi.simulation.rules.roster import on_shift

ON_SHIFTS = frozenset({Role.ACCEPTOR, Role.DUTY_OFFICER, Role.DISPATCHER})


class Staff:
    """All people of the city, by what they do. `platforms` say which level's desk works at which stage."""

    def __init__(self, luck: Luck, moment: int, platforms: Sequence[PlatformLevels] = ()) -> None:
        self._luck = luck
        self._platforms = platforms
        self._desks: dict[Role, dict[int, list[int]]] = defaultdict(lambda: defaultdict(list))
        self._since = moment
        self._actors: dict[int, Actor] = {}
        self._by_role: dict[Role, list[int]] = defaultdict(list)
        self._handlers: dict[int, list[int]] = defaultdict(list)
        self._units: list[int] = []
        self._collectors: dict[str, list[int]] = defaultdict(list)
        self._fill(moment)

    def _fill(self, moment: int) -> None:
        directory, on = held_directory(), day_of(moment)
        for post in directory.posts.values():
            for user in directory.holders_of(post.id, on):
                self._by_role[post.role].append(user.id)
                if post.role in ON_SHIFTS:
                    self._desks[post.role][post.organisation_id].append(user.id)
                if post.role is Role.HANDLER:
                    self._handlers[post.organisation_id].append(user.id)
                for region in post.region_codes if post.role is Role.COLLECTOR else ():
                    self._collectors[region].append(user.id)
        for people in (*self._by_role.values(), *(team for desks in self._desks.values() for team in desks.values())):
            people.sort()
        self._units = sorted(unit for unit in self._handlers if not self._is_crew(unit))

    def actor(self, user_id: int) -> Actor:
        actor = self._actors.get(user_id)
        if actor is None:
            actor = self._actors[user_id] = get_actor(user_id, now=self._since)
        return actor

    def in_role(
        self, role: Role, case: int, moment: int, *, codes: Sequence[str] = (), stage: int = 0, but: int = 0
    ) -> Actor:
        """Somebody of a role who answers for a place of these codes; where seats are on shifts, somebody whose
        shift it is
        at the desk that performs the stage. `but` is left out: nobody decides on what they asked for.
        """
        if role is Role.SYSTEM:
            return SYSTEM
        if role in ON_SHIFTS:
            desk = self._desk(role, codes, stage)
            people = on_shift(desk, moment)
        else:
            desk = people = [one for one in self._by_role[role] if self._reaches(one, codes)]
        others = [one for one in people if one != but] or [one for one in desk if one != but] or people
        return self.actor(self._luck.pick(case, f"who {role} {moment}", others))

    def _reaches(self, user: int, codes: Sequence[str]) -> bool:
        regions = self.actor(user).scope.regions
        return not codes or any(code.startswith(regions) for code in codes)

    def _desk(self, role: Role, codes: Sequence[str], stage: int) -> list[int]:
        """席位: the people of the desk of the lowest level that reaches the place and performs the stage there; a remark
        is free to any desk.
        """
        mode = mode_of(self._platforms, codes)
        desks = [people for people in self._desks[role].values() if self._reaches(people[0], codes)]
        fitting = [people for people in desks if mode is None or mode.performs(self.actor(people[0]).level, stage)]
        return max(fitting or desks, key=lambda people: self.actor(people[0]).level)

    def handler_of(self, unit: int, case: int) -> Actor:
        return self.actor(self._luck.pick(case, f"handler {unit}", self._handlers[unit]))

    def collectors_at(self, street: str | None) -> Sequence[int]:
        """The collectors of a street; all of the city where no street is known."""
        return self._collectors.get(street or "") or self._by_role[Role.COLLECTOR]

    def handling_units(self) -> list[int]:
        """Those to which a centre dispatches: no crew of another unit."""
        return self._units

    def desks_of(self, role: Role) -> list[int]:
        """The bodies that have a desk of this role on shifts."""
        return sorted(self._desks[role])

    def _is_crew(self, unit: int) -> bool:
        bodies = held_directory().organisations
        above = bodies[unit].parent_id
        return above is not None and bodies[above].kind not in REGIONAL_KINDS

    def crews_of(self, unit: int, street: str | None, county: str) -> list[int]:
        """下属班组 of a unit for a place: of the street, else of the county, else of the unit's own region."""
        directory = held_directory()
        below = [one for one in directory.children.get(unit, ()) if one in self._handlers]
        for region in (street, county, directory.organisations[unit].region_code):
            near = [one for one in below if directory.organisations[one].region_code == region]
            if near:
                return near
        return []
