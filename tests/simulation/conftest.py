"""The invented city, created and worked for some days, once for all tests of a module, rolled back at its end."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import pytest
from pytest_django.plugin import DjangoDbBlocker

if TYPE_CHECKING:
    from gezhi.simulation.actions import Worked


@pytest.fixture(scope="module")
def worked(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[Worked]:
    from django.db import transaction

    from gezhi.plumbing.versions import forget_all
    from gezhi.simulation.actions import simulate
    from tests.fixtures import FixedClock
    from tests.simulation.invented import TEN, build

    with django_db_blocker.unblock(), transaction.atomic():
        forget_all()
        build()
        yield simulate(until=TEN, clock=FixedClock(TEN))
        transaction.set_rollback(True)
    forget_all()
