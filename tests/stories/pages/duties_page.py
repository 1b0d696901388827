"""The duty table: its tabs, the form of one row, and the decision on a proposal."""

from __future__ import annotations

from urllib.parse import urlencode

from playwright.sync_api import Locator, Page, expect


class DutiesPage:
    def __init__(self, page: Page) -> None:
        self.page = page
        self.main = page.get_by_role("main")
        self.form = page.get_by_role("dialog", name="提出责任清单修订")
        self.standing = self.form.get_by_text("现行规定").locator("..")
        self.panel = page.get_by_role("article", name="拟新增的责任行")

    def open(self, **query: str) -> DutiesPage:
        self.page.goto(f"/desk/duties?{urlencode(query)}")
        expect(self.main.get_by_role("heading", name="责任清单")).to_be_visible()
        return self

    def open_form(self, **prefilled: str) -> DutiesPage:
        """As a link from another page opens it."""
        self.open(propose="1", **prefilled)
        expect(self.form.get_by_role("button", name="提交审批")).to_be_visible()
        return self

    def field(self, label: str) -> Locator:
        return self.form.get_by_label(label).first

    def pick_unit(self, name: str) -> DutiesPage:
        self.field("责任单位").fill(name)
        self.page.get_by_role("option").filter(has_text=name).first.click()
        return self

    def write(self, label: str, text: str) -> DutiesPage:
        self.field(label).fill(text)
        return self

    def submit(self) -> DutiesPage:
        self.form.get_by_role("button", name="提交审批").click()
        return self

    def choose(self, class_name: str) -> DutiesPage:
        self.main.get_by_role("button").filter(has_text=class_name).first.click()
        expect(self.panel).to_be_visible()
        return self

    def fill_cells(self, class_name: str, unit: str) -> DutiesPage:
        """The first cell of a class in the matrix gets another unit, filled on to the next column by keyboard."""
        line = self.main.get_by_role("row").filter(has_text=class_name)
        line.get_by_role("gridcell").first.click()
        chooser = self.page.get_by_label("改由其他单位负责")
        chooser.fill(unit)
        self.page.get_by_role("option").filter(has_text=unit).first.click()
        line.get_by_role("gridcell").first.click()
        self.page.keyboard.press("Shift+ArrowRight")
        self.page.keyboard.press("Control+r")
        expect(line.get_by_text(unit[-4:])).to_have_count(2)
        return self

    def send_cells(self, basis: str, reason: str) -> DutiesPage:
        self.main.get_by_role("button", name="提交修订…").click()
        form = self.page.get_by_role("dialog", name="提交 2 处修改")
        form.get_by_role("button", name="提交审批").click()
        expect(form).to_contain_text("请填写理由")
        form.get_by_label("依据名称").fill(basis)
        form.get_by_label("理由").fill(reason)
        form.get_by_role("button", name="提交审批").click()
        expect(self.page.get_by_text("已提交 2 项修订申请")).to_be_visible()
        return self

    def approve_together(self, class_name: str, opinion: str) -> DutiesPage:
        boxes = self.main.get_by_role("checkbox", name=f"选择{class_name}")
        expect(boxes).to_have_count(2)
        for box in boxes.all():
            box.check()
        together = self.main.get_by_role("region", name="一并审批 2 项")
        together.get_by_label("审批意见").fill(opinion)
        together.get_by_role("button", name="批准并列入清单").click()
        expect(self.page.get_by_text("已批准 2 项")).to_be_visible()
        return self

    def decide(self, opinion: str, verb: str) -> DutiesPage:
        self.panel.get_by_label("审批意见").fill(opinion)
        self.panel.get_by_role("button", name=verb, exact=True).click()
        return self
