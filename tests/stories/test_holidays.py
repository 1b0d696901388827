"""节假日安排: the administrator enters a year from the text of its notice, corrects it, and open deadlines follow."""

from __future__ import annotations

import re
from datetime import date, datetime, timedelta, timezone

from playwright.sync_api import Page, expect

from gezhi.cases.rules.stages import Status
from gezhi.kernel.permissions import Role
from tests.calendars.notice import BASIS, NOTICES, TEXT
from tests.stories.city import LiveCity
from tests.stories.conftest import SignIn
from tests.stories.led_cases import lead_case

CHINA = timezone(timedelta(hours=8))


def read(page: Page, text: str) -> None:
    page.get_by_label("通知全文").fill(text)
    page.get_by_role("button", name="读取通知").click()


def correct(page: Page, text: str, *, reason: str = "") -> None:
    page.get_by_role("button", name="更正").click()
    read(page, text)
    expect(page.get_by_text("没有发现矛盾或遗漏")).to_be_visible()
    page.get_by_label("依据的通知").fill(BASIS)
    if reason:
        page.get_by_label("更正原因").fill(reason)
    page.get_by_label("依据的通知").press("Enter")


def test_an_administrator_enters_the_next_year_from_its_notice_and_corrects_it(
    sign_in: SignIn, live_city: LiveCity
) -> None:
    page = sign_in(live_city.somebody(Role.ADMINISTRATOR))
    page.goto("/desk/holidays")
    expect(page.get_by_text("2027年的安排尚未录入")).to_be_visible()
    page.get_by_role("button", name="录入2027年安排").click()
    page.get_by_role("button", name="保存并重算时限").click()
    expect(page.get_by_role("alert").filter(has_text="请写明依据的通知").first).to_be_visible()
    read(page, TEXT.replace("共8天", "共9天").replace("10月1日（周五）", "10月2日（周五）"))
    expect(page.get_by_text("春节写明共 9 天，列出的日期却有 8 天")).to_be_visible()
    expect(page.get_by_text("2027-10-02 是星期六，写成了星期五。")).to_be_visible()
    expect(page.locator("td.doubtful")).to_have_text("2法定节日")
    expect(page.get_by_label("依据的通知")).to_have_value(BASIS)
    page.get_by_role("button", name="保存并重算时限").click()
    expect(page.get_by_role("alert").filter(has_text="2027-10-01 是法定节日").first).to_be_visible()
    read(page, TEXT)
    expect(page.get_by_text("读出 32 天，没有发现矛盾或遗漏。")).to_be_visible()
    expect(page.get_by_text("共放假 28 天，调休上班 4 天。")).to_be_visible()
    page.get_by_role("button", name="试算时限变动").click()
    expect(page.get_by_text(re.compile("^保存后"))).to_be_visible()
    page.get_by_role("button", name="保存并重算时限").click()
    expect(page.get_by_role("button", name="2027 已录入")).to_have_attribute("aria-pressed", "true")
    expect(page.get_by_text("2027-02-05 – 2027-02-12")).to_be_visible()
    shorter = TEXT.replace("12日（农历正月初七、周五）", "11日（农历正月初六、周四）").replace("共8天", "共7天")
    correct(page, shorter, reason="通知有调整")
    expect(page.get_by_text("更正原因：通知有调整")).to_be_visible()
    expect(page.get_by_text("2027-02-05 – 2027-02-11")).to_be_visible()
    expect(page.locator(".entry")).to_have_count(2)


def test_open_deadlines_move_with_an_entry_each_when_the_running_year_is_corrected(
    sign_in: SignIn, live_city: LiveCity
) -> None:
    case = lead_case(live_city, Status.HANDLING, region="990101001", number=7)
    today = datetime.now(CHINA).date()
    last = min(today + timedelta(days=3), date(today.year, 12, 31))
    text = {**NOTICES, 2027: TEXT}[today.year]
    page = sign_in(live_city.somebody(Role.ADMINISTRATOR))
    page.goto(f"/desk/holidays?year={today.year}")
    games = f"{text}八、全运会：{today.month}月{today.day}日至{last.month}月{last.day}日放假。"
    page.get_by_role("button", name="更正").click()
    read(page, games)
    expect(page.get_by_text("没有发现矛盾或遗漏")).to_be_visible()
    page.get_by_role("button", name="试算时限变动").click()
    expect(page.get_by_text(re.compile(r"保存后将有 [1-9]\d* 件未结案件的时限变动"))).to_be_visible()
    page.get_by_role("button", name="取消").click()
    correct(page, games)
    expect(page.locator(".entry")).to_have_count(1)
    reader = sign_in(live_city.somebody(Role.DUTY_OFFICER, region="990101"))
    reader.goto(f"/desk/cases/{case.id}")
    expect(reader.get_by_text(f"已录入{today.year}年节假日安排（{BASIS}）")).to_be_visible()
    correct(page, text, reason="全运会改期")
    expect(page.get_by_text("更正原因：全运会改期")).to_be_visible()
