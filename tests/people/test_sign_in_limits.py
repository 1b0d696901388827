"""Guessing and spraying are stopped; whoever is known is not locked out by it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from types import SimpleNamespace
from typing import Any

import pytest
from axes.models import AccessFailureLog
from django.db.models import F

from gezhi.people.models import SignInFailure
from gezhi.people.queries import as_datetime
from gezhi.people.rules.sign_in_limits import MOST, SUM
from gezhi.plumbing.clock import system_clock
from gezhi.plumbing.limits.client_address import networks_of
from tests.fixtures import ApiClient
from tests.people.invented import PASSWORD

HOME, ELSEWHERE = "203.0.113.7", "198.51.100.9"
LOCKED, MANY, WRONG = "people.session.locked-out", "people.session.too-many-failures", "people.session.sign-in-failed"
Try = Callable[..., tuple[int, str]]


@pytest.fixture
def attempt(city: SimpleNamespace) -> Try:
    """Status and code of a sign-in by a client that keeps no cookie, unless one is named."""

    def sign_in(
        name: str, password: str = "wrong-one", *, address: str = ELSEWHERE, client: ApiClient | None = None
    ) -> tuple[int, str]:
        asked = client or ApiClient()
        asked.defaults["REMOTE_ADDR"] = address
        response = asked.call("POST", "/session", {"username": name, "password": password})
        return response.status_code, response.json().get("code", "")

    return sign_in


def test_five_wrong_passwords_from_elsewhere_lock_nobody_who_is_known(attempt: Try) -> None:
    device = ApiClient()
    assert attempt("an", PASSWORD, address=HOME, client=device) == (200, "")
    assert [attempt("an") for _ in range(6)] == [(401, WRONG)] * 4 + [(429, LOCKED)] * 2
    assert attempt("an", PASSWORD, address=HOME) == (200, "")
    assert attempt("an", PASSWORD, address=ELSEWHERE, client=device) == (200, "")
    assert attempt("an", PASSWORD, address=ELSEWHERE) == (429, LOCKED)


def test_spraying_forty_names_from_one_address_is_stopped(attempt: Try, city: SimpleNamespace) -> None:
    device = ApiClient()
    attempt("an", PASSWORD, address=ELSEWHERE, client=device)
    answers = [attempt(f"name-{number}") for number in range(40)]
    assert answers == [(401, WRONG)] * 19 + [(429, MANY)] * 21
    assert attempt("bao", PASSWORD) == (429, MANY)
    assert attempt("bao", PASSWORD, address=HOME) == (200, "")
    assert attempt("an", PASSWORD) == (429, MANY)  # the address is known, and so is what comes from it
    assert attempt("an", PASSWORD, client=device) == (200, "")


def test_one_name_tried_from_many_addresses_is_closed_to_strangers_only(attempt: Try) -> None:
    attempt("an", PASSWORD, address=HOME)
    answers = [attempt("an", address=f"10.0.0.{number}") for number in range(30)]
    assert answers == [(401, WRONG)] * 19 + [(429, MANY)] * 11
    assert attempt("an", PASSWORD, address="10.0.1.1") == (429, MANY)
    assert attempt("an", PASSWORD, address=HOME) == (200, "")
    assert attempt("bao", PASSWORD, address="10.0.1.1") == (200, "")


def test_of_ten_thousand_wrong_passwords_a_few_hundred_are_looked_at(attempt: Try) -> None:
    """What is beyond the sum is refused before anything is hashed; the last of the few hundred are sent here."""
    device = ApiClient()
    attempt("an", PASSWORD, address=HOME, client=device)
    place = {"device": "", "at": as_datetime(system_clock())}
    SignInFailure.objects.bulk_create(
        SignInFailure(name=f"other-{number}", place=f"10.9.{number % 250}.1", **place)
        for number in range(MOST[SUM] - 10)
    )
    answers = [attempt(f"name-{number}", address=f"10.8.{number}.1") for number in range(40)]
    assert answers == [(401, WRONG)] * 9 + [(429, MANY)] * 31
    assert AccessFailureLog.objects.count() == 10
    assert attempt("bao", PASSWORD, address="192.0.2.1") == (429, MANY)
    assert attempt("an", PASSWORD, address="192.0.2.1", client=device) == (200, "")


def test_what_is_refused_counts_no_further_and_opens_after_its_time(attempt: Try) -> None:
    for _ in range(10):
        attempt("an")
    assert SignInFailure.objects.count() == 5
    SignInFailure.objects.update(at=F("at") - timedelta(minutes=15))
    assert attempt("an", PASSWORD) == (200, "")


def test_a_written_or_foreign_device_is_worth_nothing(attempt: Try) -> None:
    for _ in range(5):
        attempt("an")
    other, forged = ApiClient(), ApiClient()
    attempt("bao", PASSWORD, address=HOME, client=other)
    forged.cookies["gezhi_device"] = '["x", [1, 2, 3]]'
    assert attempt("an", PASSWORD, client=forged) == (429, LOCKED)
    assert attempt("an", PASSWORD, client=other) == (429, LOCKED)


def test_behind_a_listed_proxy_each_client_counts_by_itself(attempt: Try, settings: Any) -> None:
    settings.GEZHI_PROXIES = networks_of(["127.0.0.1"])
    stranger, colleague = ApiClient(), ApiClient()
    stranger.defaults["HTTP_X_FORWARDED_FOR"], colleague.defaults["HTTP_X_FORWARDED_FOR"] = ELSEWHERE, HOME
    for _ in range(5):
        attempt("an", address="127.0.0.1", client=stranger)
    assert attempt("an", PASSWORD, address="127.0.0.1", client=stranger) == (429, LOCKED)
    assert attempt("an", PASSWORD, address="127.0.0.1", client=colleague) == (200, "")
