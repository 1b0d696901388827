from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from django.http import HttpRequest

from gezhi.kernel.permissions import Actor, Permission, Role, Scope

ACTOR = Actor(user_id=1, post_id=1, role=Role.ADMINISTRATOR, organisation_id=1, scope=Scope())


@pytest.fixture(autouse=True)
def _anyone_may() -> Iterator[None]:
    from gezhi.plumbing import doors

    def authority(request: HttpRequest, permission: Permission) -> Actor:
        return ACTOR

    before = doors._authority
    doors.set_authority(authority)
    yield
    doors.set_authority(before)


def test_calendars_are_listed_with_their_titles_in_both_languages(api: Any, db: None, clock: Any) -> None:
    from gezhi.calendars import actions

    actions.install_presets(clock=clock)
    answer = api.call("GET", "/calendars").json()
    assert [item["name"] for item in answer["items"]] == ["office", "office-summer", "round-the-clock", "seats"]
    assert answer["items"][0]["title"]["zh"] == "机关办公时间"
    assert answer["items"][0]["title"]["en"] == "Office hours"
    assert answer["items"][0]["published_through"] == "2026-12-31"
    assert answer["items"][2]["published_through"] is None
    assert answer["items"][2]["open_now"] is True
    assert answer["next_cursor"] is None
