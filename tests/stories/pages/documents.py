"""The pages of rule documents: list, reading page, editor."""

from __future__ import annotations

from datetime import date

from playwright.sync_api import Page, expect


class DocumentsPage:
    def __init__(self, page: Page) -> None:
        self.page = page
        self.main = page.get_by_role("main")

    def open(self) -> DocumentsPage:
        self.page.goto("/desk/documents")
        expect(self.main.get_by_role("heading", name="制度文件", exact=True)).to_be_visible()
        return self

    def show(self, title: str) -> DocumentsPage:
        self.main.get_by_role("link", name=title).first.click()
        expect(self.main.get_by_role("heading", level=1, name=title)).to_be_visible()
        return self

    def find(self, words: str) -> DocumentsPage:
        self.page.get_by_role("searchbox", name="在现行条款中查找").fill(words)
        expect(self.main.get_by_role("region", name="查找结果")).to_be_visible()
        return self

    def found(self, clause: str, *, marked: str) -> DocumentsPage:
        hit = self.main.get_by_role("listitem").filter(has=self.page.get_by_role("link", name=clause))
        expect(hit.locator("mark").first).to_have_text(marked)
        return self

    def begin(self, title: str, *, text: str, readers: str, valid_from: date) -> DocumentsPage:
        """Fill the form of a new document."""
        self.main.get_by_role("link", name="新建文件").click()
        self.main.get_by_label("文件名称").fill(title)
        self.main.get_by_label("施行日期").fill(valid_from.isoformat())
        self.main.get_by_label("施行日期").press("Enter")
        self.main.get_by_role("checkbox", name=readers).check()
        self.main.get_by_role("textbox", name="正文").fill(text)
        return self

    def link(self, clause: str, subject: str) -> DocumentsPage:
        """Say what a clause governs, once the preview knows the clause."""
        preview = self.main.get_by_role("region", name="条款预览")
        expect(preview.get_by_text(clause, exact=True)).to_be_visible()
        choice = self.main.get_by_role("combobox", name="条款", exact=True)
        choice.select_option(choice.locator("option").filter(has_text=clause).get_attribute("value"))
        self.main.get_by_role("combobox", name="目录类别或审批种类").fill(subject)
        self.page.get_by_role("option", name=subject).first.click()
        self.main.get_by_role("button", name="关联", exact=True).click()
        return self

    def press(self, verb: str) -> DocumentsPage:
        self.main.get_by_role("button", name=verb, exact=True).click()
        return self

    def standing(self, word: str) -> DocumentsPage:
        expect(self.main.locator("header").get_by_text(word, exact=True)).to_be_visible()
        return self

    def shows(self, words: str) -> DocumentsPage:
        expect(self.main).to_contain_text(words)
        return self
