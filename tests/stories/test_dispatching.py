"""From the dispatch desk to the crew with its telephone and back: several at once, three levels, several units."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from gezhi.cases.rules.stages import Status
from gezhi.kernel.permissions import Role
from tests.camera import take_picture
from tests.cases.city import ROAD, ROAD_ROW
from tests.stories.city import Account, LiveCity
from tests.stories.conftest import PHONE_SIZE, SignIn
from tests.stories.led_cases import LedCase, lead_case
from tests.stories.pages.dispatch_desk import DispatchDesk
from tests.stories.pages.unit_bench import UnitBench

WORKS, CREW, PARKS = "云汀市市政设施处", "道路养护一班", "云汀市园林处"
STREET = "990101001"


@pytest.fixture
def waiting(live_city: LiveCity) -> list[LedCase]:
    """Three broken roads that wait for dispatch."""
    return [
        lead_case(live_city, Status.REGISTERED, region=STREET, number=number, class_key=ROAD, row_key=ROAD_ROW)
        for number in (3, 4, 5)
    ]


def handler(city: LiveCity, unit: str) -> Account:
    return city.somebody(Role.HANDLER, organisation=unit)


def status_of(page: Page, case_id: str) -> str:
    answer = page.request.get(f"/api/v1/cases/{case_id}")
    return str(answer.json()["status"])


def clock_of(page: Page, case_id: str) -> tuple[str, str, str]:
    """Kind, light and due moment of the clock that leads on a case's row."""
    clock = page.request.get(f"/api/v1/cases/{case_id}").json()["clock"]
    return clock["kind"], clock["light"], clock["due_at"]


def test_several_go_to_one_unit_which_gives_one_to_its_crew_and_hands_it_over(
    sign_in: SignIn, live_city: LiveCity, waiting: list[LedCase], tmp_path: Path
) -> None:
    numbers = [case.no for case in waiting]
    first = waiting[0].id

    desk = DispatchDesk(sign_in(live_city.somebody(Role.DISPATCHER)))
    expect(desk.page).to_have_url(re.compile("/desk/dispatching"))
    expect(desk.record).to_be_visible()
    before = int(desk.figure("派遣数"))
    overdue = [clock_of(desk.page, case.id) for case in waiting]
    assert {clock[:2] for clock in overdue} == {("dispatch", "red")}
    desk.tick(*numbers).send_ticked(WORKS, 3)
    for no in numbers:
        expect(desk.box(no)).to_be_hidden()
    desk.undo()
    for no in numbers:
        expect(desk.box(no)).to_be_visible()
    assert [clock_of(desk.page, case.id) for case in waiting] == overdue  # undone, they are as late as before
    desk.tick(*numbers).send_ticked(WORKS, 3)
    desk.open()
    assert int(desk.figure("派遣数")) == before + 3
    desk.page.get_by_role("button", name="口径").click()
    expect(desk.page.get_by_text(re.compile("派遣后立即撤销的不计"))).to_be_visible()

    unit = UnitBench(sign_in(handler(live_city, WORKS)))
    expect(unit.page).to_have_url(re.compile("/desk/unit"))
    unit.receive_several(*numbers)
    unit.give_down(first, CREW, "今天下午前补好")
    expect(unit.order(first)).to_contain_text(f"已下派{CREW}，待签收")

    crew = UnitBench(sign_in(handler(live_city, CREW), PHONE_SIZE))
    crew.receive(first)
    form = crew.begin_result(first)
    form.get_by_role("button", name="反馈处置结果").click()
    expect(form.get_by_role("alert").filter(has_text="请至少上传一张处置后的照片")).to_be_visible()
    crew.page.keyboard.press("Escape")
    crew.hand_over(first, take_picture(tmp_path, "mended"), words="沥青已补平")

    unit.open()
    assert unit.pile("班组已反馈待确认") == 1
    expect(unit.order(first)).to_contain_text(f"{CREW}已反馈，待本单位确认")
    result = unit.order(first).get_by_role("region", name=f"{CREW}的处置结果")
    expect(result).to_contain_text("沥青已补平")
    expect(result.get_by_role("button", name="放大第 1 张照片")).to_be_visible()
    assert status_of(unit.page, first) == "handling"
    unit.confirm(first)
    expect(unit.order(first)).to_be_hidden()
    assert status_of(unit.page, first) == "handled"


def test_a_case_of_two_units_goes_on_when_both_have_handed_over(
    sign_in: SignIn, live_city: LiveCity, tmp_path: Path
) -> None:
    case = lead_case(live_city, Status.REGISTERED, region=STREET, number=6, class_key=ROAD, row_key=ROAD_ROW)
    desk = DispatchDesk(sign_in(live_city.somebody(Role.DISPATCHER))).open(case.id)
    desk.with_helper(PARKS).send(WORKS)

    leading = UnitBench(sign_in(handler(live_city, WORKS))).open().receive(case.id)
    helping = UnitBench(sign_in(handler(live_city, PARKS))).open()
    expect(helping.order(case.id)).to_contain_text("协办")
    helping.receive(case.id)

    leading.open().hand_over(case.id, take_picture(tmp_path, "road"), words="路面已修补")
    expect(leading.order(case.id).get_by_role("button", name="反馈处置结果")).to_be_hidden()
    assert (leading.pile("已反馈待其他单位"), status_of(leading.page, case.id)) == (1, "handling")

    helping.open().hand_over(case.id, take_picture(tmp_path, "tree pit"), words="树池已恢复")
    assert status_of(helping.page, case.id) == "handled"


def test_another_unit_than_the_suggested_one_needs_a_reason_and_nobodys_case_gets_its_own_board(
    sign_in: SignIn, live_city: LiveCity
) -> None:
    other, nobodys = (
        lead_case(live_city, Status.REGISTERED, region=STREET, number=number, class_key=ROAD, row_key=ROAD_ROW)
        for number in (7, 8)
    )
    desk = DispatchDesk(sign_in(live_city.somebody(Role.DISPATCHER))).open(other.id)
    desk.choose_other(PARKS, "坑洞在绿化带内").send(PARKS)
    assert status_of(desk.page, other.id) == "dispatched"

    desk.open(nobodys.id)
    desk.page.get_by_role("button", name="转待确权").click()
    form = desk.page.get_by_role("dialog")
    form.get_by_label("理由").fill("权属不清，需会商")
    form.get_by_role("button", name="转待确权").click()
    expect(desk.box(nobodys.no)).to_be_hidden()
    assert status_of(desk.page, nobodys.id) == "unowned"
