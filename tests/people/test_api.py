from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from time import monotonic
from types import SimpleNamespace
from typing import Any

import pytest
from django.conf import settings as django_settings

from gezhi.people.rules.rows import UserRow
from gezhi.people.rules.session_limits import SESSION_LIMIT_S
from gezhi.plumbing import versions
from tests.people import acting
from tests.people.invented import PASSWORD


def csrf_of(api: Any) -> dict[str, str]:
    return {"X-CSRFToken": api.cookies[django_settings.CSRF_COOKIE_NAME].value}


def today() -> date:
    from gezhi.people.queries import day_of
    from gezhi.plumbing.clock import system_clock

    return day_of(system_clock())


def test_nobody_signed_in_gets_a_problem_and_the_csrf_cookie(api: Any, db: None) -> None:
    response = api.call("GET", "/session")
    assert (response.status_code, response.json()["code"]) == (401, "plumbing.doors.sign-in-needed")
    assert response.cookies[django_settings.CSRF_COOKIE_NAME].value


def test_signing_in_tells_who_in_which_post_with_which_rights(
    sign_in: Callable[..., Any], city: SimpleNamespace
) -> None:
    response = sign_in("an")
    facts = response.json()
    assert response.status_code == 200
    assert facts["user"] == {"id": city.users["an"], "username": "an", "name": "安然"}
    assert facts["post"]["role"] == "acceptor"
    assert [post["role"] for post in facts["posts"]] == ["acceptor", "dispatcher"]
    assert facts["organisation"]["name"]["en"] == "Haicheng supervision centre"
    assert facts["scope"] == {"regions": ["3709"], "organisations": [], "only_own_work": False}
    assert "reporters.read" in facts["permissions"]
    assert facts["language"] == "zh"
    cookie = response.cookies[django_settings.SESSION_COOKIE_NAME]
    assert (cookie["httponly"], cookie["samesite"]) == (True, "Lax")


def test_whoever_was_taken_up_a_moment_ago_by_another_process_signs_in(
    sign_in: Callable[..., Any], city: SimpleNamespace
) -> None:
    from gezhi.people import actions
    from gezhi.people.queries import held_directory

    assert sign_in("an").status_code == 200
    before = held_directory()
    fresh = UserRow(username="fresh", display_name="新人", post_codes=("accept",), active_from=date(2020, 1, 1))
    actions.install_people([fresh], password_hash=actions.hash_password(PASSWORD))
    versions._numbers.checked_at = monotonic()  # as a process sees it that did not do it
    assert held_directory() is before
    assert sign_in("fresh").status_code == 200


def test_a_wrong_password_and_an_unknown_name_get_the_same_words(sign_in: Callable[..., Any]) -> None:
    wrong, unknown = sign_in("an", "wrong-one"), sign_in("nobody-of-that-name", "wrong-one")
    for response in (wrong, unknown):
        assert (response.status_code, response.json()["code"]) == (401, "people.session.sign-in-failed")
    assert wrong.json()["title_zh"] == unknown.json()["title_zh"] == "用户名或密码不正确，请重新输入。"


@pytest.mark.parametrize("username", ["an", "nobody-of-that-name"])
def test_five_failures_lock_the_account_and_the_text_says_how_long(sign_in: Callable[..., Any], username: str) -> None:
    codes = [sign_in(username, "wrong-one").json()["code"] for _ in range(4)]
    assert set(codes) == {"people.session.sign-in-failed"}
    assert sign_in(username, "wrong-one").json()["code"] == "people.session.locked-out"
    response = sign_in(username)
    assert (response.status_code, response.json()["code"]) == (429, "people.session.locked-out")
    assert response.json()["details"] == {"minutes": 15}
    assert 890 <= int(response.headers["Retry-After"]) <= 900
    assert "请 15 分钟后再试" in response.json()["title_zh"]


def test_a_lock_holds_for_one_account_at_one_address(sign_in: Callable[..., Any], api: Any) -> None:
    for _ in range(5):
        sign_in("an", "wrong-one")
    assert sign_in("bao").status_code == 200
    api.defaults["REMOTE_ADDR"] = "10.0.0.9"
    api.cookies.clear()
    assert sign_in("an").status_code == 200


