"""节假日安排: the administrator enters the next year from its notice, is refused what cannot be, and corrects it."""

from __future__ import annotations

from playwright.sync_api import Page, expect

from gezhi.kernel.permissions import Role
from tests.calendars.notice import BASIS, HOLIDAYS, SWAPPED
from tests.stories.city import LiveCity
from tests.stories.conftest import SignIn


def fill_in(page: Page) -> None:
    """The holidays of the law stand there; the form is emptied and filled from the notice."""
    rows = page.get_by_role("button", name="删除第 1 行")
    while rows.count():
        rows.first.click()
    for number, (name, first, length) in enumerate(HOLIDAYS):
        page.get_by_role("button", name="添加一段假期").click()
        page.keyboard.type(name)
        page.get_by_label("第一天").nth(number).fill(first)
        page.get_by_label("最后一天").nth(number).fill(f"{first[:8]}{int(first[8:]) + length - 1:02}")
    for number, day in enumerate(SWAPPED):
        page.get_by_role("button", name="添加一个上班日").click()
        page.get_by_label("上班日", exact=True).nth(number).fill(day)


def test_an_administrator_enters_the_next_year_and_corrects_it(sign_in: SignIn, live_city: LiveCity) -> None:
    page = sign_in(live_city.somebody(Role.ADMINISTRATOR))
    page.goto("/desk/holidays")
    expect(page.get_by_text("2027年的安排尚未录入")).to_be_visible()
    page.get_by_role("button", name="录入2027年安排").click()
    page.get_by_role("button", name="删除第 1 行").first.click()
    page.get_by_role("button", name="保存并重算时限").click()
    expect(page.get_by_role("alert").first).to_contain_text("请写明依据的通知")
    page.get_by_label("依据的通知").fill(BASIS)
    page.get_by_role("button", name="保存并重算时限").click()
    expect(page.get_by_role("alert").first).to_contain_text("2027-01-01 是法定节日")
    fill_in(page)
    expect(page.get_by_text("共放假 28 天，调休上班 4 天。")).to_be_visible()
    page.get_by_role("button", name="保存并重算时限").click()
    expect(page.get_by_role("button", name="2027 已录入")).to_have_attribute("aria-pressed", "true")
    expect(page.get_by_text("2027-02-05 – 2027-02-12")).to_be_visible()
    page.get_by_role("button", name="更正").click()
    page.get_by_label("最后一天").nth(1).fill("2027-02-11")
    page.get_by_label("更正原因").fill("通知有调整")
    page.keyboard.press("Enter")
    expect(page.get_by_text("更正原因：通知有调整")).to_be_visible()
    expect(page.get_by_text("2027-02-05 – 2027-02-11")).to_be_visible()
    expect(page.locator(".entry")).to_have_count(2)
