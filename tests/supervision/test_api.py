"""The doors of supervision as a browser meets them: pages, filters, scope, sheets, acts and bad input."""

from __future__ import annotations

import io
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

import msgspec
import pytest
from django.db import connection
from openpyxl import load_workbook  # type: ignore[import-untyped]

from gezhi.cases.rules import commands
from gezhi.cases.rules.stages import Status
from gezhi.kernel.permissions import Actor, Role, Scope
from gezhi.plumbing import sheets
from gezhi.plumbing.clock import system_clock
from gezhi.supervision import actions
from gezhi.supervision.actions.accountability import Proposed
from gezhi.supervision.actions.major import Listing
from gezhi.supervision.actions.ownerless import Decided
from gezhi.supervision.queries.accountability import EntryFilter, list_entries
from gezhi.supervision.queries.major import MajorFilter, list_major
from gezhi.supervision.queries.orders import OrderFilter, count_orders, list_orders
from gezhi.supervision.queries.ownerless import BoardFilter, list_board, list_settlements
from tests.cases.city import EAST, WEST, living_city
from tests.cases.test_api import Browser, desk
from tests.fixtures import StatementCount
from tests.supervision.office import DAY, Office

TODAY = (datetime.fromtimestamp(system_clock(), UTC) + timedelta(hours=8)).date()
NOBODY = Actor(1, 1, Role.ACCEPTOR, 1, Scope())


@pytest.fixture
def office(_built: None, db: None) -> Office:
    """The invented city an hour ago: doors look at the system's clock."""
    return Office(living_city())


def sign_in(actor: Actor) -> Browser:
    return Browser().sign_in(actor)


def at(seconds: int) -> str:
    return datetime.fromtimestamp(system_clock() + seconds, UTC).isoformat()


def codes(response: Any) -> tuple[int, str]:
    return response.status_code, response.json().get("code", "")


def rows_of(response: Any) -> list[tuple[Any, ...]]:
    assert response.status_code == 200
    sheet = load_workbook(io.BytesIO(b"".join(response.streaming_content))).active
    return list(sheet.iter_rows(values_only=True))


def test_an_order_goes_through_the_doors_to_its_end(office: Office) -> None:
    case_id = office.city.at(Status.HANDLING)
    supervisor, handler = sign_in(office.supervisor), sign_in(office.handler(case_id))
    form = supervisor.call("GET", f"/supervision/orders/form?case_id={case_id}").json()
    assert [level["addressee"] for level in form["levels"]] == ["contact", "head", "government"]
    assert form["units"][0]["id"] == office.handler(case_id).organisation_id
    body = {"case_id": case_id, "level": 1, "requirement": "今日内清理"}
    order = supervisor.send("/supervision/orders", body, **{"Idempotency-Key": "one"}).json()
    assert supervisor.send("/supervision/orders", body, **{"Idempotency-Key": "one"}).json()["id"] == order["id"]
    assert (order["state"], order["kind"], order["acts"]) == (
        "open",
        "supervisor",
        ["further", "escalate", "remind", "lift"],
    )
    mine = handler.call("GET", f"/supervision/orders/{order['id']}").json()
    assert mine["acts"] == ["reply"]
    path = f"/supervision/orders/{order['id']}"
    handler.send(f"{path}/reply", {"text": "已安排"})
    returned = supervisor.send(f"{path}/return", {"reason": "请附照片"}).json()
    assert returned["state"] == "returned"
    handler.send(f"{path}/reply", {"text": "已清理", "pictures": [office.city.picture()]})
    assert supervisor.send(f"{path}/acceptance", {}).json()["accepted_at"] is not None
    supervisor.send(f"{path}/further", {"requirement": "说明原因", "due_at": at(DAY)})
    supervisor.send(f"{path}/reminder", {"text": "请抓紧"})
    raised = supervisor.send(f"{path}/escalation", {"reason": "进展缓慢"}).json()
    assert (raised["level"], raised["addressee"]) == (2, "head")
    done = supervisor.send(f"{path}/lifting", {"reason": "已解决"}).json()
    assert (done["state"], done["lifted_by"]) == ("lifted", office.supervisor.name)
    assert [event["kind"] for event in done["events"]] == [
        *("ordered", "replied", "returned", "replied", "accepted", "further_ordered", "reminded", "escalated", "lifted")
    ]
    assert done["events"][3]["pictures"][0]["url"].startswith("/api/v1/media/")