def test_a_lock_opens_after_its_time(sign_in: Callable[..., Any]) -> None:
    from django.db.models import F

    from gezhi.people.models import SignInFailure

    for _ in range(5):
        sign_in("an", "wrong-one")
    SignInFailure.objects.update(at=F("at") - timedelta(minutes=15))
    assert sign_in("an").status_code == 200


def test_an_account_without_a_post_learns_why_it_cannot_work(sign_in: Callable[..., Any], api: Any) -> None:
    response = sign_in("he")
    assert (response.status_code, response.json()["code"]) == (403, "people.policy.no-post")
    assert django_settings.SESSION_COOKIE_NAME not in api.cookies


def test_an_ended_account_is_told_so_only_after_the_right_password(sign_in: Callable[..., Any]) -> None:
    assert sign_in("left").json()["code"] == "people.session.account-ended"
    assert sign_in("left", "wrong-one").json()["code"] == "people.session.sign-in-failed"


def test_a_sign_in_from_another_site_is_refused(api: Any, city: SimpleNamespace) -> None:
    body = {"username": "an", "password": PASSWORD}
    for origin, status in (("https://evil.example", 403), ("null", 403), ("http://testserver", 200)):
        api.cookies.clear()
        assert api.call("POST", "/session", body, Origin=origin).status_code == status


@pytest.mark.parametrize(
    ("body", "code"),
    [
        ({}, "plumbing.input.invalid"),
        ({"username": "", "password": "x"}, "plumbing.input.invalid"),
        ({"username": "a\x00b", "password": "x"}, "plumbing.body.bad-text"),
    ],
)
def test_malformed_credentials_are_refused_before_the_database(
    api: Any, db: None, body: dict[str, str], code: str
) -> None:
    response = api.call("POST", "/session", body)
    assert (response.status_code, response.json()["code"]) == (422, code)


def test_the_session_key_changes_when_somebody_signs_in(sign_in: Callable[..., Any], api: Any) -> None:
    sign_in("an")
    first = api.cookies[django_settings.SESSION_COOKIE_NAME].value
    api.call("POST", "/session", {"username": "bao", "password": PASSWORD}, **csrf_of(api))
    second = api.cookies[django_settings.SESSION_COOKIE_NAME].value
    assert first != second
    api.cookies[django_settings.SESSION_COOKIE_NAME] = first
    assert api.call("GET", "/session").json()["code"] == "people.session.expired"


def test_a_write_by_session_needs_the_csrf_token(sign_in: Callable[..., Any], api: Any) -> None:
    strict = type(api)(enforce_csrf_checks=True)
    assert strict.call("POST", "/session", {"username": "an", "password": PASSWORD}).status_code == 200
    refused = strict.call("PUT", "/session/language", {"language": "en"})
    assert (refused.status_code, refused.json()["code"]) == (403, "plumbing.doors.csrf-failed")
    assert strict.call("PUT", "/session/language", {"language": "en"}, **csrf_of(strict)).status_code == 200


def test_signing_out_ends_the_session_on_the_server(sign_in: Callable[..., Any], api: Any) -> None:
    sign_in("an")
    kept = api.cookies[django_settings.SESSION_COOKIE_NAME].value
    assert api.call("DELETE", "/session", **csrf_of(api)).status_code == 204
    api.cookies[django_settings.SESSION_COOKIE_NAME] = kept
    assert api.call("GET", "/session").json()["code"] == "people.session.expired"


def test_a_session_that_lasted_too_long_says_so_and_can_be_taken_up_again_in_place(
    sign_in: Callable[..., Any], api: Any
) -> None:
    from gezhi.people.api.authority import SIGNED_IN_KEY

    sign_in("an")
    session = api.session
    session[SIGNED_IN_KEY] -= SESSION_LIMIT_S
    session.save()
    response = api.call("GET", "/session")
    assert (response.status_code, response.json()["code"]) == (401, "people.session.expired")
    again = api.call("POST", "/session", {"username": "an", "password": PASSWORD}, **csrf_of(api))
    assert again.status_code == 200
    assert api.call("GET", "/session").status_code == 200


def test_a_new_password_ends_every_other_session(sign_in: Callable[..., Any], api: Any, city: SimpleNamespace) -> None:
    from gezhi.people import actions

    sign_in("an")
    actions.set_password(city.users["an"], "other-bridge-8")
    assert api.call("GET", "/session").json()["code"] == "people.session.expired"


