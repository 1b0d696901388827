"""A failed inspection is read by everybody who deals with the case next: why, in which round, with its picture."""

from __future__ import annotations

import io
import re
from pathlib import Path

from playwright.sync_api import Locator, expect
from pypdf import PdfReader

from gezhi.cases.rules.stages import Status
from gezhi.kernel.permissions import Role
from tests.camera import take_picture
from tests.cases.city import ROAD, ROAD_ROW
from tests.stories.city import LiveCity
from tests.stories.conftest import PHONE_SIZE, SignIn
from tests.stories.led_cases import lead_case, lead_on
from tests.stories.pages.case_page import CasePage
from tests.stories.pages.dispatch_desk import DispatchDesk
from tests.stories.pages.unit_bench import UnitBench
from tests.stories.pages.work_list import WorkListPage

WORKS, CREW = "云汀市市政设施处", "道路养护一班"
WORDS = "坑洞边缘又开裂，雨后积水"
FAILED = "第 1 轮核查未通过"


def told(place: Locator) -> Locator:
    """The block that says why, when it says all of it."""
    why = place.get_by_role("region", name="返工缘由")
    for words in (FAILED, "未达到：", WORDS):
        expect(why).to_contain_text(words)
    expect(why.get_by_role("button", name="放大第 1 张照片")).to_be_visible()
    return why


def test_why_an_inspection_failed_is_read_by_dispatcher_unit_crew_duty_officer_and_on_paper(
    sign_in: SignIn, live_city: LiveCity, tmp_path: Path
) -> None:
    case = lead_case(live_city, Status.INSPECTING, region="990101001", number=41, class_key=ROAD, row_key=ROAD_ROW)
    dispatcher = DispatchDesk(sign_in(live_city.somebody(Role.DISPATCHER)))
    task = dispatcher.page.request.get(f"/api/v1/cases/{case.id}").json()["tasks"][-1]
    account = next(one for one in live_city.people if (one.name, one.role) == (task["collector"], Role.COLLECTOR))
    collector = CasePage(sign_in(account, PHONE_SIZE)).open(case.id).begin("反馈核查")
    collector.answer_every_condition(passed=False).attach(take_picture(tmp_path, "cracked again")).write("说明", WORDS)
    collector.place(case.lon / 1e7, case.lat / 1e7).finish("反馈核查")

    why = told(dispatcher.open(case.id).page.get_by_role("article"))
    expect(why).to_contain_text(account.name)
    dispatcher.send(WORKS)

    unit = UnitBench(sign_in(live_city.somebody(Role.HANDLER, organisation=WORKS))).open()
    told(unit.order(case.id))
    unit.receive(case.id)
    told(unit.order(case.id))
    unit.give_down(case.id, CREW, "今天补完")
    crew = UnitBench(sign_in(live_city.somebody(Role.HANDLER, organisation=CREW), PHONE_SIZE)).open()
    told(crew.order(case.id))

    page = CasePage(crew.page).open(case.id)
    told(page.page.get_by_role("main"))
    expect(page.history).to_contain_text(re.compile("核查未通过，返工"))
    expect(page.history).to_contain_text(WORDS)
    expect(page.page.locator("section.pictures")).to_contain_text(re.compile(f"核查照片.*第 1 轮.*{account.name}"))

    strip = page.page.get_by_role("main")
    expect(strip.get_by_role("list", name="七个环节")).to_contain_text("第 2 次")
    strip.get_by_text("各环节历次经过").click()
    expect(strip).to_contain_text(re.compile("处置.*第 1 次：.*第 2 次：.*至 当前环节"))

    paper = page.page.request.get(f"/api/v1/cases/{case.id}/order.pdf")
    reader = PdfReader(io.BytesIO(paper.body()))
    words = "".join("".join(sheet.extract_text() for sheet in reader.pages).split())
    assert len(reader.pages) == 1
    for said in ("第2轮处置", "返工缘由第1轮核查未通过", "未达到：", WORDS, "第1轮核查"):
        assert said in words
    assert len(reader.pages[0].images) == 1  # what the collector took

    crew.open().receive(case.id).hand_over(case.id, take_picture(tmp_path, "smooth"), words="重新切边填补")
    unit.open().confirm(case.id)
    lead_on(live_city, case, Status.TO_CLOSE)
    officer = WorkListPage(sign_in(live_city.somebody(Role.DUTY_OFFICER))).open().show("待结案")
    officer.rows().filter(has_text=case.no).click()
    preview = officer.page.get_by_role("complementary", name="案件预览")
    told(preview)
    for words in ("处置后 · 第 2 轮", "核查 · 第 2 轮"):
        expect(preview).to_contain_text(words)
