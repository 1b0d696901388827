"""One's own account: password, sessions and tokens, by the holder alone, and on record."""

from __future__ import annotations

from collections.abc import Callable
from types import SimpleNamespace
from typing import Any

import pytest

from gezhi.people.actions import create_token, give_single_use_password, set_password
from gezhi.people.models import AccountEvent, UserSession
from gezhi.plumbing.clock import system_clock
from tests.fixtures import ApiClient
from tests.people.invented import PASSWORD

NEW = "harbour-lantern-61"
Enter = Callable[..., ApiClient]


@pytest.fixture
def enter(city: SimpleNamespace) -> Enter:
    def sign_in(name: str = "an", password: str = PASSWORD, *, address: str = "203.0.113.7") -> ApiClient:
        client = ApiClient()
        client.defaults["REMOTE_ADDR"] = address
        client.defaults["HTTP_USER_AGENT"] = "Firefox on Linux"
        assert client.call("POST", "/session", {"username": name, "password": password}).status_code == 200
        return client

    return sign_in


def send(client: ApiClient, method: str, path: str, body: Any = None) -> Any:
    return client.call(method, path, body, **{"X-CSRFToken": client.cookies["gezhi_csrf"].value})


def change(client: ApiClient, old: str = PASSWORD, new: str = NEW) -> Any:
    return send(client, "PUT", "/session/password", {"old": old, "new": new})


def alive(client: ApiClient) -> bool:
    return bool(client.call("GET", "/session").status_code == 200)


def test_a_changed_password_ends_every_other_session_and_this_one_goes_on(enter: Enter) -> None:
    here, there = enter(), enter(address="198.51.100.9")
    key = here.cookies["gezhi_session"].value
    account = change(here)
    assert account.status_code == 200
    assert [one["current"] for one in account.json()["sessions"]] == [True]
    assert account.json()["events"][0]["kind"] == "password-changed"
    assert (alive(here), alive(there)) == (True, False)
    assert here.cookies["gezhi_session"].value != key
    assert alive(enter(password=NEW))
    assert ApiClient().call("POST", "/session", {"username": "an", "password": PASSWORD}).status_code == 401


@pytest.mark.parametrize(
    ("old", "new", "code", "field"),
    [
        ("wrong-one", NEW, "people.account.wrong-old-password", "old"),
        (PASSWORD, PASSWORD, "people.account.same-password", "new"),
        (PASSWORD, "short", "people.accounts.weak-password", "password"),
        (PASSWORD, "12345678", "people.accounts.weak-password", "password"),
    ],
)
def test_a_password_is_changed_only_to_a_good_one_by_who_knows_the_old(
    enter: Enter, old: str, new: str, code: str, field: str
) -> None:
    client = enter()
    answer = change(client, old, new)
    assert (answer.status_code, answer.json()["code"], answer.json()["field"]) == (422, code, field)
    assert alive(client)
    assert alive(enter())
    assert AccountEvent.objects.count() == 0


def test_guessing_the_old_password_is_stopped_as_at_sign_in(enter: Enter) -> None:
    client = enter()
    codes = [change(client, f"wrong-{number}").json()["code"] for number in range(6)]
    assert codes == ["people.account.wrong-old-password"] * 4 + ["people.session.locked-out"] * 2
    assert change(client).status_code == 429


def test_one_sees_where_one_is_signed_in_and_ends_one_or_all_others(enter: Enter) -> None:
    here, second, third = enter(), enter(address="198.51.100.9"), enter(address="198.51.100.10")
    sessions = here.call("GET", "/session/account").json()["sessions"]
    assert [(one["address"], one["current"]) for one in sessions] == [
        ("198.51.100.10", False), ("198.51.100.9", False), ("203.0.113.7", True),
    ]  # fmt: skip
    assert {one["agent"] for one in sessions} == {"Firefox on Linux"}
    assert send(here, "DELETE", f"/session/account/sessions/{sessions[1]['id']}").status_code == 204
    assert (alive(here), alive(second), alive(third)) == (True, False, True)
    left = send(here, "DELETE", "/session/account/sessions").json()
    assert [one["current"] for one in left["sessions"]] == [True]
    assert (alive(here), alive(third)) == (True, False)
    assert [(one["kind"], one["what"]) for one in left["events"]] == [
        ("others-ended", ""), ("session-ended", "198.51.100.9"),
    ]  # fmt: skip


