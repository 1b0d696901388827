"""首任管理员: signs in with a password that is good once, chooses an own one, and reads what the city still lacks."""

from __future__ import annotations

from collections.abc import Callable

from playwright.sync_api import Page, expect

from tests.stories.city import LiveCity
from tests.stories.pages.sign_in import SignInPage

OWN = "market-on-the-river-7"
TAKE_UP = """
import sys
from gezhi.assembly.command_line import with_database

@with_database
def take_up(username):
    from datetime import date
    from gezhi.kernel.permissions import Role
    from gezhi.people.actions import give_single_use_password, install_people
    from gezhi.people.queries import held_directory
    from gezhi.people.rules.rows import UserRow

    post = next(one for one in held_directory().posts.values() if one.role is Role.ADMINISTRATOR)
    row = UserRow(username=username, display_name="何真", post_codes=(post.code,), active_from=date(2026, 1, 1))
    install_people([row], password_hash="!")
    print(give_single_use_password(held_directory().user_ids[username]))

take_up(*sys.argv[1:])
"""


def test_a_new_administrator_chooses_a_password_before_anything_else_and_sees_what_is_missing(
    new_context: Callable[..., Page], live_city: LiveCity
) -> None:
    password = live_city.run(TAKE_UP, "hezhen").strip()
    page = new_context()
    SignInPage(page).open().enter("hezhen", password)
    page.goto("/desk/readiness")
    expect(page.get_by_role("heading", name="我的账号")).to_be_visible()
    words = page.locator("input[type=password]")
    words.nth(0).fill(password)
    words.nth(1).fill(OWN)
    words.nth(2).fill(OWN)
    page.keyboard.press("Enter")
    expect(page.get_by_role("navigation").get_by_role("link", name="全部在办")).to_be_visible()
    page.get_by_role("link", name="待完善事项").click()
    main = page.get_by_role("main")
    expect(main.get_by_text("城市可以受理案件。")).to_be_visible()
    expect(main.get_by_role("listitem").filter(has_text="从未备份")).to_contain_text("gezhi backup FOLDER --verify")