def test_an_old_hash_is_renewed_by_signing_in_and_the_session_holds(
    sign_in: Callable[..., Any], api: Any, city: SimpleNamespace, settings: Any
) -> None:
    from gezhi.people.models import User

    settings.PASSWORD_HASHERS = [
        "django.contrib.auth.hashers.ScryptPasswordHasher",
        "django.contrib.auth.hashers.MD5PasswordHasher",
    ]
    assert sign_in("an").status_code == 200
    assert User.objects.get(username="an").password.startswith("scrypt$")
    assert api.call("GET", "/session").status_code == 200


def test_a_user_goes_on_in_another_post_and_starts_there_next_time(
    sign_in: Callable[..., Any], api: Any, city: SimpleNamespace
) -> None:
    sign_in("an")
    response = api.call("PUT", "/session/post", {"post_id": city.posts["dispatch"]}, **csrf_of(api))
    assert response.json()["post"]["role"] == "dispatcher"
    assert "reporters.read" not in response.json()["permissions"]
    assert api.call("GET", "/session").json()["post"]["role"] == "dispatcher"
    api.cookies.clear()
    assert sign_in("an").json()["post"]["role"] == "dispatcher"


def test_a_post_of_somebody_else_cannot_be_taken(sign_in: Callable[..., Any], api: Any, city: SimpleNamespace) -> None:
    sign_in("an")
    response = api.call("PUT", "/session/post", {"post_id": city.posts["keeper"]}, **csrf_of(api))
    assert (response.status_code, response.json()["code"]) == (403, "people.policy.post-ended")
    assert api.call("GET", "/session").json()["post"]["role"] == "acceptor"


def test_who_loses_a_post_is_told_and_goes_on_in_the_one_that_is_left(
    sign_in: Callable[..., Any], api: Any, city: SimpleNamespace
) -> None:

    sign_in("an")
    acting.end_appointment(city.users["an"], city.posts["accept"], last_day=today() - timedelta(days=1))
    assert api.call("GET", "/people").json()["code"] == "people.policy.post-ended"
    assert api.call("GET", "/session").json()["post"]["role"] == "dispatcher"
    assert api.call("GET", "/people").status_code == 200


def test_the_language_of_problems_follows_the_choice(sign_in: Callable[..., Any], api: Any) -> None:
    sign_in("che")
    assert api.call("PUT", "/session/language", {"language": "fr"}, **csrf_of(api)).status_code == 422
    assert api.call("PUT", "/session/language", {"language": "en"}, **csrf_of(api)).json()["language"] == "en"
    assert api.call("GET", "/people").json()["title"].startswith("Your post is that of collector")


def test_a_request_by_session_costs_one_statement(
    sign_in: Callable[..., Any], api: Any, statement_count: Callable[[], Any]
) -> None:
    sign_in("an")
    api.call("GET", "/people")
    with statement_count() as counted:
        assert api.call("GET", "/people").status_code == 200
    assert len(counted.sql) == 1, counted.sql


def test_a_token_opens_without_csrf_and_costs_no_statement(
    city: SimpleNamespace, statement_count: Callable[[], Any], api: Any
) -> None:
    from gezhi.people import actions
    from gezhi.people.models import ApiToken
    from gezhi.plumbing.clock import system_clock

    strict = type(api)(enforce_csrf_checks=True)
    token = actions.create_token(city.users["an"], name="script", clock=system_clock)
    header = {"Authorization": f"Bearer {token}"}
    facts = strict.call("GET", "/session", **header).json()
    assert (facts["post"]["role"], facts["expires_at"]) == ("acceptor", None)
    with statement_count() as counted:
        assert strict.call("GET", "/people", **header).status_code == 200
    assert counted.sql == []
    assert strict.call("PUT", "/session/language", {"language": "en"}, **header).status_code == 200
    assert ApiToken.objects.get().last_used_at is not None
    switch = strict.call("PUT", "/session/post", {"post_id": city.posts["dispatch"]}, **header)
    assert switch.json()["code"] == "people.session.token-has-one-post"


@pytest.mark.parametrize("header", ["Bearer unknown", "Bearer ", "Basic YTpi"])
def test_a_bad_token_is_refused_even_beside_a_good_session(sign_in: Callable[..., Any], api: Any, header: str) -> None:
    sign_in("an")
    response = api.call("GET", "/session", Authorization=header)
    assert (response.status_code, response.json()["code"]) == (401, "people.session.token-refused")


