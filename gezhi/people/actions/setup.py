"""Setting up a city (初始化): organisations, posts and people in bulk; statements do not grow with the rows."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence

from django.db import transaction

from gezhi.kernel.problems import Problem
from gezhi.people.models import Appointment, Organisation, Post, User
from gezhi.people.queries import DIRECTORY
from gezhi.people.rules.rows import OrganisationRow, PostRow, UnknownCode, UserRow, compute_paths
from gezhi.plumbing.versions import bump


class CodeTaken(Problem):
    code = "people.setup.code-taken"
    status = 409
    title = "“{code}”已经登记，不能重复登记。"
    title_en = "“{code}” has been entered already."


@transaction.atomic
def install_organisations(rows: Sequence[OrganisationRow]) -> dict[str, int]:
    """Enter organisations with their tree. Gives the id of each code; a code already entered is refused."""
    existing = {code: (id_, path) for code, id_, path in Organisation.objects.values_list("code", "id", "path")}
    _refuse_taken((row.code for row in rows), existing)
    paths = compute_paths(rows, {code: path for code, (_, path) in existing.items()})
    ids = {code: id_ for code, (id_, _) in existing.items()}
    by_depth: dict[int, list[OrganisationRow]] = defaultdict(list)
    for row in rows:
        by_depth[paths[row.code].count("/")].append(row)
    for depth in sorted(by_depth):
        made = Organisation.objects.bulk_create(
            Organisation(
                code=row.code,
                name=row.name,
                name_en=row.name_en,
                kind=row.kind,
                platform_level=row.platform_level,
                parent_id=ids[row.parent_code] if row.parent_code else None,
                path=paths[row.code],
                region_code=row.region_code,
                valid_from=row.valid_from,
                valid_to=row.valid_to,
            )
            for row in by_depth[depth]
        )
        ids.update((body.code, body.id) for body in made)
    bump(DIRECTORY)
    return {row.code: ids[row.code] for row in rows}


@transaction.atomic
def install_posts(rows: Sequence[PostRow]) -> dict[str, int]:
    """Enter posts in organisations that exist. Gives the id of each code."""
    organisations = dict(Organisation.objects.values_list("code", "id"))
    _refuse_taken((row.code for row in rows), set(Post.objects.values_list("code", flat=True)))
    made = Post.objects.bulk_create(
        Post(
            code=row.code,
            organisation_id=_known(organisations, row.organisation_code, ("机构", "organisation")),
            title=row.title,
            title_en=row.title_en,
            role=row.role,
            region_codes=list(row.region_codes),
            valid_from=row.valid_from,
            valid_to=row.valid_to,
        )
        for row in rows
    )
    bump(DIRECTORY)
    return {post.code: post.id for post in made}


@transaction.atomic
def install_people(rows: Sequence[UserRow], *, password_hash: str) -> dict[str, int]:
    """Enter accounts and appoint them to their posts. All share one hash, because a good hash is slow to make.

    Surprising: hand in the hash of None (`hash_password(None)`) for accounts that nobody may sign in to yet.
    """
    posts = dict(Post.objects.values_list("code", "id"))
    _refuse_taken((row.username for row in rows), set(User.objects.values_list("username", flat=True)))
    made = User.objects.bulk_create(
        User(
            username=row.username,
            display_name=row.display_name,
            phone=row.phone,
            language=row.language,
            active_from=row.active_from,
            active_to=row.active_to,
            password=password_hash,
        )
        for row in rows
    )
    ids = {user.username: user.id for user in made}
    Appointment.objects.bulk_create(
        Appointment(
            user_id=ids[row.username],
            post_id=_known(posts, code, ("岗位", "post")),
            valid_from=row.active_from,
            valid_to=row.active_to,
        )
        for row in rows
        for code in row.post_codes
    )
    bump(DIRECTORY)
    return ids


def _refuse_taken(codes: Iterable[str], taken: Iterable[str]) -> None:
    seen = set(taken)
    for code in codes:
        if code in seen:
            raise CodeTaken(field="code", code=code)
        seen.add(code)


def _known(ids: dict[str, int], code: str, what: tuple[str, str]) -> int:
    if code not in ids:
        raise UnknownCode(code=code, what_zh=what[0], what_en=what[1])
    return ids[code]
