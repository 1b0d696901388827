"""管辖范围: what an administrator may keep: bodies, posts and people of their own regions, and never their own posts."""

from __future__ import annotations

from collections.abc import Iterable

from gezhi.kernel.permissions import Actor
from gezhi.kernel.problems import Problem
from gezhi.people.rules.directory import Directory, OrganisationFacts, PostFacts, UserFacts
from gezhi.people.rules.leaving import OutsideRegions
from gezhi.people.rules.officers import is_reached
from gezhi.people.rules.region_prefix import region_prefix


class BodyOutside(Problem):
    code = "people.care.body-outside"
    status = 403
    title = "“{name}”不在您的管辖区域内，请由其所在区域的系统管理员办理。"
    title_en = "“{name}” lies outside your regions; the administrator there must do this."


class RegionOutside(Problem):
    code = "people.care.region-outside"
    status = 403
    title = "区划 {region} 不在您的管辖区域内，请由上级系统管理员办理。"
    title_en = "Region {region} lies outside yours; an administrator above must do this."


class WhoseRecord(Problem):
    code = "people.care.whose-record"
    status = 422
    title = "请指明要查看哪个机构或哪名人员的变更记录。"
    title_en = "Say of which body or person the record is asked for."


class OwnPosts(Problem):
    code = "people.care.own-posts"
    status = 409
    title = "不能为自己办理任免、请假和密码重置，请由另一名系统管理员办理。"
    title_en = "Nobody keeps their own posts, leave or password here; another administrator must do it."


def may_keep(directory: Directory, organisation_id: int, actor: Actor) -> bool:
    """Whether a body lies in the administrator's regions; one without any region is kept from the topmost body,
    and by the platform itself.
    """
    if not directory.region_of(organisation_id):
        own = directory.organisations.get(actor.organisation_id)
        return own is None or own.parent_id is None
    return is_reached(directory, organisation_id, actor.scope)


def check_body(directory: Directory, body: OrganisationFacts, actor: Actor) -> None:
    if not may_keep(directory, body.id, actor):
        raise BodyOutside(name=body.name)


def check_post(directory: Directory, post: PostFacts, actor: Actor) -> None:
    check_body(directory, directory.organisations[post.organisation_id], actor)
    check_regions(directory.regions_of(post), actor)


def check_regions(codes: Iterable[str], actor: Actor) -> None:
    for code in codes:
        if not any(region_prefix(code).startswith(own) for own in actor.scope.regions):
            raise RegionOutside(field="region_code", region=code)


def may_keep_person(directory: Directory, user_id: int, actor: Actor) -> bool:
    """Whether all the posts that somebody holds, or once held, are the administrator's to keep."""
    try:
        for appointment in directory.appointments_of(user_id):
            check_post(directory, directory.posts[appointment.post_id], actor)
    except Problem:
        return False
    return True


def check_person(directory: Directory, user: UserFacts, actor: Actor) -> None:
    if user.id == actor.user_id:
        raise OwnPosts
    if not may_keep_person(directory, user.id, actor):
        raise OutsideRegions(name=user.name)
