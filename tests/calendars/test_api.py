from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from django.http import HttpRequest

from gezhi.kernel.permissions import Actor, Permission, Role, Scope
from tests.calendars.notice import BASIS, notice, sent

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


def test_a_year_is_missing_until_it_is_entered_and_a_correction_says_why(api: Any, db: None, clock: Any) -> None:
    from gezhi.calendars import actions

    actions.install_presets(clock=clock)

    def told() -> list[tuple[int, str, int]]:
        years = api.call("GET", "/calendars/years").json()["items"]
        return [(one["year"], one["state"], len(one["days"])) for one in years]

    assert told() == [(2025, "published", 33), (2026, "published", 39), (2027, "missing", 13)]
    wrong = api.call("PUT", "/calendars/years/2027", sent(notice(without=["2027-10-02"])))
    assert (wrong.status_code, wrong.json()["code"]) == (422, "calendars.year-plan.holiday-missing")
    assert wrong.json()["field"] == "days"
    assert api.call("PUT", "/calendars/years/2027", sent(notice())).status_code == 200
    assert told() == [(2026, "published", 39), (2027, "entered", 32), (2028, "missing", 12)]
    again = api.call("PUT", "/calendars/years/2027", sent(notice()))
    assert (again.status_code, again.json()["field"]) == (422, "reason")
    corrected = api.call("PUT", "/calendars/years/2027", sent(notice(reason="调休日有误"))).json()["items"][1]
    assert [(one["basis"], one["reason"]) for one in corrected["entered"]] == [(BASIS, "调休日有误"), (BASIS, "")]


@pytest.mark.parametrize(
    "body",
    [
        {"days": [], "basis": "x"},
        {"days": [{"on": "2027-02-30", "worked": False}], "basis": "x"},
        {"days": [{"on": "2027-01-01", "worked": False}] * 121, "basis": "x"},
        {"days": [{"on": "2027-01-01", "worked": False, "more": 1}], "basis": "x"},
    ],
)
def test_a_year_that_cannot_be_read_is_refused(api: Any, db: None, clock: Any, body: dict[str, Any]) -> None:
    assert api.call("PUT", "/calendars/years/2027", body).status_code == 422