def test_bad_input_is_refused_with_a_reason(office: Office) -> None:
    case_id = office.city.at(Status.HANDLING)
    supervisor = sign_in(office.supervisor)
    body = {"case_id": case_id, "level": 1, "requirement": "今日内清理"}
    assert codes(supervisor.send("/supervision/orders", {**body, "due_at": at(-60)})) == (
        422,
        "supervision.terms.due-in-the-past",
    )
    gone = supervisor.send("/supervision/orders", {**body, "unit_id": 987_654})
    assert codes(gone) == (422, "supervision.orders.unit-gone")
    assert codes(supervisor.send("/supervision/orders", {**body, "requirement": ""}))[1] == "kernel.words.missing"
    assert supervisor.send("/supervision/orders", {**body, "level": "high"}).status_code == 422
    handler = sign_in(office.handler(case_id))
    assert codes(handler.send("/supervision/orders", body)) == (403, "people.policy.not-granted")
    assert supervisor.call("GET", "/supervision/orders?cursor=xx").status_code == 400


def test_orders_are_paged_filtered_and_counted_in_constant_statements(
    office: Office, statement_count: StatementCount
) -> None:
    cases = [office.city.at(Status.HANDLING, spot=office.city.spot(number=number)) for number in range(5)]
    made = [office.order(case_id, level=1 + number % 3) for number, case_id in enumerate(cases)]
    office.city.clock.advance(60)
    supervisor = sign_in(office.supervisor)
    seen: list[str] = []
    cursor: str | None = ""
    while cursor is not None:
        page = supervisor.call("GET", f"/supervision/orders?limit=2&cursor={cursor}").json()
        seen += [item["id"] for item in page["items"]]
        cursor = page["next_cursor"]
    assert seen == [str(order.id) for order in sorted(made, key=lambda o: (o.ordered_at, o.id), reverse=True)]
    page = supervisor.call("GET", "/supervision/orders?level=3&state=standing").json()
    assert (len(page["items"]), page["count"]["open"], page["count"]["total"]) == (1, 1, 1)
    with statement_count() as few:
        supervisor.call("GET", "/supervision/orders?limit=1")
    with statement_count() as many:
        supervisor.call("GET", "/supervision/orders?limit=200")
    assert many.total == few.total <= 8
    for query in ("kind=leader", "late=true", "overdue=true", f"since={TODAY + timedelta(days=2)}", "q=nothing"):
        assert supervisor.call("GET", f"/supervision/orders?{query}").json()["items"] == []


def test_a_unit_sees_its_own_orders_and_a_region_its_own(office: Office) -> None:
    west, east = office.city.at(Status.HANDLING), office.city.at(Status.HANDLING, spot=office.city.spot("990102001"))
    first, second = office.order(west), office.order(east)
    here = msgspec.structs.replace(office.supervisor, scope=Scope(regions=(WEST,)))
    there = msgspec.structs.replace(office.supervisor, scope=Scope(regions=(EAST,)))
    wanted = OrderFilter()
    assert [one.id for one in list_orders(wanted, here, limit=9)] == [first.id]
    assert [one.id for one in list_orders(wanted, there, limit=9)] == [second.id]
    assert [one.id for one in list_orders(wanted, office.handler(east), limit=9)] == [second.id]
    assert list_orders(wanted, NOBODY, limit=9) == []
    assert count_orders(wanted, here).total == 1
    other = sign_in(office.handler(west)).call("GET", f"/supervision/orders/{second.id}")
    assert codes(other) == (404, "kernel.not-found")


