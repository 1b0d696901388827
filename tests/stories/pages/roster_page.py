"""The page of the collectors' roster: shifts entered, imported, struck."""

from __future__ import annotations

from playwright.sync_api import Page, expect


class RosterPage:
    def __init__(self, page: Page) -> None:
        self.page = page
        self.rows = page.get_by_role("main").locator("li.row")

    def open(self) -> RosterPage:
        self.page.goto("/desk/roster")
        expect(self.page.get_by_role("heading", name="采集员值班表")).to_be_visible()
        return self

    def enter(self, who: str, area: str, day: str, starts: str, ends: str) -> RosterPage:
        self.page.get_by_role("button", name="登记班次").click()
        form = self.page.get_by_role("dialog", name="登记班次")
        for label, word in (("采集员", who), ("责任区", area)):
            form.get_by_label(label).fill(word)
            self.page.get_by_role("option", name=word).filter(visible=True).first.click()
        date = form.get_by_role("combobox", name="日期")
        date.fill(day)
        date.press("Enter")
        for label, value in (("班次起", starts), ("班次止", ends)):
            form.get_by_label(label).fill(value)
        form.get_by_role("button", name="登记班次").click()
        expect(self.page.get_by_text("班次已登记")).to_be_visible()
        return self

    def read_in(self, *lines: str) -> RosterPage:
        table = "\n".join(("账号,责任区编码,日期,班次起,班次止", *lines)).encode()
        file = {"name": "roster.csv", "mimeType": "text/csv", "buffer": table}
        self.page.get_by_label("导入表格").set_input_files(file)  # type: ignore[arg-type]
        return self

    def strike(self, who: str, reason: str) -> RosterPage:
        row = self.rows.filter(has_text=who)
        row.get_by_role("button", name="撤销", exact=True).click()
        row.get_by_label("撤销理由").fill(reason)
        row.get_by_role("button", name="撤销这个班次").click()
        return self

    def shows(self, who: str, *words: str) -> RosterPage:
        for word in words:
            expect(self.rows.filter(has_text=who).first).to_contain_text(word)
        return self
