from __future__ import annotations

from collections.abc import Callable
from types import SimpleNamespace
from typing import Any

import pytest

from tests.people.invented import ORGANISATIONS, PASSWORD, POSTS, USERS


@pytest.fixture
def city(db: None) -> SimpleNamespace:
    """The invented city in the database: `city.bodies`, `city.posts` and `city.users`, ids by code."""
    from gezhi.people import actions

    bodies = actions.install_organisations(ORGANISATIONS)
    posts = actions.install_posts(POSTS)
    users = actions.install_people(USERS, password_hash=actions.hash_password(PASSWORD))
    return SimpleNamespace(bodies=bodies, posts=posts, users=users)


@pytest.fixture
def sign_in(api: Any, city: SimpleNamespace) -> Callable[[str], Any]:
    """`sign_in("an")` signs the client in and answers the response."""

    def act(username: str, password: str = PASSWORD) -> Any:
        return api.call("POST", "/session", {"username": username, "password": password})

    return act
