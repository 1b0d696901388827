from __future__ import annotations

from datetime import timedelta
from typing import cast

import pytest
from django.db import connection

from gezhi.catalog.queries import held_catalog
from gezhi.duties.queries import list_holes
from gezhi.kernel.permissions import Role
from gezhi.people.queries import held_directory, on_shift
from gezhi.proof.queries.case_logs import verify_log
from gezhi.simulation import queries
from gezhi.simulation.actions import Worked
from gezhi.simulation.actions.create_city import CityExists
from gezhi.simulation.actions.roads import World, make_road, make_world
from gezhi.simulation.actions.simulate import split_groups
from gezhi.simulation.rules.duty_plan import Period
from gezhi.simulation.rules.organisation_plan import areas_of
from tests.simulation.invented import DAYS, TEN, UNTIL, build


def rows(sql: str) -> list[tuple[object, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(sql)
        return list(cursor.fetchall())


def test_nobody_is_ever_refused_what_they_do(worked: Worked) -> None:
    assert worked.problems == {}
    assert worked.happenings == 24 * DAYS
    assert worked.entries > 1_500


def test_every_case_is_the_fold_of_its_log(worked: Worked) -> None:
    result = verify_log(iter(()), lambda _: None)
    assert result.findings == ()
    assert result.cases == queries.count_cases()
    assert result.entries >= worked.entries


def test_nothing_happens_after_the_last_moment_or_before_the_first(worked: Worked) -> None:
    ((first, last),) = rows("SELECT min(recorded_at), max(recorded_at) FROM cases_log_entry")
    assert first.timestamp() >= TEN - DAYS * 86_400  # type: ignore[attr-defined]
    assert last.timestamp() < TEN  # type: ignore[attr-defined]


def test_the_days_end_with_work_still_open_in_several_queues(worked: Worked) -> None:
    statuses = {status for (status,) in rows("SELECT DISTINCT status FROM cases_case")}
    assert {"closed", "handling", "merged", "refused", "rejected", "self_handled"} <= statuses


def test_steps_of_a_case_follow_one_another_in_time(worked: Worked) -> None:
    disorder = """
        SELECT count(*) FROM (
            SELECT recorded_at < lag(recorded_at) OVER (PARTITION BY case_id ORDER BY seq) AS back FROM cases_log_entry
        ) steps WHERE back
    """
    assert rows(disorder) == [(0,)]


def test_every_step_is_taken_by_somebody_whose_shift_it_is(worked: Worked) -> None:
    off_shift = """
        SELECT count(*) FROM cases_log_entry entry JOIN people_post post ON post.id = entry.post_id
        WHERE post.role IN ('acceptor', 'duty-officer', 'dispatcher') AND NOT EXISTS (
            SELECT FROM people_desk_shift shift WHERE shift.user_id = entry.actor_id
            AND entry.recorded_at >= shift.starts_at AND entry.recorded_at < shift.ends_at)
    """
    assert rows(off_shift) == [(0,)]


def test_pictures_are_used_once_and_those_of_a_case_differ(worked: Worked) -> None:
    ((used, distinct),) = rows("SELECT count(*), count(DISTINCT sha256) FROM cases_picture_use")
    assert used == distinct
    ((missing,),) = rows(
        "SELECT count(*) FROM cases_picture_use used LEFT JOIN plumbing_picture stored USING (sha256)"
        " WHERE stored.sha256 IS NULL"
    )
    assert missing == 0


def test_on_the_last_day_no_class_in_force_lacks_a_unit_in_any_street(worked: Worked) -> None:
    catalog, city = held_catalog(), queries.read_city("yunting")
    classes = [entry.key for entry in catalog.listed(catalog.edition_on(UNTIL))]
    streets = [area.code for area in areas_of(city, city.divisions)["street"]]
    assert len(classes) > 380
    assert list_holes(classes, streets, on=UNTIL) == []


@pytest.mark.parametrize("centre", ["990100-centre", "990100-command"])
def test_a_duty_officer_of_each_centre_answers_for_every_hour_and_for_the_month_to_come(
    worked: Worked, centre: str
) -> None:
    desk = held_directory().organisation_ids[centre]
    hours = range(TEN - DAYS * 86_400, TEN + 28 * 86_400, 3_600)
    assert all(on_shift(desk, Role.DUTY_OFFICER, moment) is not None for moment in hours)


def test_a_second_city_is_refused(worked: Worked) -> None:
    with pytest.raises(CityExists):
        build(3)


def test_the_case_list_tells_paths_as_the_log_does(worked: Worked) -> None:
    counted = {one.path: one.cases for one in queries.list_paths()}
    ((closed,),) = rows("SELECT count(DISTINCT case_id) FROM cases_log_entry WHERE kind = 'closed'")
    ((late,),) = rows(
        "SELECT count(DISTINCT case_id) FROM cases_log_entry"
        " WHERE kind = 'closed' AND text::json -> 'step' ->> 'closing_kind' = 'late'"
    )
    assert counted["late"] == late
    assert counted["closed_in_time"] >= closed - late > 0  # type: ignore[operator]


def test_no_unit_is_given_cases_of_two_groups_so_that_processes_do_not_share_one(worked: Worked) -> None:
    world = make_world("yunting", Period(UNTIL - timedelta(days=DAYS - 1), DAYS), 1, until=TEN)
    groups = {str(make_road(world, at).case_id): group for at, group in enumerate(world.groups)}
    given = rows(
        "SELECT DISTINCT c.id::text, part ->> 'unit'"
        " FROM cases_case c, jsonb_array_elements(c.state -> 'assignments') part"
        " WHERE c.state ? 'assignments'"
    )
    found: dict[object, set[str]] = {}
    for case, unit in given:
        found.setdefault(unit, set()).add(groups[str(case)])
    assert len(found) > 10
    assert {unit: parts for unit, parts in found.items() if len(parts) > 1} == {}


def test_the_processes_share_all_happenings_group_by_group() -> None:
    class Drawn:
        groups = ("a", "b", "a", "c", "b", "a")

    first, second = split_groups(cast("World", Drawn()), 2)
    assert (first, second) == ([0, 2, 5], [1, 3, 4])


def test_the_numbers_of_the_cases_follow_the_time_of_their_reports(worked: Worked) -> None:
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("SELECT right(no, 6)::int FROM cases_case ORDER BY reported_at, right(no, 6)::int")
        serials = [row[0] for row in cursor.fetchall()]
    assert serials == sorted(serials)
    assert len(set(serials)) == len(serials) > 100
