from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date, datetime, timedelta, timezone
from typing import Annotated, Any
from uuid import UUID

import pytest
from django.http import HttpRequest
from django.test import RequestFactory
from hypothesis import given
from hypothesis import strategies as st
from ninja import Query, Schema
from pydantic import Field

from gezhi.kernel.permissions import Actor, Permission, Role, Scope
from gezhi.plumbing import doors
from gezhi.plumbing.doors import (
    BadCursor,
    Count,
    CsrfFailed,
    Gate,
    ParameterTwice,
    Router,
    Second,
    SessionExpired,
    SignInNeeded,
    UnknownParameter,
    actor_of,
    decode_cursor,
    encode_cursor,
    operations_of,
    permission_of,
    set_authority,
)

SOMEBODY = Actor(user_id=7, post_id=1, role=Role.ACCEPTOR, organisation_id=1, scope=Scope())


@pytest.fixture
def authority() -> Iterator[list[Permission]]:
    """An authority that knows who sends `X-Somebody` and remembers what it was asked for."""
    asked: list[Permission] = []

    def decide(request: HttpRequest, permission: Permission) -> Actor | None:
        asked.append(permission)
        return SOMEBODY if "X-Somebody" in request.headers else None

    before = doors._authority
    set_authority(decide)
    yield asked
    set_authority(before)


def ask(method: str = "GET", cookies: Any = None, query: str = "", **headers: str) -> HttpRequest:
    request = RequestFactory().generic(method, f"/api/v1/x?{query}", headers=headers)
    request.COOKIES.update(cookies or {})
    return request


def test_an_operation_without_permission_cannot_be_written() -> None:
    router = Router()
    with pytest.raises(TypeError, match="permission"):
        router.get("/x")  # type: ignore[call-arg]
    with pytest.raises(TypeError, match="names no permission"):
        router.add_api_operation("/x", ["GET"], print)


def test_the_permission_can_be_read_from_the_operation() -> None:
    router = Router()

    @router.post("/x", permission=Permission.CASES_ACT)
    def act(request: HttpRequest) -> None: ...

    [(path, operation)] = operations_of(router.path_operations)
    assert (path, permission_of(operation)) == ("/x", Permission.CASES_ACT)
    assert operation.openapi_extra == {"x-permission": "cases.act", "parameters": [doors.KEY_HEADER]}


def test_the_gate_asks_the_authority_and_leaves_the_actor_on_the_request(authority: list[Permission]) -> None:
    request = ask(**{"X-Somebody": "1"})
    Gate(Permission.CASES_READ)(request)
    assert authority == [Permission.CASES_READ]
    assert actor_of(request) == SOMEBODY


def test_a_stranger_passes_only_what_is_public(authority: list[Permission]) -> None:
    request = ask()
    assert Gate(Permission.PUBLIC)(request)
    with pytest.raises(SignInNeeded):
        actor_of(request)
    with pytest.raises(SignInNeeded):
        Gate(Permission.CASES_READ)(ask())


def test_a_session_that_nobody_knows_has_expired(authority: list[Permission]) -> None:
    with pytest.raises(SessionExpired):
        Gate(Permission.CASES_READ)(ask(cookies={"gezhi_session": "old"}))


def test_a_write_by_session_needs_the_csrf_token_and_one_by_bearer_token_does_not(authority: list[Permission]) -> None:
    token = "a" * 32
    cookies = {"gezhi_session": "s", "gezhi_csrf": token}
    gate = Gate(Permission.CASES_ACT)
    with pytest.raises(CsrfFailed):
        gate(ask("POST", cookies, **{"X-Somebody": "1"}))
    assert gate(ask("POST", cookies, **{"X-Somebody": "1", "X-CSRFToken": token}))
    assert gate(ask("POST", {"gezhi_csrf": token}, **{"X-Somebody": "1", "Authorization": "Bearer t"}))


class Filter(Schema):
    q: str = ""
    class_: str = Field("", alias="class")
    among: list[int] = Field(default_factory=list)


def gate_of(view: Callable[..., Any]) -> Gate:
    router = Router()
    router.get("/x", permission=Permission.PUBLIC)(view)
    [(_, operation)] = operations_of(router.path_operations)
    [gate] = operation.auth_callbacks
    assert isinstance(gate, Gate)
    return gate


def test_a_query_parameter_that_nobody_reads_is_refused_with_those_that_exist() -> None:
    def listed(request: HttpRequest, asked: Annotated[Filter, Query()], limit: int = 1) -> None: ...

    gate = gate_of(listed)
    assert gate(ask(query="q=1&class=2&limit=3&among=4&among=5"))
    for name in ("stauts", "class_", "Q", "q[]", "asked", "request", "", "x" * 500):
        with pytest.raises(UnknownParameter) as refusal:
            gate(ask(query=f"q=1&{name}=2"))
        assert refusal.value.details == {"name": name[:60], "known": "among, class, limit, q"}
        assert refusal.value.field == name[:60]


def test_a_second_value_is_refused_where_one_is_read() -> None:
    def listed(request: HttpRequest, asked: Annotated[Filter, Query()]) -> None: ...

    with pytest.raises(ParameterTwice) as refusal:
        gate_of(listed)(ask(query="q=1&q=1"))
    assert refusal.value.details == {"name": "q"}


def test_an_address_that_reads_no_query_takes_none() -> None:
    def plain(request: HttpRequest) -> None: ...

    assert gate_of(plain)(ask())
    with pytest.raises(UnknownParameter) as refusal:
        gate_of(plain)(ask(query="q=1"))
    assert refusal.value.details["known"] == "–"


# No text of the database holds a NUL.
TEXTS = st.text(st.characters(codec="utf-8", exclude_characters="\0"), max_size=50)


@given(st.tuples(st.integers(-(2**53), 2**53), TEXTS, st.none() | st.integers(0, 9)))
def test_a_cursor_gives_back_what_was_put_in(values: tuple[int, str, int | None]) -> None:
    assert decode_cursor(encode_cursor(*values), int, str, int | None) == values


@pytest.mark.parametrize(
    "cursor",
    ["", "!", "abc", encode_cursor(1), encode_cursor("a", 1), encode_cursor(1, "a", 2), encode_cursor(1, "a\0")],
)
def test_any_other_cursor_is_refused(cursor: str) -> None:
    with pytest.raises(BadCursor):
        decode_cursor(cursor, int, str)


@pytest.mark.parametrize(
    ("value", "kind"),
    [
        (2**63, int),
        (-(2**63) - 1, int),
        (253_402_300_800, Second),
        (-62_135_596_800, Second),
        (10**30, Second),
        (1.5, Second),
        (-1, Count),
        ("a\x00b", str),
        ("x" * 201, str),
        ("2026-13-01", date),
        ("urn", UUID),
    ],
)
def test_a_forged_cursor_carries_nothing_that_a_column_or_a_date_cannot_hold(value: Any, kind: Any) -> None:
    with pytest.raises(BadCursor):
        decode_cursor(encode_cursor(value), kind)


def test_a_cursor_may_carry_the_ends_of_what_a_column_and_a_date_hold() -> None:
    sent = (2**63 - 1, 253_000_000_000, -62_000_000_000, 0)
    assert decode_cursor(encode_cursor(*sent), int, Second, Second, Count) == sent
    for at in sent[1:3]:
        assert datetime.fromtimestamp(at, timezone(timedelta(hours=14))).year in {5, 9987}