@pytest.mark.parametrize("end", ["revoked", "expired"])
def test_a_token_that_has_ended_is_refused(city: SimpleNamespace, api: Any, end: str) -> None:
    from gezhi.people import actions
    from gezhi.people.models import ApiToken
    from gezhi.plumbing.clock import system_clock

    token = actions.create_token(city.users["an"], name="script", clock=system_clock, days=0 if end == "expired" else 1)
    if end == "revoked":
        actions.revoke_token(ApiToken.objects.get().id, clock=system_clock)
    response = api.call("GET", "/session", Authorization=f"Bearer {token}")
    assert response.json()["code"] == "people.session.token-refused"


def test_a_token_whose_holder_left_is_nobody_at_a_public_address_and_refused_elsewhere(
    city: SimpleNamespace, api: Any
) -> None:
    from gezhi.people.actions import create_token
    from gezhi.plumbing.clock import system_clock

    token = create_token(city.users["an"], name="script", clock=system_clock)
    header = {"Authorization": f"Bearer {token}"}
    assert api.call("GET", "/people", **header).status_code == 200
    acting.end_account(city.users["an"], last_day=today() - timedelta(days=1))
    assert api.call("GET", "/installation", **header).status_code == 200
    refused = api.call("GET", "/people", **header)
    assert (refused.status_code, refused.json()["code"]) == (403, "people.session.account-ended")


def test_a_post_without_the_permission_learns_who_has_it(sign_in: Callable[..., Any], api: Any) -> None:
    sign_in("che")
    response = api.call("GET", "/organisations")
    assert (response.status_code, response.json()["code"]) == (403, "people.policy.not-granted")
    answer = api.call("GET", "/session/access?permission=people.read").json()
    assert (answer["allowed"], answer["code"]) == (False, "people.policy.not-granted")


def test_a_post_without_a_region_learns_why_it_sees_no_cases(sign_in: Callable[..., Any], api: Any) -> None:
    sign_in("ji")
    answer = api.call("GET", "/session/access?permission=cases.read").json()
    assert answer["code"] == "people.policy.scope-empty"


def test_organisations_are_paged_and_found_by_word_and_kind(sign_in: Callable[..., Any], api: Any) -> None:
    sign_in("an")
    pages: list[list[str]] = []
    cursor: str | None = ""
    while cursor is not None:
        page = api.call("GET", f"/organisations?limit=3&cursor={cursor}").json()
        pages.append([body["code"] for body in page["items"]])
        cursor = page["next_cursor"]
    assert pages == [["gov", "far", "jd"], ["zh", "roads", "parks"], ["jd-east", "roads-crew"]]
    found = api.call("GET", "/organisations?q=office&kind=department").json()["items"]
    assert [body["name"]["zh"] for body in found] == ["市政工程处", "园林处"]
    assert found[0]["kind"] == "department"
    assert api.call("GET", "/organisations?cursor=nonsense").json()["code"] == "plumbing.doors.bad-cursor"


def test_people_are_names_and_posts_and_nothing_else(sign_in: Callable[..., Any], api: Any) -> None:
    sign_in("an")
    (person,) = api.call("GET", "/people?q=方").json()["items"]
    assert set(person) == {"id", "name", "active_to", "posts"}
    assert person["posts"][0]["organisation"]["zh"] == "市政养护队"
    assert "离任" not in api.call("GET", "/people").content.decode()


def test_sessions_that_are_over_are_swept_and_others_stay(sign_in: Callable[..., Any], api: Any) -> None:
    from gezhi.people import actions
    from gezhi.plumbing.clock import system_clock

    sign_in("an")
    assert actions.sweep_sessions(now=system_clock()) == 0
    assert api.call("GET", "/session").status_code == 200
    assert actions.sweep_sessions(now=system_clock() + SESSION_LIMIT_S + 60) == 1
    assert api.call("GET", "/session").json()["code"] == "people.session.expired"


def test_who_signed_in_and_out_is_recorded(sign_in: Callable[..., Any], api: Any) -> None:
    from axes.models import AccessLog

    sign_in("an")
    api.call("DELETE", "/session", **csrf_of(api))
    record = AccessLog.objects.get()
    assert (record.username, record.logout_time is not None) == ("an", True)
