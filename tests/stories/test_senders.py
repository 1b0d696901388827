"""Who asked for secrecy is shown for a reason, and the auditor sees who looked. Who has no mobile is called about the
outcome, and a wrong number is put right while the caller waits.
"""

from __future__ import annotations

from pathlib import Path

from playwright.sync_api import Page, expect

from gezhi.kernel.permissions import Role
from tests.camera import take_picture
from tests.stories.city import LiveCity
from tests.stories.conftest import SignIn
from tests.stories.pages.new_report import NewReportPage
from tests.stories.test_seven_stages import CLASS, LAT, LON, Cast

WORDS = "井盖破损，我的电话 138-0000-1234，请保密"


def test_a_look_at_a_secret_sender_asks_why_and_stands_before_the_auditor(
    sign_in: SignIn, live_city: LiveCity, tmp_path: Path
) -> None:
    cast = Cast(sign_in, live_city)
    acceptor = cast.page(Role.ACCEPTOR)
    report = NewReportPage(acceptor.page).open().place(LON, LAT).pick_class(CLASS).pick_first_row()
    report.form.get_by_label("来源").select_option("hotline")
    report.write("姓名", "王小明").write("地点描述", "临川路北侧").write("问题描述", WORDS)
    report.form.get_by_label("要求对身份保密").check()
    hint = report.form.get_by_role("button", name="移到联系电话")
    expect(hint).to_be_visible()
    hint.click()
    expect(report.form.get_by_label("联系电话")).to_have_value("13800001234")
    expect(report.form.get_by_label("问题描述")).not_to_have_value(WORDS)
    case_id = report.attach(take_picture(tmp_path, "secret")).send()

    acceptor.open(case_id)
    main = acceptor.page.get_by_role("main")
    expect(main.get_by_text("王** · 138******34")).to_be_visible()
    main.get_by_role("button", name="查看举报人").click()
    main.get_by_role("button", name="记录并查看").click()
    expect(main.get_by_text("请选择查看理由。")).to_be_visible()
    main.get_by_label("查看理由").select_option("call_back")
    main.get_by_label("说明", exact=True).fill("核实井盖位置")
    main.get_by_role("button", name="记录并查看").click()
    expect(main.get_by_text("王小明 · 13800001234")).to_be_visible()

    auditor = cast.page(Role.ADMINISTRATOR).page
    auditor.goto("/desk/openings")
    row = auditor.get_by_role("listitem").filter(has_text="核实井盖位置")
    expect(row.get_by_text("回访核实情况")).to_be_visible()
    auditor.get_by_role("main").get_by_label("查看理由").select_option("legal")
    expect(auditor.get_by_text("没有符合条件的记录")).to_be_visible()


def phoned(page: Page, phone: str, place: str) -> str:
    report = NewReportPage(page).open().place(LON, LAT).pick_class(CLASS).pick_first_row()
    report.form.get_by_label("来源").select_option("hotline")
    report.write("姓名", "赵大姐").write("联系电话", phone).write("地点描述", place)
    report.form.get_by_label("希望得到答复").check()
    return report.write("问题描述", "楼道堆放杂物").send()


def test_a_caller_with_a_landline_is_called_about_the_outcome(sign_in: SignIn, live_city: LiveCity) -> None:
    acceptor = Cast(sign_in, live_city).page(Role.ACCEPTOR)
    case_id = phoned(acceptor.page, "0371-67180000", "临川路南侧三号楼")
    acceptor.open(case_id)
    expect(acceptor.page.get_by_text("待答复", exact=True)).to_be_visible()
    acceptor.begin("不予受理").write("理由", "小区内部").write("答复", "属小区内部设施，请联系物业").finish("不予受理")
    expect(acceptor.page.get_by_text("答复：待电话告知").first).to_be_visible(timeout=30_000)

    acceptor.page.goto("/desk/calls")
    row = acceptor.page.get_by_role("listitem").filter(has_text="属小区内部设施，请联系物业")
    expect(row.get_by_text("0371-67180000")).to_be_visible()
    row.get_by_role("button", name="登记电话告知").click()
    row.get_by_role("button", name="已告知").click()
    expect(row.get_by_text("请填写告知内容。")).to_be_visible()
    row.get_by_label("告知内容").fill("已告知本人，没有异议")
    row.get_by_role("button", name="已告知").click()
    expect(row).to_be_hidden()
    acceptor.page.goto(f"/desk/cases/{case_id}")
    expect(acceptor.page.get_by_text("答复：已电话告知").first).to_be_visible()
    expect(acceptor.page.get_by_role("region", name="告知记录")).to_contain_text("已告知本人，没有异议")


def test_a_wrong_number_is_corrected_and_both_stay_on_record(sign_in: SignIn, live_city: LiveCity) -> None:
    acceptor = Cast(sign_in, live_city).page(Role.ACCEPTOR)
    case_id = phoned(acceptor.page, "13800001234", "临川路南侧四号楼")
    acceptor.open(case_id)
    told = acceptor.page.get_by_role("region", name="告知记录")
    told.get_by_role("button", name="更正联系方式").click()
    told.get_by_label("联系电话").fill("139 0000")
    told.get_by_label("更正原因").fill("来电更正")
    told.get_by_role("button", name="更正", exact=True).click()
    expect(told.get_by_text("这不是有效的电话号码").first).to_be_visible()
    told.get_by_label("联系电话").fill("139 0000 5678")
    told.get_by_role("button", name="更正", exact=True).click()
    expect(told.get_by_text("13900005678", exact=True)).to_be_visible()
    expect(told.get_by_text("更正前：赵大姐 · 13800001234 · 要求答复")).to_be_visible()
    expect(acceptor.history).to_contain_text("更正联系方式")
    expect(acceptor.history).to_contain_text("来电更正")
