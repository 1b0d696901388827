"""What nobody answered for becomes a row of the duty table, and nobody leaves with work in hand."""

from __future__ import annotations

import json
import time

from playwright.sync_api import Page, expect

from gezhi.cases.rules.stages import Status
from gezhi.kernel.permissions import Role
from tests.cases.city import ROAD, ROAD_ROW
from tests.stories.city import Account, LiveCity
from tests.stories.conftest import SignIn
from tests.stories.led_cases import lead_case
from tests.stories.pages.duties_page import DutiesPage
from tests.stories.pages.people_page import PeoplePage

REGION, DISTRICT, TOWN = "990101001", "990102", "990102001"


def quiet_corner(page: Page) -> tuple[dict[str, str], str]:
    """A class and a street that no other story works with, as a link names them, and the street's name."""
    (part,) = page.request.get("/api/v1/catalog/classes?kind=part&limit=1").json()["items"]
    street = page.request.get(f"/api/v1/regions?within={DISTRICT}").json()["items"][-1]
    return {"class_key": part["key"], "area_code": street["code"], "reason": "联席会议明确"}, street["name"]


def test_a_proposed_row_is_approved_by_another_and_names_the_unit_from_then_on(
    sign_in: SignIn, live_city: LiveCity
) -> None:
    page = sign_in(live_city.somebody(Role.DISPATCHER, region=DISTRICT))
    link, street = quiet_corner(page)
    desk = DutiesPage(page).open_form(**link, case_no="990102-000001")
    expect(desk.standing).to_be_visible()
    expect(desk.field("理由")).to_have_value("联席会议明确")
    standing = desk.standing.inner_text()
    unit = next(
        one.organisation for one in live_city.people if one.role is Role.HANDLER and one.organisation not in standing
    )
    desk.submit()
    expect(desk.form).to_contain_text("请填写责任单位")
    desk.pick_unit(unit).write("依据名称", "市政府专题会议纪要第 3 期").submit()
    expect(page.get_by_text("已提交，等待领导审批")).to_be_visible()
    desk.choose(unit)
    expect(desk.panel).to_contain_text("这项修订由您本人提出，不能由本人审批")
    expect(desk.panel.get_by_role("button", name="批准并列入清单")).to_be_hidden()

    leader = DutiesPage(sign_in(live_city.somebody(Role.LEADER, region=DISTRICT))).open(tab="proposals").choose(unit)
    leader.decide("", "批准并列入清单")
    expect(leader.panel).to_contain_text("请填写审批意见")
    leader.decide("同意，按会议纪要执行。", "批准并列入清单")
    expect(leader.panel).to_contain_text("已列为责任清单第")
    expect(leader.panel).to_contain_text("同意，按会议纪要执行。")

    desk.open_form(**link)
    expect(desk.standing).to_contain_text(f"{street}→{unit}")


VERSIONS = """
import sys
from uuid import UUID
from gezhi.assembly.command_line import with_database

@with_database
def tell(case_id):
    from gezhi.cases.queries.case_page import list_entries
    from gezhi.cases.queries.registers import held_registers

    print(list_entries(UUID(case_id))[-1].versions.duties, held_registers().versions.duties)

tell(*sys.argv[1:])
"""
"""The version of the duty table that the last entry of a case names, and the one in force now."""


def versions_of(city: LiveCity, case_id: str) -> tuple[int, int]:
    named, held = city.run(VERSIONS, case_id).split()[-2:]
    return int(named), int(held)


def test_cells_filled_in_the_matrix_and_approved_by_another_name_the_unit_of_the_next_report(
    sign_in: SignIn, live_city: LiveCity
) -> None:
    page = sign_in(live_city.somebody(Role.DISPATCHER, region=DISTRICT))
    (road,) = [one for one in page.request.get("/api/v1/catalog/classes?q=06013").json()["items"] if one["key"] == ROAD]
    answer = f"/api/v1/duties/suggest?class_key={ROAD}&code={TOWN}"
    before = page.request.get(answer).json()["suggestion"]["unit"]["zh"]
    unit = next(one.organisation for one in live_city.people if one.role is Role.HANDLER and one.organisation != before)
    where = {"kind": "matter", "level": "street", "within": DISTRICT, "class": ROAD, "open": "06"}
    desk = DutiesPage(page).open(tab="matrix", **where)
    desk.fill_cells(road["name"]["zh"], unit).send_cells("市政府专题会议纪要第 4 期", "道路改由该单位养护")
    assert page.request.get(answer).json()["suggestion"]["unit"]["zh"] == before
    leader, approved = DutiesPage(sign_in(live_city.somebody(Role.LEADER, region=DISTRICT))), time.time()
    leader.open(tab="proposals").approve_together(road["name"]["zh"], "同意，按会议纪要执行。")

    case = lead_case(live_city, Status.HANDLING, region=TOWN, class_key=ROAD, row_key=ROAD_ROW)
    assert case.unit == unit
    named, held = versions_of(live_city, case.id)
    assert approved * 1_000_000 < named == held
    row = page.request.get(answer).json()["suggestion"]["row_id"]
    page.goto(f"/desk/cases/{case.id}")
    expect(page.get_by_role("main")).to_contain_text(f"责任清单第 {row} 行")


def task_holder(page: Page, city: LiveCity, case_id: str) -> Account:
    """The collector who was sent to a case: the only one of the city whom its page names."""
    told = json.dumps(page.request.get(f"/api/v1/cases/{case_id}").json(), ensure_ascii=False)
    entries = [one for one in city.people if one.role is Role.COLLECTOR and one.name in told]
    return entries[-1]


def test_an_administrator_hears_why_a_collector_with_an_open_task_cannot_leave(
    sign_in: SignIn, live_city: LiveCity
) -> None:
    case = lead_case(live_city, Status.INSPECTING, region=REGION, number=5)
    page = sign_in(live_city.somebody(Role.ADMINISTRATOR, region="9901"))
    collector = task_holder(page, live_city, case.id)
    people = PeoplePage(page).open()
    form = people.end_account(people.choose(collector.organisation), collector.name)
    expect(form).to_contain_text(f"{collector.name}还有")
    expect(form).to_contain_text("请先由受理员把任务改派给")
    form.get_by_role("link", name="第 1 件").click()
    expect(page).to_have_url(f"{live_city.address}/desk/cases/{case.id}")
