"""No case stays without an answer: supervision to the third level, a major case to its strike-off, an owner found."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from playwright.sync_api import expect

from gezhi.cases.rules.stages import Status
from gezhi.kernel.permissions import Role
from tests.camera import take_picture
from tests.stories.city import LiveCity
from tests.stories.conftest import SignIn
from tests.stories.led_cases import LedCase, lead_case, lead_on
from tests.stories.pages.case_page import CasePage
from tests.stories.pages.registers import Deeds, RegisterPage, panel_of
from tests.stories.test_seven_stages import Cast

BURNING, BURNING_ROW = "2026-matter-06020", "2026-matter-06020-1"
COUNTY, STREET = "990102", "990102001"
# The reply to the order on this case was due half a minute ago: what the round does then. The clock stays the one of
# the desks, as nobody could reply to what was recorded in days to come.
LATER = """
import sys
from datetime import UTC, datetime, timedelta
from django.db import transaction
from gezhi.assembly.command_line import with_database

@with_database
def later(case_id):
    from gezhi.plumbing.clock import system_clock
    from gezhi.plumbing.ids import system_ids
    from gezhi.supervision.actions.automatic import SYSTEM, raise_unanswered
    from gezhi.plumbing.register_rows import Doing
    from gezhi.supervision.models import Order

    passed = datetime.fromtimestamp(system_clock(), UTC) - timedelta(seconds=30)
    with transaction.atomic():
        waiting = Order.objects.filter(case_id=case_id, next_at__isnull=False, next_at__gt=passed)
        assert waiting.update(due_at=passed, next_at=passed) == 1
        raise_unanswered(Doing(actor=SYSTEM, key=system_ids(), clock=system_clock, ids=system_ids))

later(*sys.argv[1:])
"""
# The rows that name somebody for refuse burnt in the open have ended: from today on nobody answers for it.
HOLE = """
from datetime import timedelta
from gezhi.assembly.command_line import with_database

@with_database
def end():
    from gezhi.calendars.rules.office_days import day_of
    from gezhi.duties.actions.rows import end_row
    from gezhi.duties.models import DutyRow
    from gezhi.kernel.permissions import Actor, Role, Scope
    from gezhi.plumbing.clock import system_clock

    keeper = Actor(user_id=0, post_id=0, role=Role.SYSTEM, organisation_id=0, scope=Scope(regions=("",)))
    yesterday = day_of(system_clock()) - timedelta(days=1)
    for row in DutyRow.objects.filter(selector="06020", valid_to=None):
        end_row(row.id, last_day=yesterday, reason="职责划转", actor=keeper, clock=system_clock)

end()
"""
PROPOSE = """
from gezhi.assembly.command_line import with_database

@with_database
def propose():
    from gezhi.plumbing.clock import system_clock
    from gezhi.plumbing.ids import system_ids
    from gezhi.supervision.actions import propose_accountability

    while propose_accountability(clock=system_clock, ids=system_ids):
        pass

