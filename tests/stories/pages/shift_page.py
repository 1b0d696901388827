"""交接班: the desk's own page and one hand-over."""

from __future__ import annotations

from playwright.sync_api import Page, expect


class ShiftPage:
    def __init__(self, page: Page) -> None:
        self.page = page

    def open(self) -> ShiftPage:
        self.page.goto("/desk/shift")
        expect(self.page.get_by_role("heading", name="交接班", exact=True)).to_be_visible()
        return self

    def duty(self, words: str) -> ShiftPage:
        """What the top bar says."""
        expect(self.page.locator("header .duty")).to_contain_text(words)
        return self

    def pass_on(self, words: str, notes: str) -> ShiftPage:
        self.page.get_by_label("交办事项 1", exact=True).fill(words)
        self.page.get_by_label("值班记事").fill(notes)
        return self

    def press(self, button: str) -> ShiftPage:
        self.page.get_by_role("button", name=button, exact=True).click()
        return self

    def take(self) -> ShiftPage:
        self.page.get_by_role("link", name="查看并接班").click()
        return self

    def write(self, label: str, words: str) -> ShiftPage:
        self.page.get_by_label(label, exact=True).fill(words)
        return self

    def shows(self, *words: str) -> ShiftPage:
        for one in words:
            expect(self.page.locator("main").get_by_text(one, exact=True).first).to_be_visible()
        return self
