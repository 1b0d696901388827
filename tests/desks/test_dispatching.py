"""The dispatch desk: what it says of waiting cases, in how many statements, and the dispatcher's own record."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

import pytest

from gezhi.calendars.rules.office_days import month_start
from gezhi.cases.rules import commands
from gezhi.cases.rules.applications.deciding import DecideApplication
from gezhi.cases.rules.applications.send_back import AskSendBack
from gezhi.cases.rules.commands import Submission
from gezhi.cases.rules.stages import Status
from gezhi.desks.queries.dispatching import read_centre_record
from gezhi.kernel.permissions import Role
from gezhi.plumbing.clock import system_clock
from tests.cases.city import LITTER, LITTER_ROW, ROAD, ROAD_ROW, City
from tests.cases.test_api import Browser, desk, refused
from tests.fixtures import FixedClock, StatementCount

TODAY = (datetime.fromtimestamp(system_clock(), UTC) + timedelta(hours=8)).date()


@pytest.fixture
def now_city(_built: None, db: None) -> City:
    """The invented city an hour ago, in the month of now: the desk looks at the system's clock."""
    now = system_clock()
    read_centre_record.cache_clear()
    return City(FixedClock(max(now - 3_600, month_start(now))))


def waiting(browser: Browser, **query: Any) -> list[dict[str, Any]]:
    asked = "&".join(f"{name}={value}" for name, value in query.items())
    response = browser.call("GET", f"/dispatching?{asked}")
    assert response.status_code == 200, response.content
    items: list[dict[str, Any]] = response.json()["items"]
    return items


def leading(city: City, case_id: UUID) -> int:
    unit = city.state(case_id).leading
    assert unit is not None
    return unit.unit


def send_back(city: City, case_id: UUID) -> None:
    """The unit has it, and gets its wish to send it back granted."""
    unit = leading(city, case_id)
    city.do(case_id, AskSendBack(reason="不属本单位管养", reason_code="other"), city.handler_of(unit))
    while city.state(case_id).pending is not None:
        pending = city.state(case_id).pending
        assert pending is not None
        assert pending.deciding is not None
        decider = city.actor(Role(pending.deciding))
        city.do(case_id, DecideApplication(granted=True, reason="核实属实"), decider)


def test_a_waiting_case_names_the_unit_of_the_duty_table_and_why(now_city: City) -> None:
    case_id = now_city.at(Status.REGISTERED)
    (item,) = waiting(desk(now_city, Role.DISPATCHER))
    assert item["row"]["id"] == str(case_id)
    choice = item["choices"][0]
    assert (item["suggested"], choice["source"]) == (choice["unit"]["id"], "table")
    assert choice["unit"]["name"] == "西岸保洁公司"
    assert choice["reason"]["zh"]
    assert choice["load"] == {"in_hand": 0, "overdue": 0, "due_today": 0, "finished": 0}
    assert (choice["usable"], choice["overloaded"], item["trace"], item["returns"]) == (True, False, [], [])


def test_a_case_that_came_back_shows_its_units_and_the_reason_of_the_return(now_city: City) -> None:
    case_id = now_city.at(Status.HANDLING, class_key=ROAD, row_key=ROAD_ROW)
    unit = leading(now_city, case_id)
    send_back(now_city, case_id)
    (item,) = waiting(desk(now_city, Role.DISPATCHER))
    (part,) = item["trace"]
    assert (part["unit"]["id"], part["end"], part["leading"]) == (unit, "sent_back", True)
    assert [(one["unit"]["id"], one["reason"], one["opinion"]) for one in item["returns"]] == [
        (unit, "不属本单位管养", "核实属实")
    ]
    assert [hint["code"] for hint in item["hints"]] == ["sent_this_back"]
    assert item["suggested"] is None
    assert [(one["unit"]["id"], one["source"]) for one in item["choices"]] == [(unit, "alternative")]


