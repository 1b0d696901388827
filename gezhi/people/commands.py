"""Commands of people: accounts and tokens."""

from __future__ import annotations

import sys
from typing import Any

import click
from django.conf import settings

from gezhi.kernel.role_names import ROLE_NAMES
from gezhi.people import actions
from gezhi.people.queries import day_of, held_directory, list_accounts, list_accounts_by_role, list_tokens
from gezhi.people.rules.directory import PostFacts, UserFacts
from gezhi.people.rules.rows import UnknownCode, UserRow
from gezhi.people.rules.tokens import DEFAULT_DAYS
from gezhi.plumbing.clock import system_clock
from gezhi.plumbing.terminal import json_option, show


@click.group(invoke_without_command=True)
@click.option("--all", "everyone", is_flag=True, help="All accounts, in a demo city too.")
@json_option
@click.pass_context
def accounts(context: click.Context, *, everyone: bool, as_json: bool) -> None:
    """Accounts and their posts (账号); in a demo city one per role."""
    if context.invoked_subcommand is None:
        context.invoke(_list_accounts, everyone=everyone, as_json=as_json)


@accounts.command("list", hidden=True)
@click.option("--all", "everyone", is_flag=True)
@json_option
def _list_accounts(*, everyone: bool, as_json: bool) -> None:
    on = day_of(system_clock())
    listed = list_accounts_by_role(on=on) if settings.GEZHI_DEMO and not everyone else list_accounts(on=on)
    show([_account(user, posts) for user, posts in listed], as_json=as_json, lines=_account_lines)


@accounts.command("create")
@click.argument("username")
@click.option("--name", prompt="Display name (姓名)", help="Name that others see.")
@click.option("--post", "post_code", help="Code of a post to appoint to; without it: system administrator.")
@click.option("--organisation", help="Name of the city's government or centre, when nothing is entered yet.")
@click.option("--region", help="Region code of the city (GB/T 2260), when nothing is entered yet.")
@click.option("--password-stdin", is_flag=True, help="Read the password from standard input.")
def create_account(
    username: str,
    *,
    name: str,
    post_code: str | None,
    organisation: str | None,
    region: str | None,
    password_stdin: bool,
) -> None:
    """A new account, such as the first administrator (新建账号); asks for its password."""
    row = UserRow(
        username=username,
        display_name=name,
        active_from=day_of(system_clock()),
        post_codes=(post_code,) if post_code else (),
    )
    if post_code is None and not held_directory().organisations:
        organisation = organisation or click.prompt("Organisation (机构名称)")
        region = region or click.prompt("Region code (区划代码)")
    password = _ask_password(from_stdin=password_stdin)
    if post_code is None:
        actions.create_administrator(row, password=password, organisation=organisation or "", region_code=region or "")
    else:
        actions.create_account(row, password=password)
    click.echo(f"{username}: created (已创建)")


@accounts.command("password")
@click.argument("username")
@click.option("--password-stdin", is_flag=True, help="Read the password from standard input.")
def set_password(username: str, *, password_stdin: bool) -> None:
    """A new password for an account (重置密码); its sessions end."""
    user_id = _user_id(username)
    actions.set_password(user_id, _ask_password(from_stdin=password_stdin))
    click.echo(f"{username}: password set (密码已修改)")


@click.group()
def token() -> None:
    """Tokens with which machines call the API (接口令牌)."""


@token.command("create")
@click.argument("username", metavar="USER")
@click.option("--name", default="command line", show_default=True, help="What the token is for.")
@click.option("--post", "post_code", help="Code of the post to act in; without it the first that the user holds.")
@click.option("--days", default=DEFAULT_DAYS, show_default=True, type=click.IntRange(1, 3650), help="Days it is good.")
@json_option
def create_token(username: str, *, name: str, post_code: str | None, days: int, as_json: bool) -> None:
    """A token for a user; it is shown this once."""
    post_id = None if post_code is None else _post_id(post_code)
    made = actions.create_token(_user_id(username), name=name, clock=system_clock, post_id=post_id, days=days)
    show({"token": made}, as_json=as_json, lines=lambda result: [result["token"]])


@token.command("list")
@json_option
def list_all_tokens(*, as_json: bool) -> None:
    """Tokens that were not revoked."""
    users = held_directory().users
    rows = [
        {"id": one.id, "name": one.name, "user": users[one.user_id].username, "expires_at": one.expires_at}
        for one in list_tokens()
    ]
    show(rows, as_json=as_json, lines=lambda found: [f"{row['id']} {row['user']} {row['name']}" for row in found])


@token.command("revoke")
@click.argument("token_id", type=int)
def revoke_token(token_id: int) -> None:
    """End a token at once (吊销)."""
    actions.revoke_token(token_id, clock=system_clock)
    click.echo(f"{token_id}: revoked (已吊销)")


def _account(user: UserFacts, posts: tuple[PostFacts, ...]) -> dict[str, Any]:
    organisations = held_directory().organisations
    return {
        "username": user.username,
        "name": user.name,
        "posts": [
            {
                "code": post.code,
                "role": post.role.value,
                "role_zh": ROLE_NAMES[post.role][0],
                "title": post.title,
                "organisation": organisations[post.organisation_id].name,
            }
            for post in posts
        ],
    }


def _account_lines(rows: list[dict[str, Any]]) -> list[str]:
    width = max((len(row["username"]) for row in rows), default=0)
    return [
        f"{row['username']:<{width}}  {row['name']}  "
        + "; ".join(f"{post['role_zh']} {post['role']}, {post['organisation']}" for post in row["posts"])
        for row in rows
    ]


def _user_id(username: str) -> int:
    ids = held_directory().user_ids
    if username not in ids:
        raise UnknownCode(code=username, what_zh="用户", what_en="user")
    return ids[username]


def _post_id(code: str) -> int:
    ids = held_directory().post_ids
    if code not in ids:
        raise UnknownCode(code=code, what_zh="岗位", what_en="post")
    return ids[code]


def _ask_password(*, from_stdin: bool) -> str:
    if from_stdin:
        return sys.stdin.readline().rstrip("\n")
    answer: str = click.prompt("Password (密码)", hide_input=True, confirmation_prompt="Again (再次输入)")
    return answer


commands = [accounts, token]
