"""The workbench of a unit and its crews, and the overview of supervisors and leaders, through their doors."""

from __future__ import annotations

import io
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from PIL import Image, ImageDraw

from gezhi.cases.rules import commands
from gezhi.cases.rules.applications.suspension import AskSuspension
from gezhi.cases.rules.difficulty import ownerless_since
from gezhi.cases.rules.stages import Status
from gezhi.desks.queries.workbench import count_ages, count_by_unit, count_stock, list_ownerless
from gezhi.desks.rules.overview import WEEK_S
from gezhi.kernel.permissions import Actor, Role
from gezhi.plumbing.clock import system_clock
from tests.cases.city import ROAD, ROAD_ROW, City, living_city
from tests.cases.test_api import Browser, desk, refused
from tests.cases.test_indexes import asked_of_cases, columns_of
from tests.fixtures import FixedClock, StatementCount
from tests.supervision.office import Office

TODAY = (datetime.fromtimestamp(system_clock(), UTC) + timedelta(hours=8)).date()
UNIT, CREW = "990100-cleaning-west", "990100-cleaning-west-crew"


@pytest.fixture
def now_city(_built: None, db: None) -> City:
    return living_city()


def man(city: City, code: str) -> Actor:
    return city.handler_of(city.unit(code))


def bench(actor: Actor) -> dict[str, Any]:
    response = Browser().sign_in(actor).call("GET", "/workbench")
    assert response.status_code == 200, response.content
    found: dict[str, Any] = response.json()
    return found


def piles(answer: dict[str, Any]) -> dict[str, int]:
    return {one["key"]: one["count"] for one in answer["piles"] if one["count"]}


def test_a_unit_sees_its_orders_by_pile_and_its_crews_with_their_people(now_city: City) -> None:
    now_city.at(Status.DISPATCHED)
    now_city.at(Status.HANDLING)
    answer = bench(man(now_city, UNIT))
    assert answer["unit"]["name"] == "西岸保洁公司"
    assert piles(answer)["to_receive"] == 1
    assert sum(piles(answer).values()) == 2
    (crew,) = answer["crews"]
    assert (crew["unit"]["name"], crew["area"], crew["level"], crew["people"]) == ("西岸保洁一班", "9901", 3, 1)
    assert crew["load"]["in_hand"] == 0
    assert answer["load"]["in_hand"] == 2


def test_what_is_given_down_lies_with_the_crew_until_it_hands_up(now_city: City) -> None:
    case_id, unit, crew = now_city.at(Status.HANDLING), man(now_city, UNIT), man(now_city, CREW)
    now_city.do(case_id, commands.Assign(unit_id=now_city.unit(CREW), text="今天清完"), unit)
    (order,) = bench(crew)["items"]
    assert (order["pile"], order["unit"]["name"], order["leading"]) == ("to_receive", "西岸保洁一班", False)
    now_city.do(case_id, commands.Receive(), crew)
    (order,) = bench(unit)["items"]
    assert [(one["received"], one["handed_up_at"], one["text"]) for one in order["crews"]] == [(True, None, "")]
    picture = now_city.picture()
    now_city.do(case_id, commands.HandOver(pictures=(picture,), text="已清运两车"), crew)
    assert piles(bench(crew)) == {"handed_over": 1}
    (order,) = bench(unit)["items"]
    (done,) = order["crews"]
    assert (order["pile"], done["handed_up_at"] is not None, done["text"]) == ("to_confirm", True, "已清运两车")
    assert [one["sha256"] for one in done["pictures"]] == [picture]
    office = Browser().sign_in(unit)
    offered = {one["command"]: one for one in office.call("GET", f"/cases/{case_id}").json()["actions"]}["hand_over"]
    assert offered["suggestion"]["needs_proof"] is False
    assert office.act(case_id, "hand_over", lon=100.0, lat=20.0).status_code == 200
    assert now_city.state(case_id).status is Status.HANDLED
    assert bench(unit)["items"] == []


def test_work_that_comes_back_is_marked_as_such(now_city: City) -> None:
    first, asked = now_city.at(Status.HANDLING), now_city.at(Status.HANDLED)
    now_city.do(asked, commands.AskMore(reason="补拍全景"), now_city.actor(Role.DISPATCHER))
    reopened = now_city.at(Status.CLOSED)
    now_city.do(reopened, commands.Reopen(reason="回访不满意", reason_code="other"), now_city.actor(Role.DUTY_OFFICER))
    now_city.lead(reopened, Status.DISPATCHED)
    orders = bench(man(now_city, UNIT))["items"]
    assert {order["row"]["id"]: order["again"] for order in orders} == {
        str(first): False,
        str(asked): True,
        str(reopened): True,
    }


