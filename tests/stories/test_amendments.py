"""What an administrator proposes for the rules of the city, a second person puts in force or turns down."""

from __future__ import annotations

from playwright.sync_api import Page, expect

from gezhi.kernel.permissions import Role
from tests.stories.city import LiveCity
from tests.stories.conftest import SignIn


def proposed(page: Page, part: str, verb: str, **fields: str) -> None:
    """Fill in the form of one part of the local policy and send it."""
    region = page.get_by_role("region", name=part, exact=True)
    region.get_by_role("button", name=verb).click()
    for label, text in fields.items():
        region.get_by_label(label).fill(text)
    region.get_by_label("修订理由").fill("按市政府专题会议纪要")
    region.get_by_role("button", name="提交审批").click()
    expect(region.get_by_role("button", name=verb)).to_be_visible()


def test_settings_of_the_city_change_when_a_second_person_has_approved(sign_in: SignIn, live_city: LiveCity) -> None:
    page = sign_in(live_city.somebody(Role.ADMINISTRATOR))
    page.goto("/desk/policy")
    figures = page.get_by_role("region", name="各项尺度", exact=True)
    expect(figures).to_contain_text("派遣后可撤销时间60 秒")
    proposed(page, "各项尺度", "提出修订", 派遣后可撤销时间="30", 黄灯起点="75")
    proposed(page, "环节时限", "提出修订", 派遣="25")
    expect(figures).to_contain_text("派遣后可撤销时间60 秒")
    own = page.get_by_role("region", name="规定修订").get_by_role("article")
    expect(own).to_have_count(2)
    expect(own.first.get_by_role("button", name="批准执行")).to_have_count(0)

    leader = sign_in(live_city.somebody(Role.LEADER))
    leader.goto("/desk/policy")
    waiting = leader.get_by_role("region", name="规定修订").get_by_role("article").filter(has_text="派遣后可撤销时间")
    expect(waiting).to_contain_text("60 秒")
    expect(waiting).to_contain_text("30 秒")
    waiting.get_by_label("审批意见").fill("同意。")
    waiting.get_by_role("button", name="批准执行").click()
    expect(leader.get_by_role("region", name="各项尺度", exact=True)).to_contain_text("派遣后可撤销时间30 秒")
    other = leader.get_by_role("region", name="规定修订").get_by_role("article").filter(has_text="派遣时限")
    other.get_by_label("审批意见").fill("依据不足。")
    other.get_by_role("button", name="不予批准").click()
    expect(other).to_have_count(0)
    expect(leader.get_by_role("region", name="环节时限", exact=True)).to_contain_text("派遣20 分钟")
    leader.get_by_role("button", name="未批准").click()
    expect(leader.get_by_role("article")).to_contain_text("依据不足。")


def test_a_rule_of_supervision_goes_the_same_way(sign_in: SignIn, live_city: LiveCity) -> None:
    page = sign_in(live_city.somebody(Role.ADMINISTRATOR))
    page.goto("/desk/supervision?tab=rules")
    rules = page.get_by_role("region", name="超时督办规定")
    rules.get_by_role("button", name="提出修订").first.click()
    rules.get_by_label("且超时不少于").fill("6")
    rules.get_by_label("理由").fill("基层核实需要时间")
    rules.get_by_role("button", name="提交审批").click()
    waiting = page.get_by_role("region", name="规定修订").get_by_role("article", name="一级督办")
    expect(waiting).to_contain_text("不少于 6 个工作时")
    expect(rules).not_to_contain_text("不少于 6 个工作时")

    leader = sign_in(live_city.somebody(Role.LEADER))
    leader.goto("/desk/supervision?tab=rules")
    waiting = leader.get_by_role("region", name="规定修订").get_by_role("article", name="一级督办")
    waiting.get_by_label("审批意见").fill("同意。")
    waiting.get_by_role("button", name="批准执行").click()
    expect(leader.get_by_role("region", name="超时督办规定")).to_contain_text("不少于 6 个工作时")
