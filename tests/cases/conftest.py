"""The invented city: built once for every day on which tests begin; every test works in a transaction of its own."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import TYPE_CHECKING

import pytest
from pytest_django.plugin import DjangoDbBlocker

from tests.databases import database, own_copy
from tests.fixtures import FixedClock

if TYPE_CHECKING:
    from tests.cases.city import City

FIRST_DAY = date(2026, 3, 2)


@pytest.fixture(scope="module")
def _built(request: pytest.FixtureRequest, django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    """A module whose cases live now names its day `TODAY`."""
    from tests.cases.city import build

    today = getattr(request.module, "TODAY", FIRST_DAY)
    with database(f"yunting_{today}", lambda: build(today, FixedClock()), django_db_blocker):
        yield


@pytest.fixture
def live(django_db_setup: None, django_db_blocker: DjangoDbBlocker, clock: FixedClock) -> Iterator[City]:
    """The city for every connection to see, in a copy that goes after the test."""
    from tests.cases.city import City, build

    with own_copy(f"yunting_{FIRST_DAY}", lambda: build(FIRST_DAY, FixedClock()), django_db_blocker):
        yield City(clock)


@pytest.fixture
def city(_built: None, db: None, clock: FixedClock) -> City:
    """Monday morning in the invented city."""
    from tests.cases.city import City

    return City(clock)


@pytest.fixture(scope="module")
def _begun(_built: None, django_db_blocker: DjangoDbBlocker) -> Iterator[City]:
    from tests.cases.busy_city import begin_all

    with database("yunting_busy", begin_all, django_db_blocker, on=f"yunting_{FIRST_DAY}") as city:
        yield city


@pytest.fixture
def busy(_begun: City, db: None) -> City:
    """The city of `busy_city`, for one test."""
    from tests.cases.city import City

    return City(FixedClock(_begun.clock.now), begun=_begun)
