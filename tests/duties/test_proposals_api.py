from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from types import SimpleNamespace
from typing import Any

import pytest

from gezhi.kernel.permissions import Role
from gezhi.people.rules.rows import PostRow, UserRow
from tests.people.invented import PASSWORD, START

Call = Callable[..., Any]


def today() -> date:
    from gezhi.people.queries import day_of
    from gezhi.plumbing.clock import system_clock

    return day_of(system_clock())


@pytest.fixture
def leader(town: SimpleNamespace) -> str:
    from gezhi.people import actions

    actions.install_posts(
        [PostRow(code="lead", organisation_code="gov", title="分管领导", role=Role.LEADER, valid_from=START)]
    )
    row = UserRow(username="lin", display_name="林主任", active_from=START, post_codes=("lead",))
    actions.install_people([row], password_hash=actions.hash_password(PASSWORD))
    return "lin"


@pytest.fixture
def calls(api: Any, town: SimpleNamespace, leader: str) -> Call:
    """`calls("bao", "GET", "/duties")`: what the API answers to this person."""

    def call(who: str, method: str, path: str, body: object = None, **headers: str) -> Any:
        api.cookies.clear()
        api.call("POST", "/session", {"username": who, "password": PASSWORD})
        return api.call(method, path, body, **headers)

    return call


def sent(town: SimpleNamespace, **changes: Any) -> dict[str, Any]:
    return {
        "class_key": "2013-matter-0101",
        "area_code": "370902004",
        "unit_id": town.bodies["parks"],
        "valid_from": str(today()),
        "basis_kind": "minutes",
        "basis": "市政府专题会议纪要〔2026〕3号",
        "reason": "联席会议明确",
        "case_no": "370900-2026-000077",
        **changes,
    }


def test_a_proposal_is_told_with_names_words_and_who_may_decide(calls: Call, town: SimpleNamespace) -> None:
    response = calls("bao", "POST", "/duties/proposals", sent(town))
    told = response.json()
    assert response.status_code == 201
    assert (told["state"], told["row"]["class"]["zh"], told["row"]["area"], told["row"]["unit"]["zh"]) == (
        "pending",
        "私搭乱建",
        "柳园街道",
        "园林处",
    )
    assert (told["may_decide"], told["why_not"]["zh"][:14]) == (False, "这项修订由您本人提出，不能由")
    (opinion,) = told["opinions"]
    assert (opinion["kind"], opinion["user"], opinion["post"]["zh"]) == ("proposed", "鲍远", "值班长岗")
    page = calls("lin", "GET", "/duties/proposals?state=pending").json()
    assert (page["pending"], [one["may_decide"] for one in page["items"]]) == (1, [True])
    assert (
        calls("gu", "GET", f"/duties/proposals/{told['id']}")
        .json()["why_not"]["zh"]
        .startswith("您当前的岗位是系统管理员")
    )


def test_a_decision_is_sent_once_or_twice_and_suggests_the_unit(calls: Call, town: SimpleNamespace) -> None:
    made = calls("bao", "POST", "/duties/proposals", sent(town), **{"Idempotency-Key": "a"}).json()["id"]
    assert calls("bao", "POST", "/duties/proposals", sent(town), **{"Idempotency-Key": "a"}).json()["id"] == made
    decision, key = {"granted": True, "text": "同意"}, {"Idempotency-Key": "b"}
    calls("lin", "POST", f"/duties/proposals/{made}/decision", decision, **key)
    told = calls("lin", "POST", f"/duties/proposals/{made}/decision", decision, **key).json()
    assert (told["state"], [one["kind"] for one in told["opinions"]]) == ("approved", ["proposed", "approved"])
    answer = calls("bao", "GET", "/duties/suggest?class_key=2013-matter-0101&code=370902004").json()
    assert (answer["suggestion"]["unit"]["zh"], answer["suggestion"]["row_id"]) == ("园林处", told["row_id"])


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"class_key": "2013-matter"}, "duties.duty-row.bad-selector"),
        ({"valid_from": "2020-01-01"}, "duties.proposal.starts-in-past"),
        ({"basis": ""}, "duties.proposal.basis-missing"),
        ({"valid_to": "2020-01-01"}, "duties.duty-row.bad-dates"),
        ({"area_code": "370902003", "class_key": "2013-matter-*"}, "duties.proposal.overlap"),
        ({"reason": ""}, "duties.duty-row.reason-missing"),
    ],
)
def test_a_faulty_form_is_refused_with_its_field(
    calls: Call, town: SimpleNamespace, changes: dict[str, Any], code: str
) -> None:
    body = calls("bao", "POST", "/duties/proposals", sent(town, **changes)).json()
    assert body["code"] == code
    assert body["field"] in {"class_key", "valid_from", "valid_to", "basis", "overlap", "reason"}