def test_another_unit_sees_none_of_it(now_city: City) -> None:
    now_city.at(Status.HANDLING)
    assert bench(man(now_city, "990100-parks"))["items"] == []


def test_only_a_handler_has_a_workbench_of_units(now_city: City) -> None:
    answer = desk(now_city, Role.DISPATCHER).call("GET", "/workbench")
    assert refused(answer) == (403, "cases.stages.role-may-not")


def test_the_workbench_takes_the_same_statements_for_one_and_for_many(
    now_city: City, statement_count: StatementCount
) -> None:
    first = now_city.at(Status.DISPATCHED)
    browser = Browser().sign_in(man(now_city, UNIT))
    browser.call("GET", "/workbench")
    with statement_count() as few:
        assert len(browser.call("GET", "/workbench").json()["items"]) == 1
    for _ in range(9):
        now_city.at(Status.DISPATCHED)
    with statement_count() as many:
        items = browser.call("GET", "/workbench").json()["items"]
    assert len(items) == 10
    assert str(first) in {item["row"]["id"] for item in items}
    assert few.total == many.total
    assert sum("cases_" in sql for sql in many.sql) == 3


def photo(*, hole: bool, quality: int = 90, size: tuple[int, int] = (640, 480)) -> SimpleUploadedFile:
    picture = Image.linear_gradient("L").resize((640, 480)).convert("RGB")
    if hole:
        ImageDraw.Draw(picture).ellipse((250, 200, 390, 300), fill="black")
    buffer = io.BytesIO()
    picture.resize(size).save(buffer, "JPEG", quality=quality)
    return SimpleUploadedFile("photo.jpg", buffer.getvalue(), "image/jpeg")


def upload(browser: Browser, file: SimpleUploadedFile) -> str:
    token = browser.cookies[settings.CSRF_COOKIE_NAME].value
    response = browser.post("/api/v1/media", {"file": file}, headers={"X-CSRFToken": token})
    assert response.status_code in (200, 201), response.content
    return str(response.json()["sha256"])


def handling_with_photo(city: City) -> tuple[UUID, Browser]:
    """A pothole reported with a real picture, received by its unit."""
    before = upload(Browser().sign_in(city.collector()), photo(hole=True))
    case_id = city.lead(
        city.begin(city.reported(class_key=ROAD, row_key=ROAD_ROW, pictures=(before,))), Status.HANDLING
    )
    leading = city.state(case_id).leading
    assert leading is not None
    return case_id, Browser().sign_in(city.handler_of(leading.unit))


def test_the_picture_before_saved_anew_is_refused_as_a_result_and_the_mended_road_is_not(now_city: City) -> None:
    case_id, unit = handling_with_photo(now_city)
    again = upload(unit, photo(hole=True, quality=50, size=(480, 360)))
    answer = unit.act(case_id, "hand_over", pictures=[again])
    assert refused(answer) == (422, "cases.handling.same-as-before")
    mended = upload(unit, photo(hole=False))
    assert unit.act(case_id, "hand_over", pictures=[mended]).json()["status"] == "handled"


def test_a_position_far_from_the_case_is_refused_without_a_reason(now_city: City) -> None:
    case_id, unit = handling_with_photo(now_city)
    place = unit.call("GET", f"/cases/{case_id}").json()
    mended = upload(unit, photo(hole=False))
    far = {"lon": place["lon"] + 0.01, "lat": place["lat"]}
    assert refused(unit.act(case_id, "hand_over", pictures=[mended], **far)) == (422, "cases.evidence.too-far")
    near = {"lon": place["lon"], "lat": place["lat"]}
    assert unit.act(case_id, "hand_over", pictures=[mended], **near).status_code == 200


def test_several_orders_are_received_with_one_command(now_city: City) -> None:
    ids = [now_city.at(Status.DISPATCHED) for _ in range(3)]
    unit = Browser().sign_in(man(now_city, UNIT))
    cases = [{"id": str(one), "seq": now_city.state(one).seq} for one in ids]
    answer = unit.send("/cases/commands", {"cases": cases, "command": {"command": "receive"}}).json()
    assert answer["done"] == 3
    assert [line["seq"] for line in answer["items"]] == [now_city.state(one).seq for one in ids]
    assert {now_city.state(one).status for one in ids} == {Status.HANDLING}


