"""The page where everybody begins."""

from __future__ import annotations

from playwright.sync_api import Page, expect


class SignInPage:
    def __init__(self, page: Page) -> None:
        self.page = page

    def open(self) -> SignInPage:
        self.page.goto("/desk/")
        expect(self.page.locator("input[name=username]")).to_be_visible()
        return self

    def fill(self, username: str, password: str) -> None:
        self.page.locator("input[name=username]").fill(username)
        self.page.locator("input[name=password]").fill(password)
        self.page.get_by_role("button", name="登录", exact=True).click()

    def enter(self, username: str, password: str) -> None:
        """Sign in and wait for the workbench."""
        self.fill(username, password)
        expect(self.page.locator("input[name=password]")).to_be_hidden()
