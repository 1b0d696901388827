"""The invented city, created and worked for some days, once for all tests."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import pytest
from pytest_django.plugin import DjangoDbBlocker

from tests.databases import database

if TYPE_CHECKING:
    from gezhi.simulation.actions import Worked


@pytest.fixture
def worked(_worked: Worked, db: None) -> Worked:
    return _worked


@pytest.fixture(scope="module")
def _worked(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[Worked]:
    with database("yunting_nine_days", work, django_db_blocker) as worked:
        yield worked


def work() -> Worked:
    from gezhi.simulation.actions import simulate
    from tests.fixtures import FixedClock
    from tests.simulation.invented import TEN, build

    build()
    return simulate(until=TEN, clock=FixedClock(TEN))
