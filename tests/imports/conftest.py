"""Yiwu founded, its administrator and its leader able to sign in; files are brought through the API, and jobs done."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from pytest_django.plugin import DjangoDbBlocker

from tests.databases import database

PASSWORD = "market-on-the-river-7"


def found() -> None:
    from gezhi.founding.actions import found_city
    from gezhi.people.actions import set_password
    from gezhi.people.queries import held_directory
    from gezhi.plumbing.clock import system_clock
    from tests.founding.folders import city

    found_city(city(), clock=system_clock)
    for name in ("hezhen", "sunping"):
        set_password(held_directory().user_ids[name], PASSWORD)


@pytest.fixture(scope="module")
def _city(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    with database("imports", found, django_db_blocker):
        yield


@pytest.fixture
def sign_in(_city: None, db: None, api: Any) -> Callable[[str], Any]:
    def act(name: str) -> Any:
        return api.call("POST", "/session", {"username": name, "password": PASSWORD})

    return act


class Office:
    """Somebody with files at hand."""

    def __init__(self, api: Any) -> None:
        self.api = api

    def bring(self, kind: str, content: str | bytes, name: str = "table.csv") -> Any:
        raw = content if isinstance(content, bytes) else content.encode()
        return self.api.post("/api/v1/imports", {"kind": kind, "file": SimpleUploadedFile(name, raw)})

    def brought(self, kind: str, content: str | bytes) -> dict[str, Any]:
        answer = self.bring(kind, content)
        assert answer.status_code == 201, answer.json()
        run: dict[str, Any] = answer.json()
        return run

    def check(self, run: dict[str, Any], *columns: str) -> dict[str, Any]:
        """Asked for, and done by the worker."""
        from gezhi.imports.jobs import check

        names = list(columns) or [head["column"] for head in run["heads"]]
        body = {"columns": names, "effective": run["effective"]}
        asked = self.api.call("POST", f"/imports/{run['id']}/check", body)
        assert asked.status_code == 200, asked.json()
        check(run["id"], self.attempt(run))
        return self.look(run)

    def apply(self, run: dict[str, Any]) -> dict[str, Any]:
        from gezhi.imports.jobs import apply

        asked = self.api.call("POST", f"/imports/{run['id']}/apply")
        assert asked.status_code == 200, asked.json()
        apply(run["id"], self.attempt(run))
        return self.look(run)

    def look(self, run: dict[str, Any]) -> dict[str, Any]:
        shown: dict[str, Any] = self.api.call("GET", f"/imports/{run['id']}").json()
        return shown

    def of(self, run: dict[str, Any], what: str) -> list[dict[str, Any]]:
        items: list[dict[str, Any]] = self.api.call("GET", f"/imports/{run['id']}/{what}").json()["items"]
        return items

    def attempt(self, run: dict[str, Any]) -> int:
        from gezhi.imports.models import ImportRun

        return ImportRun.objects.get(id=run["id"]).attempt


@pytest.fixture
def office(sign_in: Callable[[str], Any], api: Any) -> Office:
    sign_in("hezhen")
    return Office(api)
