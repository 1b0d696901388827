"""A short look at every operation with what its description allows and forbids; `make fuzz` looks for longer."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest
import schemathesis
from django.core.signals import request_finished, request_started
from django.db import close_old_connections
from hypothesis import HealthCheck, Phase, given, seed, settings
from pytest_django.plugin import DjangoDbBlocker
from schemathesis.checks import CHECKS as KNOWN

from gezhi.assembly.api import openapi_text
from gezhi.plumbing.clock import system_clock
from tests.databases import own_copy
from tests.fixtures import FixedClock
from tests.fuzz.checking import CHECKS
from tests.fuzz.city import tokens_by_role
from tests.fuzz.values import FORGED, lists_of

FIRST_DAY = date(2026, 3, 2)
DESCRIPTION = json.loads(openapi_text())
OPERATIONS = sorted((path, method) for path, methods in DESCRIPTION["paths"].items() for method in methods)
EXAMPLES = 2
pytestmark = [pytest.mark.django_db, pytest.mark.timeout(600)]


@pytest.fixture(scope="module")
def tokens(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[dict[str, str]]:
    """The invented city in a copy of its own, and somebody in every role."""
    from tests.cases.city import build

    with own_copy(f"yunting_{FIRST_DAY}", lambda: build(FIRST_DAY, FixedClock()), django_db_blocker):
        yield tokens_by_role(system_clock())


@pytest.fixture(autouse=True)
def _one_connection() -> Iterator[None]:
    """Requests share the connection of the test, as those of Django's own test client do."""
    for signal in (request_started, request_finished):
        signal.disconnect(close_old_connections)
    yield
    for signal in (request_started, request_finished):
        signal.connect(close_old_connections)


@pytest.fixture(scope="module")
def description() -> Any:
    from django.core.wsgi import get_wsgi_application

    return schemathesis.openapi.from_wsgi("/api/v1/openapi.json", get_wsgi_application())


@pytest.mark.parametrize(("path", "method"), OPERATIONS)
def test_whatever_comes_is_answered_as_the_description_says(
    tokens: dict[str, str], description: Any, path: str, method: str
) -> None:
    roles = sorted(tokens)
    role = roles[OPERATIONS.index((path, method)) % len(roles)]

    @seed(1)
    @settings(
        max_examples=EXAMPLES,
        deadline=None,
        database=None,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    @given(case=description[path][method.upper()].as_strategy())
    def look(case: Any) -> None:
        headers = {"Authorization": f"Bearer {tokens[role]}", "Host": "testserver"}
        case.call_and_validate(headers=headers, checks=[KNOWN.get_one(name) for name in CHECKS])

    look()


def test_a_forged_cursor_is_refused_by_every_list(tokens: dict[str, str], client: Any) -> None:
    headers = {"Authorization": f"Bearer {tokens['administrator']}"}
    paths = lists_of(DESCRIPTION)
    assert len(paths) > 5
    answers = {
        (path, cursor): client.get(path, {"cursor": cursor}, headers=headers).status_code
        for path in paths
        for cursor in FORGED
    }
    assert {key: status for key, status in answers.items() if status not in {200, 400, 403, 409, 422}} == {}
