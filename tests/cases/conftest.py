"""The invented city, built once per module and rolled back at its end; every test works in savepoints of its own."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import TYPE_CHECKING

import pytest
from pytest_django.plugin import DjangoDbBlocker

from tests.fixtures import FixedClock

if TYPE_CHECKING:
    from tests.cases.city import City


@pytest.fixture(scope="module")
def _built(request: pytest.FixtureRequest, django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    """A module whose cases live now names its day `TODAY`."""
    from django.db import transaction

    from gezhi.plumbing.versions import forget_all
    from tests.cases.city import build

    today = getattr(request.module, "TODAY", date(2026, 3, 2))
    with django_db_blocker.unblock(), transaction.atomic():
        forget_all()
        build(today, FixedClock())
        yield
        transaction.set_rollback(True)
    forget_all()


@pytest.fixture
def city(_built: None, db: None, clock: FixedClock) -> City:
    """Monday morning in the invented city."""
    from tests.cases.city import City

    return City(clock)
