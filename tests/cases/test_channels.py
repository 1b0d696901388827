"""A channel that is data of the city alone, the whole way: told to everybody, reported by, listed by, named, ended."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import msgspec
import pytest

from gezhi.calendars.rules.office_days import day_of
from gezhi.kernel.permissions import Role
from gezhi.policy.actions import put_local_policy_in_force
from gezhi.policy.queries import held_policy
from gezhi.policy.rules.channels import CHANNELS, BadChannels
from tests.cases.city import City, living_city
from tests.cases.test_api import desk, refused, report_of
from tests.fixtures import ApiClient

OWN = "lake-watch"


@pytest.fixture
def now_city(_built: None, db: None) -> City:
    """The invented city at this very moment: doors look at the system's clock."""
    return living_city()


def told(code: str) -> dict[str, Any]:
    return next(one for one in ApiClient().call("GET", "/city").json()["channels"] if one["key"] == code)


def end_channel(city: City) -> None:
    """From today on the city has the shipped channels only."""
    held, today = held_policy(), day_of(city.clock())
    policy = msgspec.structs.replace(held.on(today), channels=CHANNELS)
    put_local_policy_in_force(held.node, policy, valid_from=today)


def test_no_code_names_the_citys_own_channel() -> None:
    assert OWN not in {channel.code for channel in CHANNELS}


def test_a_report_by_the_citys_own_channel_is_named_listed_and_treated_as_the_city_says(now_city: City) -> None:
    assert told(OWN) == {
        "key": OWN, "zh": "湖畔守望", "en": "Lakeside watch", "group": "public", "sender": True, "in_force": True,
    }  # fmt: skip
    seat = desk(now_city, Role.ACCEPTOR)
    case_id = seat.send("/cases", report_of(now_city, channel=OWN)).json()["id"]
    seat.send("/cases", report_of(now_city))
    listed = seat.call("GET", f"/cases?channel={OWN}").json()["items"]
    assert [(one["id"], one["channel"], one["complaint"]) for one in listed] == [(case_id, OWN, True)]
    detail = seat.call("GET", f"/cases/{case_id}").json()
    assert [one["channel"] for one in detail["reports"]] == [OWN]
    state = now_city.state(case_id)
    assert (state.reports[0].group, state.verify_by_rule) == ("public", True)


def test_an_ended_channel_names_old_cases_and_takes_no_new_ones(now_city: City) -> None:
    seat = desk(now_city, Role.ACCEPTOR)
    case_id = seat.send("/cases", report_of(now_city, channel=OWN)).json()["id"]
    end_channel(now_city)
    assert (told(OWN)["zh"], told(OWN)["in_force"], told("hotline")["in_force"]) == ("湖畔守望", False, True)
    assert refused(seat.send("/cases", report_of(now_city, channel=OWN))) == (422, "policy.channels.unknown-channel")
    assert seat.call("GET", f"/cases/{case_id}").json()["reports"][0]["channel"] == OWN
    assert [one["id"] for one in seat.call("GET", f"/cases?channel={OWN}").json()["items"]] == [case_id]


def test_channels_without_the_collectors_are_not_put_in_force(now_city: City) -> None:
    held, today = held_policy(), day_of(now_city.clock())
    policy = msgspec.structs.replace(held.on(today), channels=CHANNELS[1:])
    with pytest.raises(BadChannels):
        put_local_policy_in_force(held.node, policy, valid_from=today + timedelta(days=1))
