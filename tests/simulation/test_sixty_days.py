from __future__ import annotations

from collections.abc import Iterator

import pytest
from django.db import connection, transaction
from pytest_django.plugin import DjangoDbBlocker

from gezhi.cases.rules.stages import COMMANDS
from gezhi.plumbing.versions import forget_all
from gezhi.simulation.actions import Worked, finish_city, simulate
from gezhi.simulation.queries import list_paths
from gezhi.simulation.rules.paths import PATHS
from tests.fixtures import FixedClock, plan_by_indexes
from tests.simulation.invented import TEN, build

pytestmark = [pytest.mark.slow, pytest.mark.django_db]
LEAST_SHARE = 0.01
RARE = {path.word for path in PATHS if path.rare}
NOT_IN_THE_LOG_OF_SIXTY_DAYS = {
    "recompute": "no calendar is changed in a simulated city",
}


def commands_in_the_log() -> set[str]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT DISTINCT text::json ->> 'command' FROM cases_log_entry")
        return {command for (command,) in cursor.fetchall()}


@pytest.fixture(scope="module")
def sixty_days(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[Worked]:
    with django_db_blocker.unblock(), transaction.atomic():
        forget_all()
        plan_by_indexes()
        build(60)
        worked = simulate(until=TEN, clock=FixedClock(TEN))
        finish_city(TEN)
        yield worked
        transaction.set_rollback(True)
    forget_all()


def test_every_path_of_the_life_cycle_is_taken_by_one_case_in_a_hundred_or_is_rare_by_nature(
    sixty_days: Worked,
) -> None:
    paths = list_paths()
    assert sixty_days.problems == {}
    assert {one.path for one in paths if one.share < LEAST_SHARE} - RARE == set()
    assert [one.path for one in paths if not one.cases] == []


@pytest.mark.usefixtures("sixty_days")
def test_every_command_is_given_or_it_is_said_why_not() -> None:
    assert set(COMMANDS) - commands_in_the_log() == set(NOT_IN_THE_LOG_OF_SIXTY_DAYS)
