"""A collector whose reports all come from one spot is shown to the supervisor, with the cases behind."""

from __future__ import annotations

import re

from playwright.sync_api import expect

from gezhi.kernel.permissions import Role
from tests.stories.city import LiveCity
from tests.stories.conftest import DESK_SIZE, PHONE_SIZE, SignIn
from tests.stories.pages.registers import RegisterPage

CROWD = """
from gezhi.assembly.command_line import with_database

@with_database
def crowd():
    from gezhi.kernel.permissions import Role
    from gezhi.kernel.places import to_e7
    from gezhi.people.queries import held_directory
    from gezhi.plumbing.clock import system_clock
    from gezhi.plumbing.ids import system_ids
    from tests.cases.city import City
    from tests.fixtures import FixedClock

    city = City(FixedClock(system_clock() - 600))
    city.ids, city._pictures = system_ids, system_ids().int % 2**60
    one, *others = city.people(Role.COLLECTOR)[-4:]
    spot = city.spot("990102001")
    for _ in range(35):
        city.begin(city.reported(spot), one)
    for step in range(60):
        city.begin(city.reported(spot, lon=to_e7(spot.lon) + 1_000 * (step + 1)), others[step % 3])
    print(held_directory().users[one.user_id].name)

crowd()
"""


def test_who_reports_from_one_spot_is_shown_with_the_cases_behind(sign_in: SignIn, live_city: LiveCity) -> None:
    name = live_city.run(CROWD).splitlines()[-1]
    supervisor = live_city.somebody(Role.SUPERVISOR)
    for size in (DESK_SIZE, PHONE_SIZE):
        register = RegisterPage(sign_in(supervisor, size)).open("patterns")
        expect(register.main.get_by_role("heading", name="异常规律提示")).to_be_visible()
        detail = register.show(name)
        detail.shows("上报集中在同一地点", "次中", "提示门槛", "涉及案件")
        found = re.search(r"次中 (\d+) 次", detail.scope.inner_text())
        assert found is not None
        number = int(found[1])
        assert number >= 35  # other stories report there too
        cases = detail.scope.get_by_role("link")
        expect(cases).to_have_count(30)
        detail.scope.get_by_role("button", name="显示更多案件").click()
        expect(cases).to_have_count(number)
        assert (cases.first.get_attribute("href") or "").startswith("/desk/cases/")
    bodies = RegisterPage(sign_in(supervisor)).open("patterns?of=body&days=7")
    expect(bodies.main.get_by_role("alert")).to_have_count(0)