def test_rework_is_suggested_to_the_unit_that_had_it(now_city: City) -> None:
    case_id = now_city.at(Status.INSPECTING)
    unit = leading(now_city, case_id)
    state = now_city.state(case_id)
    command, collector = now_city.next_move(case_id)
    assert isinstance(command, commands.CompleteInspection)
    failed = tuple(type(one)(one.code, passed=False) for one in command.results)
    now_city.do(case_id, commands.CompleteInspection(results=failed, **now_city.seen(state)), collector)
    (item,) = waiting(desk(now_city, Role.DISPATCHER))
    assert (item["suggested"], item["choices"][0]["source"]) == (unit, "rework")
    assert item["trace"][0]["end"] == "failed"


def test_the_same_problem_at_another_unit_near_by_is_told(now_city: City) -> None:
    first = now_city.at(Status.REGISTERED)
    other = now_city.unit("990100-parks")
    now_city.do(first, commands.Dispatch(unit_id=other, reason="绿化带内"), now_city.actor(Role.DISPATCHER))
    now_city.at(Status.REGISTERED)
    (item,) = waiting(desk(now_city, Role.DISPATCHER))
    (hint,) = [hint for hint in item["hints"] if hint["code"] == "near_elsewhere"]
    assert hint["case"] == str(first)
    assert [(one["id"], one["open"], one["unit"]["id"], one["metres"]) for one in item["near"]] == [
        (str(first), True, other, 0)
    ]


def test_who_finished_the_class_near_by_is_an_alternative(now_city: City) -> None:
    first = now_city.at(Status.REGISTERED)
    other = now_city.unit("990100-parks")
    now_city.do(first, commands.Dispatch(unit_id=other, reason="绿化带内"), now_city.actor(Role.DISPATCHER))
    now_city.lead(first, Status.CLOSED)
    now_city.at(Status.REGISTERED)
    (item,) = waiting(desk(now_city, Role.DISPATCHER))
    (choice,) = [choice for choice in item["choices"] if choice["source"] == "nearby"]
    assert (choice["unit"]["id"], choice["reason"]["zh"]) == (other, "附近办结过同类案件 1 件")
    assert choice["load"]["finished"] == 1


def test_loads_count_what_is_at_work_and_what_of_it_is_late(now_city: City) -> None:
    early = City(FixedClock(system_clock() - 9 * 86_400), begun=now_city)
    for _ in range(2):
        early.at(Status.HANDLING)
    now_city.ids, now_city._pictures = early.ids, early._pictures
    now_city.at(Status.REGISTERED)
    (item,) = waiting(desk(now_city, Role.DISPATCHER))
    load = item["choices"][0]["load"]
    assert (load["in_hand"], load["overdue"]) == (2, 2)


def test_pages_follow_one_another(now_city: City) -> None:
    ids = {str(now_city.at(Status.REGISTERED)) for _ in range(3)}
    dispatcher = desk(now_city, Role.DISPATCHER)
    first = dispatcher.call("GET", "/dispatching?limit=2").json()
    assert (len(first["items"]), first["total"], first["total_is_more"]) == (2, 3, False)
    rest = dispatcher.call("GET", f"/dispatching?limit=2&cursor={first['next_cursor']}").json()
    assert {item["row"]["id"] for item in (*first["items"], *rest["items"])} == ids
    assert rest["next_cursor"] is None


def test_only_a_dispatcher_has_the_desk(now_city: City) -> None:
    for path in ("/dispatching", "/dispatching/mine"):
        answer = desk(now_city, Role.DUTY_OFFICER).call("GET", path)
        assert refused(answer) == (403, "cases.stages.role-may-not")


