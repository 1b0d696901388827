"""What units ask for and others decide, each to its row in the ledger: in a city whose matrix is not the preset one."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from gezhi.cases.rules.stages import Status
from gezhi.kernel.permissions import Role
from tests.camera import take_picture
from tests.cases.city import ROAD, ROAD_ROW
from tests.stories.city import LiveCity
from tests.stories.led_cases import LedCase, Wanted, lead_cases
from tests.stories.pages.case_page import CasePage
from tests.stories.pages.ledgers_page import LedgersPage

STREET, REGION = "990101002", "990101"
CHINA = timedelta(hours=8)
RAISE_CLOCKS = """
import sys
from gezhi.assembly.command_line import with_database

@with_database
def go_on(moment):
    from gezhi.cases.actions.clock_loop import raise_due_clocks
    from gezhi.plumbing.ids import system_ids
    raise_due_clocks(clock=lambda: int(moment), ids=system_ids)

go_on(sys.argv[1])
"""


@pytest.fixture(scope="module")
def cases(live_city: LiveCity) -> dict[str, LedCase]:
    """The case of each story."""
    wanted = {
        "granted": Wanted(Status.HANDLING, STREET, 0),
        "refused": Wanted(Status.HANDLING, STREET, 1),
        "sent back": Wanted(Status.DISPATCHED, STREET, 2, ROAD, ROAD_ROW),
        "suspended": Wanted(Status.HANDLING, STREET, 3),
        "voided": Wanted(Status.HANDLING, STREET, 4),
        "appealed": Wanted(Status.CLOSED, STREET, 5),
        "recalled": Wanted(Status.DISPATCHED, STREET, 6),
    }
    return dict(zip(wanted, lead_cases(live_city, *wanted.values()), strict=True))


class Cast:
    """Who plays, each with a session of their own, kept for the whole story."""

    def __init__(self, new_page: Callable[..., Page], city: LiveCity, folder: Path) -> None:
        self.new_page, self.city, self.folder = new_page, city, folder
        self.pages: dict[str, CasePage] = {}

    def page(self, role: Role, case: LedCase) -> CasePage:
        """The case on the desk of somebody of this role; of a handler, in the unit that has it."""
        return self.somebody(role, case.unit if role is Role.HANDLER else "").open(case.id)

    def somebody(self, role: Role, organisation: str = "") -> CasePage:
        account = self.city.somebody(role, organisation=organisation, region="" if organisation else REGION)
        if account.username not in self.pages:
            page = self.new_page()
            known = {"username": account.username, "password": account.password}
            page.request.post("/api/v1/session", data=known, headers={"Origin": self.city.address})
            self.pages[account.username] = CasePage(page)
        return self.pages[account.username]

    def ask(
        self,
        case: LedCase,
        verb: str,
        kind: str,
        reason: str,
        *,
        proof: bool = False,
        by: Role = Role.HANDLER,
        **fields: str,
    ) -> CasePage:
        page = self.page(by, case).begin(verb).because(kind)
        for label, text in fields.items():
            page.write(label, text)
        page.write("申请理由", reason)
        if proof:
            page.attach(take_picture(self.folder, reason))
        return page.finish(verb)

    def decide(self, case: LedCase, role: Role, verb: str, opinion: str) -> CasePage:
        page = self.page(role, case).begin("审批申请")
        page.choose(verb).write("意见和理由", opinion)
        return page.finish(verb)

    def detail(self, case: LedCase) -> dict[str, Any]:
        """The case as the server tells it to the dispatcher."""
        answer = self.page(Role.DISPATCHER, case).page.request.get(f"/api/v1/cases/{case.id}")
        told: dict[str, Any] = answer.json()
        return told


@pytest.fixture
def cast(new_context: Callable[..., Page], live_city: LiveCity, tmp_path: Path) -> Cast:
    return Cast(new_context, live_city, tmp_path)


def test_an_extension_is_granted_once_and_no_second_time(cast: Cast, cases: dict[str, LedCase]) -> None:
    case = cases["granted"]
    unit = cast.page(Role.HANDLER, case).begin("申请延期")
    expect(unit.panel).to_contain_text("由 督察员 审批")
    unit.because("天气原因").write("申请延长", "1").write("申请理由", "连日降雨，路面积水")
    unit.panel.get_by_role("button", name="申请延期", exact=True).click()
    expect(unit.panel.get_by_text("请填写“证明材料”。")).to_be_visible()
    unit.attach(take_picture(cast.folder, "rain")).finish("申请延期").status("延期待批")

    cast.decide(case, Role.SUPERVISOR, "同意延期", "情况属实，同意顺延。")
    granted = cast.detail(case)["applications"][0]
    assert granted["old_due_at"] < granted["new_due_at"]

    again = cast.page(Role.HANDLER, case)
    again.why_not("申请延期", "本案延期已1次，按规定最多1次，不能再申请；请抓紧办理，确有困难请报告指挥中心。")
    assert again.story()[-2:] == ["申请延期", "同意延期"]

    ledger = LedgersPage(cast.page(Role.SUPERVISOR, case).page).open("extension", case.no)
    expect(ledger.rows()).to_have_count(1)
    expect(ledger.rows().first).to_contain_text("同意")
    expect(ledger.unfold()).to_contain_text(
        re.compile("天气原因 · 连日降雨，路面积水.*按新时限计是否超时.*督察员.*情况属实，同意顺延。", re.DOTALL)
    )
    (row,) = ledger.sheet()
    assert (row["案件编号"], row["审批结果"], row["证明材料（张）"]) == (case.no, "同意", 1)
    assert row["原处置时限"] < row["新处置时限"]


def test_a_refused_extension_leaves_the_deadline_and_may_be_asked_for_anew(
    cast: Cast, cases: dict[str, LedCase]
) -> None:
    case = cases["refused"]
    cast.ask(case, "申请延期", "其他", "人手不足", proof=True, 申请延长="1")
    page = cast.decide(case, Role.SUPERVISOR, "不同意延期", "人手不足不是延期理由，请抓紧处置。")
    refused = cast.detail(case)["applications"][0]
    assert (refused["outcome"], refused["new_due_at"]) == ("refused", None)
    assert cast.page(Role.HANDLER, case).may("申请延期")
    assert page.open(case.id).story()[-2:] == ["申请延期", "不同意延期"]
    ledger = LedgersPage(page.page).open("extension", case.no)
    expect(ledger.unfold()).to_contain_text("人手不足不是延期理由")
    expect(ledger.rows().first).to_contain_text("不同意")


def test_a_case_goes_back_after_two_steps_and_out_again_to_another_unit(cast: Cast, cases: dict[str, LedCase]) -> None:
    case = cases["sent back"]
    other = next(
        one.organisation for one in cast.city.people if one.role is Role.HANDLER and one.organisation.endswith("园林处")
    )
    cast.ask(case, "申请回退", "不属于本单位职责", "坑洞位于绿化带内，不属市政养护范围")
    cast.decide(case, Role.DISPATCHER, "同意，报值班长审批", "经核对确在绿化带内。")
    cast.decide(case, Role.DUTY_OFFICER, "同意回退", "同意改派。").status("待派遣")

    page = cast.page(Role.DISPATCHER, case).begin("派遣")
    page.pick("责任单位", other).write("理由", "坑洞在绿化带内").finish(re.compile("^派遣"))
    page.status("待接收")
    expect(page.page.get_by_role("region", name="承办情况")).to_contain_text(other)
    assert page.story()[-4:] == ["申请回退", "同意，报下一级审批", "同意回退", "派遣"]
    ledger = LedgersPage(page.page).open("send_back", case.no)
    detail = ledger.unfold()
    for words in ("派遣员", "经核对确在绿化带内。", "值班长", "同意改派。", "不计入该单位处置数"):
        expect(detail).to_contain_text(words)


def test_a_suspended_case_wakes_by_itself(cast: Cast, cases: dict[str, LedCase]) -> None:
    case = cases["suspended"]
    until = datetime.now(UTC).replace(second=0, microsecond=0) + timedelta(minutes=2)
    cast.ask(
        case, "申请缓办", "已列入工程或改造计划", "需待主管道检修结束", 缓办截止时间=f"{until + CHINA:%Y-%m-%dT%H:%M}"
    )
    cast.decide(case, Role.LEADER, "同意缓办", "检修期间暂缓。").status("缓办至")
    cast.city.run(RAISE_CLOCKS, str(int(until.timestamp()) + 1))
    page = cast.page(Role.HANDLER, case).status("处置中")
    assert page.may("反馈处置结果")
    assert page.story()[-3:] == ["申请缓办", "同意缓办", "缓办到期，恢复办理"]
    ledger = LedgersPage(cast.page(Role.LEADER, case).page).open("suspension", case.no)
    expect(ledger.rows().first).to_contain_text("缓办至")
    expect(ledger.unfold()).to_contain_text(re.compile("缓办期间不计时.*检修期间暂缓。", re.DOTALL))


def test_a_case_is_voided_by_two_and_counted_apart(cast: Cast, cases: dict[str, LedCase]) -> None:
    case = cases["voided"]
    cast.ask(case, "申请作废", "重复立案", "与在办案件为同一问题", proof=True, by=Role.DUTY_OFFICER)
    cast.decide(case, Role.SUPERVISOR, "同意，报领导审批", "照片一致。")
    page = cast.decide(case, Role.LEADER, "同意作废", "同意。").status("作废")
    assert page.story()[-3:] == ["申请作废", "同意，报下一级审批", "同意作废"]
    ledger = LedgersPage(page.page).open("void", case.no)
    expect(ledger.unfold()).to_contain_text(
        re.compile("重复立案.*不计入有效案件，按作废原因单独统计.*督察员.*领导", re.DOTALL)
    )


def test_a_unit_appeals_after_closing(cast: Cast, cases: dict[str, LedCase]) -> None:
    case = cases["appealed"]
    cast.ask(case, "申诉", "不可抗力", "停电导致无法按时反馈")
    page = cast.decide(case, Role.LEADER, "同意申诉", "停电属实。")
    assert page.story()[-2:] == ["申诉", "同意申诉"]
    ledger = LedgersPage(page.page).open("appeal", case.no)
    expect(ledger.unfold()).to_contain_text(re.compile("超时事实保留，统计不变.*停电属实。", re.DOTALL))


def test_a_recall_ends_what_the_unit_had_asked_for(cast: Cast, cases: dict[str, LedCase]) -> None:
    case = cases["recalled"]
    cast.ask(case, "申请延期", "材料、设备未到位", "设备检修", proof=True, 申请延长="1")
    page = cast.page(Role.DISPATCHER, case).begin("撤回派遣")
    page.write("理由", "派错单位").finish("撤回派遣").status("待派遣")
    assert page.story()[-2:] == ["申请延期", "撤回派遣"]
    ledger = LedgersPage(page.page).open("extension", case.no)
    expect(ledger.rows().first).to_contain_text("自行失效")


def test_an_administrator_proposes_a_rule_and_a_leader_puts_it_in_force_from_tomorrow_on(cast: Cast) -> None:
    page = cast.somebody(Role.ADMINISTRATOR).page
    page.goto("/desk/approvals")
    rule = page.get_by_role("region", name="申诉")
    expect(rule).to_contain_text("第一次由领导审批")
    rule.get_by_role("button", name="调整").click()
    form = page.get_by_role("dialog")
    form.get_by_label("审批步骤 添加一步…", exact=True).select_option("supervisor")
    form.get_by_label("预警线（%）").fill("30")
    expect(form.get_by_role("status")).to_contain_text("第一次由 领导 → 督察员 依次审批")
    tomorrow = datetime.now(UTC) + CHINA + timedelta(days=1)
    form.get_by_label("生效日期").fill(f"{tomorrow:%Y-%m-%d}")
    form.get_by_label("调整理由").fill("按新办法，申诉须经督察复核。")
    form.get_by_role("button", name="提交审批").click()
    expect(form.get_by_role("alert")).to_contain_text("须另有岗位在超过上限时加审")
    form.get_by_label("超过占比上限时加审 添加一步…", exact=True).select_option("duty-officer")
    form.get_by_role("button", name="提交审批").click()
    expect(form.get_by_role("alert")).to_contain_text("预警线不能高于上限")
    form.get_by_label("预警线（%）").fill("2")
    form.get_by_role("button", name="提交审批").click()
    expect(form).to_be_hidden()
    waiting = page.get_by_role("region", name="规定修订").get_by_role("article", name="申诉审批规定")
    expect(waiting).to_contain_text("第一次由 领导 → 督察员 依次审批")
    expect(waiting).to_contain_text("这项修订由您本人提出，不能由本人审批")
    expect(rule.get_by_text("起改为")).to_have_count(0)

    leader = cast.somebody(Role.LEADER).page
    leader.goto("/desk/approvals")
    waiting = leader.get_by_role("region", name="规定修订").get_by_role("article", name="申诉审批规定")
    waiting.get_by_role("button", name="批准执行").click()
    expect(waiting).to_contain_text("请填写审批意见")
    waiting.get_by_label("审批意见").fill("同意，按新办法执行。")
    waiting.get_by_role("button", name="批准执行").click()
    expect(waiting).to_have_count(0)
    leader.get_by_role("button", name="已批准").click()
    expect(leader.get_by_role("article", name="申诉审批规定")).to_contain_text("同意，按新办法执行。")

    page.reload()
    rule.get_by_text(f"自 {tomorrow:%Y-%m-%d} 起改为").click()
    expect(rule).to_contain_text("第一次由 领导 → 督察员 依次审批")
    expect(rule).to_contain_text("第一次由领导审批")

    reader = cast.somebody(Role.DISPATCHER).page
    reader.goto("/desk/approvals")
    expect(reader.get_by_role("region", name="申诉")).to_contain_text("第一次由领导审批")
    expect(reader.get_by_role("button", name="调整")).to_have_count(0)