# Supervisors and leaders.


def overview(browser: Browser) -> dict[str, Any]:
    response = browser.call("GET", "/overview")
    assert response.status_code == 200, response.content
    found: dict[str, Any] = response.json()
    return found


def figure(answer: dict[str, Any], key: str) -> tuple[int, int]:
    return next((one["value"], one["other"]) for one in (*answer["needs"], *answer["today"]) if one["key"] == key)


def test_figures_of_today_stand_beside_the_same_hours_of_last_week(now_city: City) -> None:
    now = system_clock()
    last_week = City(FixedClock(now - 7 * 86_400 - 600), begun=now_city)
    last_week.begin()
    now_city.ids, now_city._pictures = last_week.ids, last_week._pictures
    now_city.clock.now = now - 60
    for _ in range(2):
        now_city.begin()
    answer = overview(desk(now_city, Role.LEADER))
    midnight = datetime.fromtimestamp(now, UTC) + timedelta(hours=8)
    if midnight.hour or midnight.minute > 15:
        assert figure(answer, "reported") == (2, 1)
    assert figure(answer, "open") == (3, 1)
    assert [one["key"] for one in answer["needs"]][:2] == ["to_decide", "late"]


def test_the_stock_is_counted_from_the_index_of_open_cases_alone(
    now_city: City, statement_count: StatementCount
) -> None:
    leader = now_city.actor(Role.LEADER)
    with statement_count() as counted:
        count_stock(leader, now=system_clock(), midnight=0)
        count_by_unit(leader, now=system_clock())
    stock, _flow, by_unit = counted.sql
    asked = asked_of_cases([stock, by_unit])
    assert {"major", "reported_at", "working_ids"} < asked <= columns_of("cases_case_open_figures")


def test_overdue_units_come_first_and_each_beside_what_it_has_in_hand(now_city: City) -> None:
    early = City(FixedClock(system_clock() - 5 * 86_400), begun=now_city)
    late = early.at(Status.HANDLING)
    now_city.ids, now_city._pictures = early.ids, early._pictures
    now_city.at(Status.HANDLING, class_key=ROAD, row_key=ROAD_ROW)
    answer = overview(desk(now_city, Role.SUPERVISOR))
    leading = now_city.state(late).leading
    assert leading is not None
    lines = [(one["unit"]["id"], one["in_hand"], one["overdue"]) for one in answer["units"]]
    assert lines[0] == (leading.unit, 1, 1)
    assert (answer["all_in_hand"], answer["all_overdue"]) == (2, 1)
    assert figure(answer, "late") == (1, 1)


def test_every_late_count_has_its_list_and_a_late_receipt_is_no_late_handling(now_city: City) -> None:
    early = City(FixedClock(system_clock() - 5 * 86_400), begun=now_city)
    helped = early.at(Status.REGISTERED)
    helper = early.unit("990100-parks")
    command = commands.Dispatch(unit_id=early.unit(UNIT), helpers=(helper,), reason="分工")
    early.do(helped, command, early.actor(Role.DISPATCHER))
    now_city.ids, now_city._pictures = early.ids, early._pictures
    now_city.clock.now = system_clock() - 3 * 3_600
    to_receive = now_city.at(Status.DISPATCHED, class_key=ROAD, row_key=ROAD_ROW)  # receipt late, handling not yet
    leader = desk(now_city, Role.LEADER)
    answer = overview(leader)

    def listed(**filters: Any) -> list[str]:
        asked = "&".join(f"{name}={value}" for name, value in filters.items())
        return [row["id"] for row in leader.call("GET", f"/cases?queue=all_open&{asked}").json()["items"]]

    late, handling = listed(light="red"), listed(handling_late="true")
    assert figure(answer, "late") == (len(late), len(handling))
    assert str(to_receive) not in handling
    assert handling == [str(helped)]
    assert answer["all_overdue"] == 1
    for line in answer["units"]:
        assert len(listed(handling_late="true", unit=line["unit"]["id"])) == line["overdue"]
    assert sum(line["overdue"] for line in answer["units"]) == 2  # each unit for itself, the helping one too


