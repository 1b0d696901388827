"""Somebody comes to the desk."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, Response, expect

from gezhi.kernel.permissions import Role
from tests.stories.city import LiveCity
from tests.stories.conftest import SignIn
from tests.stories.pages.sign_in import SignInPage


def test_a_wrong_password_is_refused_in_words(new_context: Callable[..., Page], live_city: LiveCity) -> None:
    page = new_context()
    SignInPage(page).open().fill(live_city.somebody(Role.ACCEPTOR).username, "not-this")
    expect(page.get_by_role("alert")).to_contain_text("密码")
    expect(page.locator("input[name=password]")).to_be_visible()


def test_what_the_desk_is_made_of_comes_compressed(new_context: Callable[..., Page]) -> None:
    page, plain, seen = new_context(), list[str](), list[str]()

    def note(response: Response) -> None:
        if response.url.partition("?")[0].endswith((".js", ".css")):
            seen.append(response.url)
            plain.extend([response.url] if response.header_value("content-encoding") != "gzip" else [])

    page.on("response", note)
    SignInPage(page).open()
    expect(page.locator("input[name=password]")).to_be_visible()
    assert len(seen) > 2
    assert plain == []


@pytest.mark.parametrize("role", [Role.ACCEPTOR, Role.DUTY_OFFICER, Role.DISPATCHER, Role.HANDLER, Role.COLLECTOR])
def test_every_role_reaches_a_workbench_of_its_own(sign_in: SignIn, live_city: LiveCity, role: Role) -> None:
    page = sign_in(live_city.somebody(role))
    expect(page.get_by_role("navigation").first).to_be_visible()
