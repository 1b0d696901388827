"""The dispatch desk: waiting cases by suggested unit, the chosen one, and to whom it goes."""

from __future__ import annotations

import re

from playwright.sync_api import Locator, Page, expect


class DispatchDesk:
    def __init__(self, page: Page) -> None:
        self.page = page
        self.waiting = page.get_by_role("list", name="待派遣案件")
        self.record = page.get_by_role("region", name="我的本月派遣")
        self.units = page.get_by_role("radiogroup", name="责任单位")

    def open(self, case_id: str = "") -> DispatchDesk:
        self.page.goto(f"/desk/dispatching{'?case=' + case_id if case_id else ''}")
        expect(self.record).to_be_visible()
        return self

    def box(self, no: str) -> Locator:
        return self.waiting.get_by_role("checkbox", name=f"勾选 {no}")

    def tick(self, *numbers: str) -> DispatchDesk:
        for no in numbers:
            self.box(no).check()
        return self

    def send_ticked(self, unit: str, count: int) -> DispatchDesk:
        self.waiting.get_by_role("button", name=f"派遣给{unit}（{count} 件）").click()
        expect(self.page.get_by_text(f"已派遣给{unit}（{count} 件）")).to_be_visible()
        return self

    def undo(self) -> DispatchDesk:
        self.page.get_by_role("button", name=re.compile("^撤销")).click()
        expect(self.page.get_by_text(re.compile("已撤销"))).to_be_visible()
        return self

    def with_helper(self, unit: str) -> DispatchDesk:
        self.page.get_by_label("需要其他单位协办").check()
        self.page.get_by_role("complementary").get_by_role("combobox").last.fill(unit)
        self.page.get_by_role("option").filter(has_text=unit).first.click()
        self.page.get_by_role("heading", name="派给谁").click()
        return self

    def send(self, unit: str) -> DispatchDesk:
        self.page.get_by_role("complementary").get_by_role("button", name=re.compile(f"^派遣给{unit}")).click()
        expect(self.page.get_by_text(f"已派遣给{unit}（1 件）")).to_be_visible()
        return self

    def choose_other(self, unit: str, reason: str) -> DispatchDesk:
        self.page.get_by_role("complementary").get_by_role("combobox").first.fill(unit)
        self.page.get_by_role("option").filter(has_text=unit).first.click()
        self.page.get_by_label("理由").fill(reason)
        return self

    def figure(self, name: str) -> str:
        """What the strip of the own month says under this name."""
        figure = self.record.locator("dl").filter(has_text=name)
        return figure.locator("strong").first.inner_text()
