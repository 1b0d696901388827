"""Two at one shared queue: nothing moves under the hand of the one who reads, and who took the case is said."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import expect

from gezhi.cases.rules.stages import Status
from gezhi.kernel.permissions import Role
from tests.cases.city import ROAD, ROAD_ROW
from tests.stories.city import Account, LiveCity
from tests.stories.conftest import SignIn
from tests.stories.led_cases import LedCase, lead_case
from tests.stories.pages.case_page import CasePage
from tests.stories.pages.dispatch_desk import DispatchDesk
from tests.stories.pages.work_list import WorkListPage

WORKS, STREET = "云汀市市政设施处", "990101001"
PATIENCE_MS = 40_000


def led(city: LiveCity, status: Status, *numbers: int) -> list[LedCase]:
    return [
        lead_case(city, status, region=STREET, number=number, class_key=ROAD, row_key=ROAD_ROW) for number in numbers
    ]


def two(city: LiveCity, role: Role) -> tuple[Account, Account]:
    first = city.somebody(role)
    second = next(
        one
        for one in city.people
        if one.role is role
        and one.username != first.username
        and one.regions == first.regions
        and one.organisation == first.organisation
    )
    return first, second


@pytest.fixture
def waiting(live_city: LiveCity) -> list[LedCase]:
    return led(live_city, Status.REGISTERED, 21, 22, 23)


def test_what_one_dispatcher_reads_stays_when_the_other_sends_it_and_enter_sends_nothing_else(
    sign_in: SignIn, live_city: LiveCity, waiting: list[LedCase]
) -> None:
    first, second = two(live_city, Role.DISPATCHER)
    case, others = waiting[1], [waiting[0], waiting[2]]
    mine = DispatchDesk(sign_in(first)).open(case.id)
    theirs = DispatchDesk(sign_in(second)).open(case.id)
    expect(theirs.page.get_by_role("status").filter(has_text=f"{first.name}正在看").first).to_be_visible()
    expect(mine.page.get_by_role("status").filter(has_text=f"{second.name}正在看").first).to_be_visible(
        timeout=PATIENCE_MS
    )

    theirs.send(WORKS)
    taken = mine.page.get_by_role("alert").filter(has_text=f"{second.name}已于")
    expect(taken).to_contain_text(re.compile(f"派遣 → {WORKS}.*请另选一件"), timeout=PATIENCE_MS)
    expect(mine.page.get_by_role("article").get_by_text(case.no)).to_be_visible()
    expect(mine.units).to_be_hidden()
    mine.page.keyboard.press("Enter")
    mine.page.keyboard.press("Enter")
    for other in others:
        assert mine.page.request.get(f"/api/v1/cases/{other.id}").json()["status"] == "registered"

    mine.page.keyboard.press("j")
    expect(taken).to_be_hidden()
    expect(mine.units).to_be_visible()


def test_on_the_work_list_the_preview_says_who_took_the_case(sign_in: SignIn, live_city: LiveCity) -> None:
    (case,) = led(live_city, Status.ACCEPTED, 24)
    first, second = two(live_city, Role.DUTY_OFFICER)
    mine, theirs = (WorkListPage(sign_in(one)).open().show("待立案") for one in (first, second))
    mine.rows().filter(has_text=case.no).click()
    theirs.rows().filter(has_text=case.no).click()
    preview = mine.page.get_by_role("complementary", name="案件预览")
    expect(preview.get_by_text(f"{second.name}正在看")).to_be_visible(timeout=PATIENCE_MS)
    CasePage(theirs.page).begin("立案").finish("立案")
    expect(preview.get_by_role("alert").filter(has_text=f"{second.name}已于")).to_contain_text(
        "立案", timeout=PATIENCE_MS
    )
