"""Somebody comes to the desk."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from gezhi.kernel.permissions import Role
from tests.stories.city import LiveCity
from tests.stories.conftest import SignIn
from tests.stories.pages.sign_in import SignInPage


def test_a_wrong_password_is_refused_in_words(new_context: Callable[..., Page], live_city: LiveCity) -> None:
    page = new_context()
    SignInPage(page).open().fill(live_city.somebody(Role.ACCEPTOR).username, "not-this")
    expect(page.get_by_role("alert")).to_contain_text("密码")
    expect(page.locator("input[name=password]")).to_be_visible()


@pytest.mark.parametrize("role", [Role.ACCEPTOR, Role.DUTY_OFFICER, Role.DISPATCHER, Role.HANDLER, Role.COLLECTOR])
def test_every_role_reaches_a_workbench_of_its_own(sign_in: SignIn, live_city: LiveCity, role: Role) -> None:
    page = sign_in(live_city.somebody(role))
    expect(page.get_by_role("navigation").first).to_be_visible()
