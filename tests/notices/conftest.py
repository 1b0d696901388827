from __future__ import annotations

from collections.abc import Callable
from types import SimpleNamespace
from typing import Any

import pytest
from django.conf import settings as django_settings

from tests.people.invented import ORGANISATIONS, PASSWORD, POSTS, USERS


@pytest.fixture
def town(db: None) -> SimpleNamespace:
    """The invented city's people: `town.users` are ids by name."""
    from gezhi.people import actions

    actions.install_organisations(ORGANISATIONS)
    actions.install_posts(POSTS)
    return SimpleNamespace(users=actions.install_people(USERS, password_hash=actions.hash_password(PASSWORD)))


@pytest.fixture
def as_user(api: Any, town: SimpleNamespace) -> Callable[..., Any]:
    """`as_user("fang")("GET", "/notices")`: signed in, with the token that a write needs."""

    def enter(username: str) -> Callable[..., Any]:
        api.call("POST", "/session", {"username": username, "password": PASSWORD})
        token = api.cookies[django_settings.CSRF_COOKIE_NAME].value

        def call(method: str, path: str, body: object = None) -> Any:
            return api.call(method, path, body, **{"X-CSRFToken": token})

        return call

    return enter
