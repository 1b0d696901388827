from __future__ import annotations

from collections.abc import Iterator
from types import SimpleNamespace
from typing import Any

import pytest
from pytest_django.plugin import DjangoDbBlocker

from gezhi.kernel.permissions import Role
from gezhi.people.rules.rows import PostRow, UserRow
from tests.databases import database
from tests.fixtures import FixedClock, FixedIds
from tests.people.invented import ORGANISATIONS, PASSWORD, POSTS, START, USERS

MORE_POSTS = [
    PostRow(code="inspect", organisation_code="jd", title="督察岗", role=Role.SUPERVISOR, valid_from=START),
    PostRow(code="inspect-east", organisation_code="jd-east", title="督察岗", role=Role.SUPERVISOR, valid_from=START),
    PostRow(code="lead", organisation_code="gov", title="分管领导", role=Role.LEADER, valid_from=START),
]
MORE_USERS = [
    UserRow(username="kang", display_name="康督", active_from=START, post_codes=("inspect",)),
    UserRow(username="lu", display_name="陆东", active_from=START, post_codes=("inspect-east",)),
    UserRow(username="mo", display_name="莫市长", active_from=START, post_codes=("lead",)),
    UserRow(username="both", display_name="兼任", active_from=START, post_codes=("inspect", "lead")),
]


@pytest.fixture
def town(_built: SimpleNamespace, db: None) -> SimpleNamespace:
    return _built


@pytest.fixture(scope="module")
def _built(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[SimpleNamespace]:
    with database("town_with_supervisors", build, django_db_blocker) as town:
        yield town


def build() -> SimpleNamespace:
    """The invented city with its supervisors and a leader, and the classes of 2026."""
    from gezhi.catalog.actions import install_preset_edition, put_edition_in_force
    from gezhi.people import actions as people

    bodies = people.install_organisations(ORGANISATIONS)
    posts = people.install_posts([*POSTS, *MORE_POSTS])
    users = people.install_people([*USERS, *MORE_USERS], password_hash=people.hash_password(PASSWORD))
    install_preset_edition("2026")
    put_edition_in_force("2026", valid_from=START)
    return SimpleNamespace(bodies=bodies, posts=posts, users=users)


@pytest.fixture
def desk(town: SimpleNamespace, clock: FixedClock, ids: FixedIds) -> Any:
    from tests.documents.desk import Desk

    return Desk(town, clock, ids)


@pytest.fixture
def signed_in(api: Any, town: SimpleNamespace) -> Any:
    """`signed_in("kang")` signs the client in and answers it."""

    def enter(username: str) -> Any:
        answer = api.call("POST", "/session", {"username": username, "password": PASSWORD})
        assert answer.status_code == 200
        return api

    return enter
