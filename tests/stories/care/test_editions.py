"""版本切换: proposed by one, settled by another for a day, and reports before and after it carry classes of their own."""

from __future__ import annotations

from datetime import datetime, timedelta, timezone

from playwright.sync_api import Locator, Page, expect

from gezhi.cases.rules.stages import Status
from gezhi.kernel.permissions import Role
from tests.stories.city import LiveCity
from tests.stories.conftest import SignIn
from tests.stories.led_cases import lead_case

CHINA = timezone(timedelta(hours=8))
OLD, COMING = "GB/T 47678.5-2026", "GB/T 30428.2-2013"
REPORTED_THEN = """
from gezhi.assembly.command_line import with_database

@with_database
def report():
    from datetime import timedelta
    from django.db import transaction
    from gezhi.catalog.models import EditionPeriod
    from gezhi.people.queries import day_of
    from gezhi.plumbing.clock import system_clock
    from gezhi.plumbing.ids import system_ids
    from gezhi.plumbing.versions import forget_all
    from tests.cases.city import City
    from tests.fixtures import FixedClock

    # As if the day had come; nobody else sees it, and no entry stands before its time.
    with transaction.atomic():
        coming = EditionPeriod.objects.get(edition_id="2013", valid_to=None)
        before = EditionPeriod.objects.get(valid_to=coming.valid_from - timedelta(days=1))
        settled, today = coming.valid_from, day_of(system_clock())
        for first, last in ((today, today - timedelta(days=1)), (settled, settled - timedelta(days=1))):
            EditionPeriod.objects.filter(pk=before.pk).update(valid_to=last)
            EditionPeriod.objects.filter(pk=coming.pk).update(valid_from=first)
            if first == today:
                forget_all()
                city = City(FixedClock(system_clock()))
                city.ids, city._pictures = system_ids, system_ids().int % 2**60
                row = {"class_key": "2013-matter-0201", "row_key": "2013-matter-0201-1"}
                print(city.begin(city.reported(city.spot("990102001"), **row), city.collector("990102001")))

report()
"""


def propose(page: Page, day: str) -> Locator:
    page.goto("/desk/editions")
    page.get_by_role("button", name="切换版本").click()
    page.get_by_label("切换为").select_option(label=COMING)
    page.get_by_label("施行日期").fill(day)
    page.get_by_label("切换理由").fill("按省厅通知")
    page.get_by_role("button", name="提交审批").click()
    waiting = page.get_by_role("article", name="切换版本")
    expect(waiting).to_contain_text(COMING)
    return waiting


def approve(page: Page) -> Locator:
    page.goto("/desk/editions")
    waiting = page.get_by_role("article", name="切换版本")
    waiting.get_by_label("审批意见").fill("同意。")
    waiting.get_by_role("button", name="批准执行").click()
    expect(waiting).to_have_count(0)
    return page.get_by_role("article", name=COMING)


def test_editions_are_switched_on_a_day_and_each_report_keeps_its_own(sign_in: SignIn, live_city: LiveCity) -> None:
    before = lead_case(live_city, Status.REPORTED, region="990102001", number=3)
    day = (datetime.now(CHINA).date() + timedelta(days=2)).isoformat()
    page, leader = (sign_in(live_city.somebody(role)) for role in (Role.ADMINISTRATOR, Role.LEADER))
    propose(page, day)
    expect(approve(leader)).to_contain_text(f"{day} 起")
    expect(leader.get_by_role("article", name=OLD)).to_contain_text("现行")
    leader.get_by_role("button", name="已批准").click()
    settled = leader.get_by_role("article", name="切换版本")
    settled.get_by_role("button", name="撤回").click()
    settled.get_by_label("撤回理由").fill("培训未完成")
    leader.keyboard.press("Enter")
    expect(leader.get_by_role("article", name=COMING)).to_contain_text("未启用")
    propose(page, day)
    approve(leader)
    after = live_city.run(REPORTED_THEN).splitlines()[-1]
    mapping = leader.get_by_role("region", name="类别对照")
    mapping.get_by_label("按名称或代码查找").fill("0201")
    expect(mapping.get_by_role("row").nth(1)).to_contain_text("0201")
    reader = sign_in(live_city.somebody(Role.DUTY_OFFICER, region="990102"))
    names = []
    for case_id in (before.id, after):
        reader.goto(f"/desk/cases/{case_id}")
        expect(reader.get_by_role("main")).to_contain_text("鹭桥路口")
        names.append(reader.request.get(f"/api/v1/cases/{case_id}").json()["class"]["key"])
    assert [name.partition("-")[0] for name in names] == ["2026", "2013"]


def test_a_row_of_the_standard_is_changed_from_a_day_on_by_two_people(sign_in: SignIn, live_city: LiveCity) -> None:
    day = (datetime.now(CHINA).date() + timedelta(days=1)).isoformat()
    page, leader = (sign_in(live_city.somebody(role)) for role in (Role.ADMINISTRATOR, Role.LEADER))
    for one in (page, leader):
        one.goto("/desk/standard")
        one.get_by_label("输入名称或代码").fill("01001")
        one.get_by_role("button", name="供水井盖 01001").click()
    row = page.get_by_role("region", name="供水井盖").get_by_role("article").first
    condition = row.get_by_role("heading").inner_text().strip()
    row.get_by_role("button", name="修订").click()
    form = page.get_by_role("form", name=f"修订“{condition}”")
    form.get_by_label("处置时限").fill("尽快")
    form.get_by_label("理由").fill("市规〔2026〕9号")
    form.get_by_role("button", name="提交审批").click()
    expect(form).to_contain_text("请填写处置时限")
    form.get_by_label("处置时限").fill("90分钟")
    form.get_by_label("A 类区域时限").fill("1紧急工作时")
    form.get_by_label("理由").press("Enter")
    expect(page.get_by_role("article", name="供水井盖 ·")).to_contain_text("90分钟")
    waiting = leader.get_by_role("article", name="供水井盖 ·")
    leader.reload()
    waiting.get_by_label("审批意见").fill("同意。")
    waiting.get_by_role("button", name="批准执行").click()
    expect(waiting).to_have_count(0)
    leader.get_by_label("输入名称或代码").fill("01001")
    leader.get_by_role("button", name="供水井盖 01001").click()
    shown = leader.get_by_role("region", name="供水井盖")
    expect(shown.get_by_role("article", name=condition)).not_to_contain_text("90分钟")
    shown.get_by_label("查看日期").fill(day)
    expect(shown.get_by_role("article", name=condition)).to_contain_text("90分钟")
    expect(shown.get_by_role("article", name=condition)).to_contain_text("1紧急工作时")
