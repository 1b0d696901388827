"""One shift hands the acceptors' desk over to the next: sheet, signature, question, answer, second signature, paper."""

from __future__ import annotations

import json

import pytest

from gezhi.kernel.permissions import Role
from tests.stories.city import Account, LiveCity
from tests.stories.conftest import SignIn
from tests.stories.pages.shift_page import ShiftPage

# Two turns of the desk: one that ends in twenty minutes, and the one after it.
ROSTER = """
import json
from gezhi.assembly.command_line import with_database

@with_database
def enter():
    from gezhi.kernel.permissions import Role
    from gezhi.people.actions import set_shifts
    from gezhi.people.models import DeskShift
    from gezhi.people.queries import get_actor, held_directory
    from gezhi.people.rules.rows import ShiftRow
    from gezhi.plumbing.clock import system_clock

    now, directory = system_clock(), held_directory()
    people = (get_actor(user, now=now) for user in sorted(directory.users))
    seats = [actor for actor in people if actor.role is Role.ACCEPTOR]
    going, coming = seats[:2]
    DeskShift.objects.filter(organisation_id=going.organisation_id, role=going.role).delete()
    rows = [
        ShiftRow(organisation_id=one.organisation_id, role=one.role, user_id=one.user_id, post_id=one.post_id,
                 starts_at=starts, ends_at=starts + 8 * 3600)
        for one, starts in ((going, now + 1200 - 8 * 3600), (coming, now + 1200))
    ]
    set_shifts(rows)
    print(json.dumps([directory.users[one.user_id].username for one in (going, coming)]))

enter()
"""


@pytest.fixture
def seats(live_city: LiveCity) -> tuple[Account, Account]:
    """Who goes off and who comes on."""
    going, coming = json.loads(live_city.run(ROSTER).splitlines()[-1])
    by_name = {one.username: one for one in live_city.people if one.role is Role.ACCEPTOR}
    return by_name[going], by_name[coming]


def test_a_shift_is_handed_over_asked_about_and_taken(seats: tuple[Account, Account], sign_in: SignIn) -> None:
    going, coming = (ShiftPage(sign_in(account)) for account in seats)

    going.duty("请交班").open().shows("本班交接班表", "待受理")
    going.pass_on("盯住鹭桥路的积水", "热线平稳").press("签字交班")
    going.shows("受理席交接班表", "待接班", "盯住鹭桥路的积水", "热线平稳")

    coming.open().duty("有待接班").take().shows("盯住鹭桥路的积水")
    coming.write("接班意见或提问", "联系排水单位了吗？").press("提问").shows("有提问")

    going.open().duty("接班提问待答复")
    going.page.get_by_role("table").get_by_role("link").first.click()
    going.write("答复接班人员的提问", "已联系，明早到场").press("答复").shows("已答复")

    coming.open().take().shows("已联系，明早到场").press("签字接班").shows("已接班", "接班签字")
    paper = coming.page.request.get(coming.page.get_by_role("link", name="打印").get_attribute("href") or "")
    assert (paper.status, paper.headers["content-type"]) == (200, "application/pdf")
    assert paper.body().startswith(b"%PDF-")
    coming.open().shows("已接班")