propose()
"""


@pytest.fixture
def cast(sign_in: SignIn, live_city: LiveCity) -> Cast:
    return Cast(sign_in, live_city)


def register(cast: Cast, role: Role, address: str, case: LedCase, *, organisation: str = "") -> RegisterPage:
    """A register on the desk of somebody over the county, narrowed to one case."""
    page = cast.page(role, organisation=organisation, region=COUNTY).page
    return RegisterPage(page).open(f"{address}?q={case.no}")


def case_of(cast: Cast, role: Role, case: LedCase, *, organisation: str = "") -> CasePage:
    return cast.page(role, organisation=organisation, region=COUNTY).open(case.id)


def supervision_of(cast: Cast, role: Role, case: LedCase, *, organisation: str = "") -> Deeds:
    """The panel of supervision on the page of the case."""
    return panel_of(case_of(cast, role, case, organisation=organisation).page)


def test_an_order_without_reply_rises_to_the_leader_in_charge_who_answers_it_and_is_lifted(
    cast: Cast, tmp_path: Path
) -> None:
    case = lead_case(cast.city, Status.HANDLING, region=STREET)
    order = supervision_of(cast, Role.SUPERVISOR, case).begin("督办…").choose(re.compile("一级督办"))
    order.write("督办要求", "群众反映强烈，立即清理并说明原因。").finish("下达督办").shows("一级督办", "待答复")
    cast.city.run(LATER, case.id)
    register(cast, Role.LEADER, "supervision", case).says("暴露垃圾", "二级督办")
    cast.city.run(LATER, case.id)
    register(cast, Role.LEADER, "supervision", case).says("暴露垃圾", "三级督办", "政府分管领导")

    unit = register(cast, Role.HANDLER, "supervision", case, organisation=case.unit).show("暴露垃圾")
    expect(unit.scope.get_by_role("button", name="答复督办")).to_have_count(0)  # it is the leader who is asked now
    leader = register(cast, Role.LEADER, "supervision", case).show("暴露垃圾")
    leader.begin("答复督办").write("答复内容", "已安排两个班组清运。").attach(take_picture(tmp_path, "crews")).finish(
        "答复督办"
    )
    centre = register(cast, Role.SUPERVISOR, "supervision", case).says("暴露垃圾", "已答复").show("暴露垃圾")
    centre.begin("追加要求").write("督办要求", "说明为何反复堆放，提出长效措施。").finish("追加要求")
    leader = register(cast, Role.LEADER, "supervision", case).show("暴露垃圾")
    leader.begin("答复督办").write("答复内容", "每日增加一次收运，设专人巡查。").finish("答复督办")
    centre = register(cast, Role.SUPERVISOR, "supervision", case).show("暴露垃圾")
    centre.begin("解除督办").write("理由", "措施到位，现场已清理。").finish("解除督办")

    ledger = register(cast, Role.LEADER, "supervision", case)
    expect(ledger.main.get_by_text("没有符合条件的记录")).to_be_visible()
    ledger.page.goto(f"/desk/supervision?q={case.no}&state=all")
    assert ledger.says("暴露垃圾", "三级督办", "已解除").sheet().startswith(b"PK")
    missed_and_raised = ["逾期未答复", "升级督办"]
    ledger.show("暴露垃圾").shows("未按期答复").thread(
        "下达督办", *missed_and_raised, *missed_and_raised, "单位答复", "追加要求", "单位答复", "解除督办"
    )
    story = case_of(cast, Role.LEADER, case).story()
    assert story[-7:] == ["督办", "督办", "督办", "答复督办", "督办", "答复督办", "解除督办"]


def test_a_major_case_is_closed_only_after_its_strike_off_was_signed(cast: Cast) -> None:
    case = lead_case(cast.city, Status.HANDLING, region=STREET, number=1)
    listing = supervision_of(cast, Role.SUPERVISOR, case).begin("列为重大案件…").choose("较大").begin("7 天后")
    listing.write("处置方案", "三日内清运，一周内恢复路面。").finish("列为重大案件").shows(
        "重大案件", "在册", case.unit
    )
    expect(listing.scope.get_by_role("button", name="申请销号")).to_have_count(0)  # not before the inspection

    unit = supervision_of(cast, Role.HANDLER, case, organisation=case.unit)
    unit.begin("报告进展").write("进展情况", "已清运一半。").finish("报告进展")
    unit.begin("申请调整期限").begin("15 天后").write("理由", "清运道路施工。").finish("申请调整期限")
    leader = register(cast, Role.LEADER, "major", case).says("暴露垃圾", "期限待批").show("暴露垃圾")
    leader.begin("审批期限调整").choose("同意").write("意见", "同意顺延，不得再拖。").finish("同意")

    lead_on(cast.city, case, Status.TO_CLOSE)
    officer = case_of(cast, Role.DUTY_OFFICER, case)
    assert not officer.may("结案")
    officer.why_not("结案", "本案是重大案件，核查通过并销号后才能结案或作废。")
    supervision_of(cast, Role.SUPERVISOR, case).begin("申请销号").write("销号理由", "核查通过，路面已恢复。").finish(
        "申请销号"
    )
    leader = register(cast, Role.LEADER, "major", case).show("暴露垃圾")
    leader.begin("签批销号").choose("同意").write("意见", "同意销号。").finish("同意")
    case_of(cast, Role.DUTY_OFFICER, case).begin("结案").choose("正常结案").finish("结案")

    ledger = register(cast, Role.SUPERVISOR, "major", case).says("暴露垃圾", "较大", "已销号", "进展 1 次")
    assert ledger.sheet().startswith(b"PK")
    changed = ["申请调整期限", "同意调整期限"]
    ledger.show("暴露垃圾").thread("备案", "报告进展", *changed, "申请销号", "签批销号")
    story = case_of(cast, Role.SUPERVISOR, case).story()
    assert [title for title in story if "重大案件" in title or "销号" in title] == [
        *["列为重大案件", "重大案件进展", "调整销号期限", "重大案件销号"]
    ]
    assert story[-1] == "结案"


def test_a_case_without_owner_ends_in_a_row_of_the_duty_table(cast: Cast) -> None:
    cast.city.run(HOLE)
    case = lead_case(cast.city, Status.REGISTERED, region=STREET, number=2, class_key=BURNING, row_key=BURNING_ROW)
    desk = case_of(cast, Role.DISPATCHER, case).begin("转待确权")
    desk.write("理由", "责任清单没有对应单位。").finish("转待确权")

    board = register(cast, Role.DISPATCHER, "ownerless", case).says(case.no, "责任清单无对应条目", "尚无单位承办")
    board.main.get_by_role("checkbox", name=f"选择 {case.no}").check()
    board.main.get_by_role("button", name="提交联席会议").click()
    drawer = Deeds(board.page, board.page.get_by_role("dialog"))
    drawer.write("参会单位", "市综合执法局、市环境卫生处、市生态环境局").finish("召集联席会议")
    meeting = board.detail.shows(case.no, "待议").begin("登记决定")
    meeting.pick("责任单位", "云汀市综合执法局").write("决定内容", "露天焚烧由综合执法局查处。").finish("登记决定")
    meeting.shows("已明确责任单位").thread("召集会议", "形成决定")

    board.detail.scope.get_by_role("link", name="查看确权记录").click()
    board.says("云汀市综合执法局", "责任清单待补条目").show("云汀市综合执法局")
    board.detail.scope.get_by_role("link", name="写入责任清单").click()
    proposal = Deeds(board.page, board.page.get_by_role("dialog"))
    proposal.write("依据名称", "疑难案件联席会议纪要〔2026〕1 号").begin("提交审批")
    leader = cast.page(Role.LEADER, region=COUNTY).page
    leader.goto("/desk/duties?tab=proposals")
    leader.get_by_role("main").get_by_role("button", name="焚烧垃圾").first.click()
    leader.get_by_label("审批意见").fill("同意，列入责任清单。")
    leader.get_by_role("button", name="批准并列入清单").click()
    expect(leader.get_by_text("已批准，列为责任清单")).to_be_visible()

    following = lead_case(cast.city, Status.REGISTERED, region=STREET, number=3, class_key=BURNING, row_key=BURNING_ROW)
    panel = case_of(cast, Role.DISPATCHER, following).begin("派遣").panel
    expect(panel.get_by_role("button", name="派遣到 云汀市综合执法局")).to_be_visible()
    page = board.open("ownerless?tab=settled&all=true").says("云汀市综合执法局", "联席会议明确", "责任清单已有条目")
    assert page.sheet().startswith(b"PK")
    assert case_of(cast, Role.LEADER, case).story()[-2:] == ["转待确权", "确定责任单位"]


def test_a_closed_case_is_reopened_and_its_unit_held_to_account(cast: Cast) -> None:
    case = lead_case(cast.city, Status.CLOSED, region=STREET, number=4)
    supervisor = case_of(cast, Role.SUPERVISOR, case).begin("重新处置")
    supervisor.write("理由", "现场复查仍有垃圾。").finish("重新处置").status("待派遣")
    assert supervisor.story()[-2:] == ["结案", "重新处置"]

    cast.city.run(PROPOSE)
    ledger = register(cast, Role.SUPERVISOR, "accountability", case).says(case.no, "处置不实、群众不满意", "待核定")
    ledger.show(case.no).begin("核定问责").finish("核定问责").shows("整改中")
    unit = cast.city.somebody(Role.HANDLER, region=COUNTY, organisation="东岸保洁公司")
    answer = register(cast, Role.HANDLER, "accountability", case, organisation=unit.organisation).show(case.no)
    answer.begin("报告整改结果").write("整改结果", "已重新清理，增派巡查。").finish("报告整改结果")
    closing = register(cast, Role.SUPERVISOR, "accountability", case).show(case.no).begin("验收办结")
    closing.write("验收意见", "整改到位。").choose("扣分").write("扣分", "0.5").finish("验收办结")
    closing.shows("对单位评价的影响", "扣 0.5 分").thread("提出问责", "核定问责", "报告整改结果", "验收办结")
    ledger = register(cast, Role.SUPERVISOR, "accountability", case).says(case.no, "已办结", "扣 0.5 分")
    assert ledger.sheet().startswith(b"PK")
