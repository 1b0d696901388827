"""Statements of a step of the life-cycle: between BEGIN and COMMIT for every command, and around it for a browser."""

from __future__ import annotations

from collections.abc import Iterator
from uuid import uuid4

from gezhi.kernel.permissions import Role
from gezhi.people.queries import held_directory
from gezhi.simulation.queries import list_spots
from tests.bench.city import PASSWORD, Counting, somebody
from tests.bench.measures import Measure
from tests.fixtures import ApiClient, count_statements

MOST_INSIDE, MOST_OUTSIDE = 8, 2


def measure_steps(counting: Counting) -> Iterator[Measure]:
    words = sorted(counting.most, key=lambda word: (-counting.most[word], word))
    told = [f"{word} {counting.most[word]} ({counting.given[word]}×)" for word in words]
    lines = [", ".join(told[at : at + 6]) for at in range(0, len(told), 6)]
    yield Measure(
        "a step of the life-cycle",
        max(counting.most.values()),
        MOST_INSIDE,
        "at most",
        f"statements between BEGIN and COMMIT, worst of {len(words)} commands",
        "\n".join(lines),
    )
    yield Measure("who asks, and their scope", _around(), MOST_OUTSIDE, "at most", "statements around it, by session")


def _around() -> int:
    """Statements of a browser's report that are not its transaction."""
    acceptor, (spot, *_) = somebody(Role.ACCEPTOR), list_spots()
    client = ApiClient()
    name = held_directory().users[acceptor.user_id].username
    entered = client.call("POST", "/session", {"username": name, "password": PASSWORD})
    assert entered.status_code < 300, entered.content
    report = {"channel": "hotline", "lon": spot.lon, "lat": spot.lat, "place": "路口", "description": "井盖坏了"}
    outside = []
    for _ in range(2):  # the second meets warm registers
        with count_statements() as counted:
            answer = client.call("POST", "/cases", report, **{"Idempotency-Key": str(uuid4())})
        assert answer.status_code == 201, answer.content
        outside.append(counted.total - len(counted.inside))
    return outside[-1]
