"""The roster of the collectors, and a miss that is found by it, charged, and withdrawn."""

from __future__ import annotations

import re
from datetime import datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from playwright.sync_api import Page, expect

from gezhi.cases.rules.stages import Status
from gezhi.kernel.permissions import Role
from tests.camera import take_picture
from tests.stories.city import Account, LiveCity
from tests.stories.conftest import SignIn
from tests.stories.led_cases import lead_case
from tests.stories.pages.case_page import CasePage
from tests.stories.pages.roster_page import RosterPage

STREET = "990101001"
EMPTIED = """
from gezhi.assembly.command_line import with_database

@with_database
def empty():
    from gezhi.people.models import RosterShift

    RosterShift.objects.all().delete()

empty()
"""


@pytest.fixture
def collectors(live_city: LiveCity) -> tuple[Account, Account]:
    """The two of the street; nobody in the city has a shift yet."""
    live_city.run(EMPTIED)
    first, second = [one for one in live_city.people if one.role is Role.COLLECTOR and one.regions == (STREET,)]
    return first, second


def titles_of(page: Page, no: str, count: int) -> set[str]:
    """What was told of a case, once so much was; the worker tells it a moment later."""
    titles: set[str] = set()
    for _ in range(40):
        items = page.request.get("/api/v1/notices").json()["items"]
        titles = {one["title"]["zh"] for one in items if one["case_no"] == no}
        if len(titles) >= count:
            break
        page.wait_for_timeout(1_000)
    return titles


def test_a_miss_is_charged_by_the_roster_with_a_picture_and_withdrawn_and_both_are_told(
    sign_in: SignIn, live_city: LiveCity, collectors: tuple[Account, Account], tmp_path: Path
) -> None:
    reporter, missed = collectors
    day = (datetime.now(ZoneInfo("Asia/Shanghai")) - timedelta(seconds=1_800)).date().isoformat()
    case = lead_case(live_city, Status.HANDLING, region=STREET, number=41)

    roster = RosterPage(sign_in(live_city.somebody(Role.DUTY_OFFICER))).open()
    street = roster.page.request.get(f"/api/v1/regions/{STREET}").json()["name"]
    roster.enter(missed.name, street, day, "00:00", "00:00").shows(missed.name, "次日 00:00", STREET, "班后补登")
    roster.read_in(f"{reporter.username},{STREET},{day},0:00,24:00", f"nobody,{STREET},{day},0:00,8:00")
    expect(roster.page.get_by_text("第 3 行：当日没有采集员“nobody”")).to_be_visible()
    expect(roster.rows).to_have_count(1)
    roster.read_in(f"{reporter.username},{STREET},{day},0:00,24:00")
    roster.shows(reporter.name, "次日 00:00").strike(reporter.name, "当日请假")
    roster.shows(reporter.name, "已撤销", "当日请假")

    officer = CasePage(roster.page).open(case.id).begin("认定漏报")
    expect(officer.panel).to_contain_text("可以认定漏报，但不记到个人")

    supervisor = CasePage(sign_in(live_city.somebody(Role.SUPERVISOR))).open(case.id).begin("认定漏报")
    who = supervisor.panel.get_by_role("radio", name=re.compile(f"^{missed.name} · .*00:00–00:00（上报后补登）"))
    expect(who).not_to_be_checked()
    who.check()
    supervisor.write("依据", "复查照片和巡查轨迹").attach(take_picture(tmp_path, "missed"))
    supervisor.write("理由", "当班巡查经过未报").finish("认定漏报")
    expect(supervisor.history).to_contain_text(re.compile(f"责任采集员：{missed.name}（.*上报后补登）"))
    expect(supervisor.history.get_by_role("button", name="放大第 1 张照片").first).to_be_visible()

    told = sign_in(missed)
    assert "认定漏报" in titles_of(told, case.no, 1)
    supervisor.begin("撤销漏报认定").write("理由", "当时正在处理另一案件").finish("撤销漏报认定")
    expect(supervisor.history).to_contain_text(f"不再记为{missed.name}漏报")
    expect(supervisor.history).to_contain_text(f"责任采集员：{missed.name}")
    assert titles_of(told, case.no, 2) >= {"认定漏报", "漏报认定已撤销"}