def test_all_registers_show_nothing_outside_the_scope(office: Office) -> None:
    case_id = office.city.at(Status.HANDLING)
    unit = office.handler(case_id).organisation_id
    entry = Proposed(unit_id=unit, cause="拖延", demand="整改", case_id=case_id)
    actions.propose_entry(entry, doing=office.doing(office.supervisor))
    plan = Listing(level=1, plan="抢修", due=system_clock() + DAY, unit_id=unit)
    actions.list_case(case_id, plan, doing=office.doing(office.supervisor))
    lost = office.city.at(Status.REGISTERED, spot=office.city.spot(number=2))
    office.city.do(lost, commands.MarkUnowned(reason="产权不明"), office.dispatcher)
    there = msgspec.structs.replace(office.supervisor, scope=Scope(regions=(EAST,)))
    for actor in (there, NOBODY):
        assert list_entries(EntryFilter(), actor, limit=9) == []
        assert list_major(MajorFilter(), actor, limit=9) == []
        assert list_board(BoardFilter(), actor, limit=9) == []
        assert list_settlements(actor, waiting=False, limit=9) == []
    handler = office.handler(case_id)
    assert len(list_entries(EntryFilter(), handler, limit=9)) == 1
    assert len(list_major(MajorFilter(), handler, limit=9)) == 1


def test_the_ledger_of_accountability_through_its_doors(office: Office) -> None:
    case_id = office.city.at(Status.HANDLING)
    handler = office.handler(case_id)
    supervisor, leader, unit = sign_in(office.supervisor), sign_in(office.leader), sign_in(handler)
    body = {"unit_id": handler.organisation_id, "case_id": case_id, "cause": "屡次敷衍", "demand": "限期整改"}
    entry = supervisor.send("/accountability", body).json()
    assert (entry["state"], entry["acts"]) == ("proposed", ["dismiss"])
    path = f"/accountability/{entry['id']}"
    assert codes(supervisor.send(f"{path}/confirmation", {}))[1] == "supervision.accountability.own-proposal"
    assert leader.send(f"{path}/confirmation", {"due_at": at(DAY)}).json()["demand"] == "限期整改"
    assert unit.call("GET", path).json()["acts"] == ["report"]
    unit.send(f"{path}/result", {"result": "已整改"})
    leader.send(f"{path}/return", {"reason": "再查"})
    unit.send(f"{path}/result", {"result": "已彻底整改"})
    wrong = leader.send(f"{path}/closing", {"text": "同意", "measure": "deduct", "points": 1.005})
    assert codes(wrong)[1] == "supervision.accountability.bad-measure"
    closed = leader.send(
        f"{path}/closing", {"text": "整改到位", "measure": "deduct", "points": 2.5, "effect": "扣 2.5 分"}
    ).json()
    assert (closed["state"], closed["points"], closed["measure"]) == ("closed", 2.5, "deduct")
    page = supervisor.call("GET", "/accountability?state=closed&kind=other").json()
    assert (len(page["items"]), page["count"]["closed"]) == (1, 1)
    rows = rows_of(supervisor.call("GET", "/accountability.xlsx"))
    assert rows[0][0] == "督导问责台账"
    record = dict(zip(rows[2], rows[3], strict=True))
    assert (record["问责方式"], record["考核扣分"], record["整改结果"], record["状态"]) == (
        "扣分",
        2.5,
        "已彻底整改",
        "已办结",
    )
    dismissed = supervisor.send("/accountability", {**body, "case_id": None, "cause": "全年拖延"})
    assert leader.send(f"/accountability/{dismissed.json()['id']}/dismissal", {"reason": "证据不足"}).status_code == 200


