"""Staff of an organisation (机构人员): its posts with who holds them, and how many people stand behind a name.

Requirements R02 and R16: the duty table counts only if somebody is there to take an order.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from datetime import date

import msgspec

from gezhi.kernel.permissions import Role
from gezhi.people.rules.directory import Directory, OrganisationFacts, PostFacts, UserFacts


class StaffedPost(msgspec.Struct, frozen=True):
    """A post and who holds it on a day; nobody: the post is vacant (空岗)."""

    post: PostFacts
    holders: tuple[UserFacts, ...]


class Staffing(msgspec.Struct, frozen=True):
    """A body with its posts, the people in them, and the handlers in it and below it."""

    body: OrganisationFacts
    posts: int
    vacant: int
    people: int
    handlers: int
    bodies_below: int


def staff_of(directory: Directory, organisation_id: int, on: date) -> list[StaffedPost]:
    """The open posts of one body in the order of their ids."""
    posts = (post for post in directory.posts.values() if post.organisation_id == organisation_id)
    open_posts = sorted((post for post in posts if directory.is_post_open(post, on)), key=lambda post: post.id)
    return [StaffedPost(post, directory.holders_of(post.id, on)) for post in open_posts]


def count_staff(directory: Directory, bodies: Iterable[OrganisationFacts], on: date) -> list[Staffing]:
    """How many posts and people each body has (实有人数); somebody with two posts in a body is one person."""
    staffed: dict[int, list[StaffedPost]] = defaultdict(list)
    for post in directory.posts.values():
        if directory.is_post_open(post, on):
            staffed[post.organisation_id].append(StaffedPost(post, directory.holders_of(post.id, on)))
    handlers = {
        body: {user.id for one in posts if one.post.role is Role.HANDLER for user in one.holders}
        for body, posts in staffed.items()
    }
    return [
        Staffing(
            body=body,
            posts=len(staffed[body.id]),
            vacant=sum(not one.holders for one in staffed[body.id]),
            people=len({user.id for one in staffed[body.id] for user in one.holders}),
            handlers=len(set().union(*(handlers.get(below, set()) for below in directory.subtree(body.id)))),
            bodies_below=len(directory.subtree(body.id)) - 1,
        )
        for body in bodies
    ]