def test_what_nobody_owns_is_listed_by_age(now_city: City) -> None:
    early = City(FixedClock(system_clock() - 8 * 86_400), begun=now_city)
    case_id = early.at(Status.REGISTERED)
    early.do(case_id, commands.MarkUnowned(reason="责任不清"), early.actor(Role.DISPATCHER))
    answer = overview(desk(now_city, Role.SUPERVISOR))
    assert [one["count"] for one in answer["bands"]] == [0, 0, 1, 0]
    (one,) = answer["ownerless"]
    assert (one["row"]["id"], one["difficulty"]) == (str(case_id), "unowned")
    assert figure(answer, "difficult") == (1, 1)


def test_all_that_nobody_owns_is_counted_and_the_oldest_shown(now_city: City) -> None:
    early = City(FixedClock(system_clock() - 40 * 86_400), begun=now_city)
    oldest = early.at(Status.REGISTERED)
    early.do(oldest, commands.MarkUnowned(reason="责任不清"), early.actor(Role.DISPATCHER))
    now_city.ids, now_city._pictures = early.ids, early._pictures
    newer = now_city.at(Status.REGISTERED)
    now_city.do(newer, commands.MarkUnowned(reason="责任不清"), now_city.actor(Role.DISPATCHER))
    with connection.cursor() as cursor:
        cursor.execute("UPDATE cases_case SET due_at = NULL WHERE id = %s", [oldest])
        cursor.execute(
            "INSERT INTO cases_case SELECT (jsonb_populate_record(c, jsonb_build_object("
            "'id', gen_random_uuid(), 'no', c.no || n))).* FROM cases_case c, generate_series(1, 320) n "
            "WHERE c.id = %s",
            [newer],
        )
    answer = overview(desk(now_city, Role.SUPERVISOR))
    assert [one["count"] for one in answer["bands"]] == [321, 0, 0, 1]
    assert figure(answer, "difficult") == (322, 1)
    shown = answer["ownerless"]
    assert (shown[0]["row"]["id"], len(shown)) == (str(oldest), 8)
    assert shown == sorted(shown, key=lambda one: one["since"])


def test_the_database_dates_what_nobody_owns_as_the_rules_do(now_city: City) -> None:
    early = City(FixedClock(system_clock() - 9 * 86_400), begun=now_city)
    unowned, returned = early.at(Status.REGISTERED), Office(early).twice_returned()
    early.do(unowned, commands.MarkUnowned(reason="责任不清"), early.actor(Role.DISPATCHER))
    since = {str(one): ownerless_since(now_city.state(one)) for one in (unowned, returned)}
    leader = now_city.actor(Role.LEADER)
    for moment in since.values():
        for now in (moment + WEEK_S - 1, moment + WEEK_S):
            assert count_ages(leader, now=now)[1] == sum(now - one >= WEEK_S for one in since.values())
    shown = [str(row.id) for row in list_ownerless(leader, limit=9)]
    assert shown == sorted(since, key=lambda one: since[one])


def test_what_waits_for_the_leader_is_the_first_figure(now_city: City) -> None:
    case_id = now_city.at(Status.HANDLING)
    leading = now_city.state(case_id).leading
    assert leading is not None
    until = system_clock() + 20 * 86_400
    ask = AskSuspension(reason="须待施工季节", reason_code="other", until=until, pictures=(now_city.picture(),))
    now_city.do(case_id, ask, now_city.handler_of(leading.unit))
    pending = now_city.state(case_id).pending
    assert pending is not None
    assert pending.deciding is not None
    role = Role(pending.deciding)
    answer = overview(desk(now_city, role))
    assert answer["needs"][0]["key"] == "to_decide"
    assert figure(answer, "to_decide") == (1, 0)
    assert figure(answer, "asked")[0] == 1


def test_the_overview_takes_the_same_statements_for_few_and_for_many(
    now_city: City, statement_count: StatementCount
) -> None:
    now_city.begin()
    leader = desk(now_city, Role.LEADER)
    overview(leader)
    with statement_count() as few:
        overview(leader)
    for _ in range(12):
        now_city.begin()
    with statement_count() as many:
        overview(leader)
    assert few.total == many.total
    assert sum("cases_" in sql for sql in many.sql) == 6


def test_a_collector_has_no_overview(now_city: City) -> None:
    collector = Browser().sign_in(now_city.collector())
    assert refused(collector.call("GET", "/overview")) == (403, "people.policy.not-granted")
