"""A rule document from the draft to its reader."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from playwright.sync_api import expect

from gezhi.calendars.rules.office_days import day_of
from gezhi.kernel.permissions import Role
from tests.stories.city import LiveCity
from tests.stories.conftest import SignIn
from tests.stories.pages.documents import DocumentsPage

TITLE = "井盖缺损快速处置规定"
TEXT = """第一章 总则
第一条 为了保障行人安全，制定本规定。
第二条 井盖缺损的，责任单位应当先行围护。
第二章 期限
第三条 更换井盖确需延期的，应当说明到货时间。"""


def test_a_document_is_written_approved_read_and_found(sign_in: SignIn, live_city: LiveCity) -> None:
    today = day_of(int(datetime.now(UTC).timestamp()))
    writer = DocumentsPage(sign_in(live_city.somebody(Role.SUPERVISOR))).open()
    writer.begin(TITLE, text=TEXT, readers="派遣员", valid_from=today).link("第三条", "延期审批")
    writer.press("保存并提交审批").standing("待审批")

    leader = DocumentsPage(sign_in(live_city.somebody(Role.LEADER))).open().show(TITLE)
    leader.shows("责任单位应当先行围护").press("批准发布").standing("现行有效")

    reader = DocumentsPage(sign_in(live_city.somebody(Role.DISPATCHER))).open()
    expect(reader.main.get_by_role("region", name="待我阅读")).to_contain_text(TITLE)
    reader.show(TITLE).press("确认已阅读").shows("您已确认阅读").shows("1 人已确认")
    reader.open().find("围护").found("第二条", marked="围护")
    reader.main.get_by_role("link", name="第二条").click()
    expect(reader.main.locator("section.here")).to_contain_text("应当先行围护")


def test_a_returned_draft_comes_back_with_its_reason(sign_in: SignIn, live_city: LiveCity) -> None:
    title, later = "占道施工告示规定", day_of(int(datetime.now(UTC).timestamp())) + timedelta(days=3)
    writer = DocumentsPage(sign_in(live_city.somebody(Role.SUPERVISOR))).open()
    writer.begin(title, text=TEXT, readers="派遣员", valid_from=later).press("保存并提交审批").standing("待审批")

    leader = DocumentsPage(sign_in(live_city.somebody(Role.LEADER))).open().show(title)
    leader.press("退回修改").shows("请填写理由")
    leader.main.get_by_label("审批意见").fill("请写明告示的尺寸")
    leader.press("退回修改").standing("草稿")

    writer.open().show(title).shows("请写明告示的尺寸")
    expect(writer.main.get_by_role("button", name="提交审批")).to_be_visible()
