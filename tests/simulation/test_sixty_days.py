from __future__ import annotations

from typing import Any

import pytest
from django.db import connection

from gezhi.cases.rules.stages import COMMANDS
from gezhi.simulation.queries import list_paths
from gezhi.simulation.rules.paths import PATHS

pytestmark = [pytest.mark.slow, pytest.mark.django_db]
LEAST_SHARE = 0.01
FIRST_HOUR, LAST_HOUR = 7, 21
RARE = {path.word for path in PATHS if path.rare}
NOT_IN_THE_LOG_OF_SIXTY_DAYS = {
    "recompute": "no calendar is changed in a simulated city",
    "correct_contact": "a simulated caller leaves the right number",
    "tell_by_call": "simulated callers leave mobile numbers and want a text",
    "succeed": "no unit is merged, split or dissolved in sixty days",
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


@pytest.mark.usefixtures("sixty_days")
def test_a_miss_of_the_day_is_charged_to_a_collector_of_the_place_on_shift_and_one_of_the_night_to_nobody() -> None:
    with connection.cursor() as cursor:
        cursor.execute("""
            SELECT
                e.text::json -> 'step' -> 'missed',
                extract(hour FROM first.recorded_at AT TIME ZONE 'Asia/Shanghai'),
                s.user_id, s.starts_at <= first.recorded_at AND first.recorded_at < s.ends_at
            FROM cases_log_entry e JOIN cases_log_entry first ON first.case_id = e.case_id AND first.seq = 1
                LEFT JOIN people_roster_shift s ON s.id = (e.text::json -> 'step' -> 'missed' ->> 'shift')::int
            WHERE e.kind = 'found_missed'
        """)
        found = cursor.fetchall()
    assert len(found) > 5
    for missed, hour, user, on_shift in found:
        charged = FIRST_HOUR <= hour < LAST_HOUR
        assert (missed.get("collector"), on_shift) == ((user, True) if charged else (None, None))
        assert not charged or missed["area"].startswith(missed["beat"])
