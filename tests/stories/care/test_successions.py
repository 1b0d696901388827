"""机构承接: a unit with open work is merged into another; from the day on that one has the case and brings it on."""

from __future__ import annotations

from playwright.sync_api import Page, expect

from gezhi.cases.rules.stages import Status
from gezhi.kernel.permissions import Role
from tests.stories.city import LiveCity
from tests.stories.conftest import SignIn
from tests.stories.led_cases import lead_case

OLD, NEW = "云汀市排水处", "云汀市水务局"
THE_DAY_COMES = """
from gezhi.assembly.command_line import with_database

@with_database
def the_day_comes():
    from gezhi.people.models import Succession
    from gezhi.people.queries import DIRECTORY, day_of
    from gezhi.plumbing.clock import system_clock
    from gezhi.plumbing.ids import system_ids
    from gezhi.plumbing.versions import bump
    from gezhi.successions.actions import carry_out_successions

    Succession.objects.update(on=day_of(system_clock()))  # as if it had been settled for today
    bump(DIRECTORY)
    carry_out_successions(clock=system_clock, ids=system_ids)

the_day_comes()
"""


def choose(page: Page, label: str, name: str) -> None:
    page.get_by_label(label, exact=True).fill(name)
    page.get_by_role("option", name=name).click()


def test_a_unit_is_merged_while_it_holds_open_work(sign_in: SignIn, live_city: LiveCity) -> None:
    row = "2026-matter-01002-1"
    case = lead_case(live_city, Status.HANDLING, region="990102001", number=5, class_key=row[:-2], row_key=row)
    assert case.unit == OLD
    page = sign_in(live_city.somebody(Role.ADMINISTRATOR))
    page.goto("/desk/successions")
    choose(page, "原单位", OLD)
    told = page.get_by_role("status").filter(has_text="将由承接单位继续办理")
    expect(told).to_contain_text("未结案件1")
    expect(told).to_contain_text("不会自动转移")
    choose(page, "承接单位", NEW)
    page.get_by_label("依据和理由").fill("机构改革方案")
    page.get_by_role("button", name="提交审批").click()
    expect(page.get_by_role("article", name=OLD)).to_contain_text(NEW)
    leader = sign_in(live_city.somebody(Role.LEADER))
    leader.goto("/desk/successions")
    waiting = leader.get_by_role("article", name=OLD)
    waiting.get_by_label("审批意见").fill("同意。")
    waiting.get_by_role("button", name="批准执行").click()
    expect(waiting).to_have_count(0)
    live_city.run(THE_DAY_COMES)
    handler = sign_in(live_city.somebody(Role.HANDLER, organisation=NEW))
    handler.goto(f"/desk/cases/{case.id}")
    main = handler.get_by_role("main")
    expect(main.get_by_text("由承接单位继续办理")).to_be_visible()
    expect(main.get_by_text(f"机构承接：{OLD}自")).to_be_visible()
    expect(main.get_by_role("button", name="反馈处置结果").first).to_be_visible()
    former = sign_in(live_city.somebody(Role.HANDLER, organisation=OLD))
    former.goto(f"/desk/cases/{case.id}")
    expect(former.get_by_role("main").get_by_text("由承接单位继续办理")).to_be_visible()
    expect(former.get_by_role("main").get_by_role("button", name="反馈处置结果")).to_have_count(0)
