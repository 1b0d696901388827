"""One problem, two reports: a second caller joins the open case while talking, and a duplicate is merged after
registration.
"""

from __future__ import annotations

import re

from playwright.sync_api import Page, expect

from gezhi.cases.rules.stages import Status
from gezhi.kernel.permissions import Role
from tests.cases.city import ROAD, ROAD_ROW
from tests.stories.city import LiveCity
from tests.stories.conftest import SignIn
from tests.stories.led_cases import LedCase, lead_case
from tests.stories.pages.case_page import CasePage
from tests.stories.pages.new_report import NewReportPage
from tests.stories.pages.unit_bench import UnitBench

WORKS, STREET = "云汀市市政设施处", "990101001"


def road(city: LiveCity, status: Status, number: int) -> LedCase:
    return lead_case(city, status, region=STREET, number=number, class_key=ROAD, row_key=ROAD_ROW)


def wait_for_notices(page: Page, no: str) -> list[str]:
    """What was told of a case; the worker tells it a moment later."""
    for _ in range(40):
        items = page.request.get("/api/v1/notices").json()["items"]
        if titles := [one["title"]["zh"] for one in items if one["case_no"] == no]:
            return titles
        page.wait_for_timeout(1_000)
    return []


def test_a_second_caller_is_shown_the_open_case_beside_the_place_and_joins_it_in_one_act(
    sign_in: SignIn, live_city: LiveCity
) -> None:
    known = road(live_city, Status.HANDLING, 31)
    report = NewReportPage(sign_in(live_city.somebody(Role.ACCEPTOR))).open()
    report.place(known.lon / 1e7, known.lat / 1e7)
    same = report.page.get_by_role("status").filter(has_text="可能已有人反映（1 件）")
    expect(same).to_contain_text(re.compile("道路破损.*处置中.*市政设施处办理中.*0 米"))
    expect(same).to_contain_text("已查 50 米内、24 小时内上报的未结案件（不限类别）")
    report.write("问题描述", "坑越来越大").write("姓名", "李女士").write("联系电话", "13900002222")
    report.page.get_by_label("希望得到答复").check()
    same.get_by_role("button", name="并入已有案件").click()
    report.page.wait_for_url(re.compile(f"/desk/cases/{known.id}"))
    expect(report.page.get_by_text(f"已并入 {known.no}")).to_be_visible()
    case = CasePage(report.page)
    expect(case.history).to_contain_text("又有人反映同一问题")
    expect(report.page.get_by_text("坑越来越大")).to_be_visible()

    report.open().place(known.lon / 1e7 + 0.0012, known.lat / 1e7)
    expect(report.page.get_by_text("没有发现可能重复的案件")).to_be_visible()

    street = report.page.request.get(f"/api/v1/places?q={STREET}").json()["items"][0]["name"]
    report.pick_class("道路破损").search_area(street)
    expect(report.form.get_by_text(f"地图已移到“{street}”。这只是一个区域")).to_be_visible()
    expect(report.form.get_by_label("地点描述")).to_have_value("")
    report.page.reload()
    expect(report.form.get_by_text("道路破损", exact=True)).to_be_visible()
    expect(report.form.get_by_text(ROAD)).to_have_count(0)


def test_a_duplicate_is_merged_after_registration_its_unit_is_told_and_both_cases_name_each_other(
    sign_in: SignIn, live_city: LiveCity
) -> None:
    goes_on, double = road(live_city, Status.HANDLING, 32), road(live_city, Status.HANDLING, 32)
    officer = CasePage(sign_in(live_city.somebody(Role.DUTY_OFFICER))).open(double.id)
    officer.begin("并案")
    choice = officer.panel.locator("label").filter(has=officer.page.get_by_role("radio", name=re.compile(goes_on.no)))
    expect(choice.locator("img")).to_be_visible()
    expect(officer.panel.get_by_role("radio", name=re.compile(double.no))).to_have_count(0)
    choice.get_by_role("radio").check()
    officer.write("理由", "同一处坑洞").finish("并案")
    page = officer.page
    expect(page.get_by_role("main")).to_contain_text("本案已并入")
    page.get_by_role("main").get_by_role("link", name=goes_on.no).first.click()
    page.wait_for_url(re.compile(goes_on.id))
    expect(page.get_by_text("已并入本案：")).to_be_visible()
    expect(page.get_by_role("main").get_by_role("link", name=double.no).first).to_be_visible()

    unit = UnitBench(sign_in(live_city.somebody(Role.HANDLER, organisation=WORKS))).open()
    expect(unit.order(goes_on.id)).to_be_visible()
    expect(unit.order(double.id)).to_be_hidden()
    assert "案件已并入另一案件，不必再办理" in wait_for_notices(unit.page, double.no)