def test_who_signs_out_is_no_longer_listed(enter: Enter) -> None:
    here, there = enter(), enter(address="198.51.100.9")
    send(there, "DELETE", "/session")
    assert len(here.call("GET", "/session/account").json()["sessions"]) == 1


def test_nobody_ends_what_belongs_to_somebody_else(enter: Enter, city: SimpleNamespace) -> None:
    mine, other = enter("an"), enter("bao")
    create_token(city.users["bao"], name="机器", clock=system_clock)
    account = other.call("GET", "/session/account").json()
    for path in (f"sessions/{account['sessions'][0]['id']}", f"tokens/{account['tokens'][0]['id']}", "sessions/999999"):
        answer = send(mine, "DELETE", f"/session/account/{path}")
        assert (answer.status_code, answer.json()["code"]) == (404, "kernel.not-found")
    assert send(mine, "DELETE", "/session/account/sessions").status_code == 200
    assert alive(other)


def test_an_own_token_is_listed_and_revoked(enter: Enter, city: SimpleNamespace) -> None:
    token = create_token(city.users["an"], name="地图服务", clock=system_clock)
    client = enter()
    [told] = client.call("GET", "/session/account").json()["tokens"]
    assert (told["name"], told["post"]["role"], told["last_used_at"]) == ("地图服务", "acceptor", None)
    assert send(client, "DELETE", f"/session/account/tokens/{told['id']}").status_code == 204
    assert ApiClient().call("GET", "/session", Authorization=f"Bearer {token}").status_code == 401
    assert client.call("GET", "/session/account").json()["events"][0]["what"] == "地图服务"


def test_a_token_manages_no_account(city: SimpleNamespace) -> None:
    token = create_token(city.users["an"], name="机器", clock=system_clock)
    for method, path, body in (
        ("GET", "/session/account", None),
        ("PUT", "/session/password", {"old": PASSWORD, "new": NEW}),
        ("DELETE", "/session/account/sessions", None),
    ):
        answer = ApiClient().call(method, path, body, Authorization=f"Bearer {token}")
        assert (answer.status_code, answer.json()["code"]) == (403, "people.account.by-session-only")


def test_a_password_set_by_an_administrator_ends_all_sessions(enter: Enter, city: SimpleNamespace) -> None:
    client = enter()
    set_password(city.users["an"], NEW)
    assert not alive(client)
    assert UserSession.objects.count() == 0


def test_a_single_use_password_opens_nothing_but_the_choice_of_an_own_one(enter: Enter, city: SimpleNamespace) -> None:
    before = enter()
    password = give_single_use_password(city.users["an"], make_password=lambda: "abcd2345efgh6789")
    assert not alive(before)
    client = enter(password=password)
    assert client.call("GET", "/session").json()["must_change_password"] is True
    assert client.call("GET", "/session/account").status_code == 200
    for path in ("/people", "/organisations"):
        refused = client.call("GET", path)
        assert (refused.status_code, refused.json()["code"]) == (403, "people.policy.change-password-first")
    assert change(client, password, "12345678").json()["code"] == "people.accounts.weak-password"
    assert change(client, password, password).json()["code"] == "people.account.same-password"
    assert change(client, password).status_code == 200
    assert client.call("GET", "/session").json()["must_change_password"] is False
    assert client.call("GET", "/people").status_code == 200
    assert enter(password=NEW).call("GET", "/people").status_code == 200


def test_a_single_use_password_is_of_letters_that_cannot_be_taken_for_each_other(city: SimpleNamespace) -> None:
    first, second = give_single_use_password(city.users["an"]), give_single_use_password(city.users["an"])
    assert first != second
    assert {len(first), len(second)} == {16}
    assert not set("0o1l") & set(first + second)
