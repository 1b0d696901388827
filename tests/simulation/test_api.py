"""The accounts that a demo city offers, and that only a demo city offers any."""

from __future__ import annotations

import pytest
from django.test import Client

ADDRESS = "/api/v1/demo/accounts"


@pytest.mark.django_db
def test_without_a_demo_city_no_account_is_offered(api: Client) -> None:
    assert api.get(ADDRESS).json() == {"items": []}


@pytest.mark.usefixtures("worked")
def test_a_demo_city_offers_one_account_of_each_role(api: Client) -> None:
    accounts = api.get(ADDRESS).json()["items"]
    assert {one["role"] for one in accounts} >= {"collector", "acceptor", "duty-officer", "dispatcher", "handler"}
    assert len({one["role"] for one in accounts}) == len(accounts)
