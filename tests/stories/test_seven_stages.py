"""One case through all seven stages, as the people of the city do it, with one failed inspection and its rework."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from gezhi.kernel.permissions import Role
from tests.camera import take_picture
from tests.stories.city import LiveCity
from tests.stories.conftest import SignIn
from tests.stories.pages.case_page import CasePage
from tests.stories.pages.new_report import NewReportPage

LON, LAT = 118.2010, 31.6020  # in the core of Linchuan
CLASS = "暴露垃圾"


class Cast:
    """Who plays: each in a browser session of their own, kept for the whole story."""

    def __init__(self, sign_in: SignIn, city: LiveCity) -> None:
        self.sign_in = sign_in
        self.city = city
        self.pages: dict[str, CasePage] = {}

    def page(self, role: Role, *, organisation: str = "", region: str = "990101") -> CasePage:
        account = self.city.somebody(role, organisation=organisation, region=region)
        if account.username not in self.pages:
            self.pages[account.username] = CasePage(self.sign_in(account))
        return self.pages[account.username]


@pytest.fixture
def cast(sign_in: SignIn, live_city: LiveCity) -> Cast:
    return Cast(sign_in, live_city)


def dispatch(cast: Cast, case_id: str) -> str:
    """The dispatcher follows the suggestion; answers the unit's name."""
    page = cast.page(Role.DISPATCHER).open(case_id).begin("派遣")
    verb = page.panel.get_by_role("button", name=re.compile("^派遣到 ")).inner_text()
    page.finish(verb)
    return verb.removeprefix("派遣到 ")


def mend(cast: Cast, case_id: str, unit: str, picture: Path) -> None:
    page = cast.page(Role.HANDLER, organisation=unit).open(case_id)
    page.begin("签收").status("处置中")
    page.begin("反馈处置结果").attach(picture).write("说明", "已清理干净，地面已冲洗。").finish("反馈处置结果")


def inspect(cast: Cast, case_id: str, street: str, picture: Path, *, passed: bool) -> None:
    """Review by the dispatcher, an inspection for the street's collector, and what that collector finds."""
    cast.page(Role.DISPATCHER).open(case_id).begin("复核通过").choose("需要现场核查").finish("复核通过")
    collector = cast.city.somebody(Role.COLLECTOR, region=street)
    cast.page(Role.ACCEPTOR).open(case_id).begin("派发核查").pick("采集员", collector.name).finish("派发核查")
    page = cast.page(Role.COLLECTOR, region=street).open(case_id).begin("反馈核查")
    page.answer_every_condition(passed=passed).attach(picture).place(LON, LAT)
    page.finish("反馈核查")


def test_a_case_goes_through_all_seven_stages(cast: Cast, tmp_path: Path) -> None:
    report = NewReportPage(cast.page(Role.COLLECTOR).page).open().place(LON, LAT).pick_class(CLASS).pick_first_row()
    street = report.grid_code()[:9]
    report.write("地点描述", "临川路与滨河路交叉口东北角").write("问题描述", "路边堆放生活垃圾，约两平方米。")
    case_id = report.attach(take_picture(tmp_path, "before")).send()

    cast.page(Role.ACCEPTOR).open(case_id).status("待受理").begin("受理").finish("受理")
    cast.page(Role.DUTY_OFFICER).open(case_id).status("待立案").begin("立案").finish("立案")
    unit = dispatch(cast, case_id)
    mend(cast, case_id, unit, take_picture(tmp_path, "half done"))
    inspect(cast, case_id, street, take_picture(tmp_path, "still dirty"), passed=False)

    assert dispatch(cast, case_id) == unit
    mend(cast, case_id, unit, take_picture(tmp_path, "clean"))
    inspect(cast, case_id, street, take_picture(tmp_path, "clean indeed"), passed=True)
    page = cast.page(Role.DUTY_OFFICER).open(case_id).status("待结案").begin("结案").choose("正常结案").finish("结案")

    round_of_work = ["派遣", "签收", "反馈处置结果", "复核通过", "派发核查"]
    assert page.status("第 2 轮处置").story() == [
        *["上报问题", "受理", "立案"],
        *[*round_of_work, "核查未通过，返工"],
        *[*round_of_work, "核查通过"],
        "结案",
    ]
