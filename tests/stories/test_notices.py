"""Who is concerned hears of it: the unit by the bell, the citizen by text at every decisive step."""

from __future__ import annotations

import json
import time
from pathlib import Path
from typing import Any

from playwright.sync_api import expect

from gezhi.kernel.permissions import Role
from tests.camera import take_picture
from tests.plumbing.processes import PATIENCE_S
from tests.stories.city import LiveCity
from tests.stories.conftest import SignIn
from tests.stories.pages.bell import Bell
from tests.stories.pages.case_page import CasePage
from tests.stories.pages.new_report import NewReportPage
from tests.stories.test_seven_stages import CLASS, LAT, LON, Cast, dispatch, inspect, mend

ADDRESS = "临川路与滨河路交叉口北侧"


def texts_about(city: LiveCity, case_no: str, *, count: int) -> list[dict[str, Any]]:
    """What the file gateway has taken about a case, once there is so much."""
    file, until = Path(city.environment["GEZHI_HOME"]) / "messages.jsonl", time.monotonic() + PATIENCE_S
    found: list[dict[str, Any]] = []
    while time.monotonic() < until:
        lines = file.read_text(encoding="utf-8").splitlines() if file.exists() else []
        found = [one for line in lines if (one := json.loads(line))["case_no"] == case_no]
        if len(found) >= count:
            return found
        time.sleep(0.2)
    raise AssertionError(f"only {len(found)} texts about {case_no}")


def reported_by_phone(page: CasePage, picture: Path) -> tuple[str, str]:
    """A call with a name, a number and the wish for an answer; id and grid of the case."""
    report = NewReportPage(page.page).open().place(LON, LAT).pick_class(CLASS).pick_first_row()
    grid = report.grid_code()
    report.form.get_by_label("来源").select_option("hotline")
    report.write("姓名", "王小明").write("联系电话", "13800001234")
    report.form.get_by_label("希望得到答复").check()
    report.write("地点描述", ADDRESS).write("问题描述", "路边有一堆垃圾。").attach(picture)
    return report.send(), grid


def test_a_dispatch_rings_at_the_unit_and_the_citizen_hears_every_step(
    sign_in: SignIn, live_city: LiveCity, tmp_path: Path
) -> None:
    cast = Cast(sign_in, live_city)
    acceptor = cast.page(Role.ACCEPTOR)
    case_id, grid = reported_by_phone(acceptor, take_picture(tmp_path, "a call"))
    acceptor.open(case_id).begin("受理").finish("受理")
    cast.page(Role.DUTY_OFFICER).open(case_id).begin("立案").finish("立案")
    unit = dispatch(cast, case_id)

    handler = cast.page(Role.HANDLER, organisation=unit)
    bell = Bell(handler.page)
    unread = bell.rings()  # others of this city may have rung at the unit, too
    newest = bell.open().notice("新派遣的案件，请签收").first
    expect(newest).to_contain_text(ADDRESS)
    newest.click()
    expect(handler.panel.get_by_role("button", name="签收", exact=True)).to_be_visible()
    assert handler.page.url.endswith(case_id)
    bell.shows(unread - 1)

    mend(cast, case_id, unit, take_picture(tmp_path, "mended after a call"))
    inspect(cast, case_id, grid[:9], take_picture(tmp_path, "seen after a call"), passed=True)
    closing = cast.page(Role.DUTY_OFFICER).open(case_id).begin("结案").choose("正常结案")
    closing.write("答复", "垃圾已清运，地面已冲洗").finish("结案")

    no = handler.page.get_by_role("main").get_by_text("YT-").first.inner_text()
    received, accepted, dispatched, closed = texts_about(live_city, no, count=4)
    assert received["text"] == f"您反映的问题我们收到了，编号 {no}，会尽快核实处理，结果会告诉您。"
    assert accepted["text"] == f"您反映的问题（{no}）已经受理，正在安排单位处理。"
    assert dispatched["text"].startswith(f"您反映的问题（{no}）已派给{unit}，")
    assert closed["text"] == f"您反映的问题（{no}）已办结：垃圾已清运，地面已冲洗。"
    assert {one["phone"] for one in (received, accepted, dispatched, closed)} == {"138******34"}

    officer = cast.page(Role.DUTY_OFFICER).page
    officer.goto("/desk/messages?state=sent")
    expect(officer.get_by_text(closed["text"])).to_be_visible()
    expect(officer.get_by_role("main").get_by_text("已发送", exact=True).nth(4)).to_be_visible()
