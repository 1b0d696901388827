from __future__ import annotations

import pytest
from django.db import transaction

from gezhi.plumbing.versions import forget_all
from gezhi.simulation.actions import simulate
from gezhi.simulation.queries import list_paths
from tests.fixtures import FixedClock
from tests.simulation.invented import TEN, build

LEAST_SHARE = 0.01


@pytest.mark.slow
@pytest.mark.django_db
def test_every_path_of_the_life_cycle_is_taken_by_one_case_in_a_hundred() -> None:
    with transaction.atomic():
        build(60)
        worked = simulate(until=TEN, clock=FixedClock(TEN))
        rare = {one.path: one.cases for one in list_paths() if one.share < LEAST_SHARE}
        transaction.set_rollback(True)
    forget_all()
    assert worked.problems == {}
    assert rare == {}
