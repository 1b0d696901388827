"""The registers of supervision: rows, the open row beside them, and the forms of what is done to it."""

from __future__ import annotations

import re
from pathlib import Path

from playwright.sync_api import Locator, Page, expect

PANEL = "督办与重大案件"


class Deeds:
    """What can be done inside a part of a page: an open row, a drawer, the panel on the page of a case."""

    def __init__(self, page: Page, scope: Locator) -> None:
        self.page = page
        self.scope = scope

    def begin(self, act: str) -> Deeds:
        self.scope.get_by_role("button", name=act, exact=True).first.click()
        return self

    def write(self, label: str, text: str) -> Deeds:
        self.scope.get_by_label(re.compile(f"^{label}")).first.fill(text)
        return self

    def choose(self, word: str | re.Pattern[str]) -> Deeds:
        self.scope.get_by_role("radio", name=word).first.check()
        return self

    def pick(self, label: str, text: str) -> Deeds:
        """Choose from a list that is searched by typing."""
        self.scope.get_by_label(re.compile(f"^{label}")).first.fill(text)
        self.page.get_by_role("option").filter(has_text=text).first.click()
        return self

    def attach(self, picture: Path) -> Deeds:
        self.scope.locator("input[type=file]").first.set_input_files(picture)
        expect(self.scope.get_by_role("img", name=re.compile("第 . 张照片"))).to_have_count(1)
        return self

    def finish(self, verb: str) -> Deeds:
        """Send the form and wait until it has gone."""
        self.scope.get_by_role("button", name=verb, exact=True).last.click()
        expect(self.page.get_by_text("已办理").first).to_be_visible()
        expect(self.scope.get_by_role("button", name="取消")).to_be_hidden()
        return self

    def shows(self, *words: str) -> Deeds:
        for word in words:
            expect(self.scope).to_contain_text(word)
        return self

    def thread(self, *titles: str) -> Deeds:
        """Everything that was done, the first first."""
        expect(self.scope.get_by_role("region", name="办理记录").locator("li strong")).to_have_text(list(titles))
        return self


class RegisterPage:
    def __init__(self, page: Page) -> None:
        self.page = page
        self.main = page.get_by_role("main")
        self.detail = Deeds(page, page.get_by_role("complementary", name="详情"))

    def open(self, address: str) -> RegisterPage:
        self.page.goto(f"/desk/{address}")
        expect(self.main.get_by_role("heading", level=1)).to_be_visible()
        return self

    def row(self, words: str) -> Locator:
        return self.main.get_by_role("list").get_by_role("button").filter(has_text=words).first

    def show(self, words: str) -> Deeds:
        self.row(words).click()
        return self.detail

    def says(self, words: str, *parts: str) -> RegisterPage:
        """The row with these words has these parts, too."""
        for part in parts:
            expect(self.row(words)).to_contain_text(part)
        return self

    def sheet(self) -> bytes:
        """The Excel file of what is filtered."""
        address = self.main.get_by_role("link", name="导出 Excel").get_attribute("href") or ""
        answer = self.page.request.get(address)
        assert answer.status == 200
        return answer.body()


def panel_of(page: Page) -> Deeds:
    """Supervision on the page of a case."""
    return Deeds(page, page.get_by_role("region", name=PANEL))
