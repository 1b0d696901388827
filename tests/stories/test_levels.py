"""Platforms of two levels: where the mode says so, the centre of the county dispatches and that of the city does
not.
"""

from __future__ import annotations

import json
import time

import pytest
from playwright.sync_api import expect

from gezhi.cases.rules.stages import Status
from gezhi.kernel.permissions import Role
from gezhi.plumbing.versions import CHECK_EVERY_S
from tests.stories.city import PASSWORD, Account, LiveCity
from tests.stories.conftest import SignIn
from tests.stories.led_cases import lead_case
from tests.stories.pages.case_page import CasePage
from tests.stories.pages.work_list import WorkListPage

TOWN, CENTRE, MODE = "990102100", "苇岸镇指挥中心", "一级监督、两级指挥"
# A centre of the second level in one town, and the mode by which it dispatches there. Answers with who sits in it.
SECOND_LEVEL = """
import json, sys
import msgspec
from gezhi.assembly.command_line import with_database

@with_database
def set_up(town, centre, mode, password):
    from gezhi.calendars.rules.office_days import day_of
    from gezhi.policy.actions import put_local_policy_in_force
    from gezhi.policy.queries import held_policy
    from gezhi.policy.rules.platform_levels import PlatformLevels
    from gezhi.kernel.permissions import Role
    from gezhi.people.actions import install_organisations, install_people, install_posts
    from gezhi.people.actions.accounts import hash_password
    from gezhi.people.queries import held_directory
    from gezhi.people.rules.organisation_kinds import OrganisationKind
    from gezhi.people.rules.rows import OrganisationRow, PostRow, UserRow
    from gezhi.plumbing.clock import system_clock

    today = day_of(system_clock())
    parent = held_directory().find_organisation(OrganisationKind.COMMAND_CENTRE, town, on=today)
    install_organisations([OrganisationRow(
        code="second-command", name=centre, kind=OrganisationKind.COMMAND_CENTRE, valid_from=today, platform_level=2,
        parent_code=parent.code, region_code=town,
    )])
    install_posts([PostRow(
        code="second-dispatcher", organisation_code="second-command", title="派遣员", role=Role.DISPATCHER,
        valid_from=today, region_codes=(town,),
    )])
    post = "second-dispatcher"
    user = UserRow(username=post, display_name="苇小满", active_from=today, post_codes=(post,))
    install_people([user], password_hash=hash_password(password))
    held = held_policy()
    policy = held.on(today)
    there = PlatformLevels(town, mode, ((1, 2, 5, 6, 7), (3, 4)))
    put_local_policy_in_force(
        held.node, msgspec.structs.replace(policy, platforms=(*policy.platforms, there)), valid_from=today
    )
    print(json.dumps({"username": user.username, "name": user.display_name}))

set_up(*sys.argv[1:])
"""


@pytest.fixture
def county_seat(live_city: LiveCity) -> Account:
    told = json.loads(live_city.run(SECOND_LEVEL, TOWN, CENTRE, MODE, PASSWORD).splitlines()[-1])
    time.sleep(CHECK_EVERY_S + 0.5)  # until every web process has looked at its registers again
    return Account(told["username"], told["name"], Role.DISPATCHER, CENTRE, (TOWN,))


def test_the_centre_of_the_second_level_dispatches_where_the_mode_says_so(
    sign_in: SignIn, live_city: LiveCity, county_seat: Account
) -> None:
    case = lead_case(live_city, Status.REGISTERED, region=TOWN)
    city = live_city.somebody(Role.DISPATCHER, organisation="云汀市城市运行指挥中心", region=TOWN)
    above = CasePage(sign_in(city)).open(case.id)
    assert not above.may("派遣")
    above.why_not("派遣", f"该区域实行“{MODE}”，“待派遣”由二级平台办理，您所在平台不能办理。")

    page = sign_in(county_seat)
    waiting = WorkListPage(page).open().show("待派遣")
    expect(waiting.rows().filter(has=page.get_by_role("link"))).to_have_count(1)
    below = CasePage(page).open(case.id).begin("派遣")
    verb = below.panel.get_by_role("button", name="派遣到 ").inner_text()
    below.finish(verb).status("待接收")
    entry = below.history.locator("li.entry").filter(has_text="派遣").first
    expect(entry).to_contain_text(CENTRE)
    assert below.story()[-1] == "派遣"
