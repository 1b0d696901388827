"""机构责任人: the administrator sees what is missing for a body and what follows, names its head and ends it by keyboard."""

from __future__ import annotations

from playwright.sync_api import expect

from gezhi.kernel.permissions import Role
from tests.stories.city import LiveCity
from tests.stories.conftest import SignIn

UNIT = "西岸保洁公司"


def test_an_administrator_names_the_head_of_a_body_and_ends_it_by_keyboard(
    sign_in: SignIn, live_city: LiveCity
) -> None:
    page = sign_in(live_city.somebody(Role.ADMINISTRATOR))
    page.goto("/desk/people")
    page.get_by_role("searchbox").fill("xabj")
    page.get_by_role("button", name=UNIT).click()
    head = page.locator("[data-kind=head]")
    head.get_by_role("button", name="结束").press("Enter")
    expect(head.get_by_label("负责到哪天")).to_be_focused()
    page.keyboard.press("Escape")
    expect(head.get_by_label("负责到哪天")).to_have_count(0)
    head.get_by_role("button", name="结束").press("Enter")
    head.get_by_label("负责到哪天").fill("2026-11-20")
    page.keyboard.press("Enter")
    expect(head).to_contain_text("未登记")
    expect(head).to_contain_text("没有人能答复二级督办")
    head.get_by_role("button", name="登记 负责人").press("Enter")
    expect(head.get_by_label("人员")).to_be_focused()
    expect(head.get_by_label("人员").locator("option").first).to_contain_text(UNIT)
    head.get_by_label("自哪天起").fill("2026-11-21")
    page.keyboard.press("Enter")
    expect(head).to_contain_text("自 2026-11-21 起")
    expect(head.get_by_text("未登记")).to_have_count(0)
    page.get_by_text("以前的责任人（1）").click()
    expect(page.get_by_text("2025-01-01 至 2026-11-20")).to_be_visible()