def test_a_full_page_takes_as_many_statements_as_a_short_one(now_city: City, statement_count: StatementCount) -> None:
    begun = now_city.at(Status.REGISTERED)
    dispatcher = desk(now_city, Role.DISPATCHER)
    waiting(dispatcher, limit=200)
    with statement_count() as few:
        assert len(waiting(dispatcher, limit=200)) == 1
    more = [now_city.submission(now_city.reported(), now_city.collector()) for _ in range(150)]
    now_city.perform(*more)
    accept = commands.Accept(class_key=LITTER, row_key=LITTER_ROW)
    for command, role in ((accept, Role.ACCEPTOR), (commands.Register(), Role.DUTY_OFFICER)):
        actor = now_city.actor(role)
        batch = [
            Submission(case_id=one.case_id, command_id=now_city.ids(), command=command, actor=actor) for one in more
        ]
        assert all(outcome.problem is None for outcome in now_city.perform(*batch))
    with statement_count() as many:
        assert len(waiting(dispatcher, limit=200)) == 151
    assert few.total == many.total
    assert few.total <= 7
    assert str(begun) in {item["row"]["id"] for item in waiting(dispatcher, limit=200)}


# The dispatcher's own record.


def record(browser: Browser, month: str = "") -> dict[str, Any]:
    response = browser.call("GET", f"/dispatching/mine{'?month=' + month if month else ''}")
    assert response.status_code == 200, response.content
    found: dict[str, Any] = response.json()
    return found


def test_a_month_without_dispatches_has_no_shares(now_city: City) -> None:
    mine = record(desk(now_city, Role.DISPATCHER))["mine"]
    assert mine == {
        "dispatched": 0,
        "in_time": 0,
        "sent_back": 0,
        "recalled": 0,
        "to_another": 0,
        "wrong": 0,
        "accuracy": None,
        "timeliness": None,
        "seconds": None,
    }


def test_a_granted_return_and_another_unit_after_a_recall_are_wrong_dispatches(now_city: City) -> None:
    dispatcher, other = now_city.actor(Role.DISPATCHER), now_city.unit("990100-parks")
    right = now_city.at(Status.DISPATCHED)
    returned = now_city.at(Status.HANDLING)
    send_back(now_city, returned)
    moved = now_city.at(Status.DISPATCHED)
    now_city.clock.advance(120)
    now_city.do(moved, commands.Recall(reason="派错单位"), dispatcher)
    now_city.do(moved, commands.Dispatch(unit_id=other, reason="绿化带内"), dispatcher)
    undone = now_city.at(Status.DISPATCHED)
    now_city.clock.now -= 40
    now_city.do(undone, commands.Recall(reason="撤销"), dispatcher)
    answer = record(desk(now_city, Role.DISPATCHER))
    mine = answer["mine"]
    assert now_city.state(right).status is Status.DISPATCHED
    assert (mine["dispatched"], mine["sent_back"], mine["recalled"], mine["to_another"], mine["wrong"]) == (
        4, 1, 1, 1, 2,
    )  # fmt: skip
    assert (mine["accuracy"], mine["timeliness"], mine["seconds"]) == ("50.0", "100.0", 60)
    assert answer["centre"] == mine
    assert answer["people"] == 4
    assert (answer["meaning"]["zh"][:3], answer["last_month"]["dispatched"]) == ("派遣数", 0)


def test_a_month_is_asked_for_by_its_name(now_city: City) -> None:
    now_city.at(Status.DISPATCHED)
    dispatcher = desk(now_city, Role.DISPATCHER)
    assert record(dispatcher, f"{TODAY:%Y-%m}")["mine"]["dispatched"] == 1
    following = (TODAY.replace(day=1) + timedelta(days=32)).strftime("%Y-%m")
    later = record(dispatcher, following)
    assert (later["month"], later["mine"]["dispatched"], later["last_month"]["dispatched"]) == (following, 0, 1)
    assert dispatcher.call("GET", "/dispatching/mine?month=2026-13").status_code == 422


def test_a_record_takes_two_statements_and_the_centre_is_looked_up_once_in_a_while(
    now_city: City, statement_count: StatementCount
) -> None:
    now_city.at(Status.DISPATCHED)
    dispatcher = desk(now_city, Role.DISPATCHER)
    with statement_count() as first:
        record(dispatcher)
    with statement_count() as second:
        record(dispatcher)
    assert [sum("cases_" in sql for sql in counted.sql) for counted in (first, second)] == [2, 1]
