"""Organisations with their people, and the end of an account."""

from __future__ import annotations

from playwright.sync_api import Locator, Page, expect


class PeoplePage:
    def __init__(self, page: Page) -> None:
        self.page = page
        self.main = page.get_by_role("main")

    def open(self) -> PeoplePage:
        self.page.goto("/desk/people")
        expect(self.main.get_by_role("heading", name="机构与人员")).to_be_visible()
        return self

    def choose(self, organisation: str) -> Locator:
        """The posts and people of an organisation."""
        self.main.get_by_role("searchbox").fill(organisation)
        self.main.get_by_role("button").filter(has_text=organisation).first.click()
        panel = self.main.get_by_role("region", name=organisation)
        expect(panel).to_be_visible()
        return panel

    def end_account(self, panel: Locator, name: str) -> Locator:
        """Ask to end somebody's account; answers the form with what was said."""
        panel.get_by_role("region", name="岗位").get_by_role("button", name=name).first.click()
        self.main.get_by_role("region", name=name).get_by_role("button", name="停用账号").click()
        form = self.page.get_by_role("dialog")
        form.get_by_label("原因或依据").fill("离职")
        form.get_by_role("button", name="查看变化").click()
        return form
