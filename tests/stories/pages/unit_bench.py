"""The workbench of a unit or of its crew: orders by pile, each with the act that is due."""

from __future__ import annotations

import re
from pathlib import Path

from playwright.sync_api import Locator, Page, expect


class UnitBench:
    def __init__(self, page: Page) -> None:
        self.page = page

    def open(self) -> UnitBench:
        self.page.goto("/desk/unit")
        expect(self.page.get_by_role("list", name="按状态查看")).to_be_visible()
        return self

    def order(self, case_id: str) -> Locator:
        return self.page.get_by_role("article").filter(has=self.page.locator(f'a[href$="{case_id}"]'))

    def pile(self, name: str) -> int:
        text = self.page.get_by_role("list", name="按状态查看").get_by_role("button", name=name).inner_text()
        return int(re.sub(r"\D", "", text))

    def receive_several(self, *numbers: str) -> UnitBench:
        for no in numbers:
            self.page.get_by_role("checkbox", name=f"勾选 {no}").check()
        self.page.get_by_role("button", name=f"签收所选（{len(numbers)} 件）").click()
        expect(self.page.get_by_text(f"已签收 {len(numbers)} 件")).to_be_visible()
        return self

    def receive(self, case_id: str) -> UnitBench:
        self.order(case_id).get_by_role("button", name="签收", exact=True).click()
        expect(self.page.get_by_text("已签收 1 件")).to_be_visible()
        return self

    def give_down(self, case_id: str, crew: str, words: str) -> UnitBench:
        self.order(case_id).get_by_role("button", name="下派班组").click()
        form = self.page.get_by_role("dialog")
        form.get_by_role("radio", name=re.compile(crew)).check()
        form.get_by_label("要求").fill(words)
        form.get_by_role("button", name="下派班组").click()
        expect(self.page.get_by_text("已下派", exact=True)).to_be_visible()
        return self

    def begin_result(self, case_id: str) -> Locator:
        self.order(case_id).get_by_role("button", name="反馈处置结果").click()
        return self.page.get_by_role("dialog")

    def hand_over(self, case_id: str, *pictures: Path, words: str = "") -> UnitBench:
        form = self.begin_result(case_id)
        if pictures:
            form.locator("input[type=file]").first.set_input_files(pictures)
            expect(form.get_by_role("img", name=re.compile("第 . 张照片"))).to_have_count(len(pictures))
        if words:
            form.get_by_label("说明").fill(words)
        form.get_by_role("button", name="反馈处置结果").click()
        expect(self.page.get_by_text("处置结果已反馈")).to_be_visible()
        return self

    def confirm(self, case_id: str) -> UnitBench:
        self.order(case_id).get_by_role("button", name="确认班组结果").click()
        expect(self.page.get_by_text("已确认班组结果并反馈")).to_be_visible()
        return self
