"""What stands out among deeds, on a real PostgreSQL and through its doors: counted right, in scope, with its cases."""

from __future__ import annotations

from uuid import UUID

import pytest
from django.db import connection

from gezhi.cases.rules import commands
from gezhi.cases.rules.clocks.clock import ClockKind
from gezhi.cases.rules.commands import Submission
from gezhi.cases.rules.stages import Status
from gezhi.cases.rules.steps.evidence import PictureUsed
from gezhi.kernel.permissions import Actor, Role, Scope
from gezhi.kernel.places import to_e7
from gezhi.plumbing.models import Picture
from gezhi.supervision.queries.odd_patterns import Window, count_deeds, list_cases_behind
from gezhi.supervision.rules.odd_patterns import Of, Pattern, Tally
from tests.cases.city import City, living_city
from tests.cases.test_api import desk, refused
from tests.fixtures import StatementCount

EVERYWHERE = Actor(1, 1, Role.SUPERVISOR, 1, Scope(regions=("",)))
WEST = Actor(1, 1, Role.SUPERVISOR, 1, Scope(regions=("990101",)))
EAST = Actor(1, 1, Role.SUPERVISOR, 1, Scope(regions=("990102",)))


def window(city: City, *closings: int) -> Window:
    return Window(city.clock() - 86_400, city.clock() + 1, closings)


@pytest.fixture
def inspected(city: City) -> tuple[City, UUID]:
    return city, city.at(Status.TO_CLOSE)


def entry_of(case_id: UUID, kind: str) -> tuple[int, int, int]:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT actor_id, organisation_id, extract(epoch FROM recorded_at)::bigint FROM cases_log_entry"
            " WHERE case_id = %s AND kind = %s",
            [case_id, kind],
        )
        found: tuple[int, int, int] = cursor.fetchone()
    return found


def test_pairs_are_who_reported_who_handed_over_and_who_inspected(inspected: tuple[City, UUID]) -> None:
    city, case_id = inspected
    reporter, handler, inspector = (
        entry_of(case_id, kind) for kind in ("reported", "handed_over", "inspection_passed")
    )
    street = city.state(case_id).place.area[:9]
    for pattern, other in ((Pattern.REPORTED_HANDLED, reporter), (Pattern.HANDLED_INSPECTED, inspector)):
        persons, bodies = (count_deeds(pattern, of, window(city), EVERYWHERE) for of in Of)
        assert persons == [Tally(handler[0], str(other[0]), street, 1, 1)]
        assert bodies == [Tally(handler[1], str(other[1]), street, 1, 1)]


def test_a_report_of_a_citizen_is_of_no_pair_and_of_no_spot(city: City) -> None:
    city.begin(city.call(), city.actor(Role.ACCEPTOR))
    assert count_deeds(Pattern.ONE_SPOT, Of.PERSON, window(city), EVERYWHERE) == []


def test_a_deed_within_a_quarter_of_an_hour_before_clock_out_counts(inspected: tuple[City, UUID]) -> None:
    city, case_id = inspected
    handler, _, at = entry_of(case_id, "handed_over")

    def of_handler(closing: int) -> Tally:
        found = count_deeds(Pattern.CLOCK_OUT, Of.PERSON, window(city, closing), EVERYWHERE)
        (tally,) = (one for one in found if one.subject == handler)
        return tally

    for closing, hits in ((at - 1, 0), (at, 1), (at + 899, 1), (at + 900, 0)):
        assert of_handler(closing) == Tally(handler, "", "handed_over", hits, 1)


@pytest.mark.parametrize(("before", "hits"), [(1_800, 0), (1_799, 1), (0, 1), (-1, 0)])
def test_a_hand_over_within_half_an_hour_before_its_deadline_counts(city: City, before: int, hits: int) -> None:
    case_id = city.at(Status.HANDLING)
    clock = city.state(case_id).clock(ClockKind.HANDLING)
    assert clock is not None
    command, handler = city.next_move(case_id)
    city.clock.now = clock.due - before - 60
    city.do(case_id, command, handler)
    found = count_deeds(Pattern.DEADLINE, Of.PERSON, window(city), EVERYWHERE)
    assert found == [Tally(handler.user_id, "", "", hits, 1)]


def test_pictures_without_capture_data_or_edited_count_for_whoever_handed_them_in(city: City) -> None:
    case_id = city.begin()
    (sha256,) = city.state(case_id).before
    reporter = entry_of(case_id, "reported")[0]
    for facts, hits in (({}, 1), ({"taken_at": "2026-11-30T08:00:00+08:00"}, 0), ({"edited_with": "GIMP"}, 1)):
        Picture.objects.filter(sha256=sha256).update(**facts)
        found = count_deeds(Pattern.CAPTURE_FACTS, Of.PERSON, window(city), EVERYWHERE)
        assert found == [Tally(reporter, "", "reported", hits, 1)]


