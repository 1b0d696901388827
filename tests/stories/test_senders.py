"""Who asked for secrecy is shown for a reason, and the auditor sees who looked."""

from __future__ import annotations

from pathlib import Path

from playwright.sync_api import expect

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
