"""待完善事项 of Yiwu as it was founded: derived from the real registers, through the real doors."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from gezhi.founding.actions import Founded
from gezhi.people.actions import set_password
from gezhi.people.models import User
from gezhi.people.queries import held_directory
from gezhi.regions.models import UnitGrid
from tests.fixtures import ApiClient

OWN = "market-on-the-river-7"
SEATS = ["seat.collector", "seat.acceptor", "seat.duty-officer", "seat.dispatcher", "seat.handler"]


def let_sign_in(*usernames: str) -> None:
    for username in usernames:
        set_password(held_directory().user_ids[username], OWN)


@pytest.fixture
def as_person(yiwu: Founded, api: ApiClient) -> Callable[[str], ApiClient]:
    def signed_in(username: str) -> ApiClient:
        let_sign_in(username)
        assert api.call("POST", "/session", {"username": username, "password": OWN}).status_code == 200
        return api

    return signed_in


def lacking(page: dict[str, Any], *, needed_for: str) -> dict[str, int]:
    return {
        item["code"]: item["count"] for item in page["items"] if item["needed_for"] == needed_for and not item["done"]
    }


def test_a_city_that_was_just_founded_waits_for_people_who_can_sign_in(
    as_person: Callable[[str], ApiClient],
) -> None:
    page = as_person("hezhen").call("GET", "/readiness").json()
    assert lacking(page, needed_for="first-case") == dict.fromkeys(SEATS, 1)
    assert page["blocking"] == len(SEATS)
    later = lacking(page, needed_for="later")
    later.pop("calendars", None)  # whether the next year is known depends on the day
    assert later == {
        "units": 4,
        "centres": 2,
        "deciders": 4,
        "second-person": 1,
        "texts": 1,
        "backup": 1,
        "anchors": 1,
    }
    (units,) = [item for item in page["items"] if item["code"] == "units"]
    assert units["says"]["zh"] == "责任清单上的 4 个单位中有 4 个没有能登录的处置人员"
    assert units["door"] == {"page": "duties", "query": {"tab": "units"}, "command": ""}
    assert [one["zh"] for one in units["examples"]] == [
        "义乌市综合行政执法局",
        "义乌市市政工程管理处",
        "义乌市环境卫生管理处",
    ]


def test_everybody_reads_what_keeps_the_first_case_out_until_nothing_does(
    as_person: Callable[[str], ApiClient],
) -> None:
    api = as_person("lilan")
    names = [one["zh"] for one in api.call("GET", "/readiness/first-case").json()["lacking"]]
    assert names == ["信息采集员", "值班长", "派遣员", "处置人员"]
    assert api.call("GET", "/readiness").status_code == 403
    let_sign_in(*User.objects.exclude(username="lilan").values_list("username", flat=True))
    assert api.call("GET", "/readiness/first-case").json() == {"lacking": []}
    UnitGrid.objects.all().delete()
    names = [one["zh"] for one in api.call("GET", "/readiness/first-case").json()["lacking"]]
    assert names == ["单元网格"]