def hand_over(city: City, case_id: UUID, picture: str) -> Submission:
    unit = city.state(case_id).leading
    assert unit is not None
    return city.submission(commands.HandOver(pictures=(picture,), text="已清理"), city.handler_of(unit.unit), case_id)


def test_a_refused_picture_stays_on_record_and_counts_once_for_whoever_handed_it_in(city: City) -> None:
    first, second = city.begin(), city.at(Status.HANDLING)
    (used,) = city.state(first).before
    one = hand_over(city, second, used)
    for outcome in city.perform(one) + city.perform(one):
        assert isinstance(outcome.problem, PictureUsed)
    person = one.actor
    with connection.cursor() as cursor:
        cursor.execute("SELECT user_id, case_id, sha256, code FROM cases_refused_picture")
        assert cursor.fetchall() == [(person.user_id, second, used, PictureUsed.code)] * 2
    found = count_deeds(Pattern.SAME_PICTURES, Of.PERSON, window(city), EVERYWHERE)
    assert Tally(person.user_id, "", "", 1, 1) in found
    behind = list_cases_behind(
        Pattern.SAME_PICTURES, Of.PERSON, (person.user_id, ""), window(city), EVERYWHERE, limit=5
    )
    assert [one.id for one in behind] == [second]


def test_a_refused_picture_of_a_report_is_on_record_where_the_report_would_have_lain(city: City) -> None:
    (used,) = city.state(city.begin()).before
    again = city.submission(city.reported(pictures=(used,)), city.collector())
    (outcome,) = city.perform(again)
    assert isinstance(outcome.problem, PictureUsed)
    (tally,) = count_deeds(Pattern.SAME_PICTURES, Of.PERSON, window(city), WEST)
    assert (tally.hits, tally.total) == (1, 2)
    assert count_deeds(Pattern.SAME_PICTURES, Of.PERSON, window(city), EAST) == []


@pytest.mark.parametrize("pattern", list(Pattern))
def test_deeds_and_cases_lie_within_the_scope(inspected: tuple[City, UUID], pattern: Pattern) -> None:
    city, _ = inspected
    assert count_deeds(pattern, Of.PERSON, window(city), WEST) == count_deeds(
        pattern, Of.PERSON, window(city), EVERYWHERE
    )
    (tally, *_) = count_deeds(pattern, Of.PERSON, window(city), WEST)
    assert count_deeds(pattern, Of.PERSON, window(city), EAST) == []
    whose = tally.subject, tally.key
    here, there = (list_cases_behind(pattern, Of.PERSON, whose, window(city), actor, limit=5) for actor in (WEST, EAST))
    assert (len(here), there) == (tally.hits, [])


@pytest.mark.usefixtures("_built", "db")
def test_who_reports_from_one_spot_is_shown_with_the_cases_behind_page_by_page(statement_count: StatementCount) -> None:
    city = living_city()
    one, *others = city.people(Role.COLLECTOR)[:4]
    spot = city.spot("990101001")
    same = [city.begin(city.reported(spot), one) for _ in range(25)]
    for step in range(60):
        city.begin(city.reported(spot, lon=to_e7(spot.lon) + 1_000 * (step + 1)), others[step % 3])
    supervisor = desk(city, Role.SUPERVISOR)
    answer = supervisor.call("GET", "/supervision/patterns").json()
    (odd,) = answer["items"]
    assert (odd["pattern"], odd["subject"], odd["count"], odd["basis"]) == ("one_spot", one.user_id, 25, 25)
    assert odd["expected"] <= 5
    assert (odd["name"], odd["with_name"]) != ("", "")
    assert abs(odd["spot"]["lon"] - spot.lon) < 0.0001
    path = f"/supervision/patterns/one_spot/cases?subject={one.user_id}&key={odd['key']}&limit=10"
    found: list[str] = []
    cursor: str | None = ""
    while cursor is not None:
        page = supervisor.call("GET", f"{path}&cursor={cursor}").json()
        found += [case["id"] for case in page["items"]]
        cursor = page["next_cursor"]
    assert sorted(found) == sorted(map(str, same))
    with statement_count() as counted:
        supervisor.call("GET", f"{path}&limit=20")
    few = counted.total
    with statement_count() as counted:
        supervisor.call("GET", f"{path}&limit=2")
    assert counted.total == few
    assert supervisor.call("GET", "/supervision/patterns?of=body&days=7").status_code == 200
    assert refused(supervisor.call("GET", "/supervision/patterns?days=400"))[0] == 422
    assert refused(desk(city, Role.ACCEPTOR).call("GET", path))[0] == 403
