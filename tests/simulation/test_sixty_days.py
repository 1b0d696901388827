from __future__ import annotations

from typing import Any

import pytest
from django.db import connection

from gezhi.cases.rules.stages import COMMANDS
from gezhi.simulation.queries import list_paths
from gezhi.simulation.rules.paths import PATHS

pytestmark = [pytest.mark.slow, pytest.mark.django_db]
LEAST_SHARE = 0.01
RARE = {path.word for path in PATHS if path.rare}
NOT_IN_THE_LOG_OF_SIXTY_DAYS = {
    "recompute": "no calendar is changed in a simulated city",
    "withdraw_missed": "a simulated supervisor finds nothing missed that was not",
}


def commands_in_the_log() -> set[str]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT DISTINCT text::json ->> 'command' FROM cases_log_entry")
        return {command for (command,) in cursor.fetchall()}


def test_every_path_of_the_life_cycle_is_taken_by_one_case_in_a_hundred_or_is_rare_by_nature(
    sixty_days: dict[str, Any],
) -> None:
    paths = list_paths()
    assert sixty_days["problems"] == {}
    assert {one.path for one in paths if one.share < LEAST_SHARE} - RARE == set()
    assert [one.path for one in paths if not one.cases] == []


@pytest.mark.usefixtures("sixty_days")
def test_every_command_is_given_or_it_is_said_why_not() -> None:
    assert set(COMMANDS) - commands_in_the_log() == set(NOT_IN_THE_LOG_OF_SIXTY_DAYS)