def test_the_register_of_major_cases_through_its_doors(office: Office) -> None:
    case_id = office.city.at(Status.HANDLING)
    handler = office.handler(case_id)
    supervisor, leader, unit = sign_in(office.supervisor), sign_in(office.leader), sign_in(handler)
    body = {"case_id": case_id, "level": 2, "plan": "抢修", "due_at": at(DAY), "unit_id": handler.organisation_id}
    major = supervisor.send("/major", body).json()
    path = f"/major/{major['id']}"
    assert unit.send(f"{path}/progress", {"text": "进场"}).json()["progress"] == "进场"
    unit.send(f"{path}/changes", {"reason": "材料未到", "due_at": at(3 * DAY)})
    decided = leader.send(f"{path}/changes/decision", {"granted": True, "reason": "属实"}).json()
    assert (decided["changes"], decided["asked_due_at"]) == (1, None)
    leader.send(f"{path}/reports-above", {"text": "专报", "to": "省厅"})
    early = supervisor.send(f"{path}/strike-off", {"text": "完工"})
    assert codes(early) == (409, "supervision.major-register.not-inspected")
    office.city.lead(case_id, Status.TO_CLOSE)
    assert supervisor.send(f"{path}/strike-off", {"text": "核查通过"}).json()["state"] == "striking"
    struck = leader.send(f"{path}/strike-off/signature", {"granted": True, "text": "同意"}).json()
    assert (struck["state"], struck["strike_by"], struck["struck_by"]) == (
        "struck_off",
        office.supervisor.name,
        office.leader.name,
    )
    page = supervisor.call("GET", "/major?state=struck_off").json()
    assert (page["count"]["struck_off"], page["items"][0]["case"]["status"]) == (1, "to_close")
    rows = rows_of(supervisor.call("GET", "/major.xlsx"))
    assert dict(zip(rows[2], rows[3], strict=True))["销号签批人"] == office.leader.name


def lost_case(office: Office, number: int = 0) -> UUID:
    case_id = office.city.at(Status.REGISTERED, spot=office.city.spot(number=number))
    office.city.do(case_id, commands.MarkUnowned(reason="产权不明"), office.dispatcher)
    return case_id


def test_the_board_the_meeting_and_the_settlement_through_their_doors(office: Office) -> None:
    first, second = lost_case(office), lost_case(office, 1)
    dispatcher, leader = sign_in(office.dispatcher), sign_in(office.leader)
    page = dispatcher.call("GET", "/ownerless?limit=1").json()
    assert (page["items"][0]["case"]["id"], page["count"]["total"]) == (str(first), 2)
    again = dispatcher.call("GET", f"/ownerless?limit=1&cursor={page['next_cursor']}").json()
    assert (again["items"][0]["case"]["id"], again["next_cursor"]) == (str(second), None)
    row = page["items"][0]
    assert (row["why"][0], row["history"], row["acts"]) == ("disputed", [], ["settle", "put_on_agenda"])
    assert row["suggested"] is not None
    rows = rows_of(dispatcher.call("GET", "/ownerless.xlsx"))
    assert [one[0] for one in rows[3:]] == [row["case"]["no"], again["items"][0]["case"]["no"]]
    body = {"title": "联席会议", "held_on": str(TODAY), "participants": "各单位", "case_ids": [first]}
    meeting = dispatcher.send("/ownerless/meetings", body).json()
    path = f"/ownerless/meetings/{meeting['id']}"
    assert len(dispatcher.send(f"{path}/agenda", {"case_ids": [second]}).json()["agenda"]) == 2
    unit = office.city.unit("990100-works")
    decision = {"case_id": first, "unit_id": unit, "manner": "meeting", "reason": "属市政设施"}
    assert dispatcher.send(f"{path}/decisions", decision).json()["settled"] == 1
    assert dispatcher.send(f"{path}/put-off", {"case_id": second, "text": "补充资料"}).status_code == 200
    assert dispatcher.call("GET", path).json()["agenda"][1]["decision"] == "put_off"
    assert [one["id"] for one in leader.call("GET", f"/ownerless/meetings?case_id={first}").json()["items"]] == [
        meeting["id"]
    ]
    government = {"manner": "government", "unit_id": unit, "reason": "政府指定", "basis": "专题会议"}
    settled = leader.send(f"/ownerless/{second}/settlement", government).json()
    assert (settled["manner"], settled["has_row"]) == ("government", True)
    assert (settled["prefill"]["unit_id"], settled["prefill"]["case_id"]) == (unit, str(second))
    listed = leader.call("GET", "/ownerless/settled?waiting=true&limit=1").json()
    assert (len(listed["items"]), listed["next_cursor"] is not None) == (1, True)
    assert len(rows_of(leader.call("GET", "/ownerless/settled.xlsx"))) == 5
    assert dispatcher.call("GET", "/ownerless").json()["items"] == []