def test_rows_in_the_way_are_shown_with_what_waits(calls: Call, town: SimpleNamespace) -> None:
    told = calls(
        "bao",
        "POST",
        "/duties/proposals",
        sent(town, class_key="2013-matter-*", area_code="370902003", overlap="keep"),
    ).json()
    assert told["row"]["class"]["zh"] == "全部事件"
    (row,) = told["overlapping"]
    assert row["zh"].startswith(f"责任清单第 {row['row_id']} 行：全部事件、石桥街道→园林处")


def test_who_may_not_propose_or_approve_is_told_so(calls: Call, town: SimpleNamespace) -> None:
    assert calls("fang", "POST", "/duties/proposals", sent(town)).json()["code"] == "people.policy.not-granted"
    made = calls("bao", "POST", "/duties/proposals", sent(town)).json()["id"]
    answer = calls("gu", "POST", f"/duties/proposals/{made}/decision", {"granted": True, "text": "同意"})
    assert answer.json()["code"] == "people.policy.not-granted"


def test_proposals_are_paged(calls: Call, town: SimpleNamespace) -> None:
    for number in range(3):
        calls("bao", "POST", "/duties/proposals", sent(town, reason=f"第{number}次"))
    first = calls("bao", "GET", "/duties/proposals?limit=2").json()
    rest = calls("bao", "GET", f"/duties/proposals?limit=2&cursor={first['next_cursor']}").json()
    assert [one["reason"] for one in first["items"] + rest["items"]] == ["第2次", "第1次", "第0次"]
    assert rest["next_cursor"] is None


@pytest.mark.parametrize(
    ("query", "selectors"),
    [
        ("q=石桥", ["*"]),
        ("q=园林", ["04", "*", "0101"]),
        ("q=联席会议&kind=matter", ["*"]),
        ("q=上水井盖", ["0101", "0101"]),
        ("q=0101", ["0101", "0101"]),
        ("q=０１０１", ["0101", "0101"]),
        ("q=ssjg", ["0101", "0101"]),
        ("q=石桥 联席", ["*"]),
        ("q=联席会议　石桥", ["*"]),
        ("q=石桥 园林", ["*"]),
        ("q=石桥 没有的", []),
        ("q=%25", []),
        ("q=_", []),
        ("q=没有的", []),
        ("place_code=370902004", ["*", "04", "0101"]),
        ("place_code=370902003001007&kind=part", ["*", "04", "0101", "0101"]),
    ],
)
def test_the_table_is_searched_by_words_and_by_place(calls: Call, query: str, selectors: list[str]) -> None:
    items = calls("bao", "GET", f"/duties?{query}").json()["items"]
    assert [row["selector"] for row in items] == selectors


def test_units_without_an_account_are_listed(calls: Call, town: SimpleNamespace) -> None:
    (item,) = calls("bao", "GET", "/duties/units-without-account?limit=1").json()["items"]
    assert (item["unit"]["name"]["zh"], item["unit"]["kind"], item["rows"], item["ended"]) == (
        "园林处",
        "department",
        3,
        False,
    )


def test_holes_are_listed_with_names_and_paged(calls: Call) -> None:
    page = calls("bao", "GET", "/duties/holes?limit=1&kind=matter").json()
    (hole,) = page["items"]
    assert (hole["class"]["name"]["zh"], hole["streets"], page["street_count"]) == (
        "私搭乱建",
        [{"code": "370902004", "name": "柳园街道", "county": "东区"}],
        2,
    )
    following = calls("bao", "GET", f"/duties/holes?limit=1&kind=matter&cursor={page['next_cursor']}").json()
    assert following["items"][0]["class"]["key"] > hole["class"]["key"]


def test_a_unit_sees_its_posts_people_crews_and_rows(calls: Call, town: SimpleNamespace) -> None:
    own = calls("fang", "GET", "/units/mine").json()
    assert (own["organisation"]["name"]["zh"], own["organisation"]["platform_level"]) == ("市政养护队", 3)
    assert [(one["post"]["title"]["zh"], [person["name"] for person in one["holders"]]) for one in own["posts"]] == [
        ("处置岗", ["方圆"])
    ]
    assert [(row["selector"], row["area"]) for row in own["rows"]] == [("0101", "东区")]
    assert (own["below"], own["more_rows"]) == ([], False)
    government = calls("gu", "GET", "/units/mine").json()
    assert [one["unit"]["name"]["zh"] for one in government["below"]][:2] == ["海城市监督中心", "海城市指挥中心"]
    roads = next(one for one in government["below"] if one["unit"]["name"]["zh"] == "市政工程处")
    assert (roads["people"], roads["handlers"]) == (0, 1)


def test_a_proposal_for_a_day_to_come_waits_for_that_day(calls: Call, town: SimpleNamespace) -> None:
    start = today() + timedelta(days=3)
    made = calls("bao", "POST", "/duties/proposals", sent(town, valid_from=str(start))).json()["id"]
    calls("lin", "POST", f"/duties/proposals/{made}/decision", {"granted": True, "text": "同意"})
    answer = calls("bao", "GET", "/duties/suggest?class_key=2013-matter-0101&code=370902004").json()
    assert answer["suggestion"] is None
