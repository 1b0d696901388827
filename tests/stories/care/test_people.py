"""机构与人员: a clerk is taken up and signs in; somebody whose account was ended by mistake has everything back."""

from __future__ import annotations

from collections.abc import Callable

from playwright.sync_api import Page, expect

from gezhi.kernel.permissions import Role
from tests.stories.city import LiveCity
from tests.stories.conftest import SignIn
from tests.stories.pages.sign_in import SignInPage

UNIT = "西岸保洁公司"
OWN = "harbour-and-lamp-52"


def confirm(page: Page, act: str) -> None:
    """The difference is seen, and then stored."""
    form = page.get_by_role("dialog")
    form.get_by_role("button", name="查看变化").click()
    expect(form.get_by_role("heading", name="将要发生的变化")).to_be_visible()
    form.get_by_role("button", name=f"确认{act}").click()


def test_a_clerk_is_taken_up_and_chooses_a_password_at_the_first_sign_in(
    sign_in: SignIn, new_context: Callable[..., Page], live_city: LiveCity
) -> None:
    page = sign_in(live_city.somebody(Role.ADMINISTRATOR))
    page.goto("/desk/people")
    page.get_by_role("searchbox").fill(UNIT)
    page.get_by_role("button", name=UNIT).last.click()
    page.get_by_role("button", name="录用").first.press("Enter")
    form = page.get_by_role("dialog")
    form.get_by_label("姓名").fill("金小满")
    form.get_by_label("登录名").fill("jin.xiaoman")
    form.get_by_role("button", name="查看变化").click()
    expect(form.get_by_role("alert")).to_contain_text("原因或依据")
    form.get_by_label("原因或依据").fill("公开招聘，人事〔2026〕12号")
    confirm(page, "录用")
    password = form.locator(".password .code span").first.inner_text()
    form.get_by_role("button", name="已记下").click()
    expect(page.get_by_role("button", name="金小满").first).to_be_visible()
    expect(page.get_by_role("region", name="变更记录")).to_contain_text("公开招聘，人事〔2026〕12号")

    clerk = new_context()
    SignInPage(clerk).open().fill("jin.xiaoman", password)
    clerk.get_by_label("原密码").fill(password)
    clerk.get_by_label("新密码", exact=True).fill(OWN)
    clerk.get_by_label("再输一次新密码").fill(OWN)
    clerk.keyboard.press("Enter")
    expect(clerk.get_by_text("处置工作台").first).to_be_visible()


def test_somebody_ended_by_mistake_is_restored_with_the_post_as_before(sign_in: SignIn, live_city: LiveCity) -> None:
    page, collector = sign_in(live_city.somebody(Role.ADMINISTRATOR)), live_city.somebody(Role.COLLECTOR)
    page.goto("/desk/people")
    page.get_by_role("searchbox").fill(collector.name)
    page.get_by_role("list", name="人员").get_by_role("button", name=collector.name).first.click()
    person = page.get_by_role("region", name=collector.name)
    posts = person.get_by_role("region", name="岗位").get_by_role("listitem")
    expect(posts).to_have_count(1)
    held = posts.first.inner_text()
    person.get_by_role("button", name="停用账号").click()
    page.get_by_role("dialog").get_by_label("原因或依据").fill("名单有误")
    confirm(page, "停用账号")
    expect(person.get_by_text("账号至")).to_be_visible()
    person.get_by_role("button", name="恢复账号").click()
    page.get_by_role("dialog").get_by_label("原因或依据").fill("停用有误，予以恢复")
    confirm(page, "恢复账号")
    expect(person.get_by_text("账号至")).to_have_count(0)
    expect(posts.first).to_have_text(held, use_inner_text=True)
    expect(person.get_by_role("region", name="变更记录").get_by_role("listitem")).to_have_count(2)
