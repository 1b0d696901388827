"""The demo city over some days, with what stands beside its cases in the end."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import connection

pytestmark = [pytest.mark.slow, pytest.mark.django_db]


def counts(sql: str) -> dict[str, int]:
    with connection.cursor() as cursor:
        cursor.execute(sql)
        return {str(word): int(count) for word, count in cursor.fetchall()}


def test_nobody_is_refused_what_they_do(demo_city: dict[str, Any]) -> None:
    assert demo_city["problems"] == {}


@pytest.mark.usefixtures("demo_city")
def test_every_desk_has_work_before_it_in_the_end() -> None:
    waiting = counts("SELECT status, count(*) FROM cases_case GROUP BY status")
    least = {"reported": 10, "accepted": 8, "registered": 10, "dispatched": 10, "handling": 100, "to_inspect": 5}
    assert {status: waiting.get(status, 0) for status, few in least.items() if waiting.get(status, 0) < few} == {}
    deciding = counts("SELECT deciding, count(*) FROM cases_case WHERE deciding IS NOT NULL GROUP BY deciding")
    assert {"dispatcher", "duty-officer", "leader"} <= set(deciding)


@pytest.mark.usefixtures("demo_city")
def test_every_place_within_the_grids_has_the_level_of_its_area_and_levels_shorten_limits() -> None:
    levels = counts("""
        SELECT coalesce(text::json -> 'step' -> 'place' ->> 'level', ''), count(*) FROM cases_log_entry
        WHERE seq = 1 AND NOT coalesce((text::json -> 'step' -> 'place' ->> 'outside')::boolean, false) GROUP BY 1
    """)
    assert set(levels) == {"A", "B", "C"}
    limits = counts("""
        SELECT DISTINCT state -> 'subject' ->> 'limit', 1 FROM cases_case
        WHERE state -> 'subject' ->> 'row_key' = '2013-matter-0110-1'
    """)
    assert {"2", "3"} <= set(limits)


@pytest.mark.usefixtures("demo_city")
def test_an_outer_district_is_dispatched_to_by_its_own_command_centre_and_an_inner_one_by_the_city() -> None:
    desks = """
        SELECT left(c.area_code, 6) || ' ' || body.code, count(*) FROM cases_log_entry entry
        JOIN cases_case c ON c.id = entry.case_id JOIN people_organisation body ON body.id = entry.organisation_id
        WHERE entry.kind = 'dispatched' AND c.area_code ~ '^41010[568]' GROUP BY 1
    """
    assert set(counts(desks)) == {"410105 410100-command", "410106 410106-platform", "410108 410108-platform"}


@pytest.mark.usefixtures("demo_city")
def test_what_ran_out_at_a_command_centre_is_charged_to_a_duty_officer_of_its_own() -> None:
    charged = """
        SELECT CASE WHEN post.organisation_id = body.id THEN body.code ELSE 'nobody there' END, count(*)
        FROM cases_log_entry entry
        CROSS JOIN jsonb_array_elements(entry.text::jsonb #> '{step,charges}') charge
        JOIN people_organisation body ON body.id = (charge ->> 'organisation')::bigint
        LEFT JOIN people_desk_shift shift ON shift.user_id = (charge ->> 'user')::bigint
            AND shift.role = 'duty-officer' AND entry.recorded_at >= shift.starts_at
            AND entry.recorded_at < shift.ends_at + interval '1 day'
        LEFT JOIN people_post post ON post.id = shift.post_id
        WHERE charge ->> 'clock' IN ('dispatch', 'review') GROUP BY 1
    """
    assert set(counts(charged)) == {"410100-command", "410106-platform", "410108-platform"}


@pytest.mark.usefixtures("demo_city")
def test_registers_documents_notices_and_hand_overs_stand_beside_the_cases() -> None:
    tables = (
        "supervision_order",
        "supervision_accountability",
        "supervision_major",
        "supervision_settlement",
        "supervision_meeting",
        "duties_row_proposal",
        "documents_version",
        "documents_receipt",
        "desks_shift_entry",
        "notices_notice",
        "notices_message",
    )
    found = {table: counts(f"SELECT 'rows', count(*) FROM {table}")["rows"] for table in tables}
    assert {table for table, rows in found.items() if not rows} == set()
    assert set(counts("SELECT level, count(*) FROM supervision_order GROUP BY level")) >= {"1", "2"}
    risen = "SELECT 'rows', count(*) FROM supervision_order WHERE kind = 'automatic' AND level > missed + 1"
    assert counts(risen)["rows"] == 0  # one level for each reply that did not come
    waiting = (
        "SELECT topic, count(*) FROM plumbing_announced_event WHERE topic LIKE 'cases.%' AND NOT is_done GROUP BY 1"
    )
    assert counts(waiting) == {}
