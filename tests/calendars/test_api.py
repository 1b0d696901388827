from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from io import BytesIO
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpRequest
from openpyxl import Workbook  # type: ignore[import-untyped]

from gezhi.kernel.permissions import Actor, Permission, Role, Scope
from tests.calendars.notice import BASIS, TEXT, notice, sent

ACTOR = Actor(user_id=1, post_id=1, role=Role.ADMINISTRATOR, organisation_id=1, scope=Scope())


@pytest.fixture(autouse=True)
def _anyone_may() -> Iterator[None]:
    from gezhi.plumbing import doors

    def authority(request: HttpRequest, permission: Permission) -> Actor:
        return ACTOR

    before = doors._authority
    doors.set_authority(authority)
    yield
    doors.set_authority(before)


def test_calendars_are_listed_with_their_titles_in_both_languages(api: Any, db: None, clock: Any) -> None:
    from gezhi.calendars import actions

    actions.install_presets(clock=clock)
    answer = api.call("GET", "/calendars").json()
    assert [item["name"] for item in answer["items"]] == ["office", "office-summer", "round-the-clock", "seats"]
    assert answer["items"][0]["title"]["zh"] == "机关办公时间"
    assert answer["items"][0]["title"]["en"] == "Office hours"
    assert answer["items"][0]["published_through"] == "2026-12-31"
    assert answer["items"][2]["published_through"] is None
    assert answer["items"][2]["open_now"] is True
    assert answer["next_cursor"] is None


def test_a_year_is_missing_until_it_is_entered_and_a_correction_says_why(api: Any, db: None, clock: Any) -> None:
    from gezhi.calendars import actions

    actions.install_presets(clock=clock)

    def told() -> list[tuple[int, str, int]]:
        years = api.call("GET", "/calendars/years").json()["items"]
        return [(one["year"], one["state"], len(one["days"])) for one in years]

    assert told() == [(2025, "published", 33), (2026, "published", 39), (2027, "missing", 13)]
    wrong = api.call("PUT", "/calendars/years/2027", sent(notice(without=["2027-10-02"])))
    assert (wrong.status_code, wrong.json()["code"]) == (422, "calendars.year-plan.holiday-missing")
    assert wrong.json()["field"] == "days"
    assert api.call("PUT", "/calendars/years/2027", sent(notice())).status_code == 200
    assert told() == [(2026, "published", 39), (2027, "entered", 32), (2028, "missing", 12)]
    again = api.call("PUT", "/calendars/years/2027", sent(notice()))
    assert (again.status_code, again.json()["field"]) == (422, "reason")
    corrected = api.call("PUT", "/calendars/years/2027", sent(notice(reason="调休日有误"))).json()["items"][1]
    assert [(one["basis"], one["reason"]) for one in corrected["entered"]] == [(BASIS, "调休日有误"), (BASIS, "")]


@pytest.mark.parametrize(
    "body",
    [
        {"days": [], "basis": "x"},
        {"days": [{"on": "2027-02-30", "worked": False}], "basis": "x"},
        {"days": [{"on": "2027-01-01", "worked": False}] * 121, "basis": "x"},
        {"days": [{"on": "2027-01-01", "worked": False, "more": 1}], "basis": "x"},
    ],
)
def test_a_year_that_cannot_be_read_is_refused(api: Any, db: None, clock: Any, body: dict[str, Any]) -> None:
    assert api.call("PUT", "/calendars/years/2027", body).status_code == 422


def test_a_pasted_notice_is_read_and_nothing_is_entered(api: Any, db: None, clock: Any) -> None:
    from gezhi.calendars import actions

    actions.install_presets(clock=clock)
    read = api.call("POST", "/calendars/years/2027/notice", {"text": TEXT}).json()
    assert (read["basis"], read["findings"], len(read["days"])) == (BASIS, [], 32)
    assert read["days"][0] == {"on": "2027-01-01", "worked": False, "name": "元旦"}
    wrong = api.call(
        "POST", "/calendars/years/2027/notice", {"text": TEXT.replace("10月1日（周五）至", "10月3日至")}
    ).json()
    assert [one["text"]["zh"][:18] for one in wrong["findings"]] == [
        "国庆节写明共 7 天，列出的日期却有",
        "2027-10-01 是法定节日（国",
        "2027-10-02 是法定节日（国",
    ]
    other = api.call("POST", "/calendars/years/2028/notice", {"text": TEXT}).json()
    assert [one["text"]["en"] for one in other["findings"]] == ["This is the arrangement of 2027, not of 2028."]
    years = api.call("GET", "/calendars/years").json()["items"]
    assert [one["state"] for one in years] == ["published", "published", "missing"]


def read_file(api: Any, content: bytes) -> Any:
    return api.post("/api/v1/calendars/years/2027/table", {"file": SimpleUploadedFile("days", content)}).json()


@pytest.mark.parametrize("year", [0, 1899, 3000, 61_808_806_849])
def test_a_year_of_no_calendar_is_refused_before_anything_is_read(api: Any, db: None, year: int) -> None:
    file = SimpleUploadedFile("days", b"2027-01-01,,x,x")
    answers = [
        api.post(f"/api/v1/calendars/years/{year}/table", {"file": file}),
        api.call("POST", f"/calendars/years/{year}/notice", {"text": "放假"}),
        api.call("PUT", f"/calendars/years/{year}", {"days": [], "basis": "国办发明电"}),
    ]
    assert [one.status_code for one in answers] == [422, 422, 422]


def test_a_table_of_holidays_is_read_from_excel_and_csv(api: Any, db: None) -> None:
    csv = "起始日期,终止日期,节日,安排\n2027/1/1,2027/1/3,元旦,放假\n2027年2月14日,,春节,上班\n昨天,,,放假\n".encode(
        "gb18030"
    )
    book, sheet = BytesIO(), Workbook()
    sheet.active.append(["日期", "安排"])
    sheet.active.append([datetime.fromisoformat("2027-01-01"), "放假"])
    sheet.save(book)
    read = read_file(api, csv)
    assert [(one["on"], one["worked"]) for one in read["days"]] == [
        ("2027-01-01", False),
        ("2027-01-02", False),
        ("2027-01-03", False),
        ("2027-02-14", True),
    ]
    assert read["findings"][0]["text"]["zh"] == "第 4 行没有读懂：需要日期，以及“放假”或“上班”。"
    assert [one["on"] for one in read_file(api, book.getvalue())["days"]] == ["2027-01-01"]