def test_key_lists_and_rules_through_their_doors(office: Office) -> None:
    supervisor = sign_in(office.supervisor)
    administrator = desk(office.city, Role.ADMINISTRATOR)
    body = {
        "title": "迎检重点",
        "classes": ["2026-matter-06"],
        "begins": "registered",
        "level": 2,
        "requirement": "当日处置",
        "reply": {"value": 4, "unit": "work_hour"},
        "valid_from": str(TODAY),
    }
    made = supervisor.send("/supervision/key-lists", body).json()
    assert (made["begins"], made["in_force"], made["orders"]) == ("registered", True, 0)
    assert codes(supervisor.send("/supervision/key-lists", {**body, "classes": []}))[1].endswith("nothing-chosen")
    early = str(TODAY - timedelta(days=1))
    assert codes(supervisor.send("/supervision/key-lists", {**body, "valid_to": early}))[1].endswith("bad-dates")
    outside = supervisor.send("/supervision/key-lists", {**body, "regions": ["1101"]})
    assert codes(outside) == (403, "supervision.key-lists.region-outside")
    ended = supervisor.send(f"/supervision/key-lists/{made['id']}/end", {"reason": "检查结束"}).json()
    assert (ended["in_force"], ended["ended_because"]) == (False, "检查结束")
    twice = supervisor.send(f"/supervision/key-lists/{made['id']}/end", {"reason": "再次"})
    assert codes(twice) == (409, "supervision.key-lists.already-ended")
    assert len(supervisor.call("GET", "/supervision/key-lists").json()["items"]) == 1
    rules = administrator.call("GET", "/supervision/rules").json()
    assert [row["share"] for row in rules["levels"]] == [200, 500, 1000]


def test_a_sheet_of_orders_has_all_columns_and_no_formulas(office: Office) -> None:
    case_id = office.city.at(Status.HANDLING)
    order = office.order(case_id, requirement="=1+1")
    rows = rows_of(sign_in(office.supervisor).call("GET", "/supervision/orders.xlsx"))
    record = dict(zip(rows[2], rows[3], strict=True))
    assert (record["督办编号"], record["督办要求"], record["督办级别"]) == (order.no, "=1+1", "一级督办")
    assert record["答复期限"] == datetime.fromtimestamp(order.due_at, UTC).replace(tzinfo=None) + timedelta(hours=8)


def test_a_sheet_that_would_grow_too_long_is_refused(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    office.order(office.city.at(Status.HANDLING))
    settled, _ = lost_case(office), lost_case(office, 1)
    unit = office.city.unit("990100-works")
    decided = Decided(manner="government", unit_id=unit, reason="政府指定", basis="专题会议")
    actions.settle_owner(settled, decided, doing=office.doing(office.leader))
    monkeypatch.setattr(sheets, "MOST_ROWS", 0)
    supervisor = sign_in(office.supervisor)
    for path in ("/supervision/orders.xlsx", "/ownerless.xlsx", "/ownerless/settled.xlsx"):
        assert codes(supervisor.call("GET", path)) == (422, "plumbing.sheets.too-many-rows")


def test_the_sheet_of_settlements_holds_all_of_them(office: Office) -> None:
    settled = lost_case(office)
    decided = Decided(
        manner="government", unit_id=office.city.unit("990100-works"), reason="政府指定", basis="专题会议"
    )
    actions.settle_owner(settled, decided, doing=office.doing(office.leader))
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO supervision_settlement SELECT (jsonb_populate_record(s, jsonb_build_object('id', "
            "gen_random_uuid()))).* FROM supervision_settlement s, generate_series(1, 5000)"
        )
    rows = rows_of(sign_in(office.supervisor).call("GET", "/ownerless/settled.xlsx"))
    assert len(rows) == 3 + 5_001
