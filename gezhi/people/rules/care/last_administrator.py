"""最后一名系统管理员: nobody ends the last one who can sign in, in whichever way it would come about."""

from __future__ import annotations

from datetime import date

from gezhi.kernel.permissions import Role
from gezhi.kernel.problems import Problem
from gezhi.people.rules.directory import Directory


class LastAdministrator(Problem):
    code = "people.care.last-administrator"
    status = 409
    title = (
        "这样办理以后，区划 {region} 没有一名能登录、没有任期的系统管理员。请先任命另一名系统管理员，并由其设好密码。"
    )
    title_en = (
        "After this nobody would be left who keeps region {region}, can sign in and has no last day. Appoint another "
        "administrator with a password first."
    )


def check_administrators(before: Directory, after: Directory, on: date) -> None:
    """Whatever an administrator keeps now is kept by somebody afterwards. Who has a last day or stands in counts for
    nothing: two who leave one after the other would leave nobody.
    """
    kept = _regions(after, on)
    for region in sorted(_regions(before, on)):
        if not any(region.startswith(one) for one in kept):
            raise LastAdministrator(region=region or "—")


def _regions(directory: Directory, on: date) -> set[str]:
    found: set[str] = set()
    for one in directory.appointments:
        post, user = directory.posts[one.post_id], directory.users[one.user_id]
        body = directory.organisations[post.organisation_id]
        spans = (one, post, body)
        if (
            post.role is Role.ADMINISTRATOR
            and one.acting_for is None
            and user.has_password
            and user.active_to is None
            and user.active_from <= on
            and all(span.valid_to is None and span.valid_from <= on for span in spans)
        ):
            found.update(directory.regions_of(post))
    return found
