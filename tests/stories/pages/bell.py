"""The bell in the top bar: how many notices are unread, and the newest of them."""

from __future__ import annotations

import re

from playwright.sync_api import Locator, Page, expect

UNREAD = re.compile(r"^消息，\d+ 条未读$")


class Bell:
    def __init__(self, page: Page) -> None:
        self.page = page
        self.button = page.get_by_role("banner").get_by_role("button", name=re.compile("^消息"))
        self.panel = page.get_by_role("region", name="消息", exact=True)

    def rings(self) -> int:
        """How much is unread, as soon as there is something: the bell asks by itself."""
        expect(self.button).to_have_accessible_name(UNREAD)
        return int(re.sub(r"\D", "", self.button.get_attribute("aria-label") or ""))

    def shows(self, count: int) -> Bell:
        name = f"消息，{count} 条未读" if count else "消息"
        expect(self.button).to_have_accessible_name(name)
        return self

    def open(self) -> Bell:
        self.button.click()
        expect(self.panel).to_be_visible()
        return self

    def notice(self, words: str) -> Locator:
        return self.panel.get_by_role("link").filter(has_text=words)
