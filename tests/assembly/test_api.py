from __future__ import annotations

import errno
import json

import pytest
from django.contrib.sessions.backends.db import SessionStore
from django.db import DataError, OperationalError
from django.http import Http404, HttpRequest
from django.http.multipartparser import MultiPartParserError
from django.test import RequestFactory
from ninja.errors import HttpError

from gezhi.assembly.api import problem_of
from tests.fixtures import ApiClient

SHAPE = {"type", "code", "title", "title_zh", "title_en", "status", "detail", "field", "request_id", "details"}


def request(**headers: str) -> HttpRequest:
    return RequestFactory().get("/api/v1/x", headers=headers)


@pytest.mark.parametrize(
    ("error", "code", "status"),
    [
        (Http404(), "plumbing.address.unknown", 404),
        (HttpError(400, "Cannot parse request body"), "plumbing.request.bad", 400),
        (OperationalError("server closed the connection"), "plumbing.database.away", 503),
        (DataError("NUL"), "plumbing.input.invalid", 422),
        (OSError(errno.ENOSPC, "No space left on device"), "plumbing.disk.full", 507),
        (OSError(errno.EDQUOT, "Disk quota exceeded"), "plumbing.disk.full", 507),
        (OSError(errno.EACCES, "Permission denied"), "plumbing.server.unexpected", 500),
        (MultiPartParserError("Invalid boundary"), "plumbing.request.bad", 400),
        (ZeroDivisionError("secret detail"), "plumbing.server.unexpected", 500),
    ],
)
def test_every_error_becomes_a_problem(error: Exception, code: str, status: int) -> None:
    problem = problem_of(request(), error)
    assert (problem.code, problem.status) == (code, status)
    assert "secret detail" not in problem.text("zh") + problem.text("en")


@pytest.mark.parametrize("path", ["/api/v1/nothing", "/nothing"])
def test_an_unknown_address_has_the_shape_of_every_error(api: ApiClient, path: str) -> None:
    answer = api.get(path)
    assert answer.status_code == 404
    assert answer["Content-Type"] == "application/problem+json"
    body = answer.json()
    assert body.keys() == SHAPE
    assert body["type"] == "urn:gezhi:problem:plumbing.address.unknown"
    assert body["request_id"] == answer["X-Request-Id"]


def test_a_session_that_cannot_be_read_says_that_the_database_is_away(
    api: ApiClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    def lost(self: SessionStore) -> None:
        raise OperationalError("the connection is lost")

    monkeypatch.setattr(SessionStore, "load", lost)
    api.raise_request_exception = False
    api.cookies["gezhi_session"] = "a-session"
    answer = api.get("/api/v1/session")
    assert (answer.status_code, answer.json()["code"]) == (503, "plumbing.database.away")
    assert answer["Retry-After"] == "5"


def test_a_method_that_an_address_does_not_know_is_a_problem_too(api: ApiClient) -> None:
    answer = api.delete("/api/v1/installation")
    assert (answer.status_code, answer.json()["code"]) == (405, "plumbing.address.method-not-allowed")
    assert answer["Allow"] == "GET"


@pytest.mark.parametrize(
    ("header", "cookie", "language"),
    [
        ("", "", "zh"),
        ("zh-CN,zh;q=0.9,en;q=0.8", "", "zh"),
        ("en-GB,en;q=0.9", "", "en"),
        ("de,en;q=0.5", "", "en"),
        ("de", "", "zh"),
        ("zh-CN", "en", "en"),
        ("en", "zh", "zh"),
        ("en", "tlh", "en"),
    ],
)
def test_the_language_is_the_users_choice_then_the_browsers_then_chinese(
    api: ApiClient, header: str, cookie: str, language: str
) -> None:
    if cookie:
        api.cookies["gezhi_language"] = cookie
    body = api.get("/api/v1/nothing", headers={"Accept-Language": header}).json()
    assert body["title"] == body[f"title_{language}"]


def test_a_host_that_is_not_registered_is_told_where_to_register_it(api: ApiClient) -> None:
    answer = api.get("/api/v1/installation", headers={"Host": "elsewhere.example"})
    assert (answer.status_code, answer.json()["code"]) == (400, "plumbing.request.unknown-host")
    assert "GEZHI_HOSTS" in answer.json()["title_zh"]


@pytest.mark.parametrize(
    ("given", "taken"), [("a1b2c3d4", True), ("short", False), ("x" * 65, False), ("a b c d e f", False)]
)
def test_a_request_id_is_taken_over_when_it_is_harmless(api: ApiClient, given: str, taken: bool) -> None:
    answer = api.get("/api/v1/installation", headers={"X-Request-Id": given})
    assert (answer["X-Request-Id"] == given) is taken


def test_nothing_inline_and_nothing_from_elsewhere_may_run(api: ApiClient) -> None:
    policy = dict(part.split(" ", 1) for part in api.get("/api/v1/installation")["Content-Security-Policy"].split("; "))
    assert policy["default-src"] == "'none'"
    assert policy["script-src"] == policy["style-src"] == "'self'"
    assert policy["worker-src"] == "'self' blob:"
    assert "unsafe" not in json.dumps(policy)


def test_the_desk_answers_every_address_of_its_own_with_the_same_page_and_a_csrf_cookie(api: ApiClient) -> None:
    first, deep = api.get("/desk/"), api.get("/desk/cases/42")
    assert first.content == deep.content
    assert first.status_code in {200, 503}
    assert "gezhi_csrf" in first.cookies
    assert api.get("/")["Location"] == "/desk/"
