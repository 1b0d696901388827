"""Accounts (账号): made one by one, with a password that is good enough; and what users set for themselves."""

from __future__ import annotations

from collections.abc import Callable

import msgspec
from django.contrib.auth.hashers import make_password
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import translation
from django.utils.crypto import get_random_string

from gezhi.kernel.permissions import Role
from gezhi.kernel.problems import NotFound, Problem
from gezhi.people.actions.sessions import end_sessions
from gezhi.people.actions.setup import install_organisations, install_people, install_posts
from gezhi.people.models import Organisation, Post, User
from gezhi.people.queries import DIRECTORY
from gezhi.people.rules.organisation_kinds import OrganisationKind
from gezhi.people.rules.rows import OrganisationRow, PostRow, UserRow
from gezhi.people.rules.session_limits import choose_language
from gezhi.plumbing.versions import bump

ROOT_CODE = "city"
SINGLE_USE_LENGTH = 16
SINGLE_USE_CHARACTERS = "abcdefghijkmnpqrstuvwxyz23456789"
"""Without those that are taken for each other when read off paper."""


class WeakPassword(Problem):
    code = "people.accounts.weak-password"
    status = 422
    title = "密码不符合要求：{reasons_zh}"
    title_en = "The password is not good enough: {reasons_en}"


def new_password() -> str:
    return get_random_string(SINGLE_USE_LENGTH, SINGLE_USE_CHARACTERS)


def hash_password(password: str | None) -> str:
    """The Argon2 hash of a password; of None one that no password fits."""
    return make_password(password)


def create_account(row: UserRow, *, password: str) -> int:
    """One account with its own password (新建账号). No account has a preset password."""
    _refuse_weak(password, User(username=row.username, display_name=row.display_name))
    return install_people([row], password_hash=hash_password(password))[row.username]


@transaction.atomic
def create_administrator(row: UserRow, *, password: str, organisation: str, region_code: str) -> int:
    """An account in the post of system administrator (系统管理员) of the topmost body; both are made if missing."""
    root = Organisation.objects.filter(parent=None).order_by("id").first()
    code = root.code if root is not None else ROOT_CODE
    if root is None:
        body = OrganisationRow(
            code=code,
            name=organisation,
            kind=OrganisationKind.GOVERNMENT,
            region_code=region_code,
            valid_from=row.active_from,
        )
        install_organisations([body])
    post = Post.objects.filter(organisation__code=code, role=Role.ADMINISTRATOR).order_by("id").first()
    if post is None:
        post_row = PostRow(
            code=f"{code}-administrator",
            organisation_code=code,
            title="系统管理员",
            title_en="System administrator",
            role=Role.ADMINISTRATOR,
            valid_from=row.active_from,
        )
        install_posts([post_row])
    post_code = post.code if post is not None else f"{code}-administrator"
    return create_account(msgspec.structs.replace(row, post_codes=(post_code,)), password=password)


@transaction.atomic
def set_password(user_id: int, password: str, *, but: str = "") -> None:
    """A new password (修改密码): every session under the old one ends, but that of this key."""
    user = User.objects.select_for_update().filter(id=user_id).first()
    if user is None:
        raise NotFound
    _refuse_weak(password, user)
    _store_password(user, password, must_change=False)
    end_sessions(user_id, but=but)


@transaction.atomic
def give_single_use_password(user_id: int, *, make_password: Callable[[], str] = new_password) -> str:
    """一次性密码: good for signing in and choosing an own one, and for nothing else. It is seen this once."""
    user, password = User.objects.select_for_update().get(id=user_id), make_password()
    _store_password(user, password, must_change=True)
    end_sessions(user_id)
    return password


def note_new_hash() -> None:
    """Signing in has renewed an old password hash: every process must see it."""
    bump(DIRECTORY)


def set_language(user_id: int, language: str) -> None:
    User.objects.filter(id=user_id).update(language=choose_language(language))


def set_last_post(user_id: int, post_id: int) -> None:
    User.objects.filter(id=user_id).update(last_post_id=post_id)


def _store_password(user: User, password: str, *, must_change: bool) -> None:
    user.password, user.must_change_password = hash_password(password), must_change
    user.save(update_fields=["password", "must_change_password"])
    bump(DIRECTORY)


def _refuse_weak(password: str, user: User) -> None:
    reasons: dict[str, str] = {}
    for language in ("zh-hans", "en"):
        with translation.override(language):
            try:
                validate_password(password, user)
            except ValidationError as error:
                reasons[language] = " ".join(error.messages)
    if reasons:
        raise WeakPassword(field="password", reasons_zh=reasons["zh-hans"], reasons_en=reasons["en"])
