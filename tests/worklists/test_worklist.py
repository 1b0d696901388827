"""What each person finds: scope, lists page by page, counts, lights, the map; on a real PostgreSQL."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any
from uuid import UUID

import pytest

from gezhi.calendars.rules.office_days import day_of
from gezhi.cases.actions import perform
from gezhi.cases.queries.case_page import get_case
from gezhi.cases.rules import commands
from gezhi.cases.rules.allowed import is_visible
from gezhi.cases.rules.applications.extension import AskExtension
from gezhi.cases.rules.clocks.clock import ClockKind
from gezhi.cases.rules.clocks.lights import leading_clock, light_of
from gezhi.cases.rules.stages import OPEN, Status
from gezhi.cases.shapes.presenter import Presenter
from gezhi.desks.queries.case_map import list_spots as list_map_spots
from gezhi.duties.queries.naming import Meaning
from gezhi.kernel.permissions import Actor, Role, Scope
from gezhi.worklists.queries.changes import ChangeCursor, Reading, list_changes
from gezhi.worklists.queries.meaning import Meanings, meanings_of
from gezhi.worklists.queries.worklist import SORTS, Filters, count_cases, count_queues, list_cases, place_after
from gezhi.worklists.rules.queues import queue_of, queues_of
from tests.cases.busy_city import every_case
from tests.cases.city import EAST, LITTER, LITTER_ROW, ROAD, WEST, City
from tests.fixtures import StatementCount

EVERYWHERE = Actor(1, 1, Role.ADMINISTRATOR, 1, Scope(regions=("",)))
NOBODY = Actor(1, 1, Role.ACCEPTOR, 1, Scope())


def everybody(city: City) -> list[Actor]:
    return [actor for role in Role for actor in city.people(role)]


def pages(filters: Filters, actor: Actor, *, now: int, sort: str, limit: int) -> Iterator[list[UUID]]:
    after: tuple[Any, ...] | None = None
    while True:
        page = list_cases(filters, actor, now=now, sort=sort, after=after, limit=limit)
        if not page:
            return
        yield [row.id for row in page]
        after = place_after(page[-1], filters.order(sort))


def seen_by(actor: Actor, city: City, **filters: Any) -> set[UUID]:
    rows = list_cases(Filters(**filters), actor, now=city.clock(), sort="oldest", after=None, limit=500)
    return {row.id for row in rows}


def test_lists_and_case_page_show_what_the_rule_of_scope_allows(busy: City) -> None:
    states = {case_id: busy.state(case_id) for case_id in every_case()}
    wrong = []
    for actor in everybody(busy):
        listed = seen_by(actor, busy)
        for case_id, state in states.items():
            visible = is_visible(actor, state)
            if (get_case(case_id, actor) is not None) is not visible or (case_id in listed and not visible):
                wrong.append((actor.name, actor.role, state.status, visible))
    assert wrong == []


def test_a_region_sees_its_own_cases_a_unit_its_own_work_and_an_empty_scope_nothing(busy: City) -> None:
    centre = seen_by(busy.actor(Role.ACCEPTOR), busy)
    assert centre == set(every_case())
    east = Actor(1, 1, Role.ACCEPTOR, 1, Scope(regions=(EAST,)))
    west = Actor(1, 1, Role.ACCEPTOR, 1, Scope(regions=(WEST,)))
    assert len(seen_by(east, busy)) == 2
    assert seen_by(east, busy) | seen_by(west, busy) == centre
    assert not seen_by(east, busy) & seen_by(west, busy)
    assert seen_by(NOBODY, busy) == set()
    cleaners = busy.handler_of(busy.unit("990100-cleaning-east"))
    assert {busy.state(case_id).status for case_id in seen_by(cleaners, busy)} == {Status.HANDLING}


def test_a_unit_keeps_sight_of_what_it_had_a_part_in(busy: City) -> None:
    west = busy.handler_of(busy.unit("990100-cleaning-west"))
    closed = next(case_id for case_id in every_case() if busy.state(case_id).status is Status.CLOSED)
    assert closed in seen_by(west, busy)
    assert closed not in seen_by(busy.handler_of(busy.unit("990100-cleaning-east")), busy)


def test_a_collector_keeps_sight_of_reports_and_tasks_of_their_own(busy: City) -> None:
    reported = busy.begin()
    author, other = busy.people(Role.COLLECTOR, region="990101001")[:2]
    assert get_case(reported, author) is not None
    assert get_case(reported, other) is None
    busy.do(reported, commands.RequireVerification(collector_id=other.user_id), busy.actor(Role.ACCEPTOR))
    assert reported in seen_by(other, busy, queue=queue_of("my_verify"))
    busy.lead(reported, Status.REPORTED)
    assert reported not in seen_by(other, busy, queue=queue_of("my_verify"))
    assert get_case(reported, other) is not None


def test_a_collector_whose_report_was_merged_sees_the_case_that_goes_on(busy: City) -> None:
    first, second = busy.people(Role.COLLECTOR, region="990101001")[:2]
    goes_on, merged = busy.begin(actor=first), busy.begin(actor=second)
    busy.do(merged, commands.Merge(into=str(goes_on), reason="重复", reason_code="other"), busy.actor(Role.ACCEPTOR))
    assert get_case(goes_on, second) is not None
    assert is_visible(second, busy.state(goes_on))


@pytest.mark.parametrize("sort", SORTS)
@pytest.mark.parametrize("limit", [1, 7, 100])
def test_pages_follow_one_another_without_gap_or_repeat_also_where_moments_are_equal(
    busy: City, sort: str, limit: int
) -> None:
    spots = [busy.spot(number=number) for number in range(20)]
    perform(
        [busy.submission(busy.reported(spot), busy.collector()) for spot in spots]
        + [busy.submission(busy.call(spot), busy.actor(Role.ACCEPTOR)) for spot in spots[:5]],
        clock=busy.clock,
    )
    paged = list(pages(Filters(), EVERYWHERE, now=busy.clock(), sort=sort, limit=limit))
    flat = [case_id for page in paged for case_id in page]
    whole = list_cases(Filters(), EVERYWHERE, now=busy.clock(), sort=sort, after=None, limit=1_000)
    assert len(flat) == len(set(flat)) == len(every_case())
    assert flat == [row.id for row in whole]
    assert [len(page) for page in paged[:-1]] == [limit] * (len(paged) - 1)


def test_citizens_complaints_come_first_then_what_is_due_first(busy: City) -> None:
    call = busy.begin(busy.call(), busy.actor(Role.ACCEPTOR))
    rows = list_cases(Filters(), EVERYWHERE, now=busy.clock(), sort="due", after=None, limit=1_000)
    keys = [(not row.complaint, row.due_at is None, row.due_at) for row in rows]
    assert keys == sorted(keys, key=lambda key: (key[0], key[1], key[2].timestamp() if key[2] else 0))
    assert rows[0].id == call


def test_the_lists_light_is_the_rules_light(busy: City) -> None:
    states = {case_id: busy.state(case_id) for case_id in every_case()}
    for later in (0, 430, 660, 7_200, 3 * 86_400):
        now = busy.clock() + later
        for light in ("green", "yellow", "red", "none"):
            rows = list_cases(Filters(light=light), EVERYWHERE, now=now, sort="oldest", after=None, limit=1_000)
            expected = set()
            for case_id, state in states.items():
                expected |= {case_id} if light_of(leading_clock(state), now) == light else set()
            assert {row.id for row in rows} == expected, (light, later)


def meaning(word: str, **named: Any) -> Meanings:
    return Meanings(words=(Meaning(word, **named),))


@pytest.mark.parametrize(
    ("given", "picks"),
    [
        ({"status": "handling"}, lambda state: state.status is Status.HANDLING),
        ({"class_key": ROAD}, lambda state: state.subject.class_key == ROAD),
        ({"region": EAST}, lambda state: state.place.county == EAST),
        ({"region": "990101001"}, lambda state: state.place.street == "990101001"),
        ({"channel": "hotline"}, lambda state: state.channel == "hotline"),
        ({"meant": meaning("鹭桥路口")}, lambda state: "鹭桥路口" in state.place.address),
        ({"meant": meaning("%")}, lambda _: False),
        ({"meant": meaning("无此地")}, lambda _: False),
        ({"meant": meaning("无此地", classes=(ROAD,))}, lambda state: state.subject.class_key == ROAD),
    ],
    ids=lambda one: "" if callable(one) else str(one),  # the address of a function is another in every worker
)
def test_a_list_is_narrowed_by_what_was_asked(busy: City, given: dict[str, Any], picks: Any) -> None:
    expected = {case_id for case_id in every_case() if picks(busy.state(case_id))}
    assert seen_by(EVERYWHERE, busy, **given) == expected
    assert count_cases(Filters(**given), EVERYWHERE, now=busy.clock()) == len(expected)


def test_a_case_is_found_by_its_number_its_unit_and_its_day(busy: City) -> None:
    some = every_case()[3]
    assert seen_by(EVERYWHERE, busy, meant=meaning(busy.state(some).no.casefold())) == {some}
    works = busy.unit("990100-works")
    leading = [busy.state(one).leading for one in seen_by(EVERYWHERE, busy, unit=works)]
    assert [part.unit for part in leading if part is not None] == [works]
    moments = {case_id: busy.state(case_id).reported for case_id in every_case()}
    middle = sorted(moments.values())[5]
    assert seen_by(EVERYWHERE, busy, since=middle) == {one for one, at in moments.items() if at >= middle}
    assert seen_by(EVERYWHERE, busy, until=middle) == {one for one, at in moments.items() if at < middle}


def test_the_counts_of_the_workbench_are_what_the_lists_hold(busy: City) -> None:
    now = busy.clock() + 500
    for actor in everybody(busy):
        counts = count_queues(queues_of(actor.role), actor, now=now)
        for queue in queues_of(actor.role):
            listed = list_cases(Filters(queue=queue), actor, now=now, sort="due", after=None, limit=1_000)
            if queue.finished:
                assert queue.key not in counts
                continue
            late = list_cases(Filters(queue=queue, light="red"), actor, now=now, sort="due", after=None, limit=1_000)
            soon = list_cases(Filters(queue=queue, light="yellow"), actor, now=now, sort="due", after=None, limit=1_000)
            found = counts[queue.key]
            assert (found.count, found.overdue, found.soon) == (len(listed), len(late), len(soon)), queue.key


def test_every_open_case_waits_in_a_queue_of_somebody_in_the_city(busy: City) -> None:
    waiting: set[UUID] = set()
    for actor in everybody(busy):
        for queue in queues_of(actor.role):
            if queue.statuses:
                waiting |= seen_by(actor, busy, queue=queue)
    assert waiting == {case_id for case_id in every_case() if busy.state(case_id).status in OPEN}


def test_what_waits_for_the_dispatchers_decision_has_a_queue_of_its_own(busy: City) -> None:
    (asking,) = seen_by(busy.actor(Role.DISPATCHER), busy, queue=queue_of("to_decide"))
    assert busy.state(asking).pending is not None


def test_what_waits_for_a_decision_is_late_by_the_time_to_decide_and_in_that_order(busy: City) -> None:
    dispatcher, waiting = busy.actor(Role.DISPATCHER), queue_of("to_decide")
    assert waiting is not None
    for _ in range(2):
        case_id = busy.at(Status.HANDLING)
        leading = busy.state(case_id).leading
        assert leading is not None
        ask = AskExtension(reason="料未到", reason_code="other", value=1, pictures=(busy.picture(),))
        busy.do(case_id, ask, busy.handler_of(leading.unit))
    rows = list_cases(Filters(queue=waiting), dispatcher, now=busy.clock(), sort="due", after=None, limit=50)
    clocks = [row.state.clock(ClockKind.APPROVAL) for row in rows]
    due = [clock.due for clock in clocks if clock is not None]
    assert len(due) == len(rows) >= 3
    assert due == sorted(due)
    flat = [
        case_id
        for page in pages(Filters(queue=waiting), dispatcher, now=busy.clock(), sort="due", limit=1)
        for case_id in page
    ]
    assert flat == [row.id for row in rows]
    for now in (due[0], due[0] + 1, due[-1] + 1):
        late = {row.id for row, at in zip(rows, due, strict=True) if at < now}
        listed = list_cases(Filters(queue=waiting, light="red"), dispatcher, now=now, sort="due", after=None, limit=50)
        assert {row.id for row in listed} == late
        assert count_queues((waiting,), dispatcher, now=now)["to_decide"].overdue == len(late)
    shown = Presenter(dispatcher, now=due[0] + 1).row(rows[0], deciding=True)
    assert shown.clock is not None
    assert (shown.clock.kind, shown.light, shown.due_at) == ("approval", "red", shown.clock.due_at)


def test_lists_counts_and_pages_need_the_same_statements_however_many_cases_there_are(
    busy: City, statement_count: StatementCount
) -> None:
    actor = busy.actor(Role.ACCEPTOR)

    def statements() -> list[int]:
        counts = []
        for act in (
            lambda: list_cases(Filters(), actor, now=busy.clock(), sort="due", after=None, limit=200),
            lambda: count_queues(queues_of(actor.role), actor, now=busy.clock()),
            lambda: list_map_spots(Filters(), actor, BOX, zoom=16, now=busy.clock()),
            lambda: list_changes(actor, ChangeCursor(since=0), Reading(), now=busy.clock(), limit=200),
        ):
            with statement_count() as counted:
                act()
            counts.append(counted.total)
        return counts

    statements()
    few = statements()
    for _ in range(30):
        busy.begin()
    assert statements() == few == [1, 2, 1, 2]


# map and neighbourhood

BOX = (118.18, 31.58, 118.25, 31.63)


def test_a_map_window_shows_each_case_when_near_and_counts_them_when_far(busy: City) -> None:
    near = list_map_spots(Filters(), EVERYWHERE, BOX, zoom=16, now=busy.clock())
    assert {spot.case_id for spot in near} == {str(case_id) for case_id in every_case()}
    far = list_map_spots(Filters(), EVERYWHERE, BOX, zoom=10, now=busy.clock())
    assert sum(spot.count for spot in far) == len(every_case())
    assert len(far) < len(near)
    nowhere = (100.0, 30.0, 101.0, 31.0)
    assert list_map_spots(Filters(), EVERYWHERE, nowhere, zoom=16, now=busy.clock()) == []
    east = Actor(1, 1, Role.ACCEPTOR, 1, Scope(regions=(EAST,)))
    assert sum(spot.count for spot in list_map_spots(Filters(), east, BOX, zoom=10, now=busy.clock())) == 2


def test_a_spot_shows_the_worst_light_of_its_cases(busy: City) -> None:
    fresh = busy.begin(busy.reported(busy.spot("990101100", 5)))
    box = (118.18, 31.58, 118.25, 31.63)
    alone = Filters(region="990101100")
    worst = [
        list_map_spots(alone, EVERYWHERE, box, zoom=10, now=busy.clock() + later)[0].worst for later in (0, 430, 601)
    ]
    assert worst == [1, 2, 3]
    busy.do(fresh, commands.Refuse(reason="不属实", reason_code="other", answer="谢谢"), busy.actor(Role.ACCEPTOR))
    assert list_map_spots(alone, EVERYWHERE, box, zoom=10, now=busy.clock())[0].worst == 0


def test_a_search_finds_no_case_by_what_its_place_says_of_the_sender(city: City) -> None:
    place = "鹭桥路口，王小明家１３８０-０００１２３４"
    case_id = city.begin(city.call(address=place, class_key=LITTER, row_key=LITTER_ROW), city.actor(Role.ACCEPTOR))
    actor, no = city.actor(Role.DISPATCHER), city.state(case_id).no

    def found(words: str) -> bool:
        rows = list_cases(
            Filters(meant=meanings_of(words, actor, on=day_of(city.clock()))),
            actor,
            now=city.clock(),
            sort="newest",
            after=None,
            limit=200,
        )
        return case_id in {row.id for row in rows}

    assert [found(words) for words in ("鹭桥路口", "路口", no, no[-6:])] == [True] * 4
    names = (
        "王小明",
        "小明",
        "王小",
        "王小明家",
        "小明家",
        "１３８０-０００１２３４",
        "１３８０",
        "０００１２３４",
    )
    assert [words for words in names if found(words)] == []
