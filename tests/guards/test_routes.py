"""Every address names its permission and answers every role: what it is for, or a reason, never a crash."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest
from django.db import transaction
from django.urls import URLPattern, URLResolver, get_resolver
from ninja.operation import PathView

from gezhi.assembly.api import build_api
from gezhi.kernel.permissions import Permission, Role
from gezhi.people.actions.setup import install_organisations, install_people, install_posts
from gezhi.people.actions.tokens import create_token
from gezhi.people.rules.organisation_kinds import OrganisationKind
from gezhi.people.rules.policy import GRANTS
from gezhi.people.rules.rows import OrganisationRow, PostRow, UserRow
from gezhi.plumbing.clock import system_clock
from gezhi.plumbing.doors import permission_of
from tests.fixtures import ApiClient

WITHOUT_PERMISSION = {
    "api/v1/openapi.json": "the description of the API is public",
    "healthz": "whether the service lives; says nothing else",
    "readyz": "which parts work, for whoever watches; names no address and nobody",
    "static/": "the built front end is public",
    "desk": "the built front end is public",
    "api/v1/": "names the API",
    "": "leads to the desk",
    "media/": "every picture is named by its digest and served after the policy was asked",
}
PLACE = re.compile(r"\{(?:\w+:)?(\w+)\}")


def routes() -> list[tuple[str, str, Permission | None]]:
    """Method, path and permission of every operation of the API."""
    return sorted(
        (method, f"{bound.prefix}{path}", permission_of(operation))
        for bound in build_api()._get_bound_routers()
        for path, view in bound.path_operations.items()
        for operation in view.operations
        for method in operation.methods
    )


def patterns(resolver: URLResolver, prefix: str = "") -> Iterator[tuple[str, URLPattern]]:
    for pattern in resolver.url_patterns:
        if isinstance(pattern, URLResolver):
            yield from patterns(pattern, f"{prefix}{pattern.pattern}")
        else:
            yield f"{prefix}{pattern.pattern}".replace("^", ""), pattern


def test_every_operation_of_the_api_names_its_permission() -> None:
    found = routes()
    assert found
    assert [(method, path) for method, path, permission in found if permission is None] == []


def is_listed(address: str) -> bool:
    return address in WITHOUT_PERMISSION or address.startswith(("static/", "desk/", "media/"))


def test_every_other_address_is_listed_with_its_reason() -> None:
    unknown = [
        address
        for address, pattern in patterns(get_resolver())
        if not isinstance(getattr(pattern.callback, "__self__", None), PathView)
        and "PathView" not in getattr(pattern.callback, "__qualname__", "")
        and not is_listed(address)
    ]
    assert unknown == []


@pytest.fixture
def tokens(db: None) -> dict[Role, str]:
    """A token of one user per role, made by the platform's own actions."""
    since = date(2025, 1, 1)
    install_organisations(
        [OrganisationRow(code="all", name="全部", kind=OrganisationKind.GOVERNMENT, region_code="37", valid_from=since)]
    )
    install_posts(
        [PostRow(code=role, organisation_code="all", title=role, role=role, valid_from=since) for role in Role]
    )
    users = install_people(
        [UserRow(username=role, display_name=role, active_from=since, post_codes=(role,)) for role in Role],
        password_hash="!",
    )
    return {role: create_token(users[role], name=role, clock=system_clock) for role in Role}


def call(api: ApiClient, method: str, path: str, token: str | None) -> Any:
    filled = PLACE.sub(lambda place: "00000000-0000-7000-8000-000000000000" if "id" in place[1] else "1", path)
    headers = {"Authorization": f"Bearer {token}"} if token else {}
    return api.call(method, filled, None if method == "GET" else {}, **headers)


def may(role: Role | None, permission: Permission | None) -> bool:
    return role is not None and permission in GRANTS[role]


def faults_of(response: Any, role: Role | None, permission: Permission | None) -> list[str]:
    faults = []
    if response.status_code >= 500:
        faults.append("crashed")
    body: dict[str, Any] = {}
    if response.status_code >= 400:
        if response["Content-Type"] != "application/problem+json":
            return [*faults, "refused without a problem"]
        body = response.json()
        faults += [f"no {key}" for key in ("code", "title_zh", "title_en", "request_id") if not body.get(key)]
    code = body.get("code", "")
    if role is None and permission is not Permission.PUBLIC and response.status_code != 401:
        faults.append("open to strangers")
    asked = role is not None and permission is not None and permission is not Permission.PUBLIC
    if asked and may(role, permission) is (code == "people.policy.not-granted"):
        faults.append("not as the policy says")
    return faults


@pytest.mark.parametrize("role", [None, *Role], ids=lambda role: role.value if role else "nobody")
def test_every_route_answers_every_role(api: ApiClient, tokens: dict[Role, str], role: Role | None) -> None:
    wrong = []
    for method, path, permission in routes():
        with transaction.atomic():  # a crash of one must not spoil the next
            response = call(api, method, path, tokens[role] if role else None)
            transaction.set_rollback(True)
        wrong += [
            f"{method} {path}: {fault} ({response.status_code})" for fault in faults_of(response, role, permission)
        ]
    assert wrong == []


ROUTER = "from gezhi.plumbing.doors import Router\n\nrouter = Router()\n\n\n"
PLANTED = {
    "a router of ninja itself": (
        "from ninja import Router\n\nrouter = Router()\n",
        r"is no gezhi\.plumbing\.doors\.Router",
    ),
    "no permission": (
        ROUTER + '@router.get("/planted")\ndef planted(request):\n    return 1\n',
        "permission",
    ),
    "an operation added behind the router's back": (
        ROUTER + 'def planted(request):\n    return 1\n\n\nrouter.add_api_operation("/planted", ["GET"], planted)\n',
        "names no permission",
    ),
}


@pytest.mark.parametrize("fault", PLANTED)
def test_a_planted_route_without_permission_fails(monkeypatch: pytest.MonkeyPatch, fault: str) -> None:
    """The door of one capability is another for a moment: the test above fails and says why."""
    text, said = PLANTED[fault]
    with pytest.raises((TypeError, AssertionError), match=said):
        plant_and_look(monkeypatch, text)


def plant_and_look(monkeypatch: pytest.MonkeyPatch, text: str) -> None:
    planted: dict[str, Any] = {}
    exec(text, planted)
    monkeypatch.setattr("gezhi.duties.api.router", planted["router"])
    test_every_operation_of_the_api_names_its_permission()
