from __future__ import annotations

import pytest

from gezhi.kernel.problems import Problem
from gezhi.people.rules.sign_in_limits import (
    WINDOW_S,
    Failures,
    Known,
    LockedOut,
    TooManyFailures,
    check_failures,
    place_of,
)

NOW = 10_000
LOCKED, MANY = LockedOut, TooManyFailures
# which count is reached -> what somebody hears of whom nothing, the address, the device is known
TABLE: dict[str, tuple[type[Problem] | None, type[Problem] | None, type[Problem] | None]] = {
    "none": (None, None, None),
    "here": (LOCKED, LOCKED, LOCKED),
    "name": (MANY, None, None),
    "address": (MANY, MANY, None),
    "sum": (MANY, None, None),
}
CASES = [(count, known, row[at]) for count, row in TABLE.items() for at, known in enumerate(Known)]


@pytest.mark.parametrize(("count", "known", "expected"), CASES)
def test_whom_failures_stop(count: str, known: Known, expected: type[Problem] | None) -> None:
    failures = Failures() if count == "none" else Failures(**{count: NOW})
    if expected is None:
        check_failures(failures, known=known, now=NOW)
        return
    with pytest.raises(expected):
        check_failures(failures, known=known, now=NOW)


@pytest.mark.parametrize(
    ("ago", "minutes", "seconds"),
    [(0, 15, 900), (1, 15, 899), (60, 14, 840), (840, 1, 60), (899, 1, 1), (WINDOW_S, 1, 1)],
)
def test_the_refusal_says_when_to_come_again(ago: int, minutes: int, seconds: int) -> None:
    with pytest.raises(LockedOut) as refusal:
        check_failures(Failures(here=NOW - ago), known=Known.NOTHING, now=NOW)
    assert (refusal.value.details, refusal.value.retry_after_s) == ({"minutes": minutes}, seconds)


def test_the_longest_wait_counts() -> None:
    with pytest.raises(TooManyFailures) as refusal:
        check_failures(Failures(name=NOW - 800, address=NOW - 100, sum=NOW - 500), known=Known.NOTHING, now=NOW)
    assert refusal.value.retry_after_s == 800


@pytest.mark.parametrize(
    ("address", "place"),
    [
        ("203.0.113.9", "203.0.113.9"),
        ("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64"),
        ("2001:db8:1:2::99", "2001:db8:1:2::/64"),
        ("", ""),
        ("no address", "no address"),
    ],
)
def test_a_subscriber_has_one_address_or_one_network(address: str, place: str) -> None:
    assert place_of(address) == place
