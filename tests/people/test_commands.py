from __future__ import annotations

import json
from types import SimpleNamespace
from typing import Any

import pytest
from click.testing import CliRunner, Result

from gezhi.kernel.problems import Problem


def run(*words: str, typed: str = "") -> Result:
    from gezhi.people.commands import accounts, token

    group = {"accounts": accounts, "token": token}[words[0]]
    return CliRunner().invoke(group, words[1:], input=typed)


def problem_of(result: Result) -> str:
    assert isinstance(result.exception, Problem), result.output
    return result.exception.code


def test_accounts_are_listed_with_their_posts(city: SimpleNamespace) -> None:
    lines = run("accounts").output.splitlines()
    assert len(lines) == 9
    assert lines[0] == "an       安然  受理员 acceptor, 海城市监督中心; 派遣员 dispatcher, 海城市指挥中心"
    listed = json.loads(run("accounts", "--json").output)
    assert [post["code"] for post in listed[0]["posts"]] == ["accept", "dispatch"]


def test_a_demo_city_shows_one_account_for_each_role(city: SimpleNamespace, settings: Any) -> None:
    settings.GEZHI_DEMO = True
    rows = json.loads(run("accounts", "--json").output)
    assert [(row["username"], row["posts"][0]["role"]) for row in rows] == [
        ("che", "collector"),
        ("an", "acceptor"),
        ("bao", "duty-officer"),
        ("an", "dispatcher"),
        ("fang", "handler"),
        ("gu", "administrator"),
        ("hotline", "channel"),
    ]
    assert len(json.loads(run("accounts", "--all", "--json").output)) == 9


def test_the_first_administrator_comes_with_organisation_and_post_and_signs_in(db: None, api: Any) -> None:
    typed = "李明\n云州市人民政府\n990100\nriver-and-stone-42\nriver-and-stone-42\n"
    result = run("accounts", "create", "li", typed=typed)
    assert result.exit_code == 0, result.output
    facts = api.call("POST", "/session", {"username": "li", "password": "river-and-stone-42"}).json()
    assert (facts["post"]["role"], facts["organisation"]["name"]["zh"]) == ("administrator", "云州市人民政府")
    assert facts["scope"]["regions"] == ["9901"]


def test_a_second_administrator_goes_to_the_same_post(city: SimpleNamespace) -> None:
    from gezhi.people.models import Appointment

    result = run("accounts", "create", "li", "--name", "李明", "--password-stdin", typed="river-and-stone-42\n")
    assert result.exit_code == 0, result.output
    assert Appointment.objects.get(user__username="li").post.code == "keeper"


def test_a_weak_password_makes_no_account(db: None) -> None:
    from gezhi.people.models import Organisation, User

    words = ("accounts", "create", "li", "--name", "李明", "--organisation", "云州", "--region", "990100")
    assert problem_of(run(*words, "--password-stdin", typed="12345\n")) == "people.accounts.weak-password"
    assert not User.objects.exists()
    assert not Organisation.objects.exists()


def test_a_new_password_replaces_the_old_one(city: SimpleNamespace, api: Any) -> None:
    assert run("accounts", "password", "an", "--password-stdin", typed="other-bridge-8\n").exit_code == 0
    assert api.call("POST", "/session", {"username": "an", "password": "other-bridge-8"}).status_code == 200


def test_a_token_is_made_for_a_user_in_a_post_listed_and_revoked(city: SimpleNamespace, api: Any) -> None:
    token = run("token", "create", "an", "--post", "dispatch", "--name", "script").output.strip()
    header = {"Authorization": f"Bearer {token}"}
    assert api.call("GET", "/session", **header).json()["post"]["role"] == "dispatcher"
    (listed,) = json.loads(run("token", "list", "--json").output)
    assert (listed["user"], listed["name"]) == ("an", "script")
    assert run("token", "revoke", str(listed["id"])).exit_code == 0
    assert api.call("GET", "/session", **header).status_code == 401


@pytest.mark.parametrize(
    ("words", "code"),
    [
        (("token", "create", "nobody"), "people.rows.unknown-code"),
        (("token", "create", "an", "--post", "nowhere"), "people.rows.unknown-code"),
        (("token", "create", "an", "--post", "crew"), "people.policy.post-ended"),
        (("token", "create", "he"), "people.policy.no-post"),
        (("token", "create", "left"), "people.session.account-ended"),
        (("token", "revoke", "0"), "kernel.not-found"),
    ],
)
def test_a_token_that_could_not_act_is_refused(city: SimpleNamespace, words: tuple[str, ...], code: str) -> None:
    assert problem_of(run(*words)) == code
