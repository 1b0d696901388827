"""The directory (通讯录) in memory: users, posts, organisations, and who holds what on a day.

Requirement R02. Frozen once built: a change of the registers builds a new one.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable
from datetime import date
from typing import TypeVar

import msgspec

from gezhi.kernel.permissions import Role
from gezhi.people.rules.held_posts import AppointmentFacts, LeaveFacts, OfficerFacts
from gezhi.people.rules.organisation_kinds import OrganisationKind
from gezhi.people.rules.region_prefix import region_prefix
from gezhi.people.rules.succession import SuccessionFacts, with_predecessors

K = TypeVar("K")


def is_valid(valid_from: date, valid_to: date | None, on: date) -> bool:
    """Both days belong to the span."""
    return valid_from <= on and (valid_to is None or on <= valid_to)


class UserFacts(msgspec.Struct, frozen=True):
    """用户. `stamp` changes with the password: a session with another one has ended. Without one nobody signs in."""

    id: int
    username: str
    name: str
    active_from: date
    active_to: date | None = None
    stamp: str = ""
    must_change_password: bool = False
    has_password: bool = True


class OrganisationFacts(msgspec.Struct, frozen=True):
    """机构. `path`: the codes from the root down, each ended by a slash."""

    id: int
    code: str
    name: str
    name_en: str
    kind: OrganisationKind
    platform_level: int
    parent_id: int | None
    path: str
    region_code: str
    valid_from: date
    valid_to: date | None = None


class PostFacts(msgspec.Struct, frozen=True):
    """岗位. No region codes: those of its organisation. `establishment` (编制): how many people; None: not fixed."""

    id: int
    code: str
    title: str
    title_en: str
    role: Role
    organisation_id: int
    region_codes: tuple[str, ...]
    valid_from: date
    valid_to: date | None = None
    establishment: int | None = None


class Holder(msgspec.Struct, frozen=True):
    """A user in a post."""

    user: UserFacts
    post: PostFacts


class Directory:
    """All names and ties, with the answers that are asked for on every request."""

    def __init__(
        self,
        users: Iterable[UserFacts],
        organisations: Iterable[OrganisationFacts],
        posts: Iterable[PostFacts],
        appointments: Iterable[AppointmentFacts],
        officers: Iterable[OfficerFacts] = (),
        leaves: Iterable[LeaveFacts] = (),
        successions: Iterable[SuccessionFacts] = (),
    ) -> None:
        self.users = {user.id: user for user in users}
        self.organisations = {organisation.id: organisation for organisation in organisations}
        self.posts = {post.id: post for post in posts}
        self.organisation_ids = {organisation.code: organisation.id for organisation in self.organisations.values()}
        self.post_ids = {post.code: post.id for post in self.posts.values()}
        self.user_ids = {user.username: user.id for user in self.users.values()}
        self.children = _grouped((one.parent_id, one.id) for one in self.organisations.values())
        self.appointments = tuple(appointments)
        self.leaves = tuple(leaves)
        self.successions = tuple(successions)
        self._appointments_of_user: dict[int, list[AppointmentFacts]] = defaultdict(list)
        self._appointments_of_post: dict[int, list[AppointmentFacts]] = defaultdict(list)
        for appointment in self.appointments:
            self._appointments_of_user[appointment.user_id].append(appointment)
            self._appointments_of_post[appointment.post_id].append(appointment)
        self._posts_of_role = _grouped((post.role, post.id) for post in self.posts.values())
        self._bodies_of_region = _grouped(
            ((body.kind, region_prefix(body.region_code)), body.id) for body in self.organisations.values()
        )
        self._officers: dict[int, list[OfficerFacts]] = defaultdict(list)
        for officer in officers:
            self._officers[officer.organisation_id].append(officer)
        self._subtrees: dict[int, tuple[int, ...]] = {}
        self._prefixes = {post.id: self._prefixes_of(post) for post in self.posts.values()}

    def subtree(self, organisation_id: int) -> tuple[int, ...]:
        """The organisation and everything below it (机构及下属), ids in order."""
        ids = self._subtrees.get(organisation_id)
        if ids is None:
            below = [organisation_id]
            for one in below:
                below.extend(self.children.get(one, ()))
            ids = self._subtrees[organisation_id] = tuple(sorted(below))
        return ids

    def works_of(self, organisation_id: int, on: date) -> tuple[int, ...]:
        """Whose work is a body's own: its own, that of bodies below, and of those in whose place they stand (承接)."""
        return with_predecessors(self.subtree(organisation_id), self.successions, on)

    def ancestors(self, organisation_id: int) -> tuple[int, ...]:
        """The bodies above (上级机构), nearest first."""
        above: list[int] = []
        parent = self.organisations[organisation_id].parent_id
        while parent is not None:
            above.append(parent)
            parent = self.organisations[parent].parent_id
        return tuple(above)

    def regions_of(self, post: PostFacts) -> tuple[str, ...]:
        """The code prefixes that a post answers for; nothing when neither it nor any body above it names a region."""
        return self._prefixes[post.id]

    def is_active(self, user_id: int, on: date) -> bool:
        user = self.users.get(user_id)
        return user is not None and is_valid(user.active_from, user.active_to, on)

    def is_post_open(self, post: PostFacts, on: date) -> bool:
        """Whether the post and its organisation exist on this day."""
        body = self.organisations[post.organisation_id]
        return is_valid(post.valid_from, post.valid_to, on) and is_valid(body.valid_from, body.valid_to, on)

    def is_on_leave(self, user_id: int, on: date) -> bool:
        return any(leave.user_id == user_id and leave.covers(on) for leave in self.leaves)

    def appointments_of(self, user_id: int) -> tuple[AppointmentFacts, ...]:
        """Every post that a user held, holds or will hold."""
        return tuple(self._appointments_of_user.get(user_id, ()))

    def appointments_to(self, post_id: int) -> tuple[AppointmentFacts, ...]:
        return tuple(self._appointments_of_post.get(post_id, ()))

    def posts_of(self, user_id: int, on: date) -> tuple[PostFacts, ...]:
        """The posts that a user holds on a day (兼岗), in the order of their ids."""
        held = {one.post_id for one in self._appointments_of_user.get(user_id, ()) if one.covers(on)}
        return tuple(post for id_ in sorted(held) if self.is_post_open(post := self.posts[id_], on))

    def holders_of(self, post_id: int, on: date) -> tuple[UserFacts, ...]:
        """Who holds a post on a day."""
        ids = {one.user_id for one in self._appointments_of_post.get(post_id, ()) if one.covers(on)}
        return tuple(self.users[id_] for id_ in sorted(ids) if self.is_active(id_, on))

    def find_holders(
        self, role: Role, *, on: date, organisation_id: int | None = None, place_code: str | None = None
    ) -> tuple[Holder, ...]:
        """Users in posts of a role, in an organisation's subtree, answering for a place; the narrowest region first.
        Whoever is on leave is left out: nothing new goes to them.
        """
        bodies = None if organisation_id is None else set(self.subtree(organisation_id))
        away = {leave.user_id for leave in self.leaves if leave.covers(on)}
        ranked: list[tuple[int, int, int]] = []
        for post_id in self._posts_of_role.get(role, ()):
            post = self.posts[post_id]
            if bodies is not None and post.organisation_id not in bodies:
                continue
            width = 0 if place_code is None else _narrowness(self._prefixes[post_id], place_code)
            if width is not None and self.is_post_open(post, on):
                present = (user.id for user in self.holders_of(post_id, on) if user.id not in away)
                ranked.extend((-width, user_id, post_id) for user_id in present)
        return tuple(Holder(self.users[user_id], self.posts[post_id]) for _, user_id, post_id in sorted(ranked))

    def all_officers_of(self, organisation_id: int) -> tuple[OfficerFacts, ...]:
        """Who answered, answers or will answer for a body, in the order in which they were entered."""
        return tuple(self._officers.get(organisation_id, ()))

    def officers_of(self, organisation_id: int, on: date) -> tuple[OfficerFacts, ...]:
        """Who answers for a body on a day, in the order in which they were entered."""
        return tuple(
            one
            for one in self._officers.get(organisation_id, ())
            if is_valid(one.valid_from, one.valid_to, on) and self.is_active(one.user_id, on)
        )

    def find_organisation(
        self, kind: OrganisationKind, place_code: str, *, on: date, levels: Collection[int] = ()
    ) -> OrganisationFacts | None:
        """The body of a kind, of these levels if any are named, that answers for a place; the narrowest region wins,
        then the lowest id.
        """
        for length in range(len(place_code), -1, -1):
            for id_ in self._bodies_of_region.get((kind, place_code[:length]), ()):
                body = self.organisations[id_]
                if is_valid(body.valid_from, body.valid_to, on) and (not levels or body.platform_level in levels):
                    return body
        return None

    def region_of(self, organisation_id: int) -> str:
        """The code prefix that a body answers for: its own or of the nearest above it; empty where none has any."""
        for body in (organisation_id, *self.ancestors(organisation_id)):
            code = self.organisations[body].region_code
            if code:
                return region_prefix(code)
        return ""

    def _prefixes_of(self, post: PostFacts) -> tuple[str, ...]:
        if post.region_codes:
            return tuple(region_prefix(code) for code in post.region_codes)
        region = self.region_of(post.organisation_id)
        return (region,) if region else ()


def _narrowness(prefixes: tuple[str, ...], place_code: str) -> int | None:
    """How many digits of the narrowest region that covers the place; None if none does."""
    return max((len(prefix) for prefix in prefixes if place_code.startswith(prefix)), default=None)


def _grouped(pairs: Iterable[tuple[K, int]]) -> dict[K, tuple[int, ...]]:
    groups: dict[K, list[int]] = defaultdict(list)
    for key, value in pairs:
        groups[key].append(value)
    return {key: tuple(sorted(values)) for key, values in groups.items()}
