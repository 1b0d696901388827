"""Reporting a problem: what, where, with pictures."""

from __future__ import annotations

import re
from pathlib import Path

from playwright.sync_api import Page, expect


class NewReportPage:
    def __init__(self, page: Page) -> None:
        self.page = page
        self.form = page.get_by_role("main")

    def open(self) -> NewReportPage:
        self.page.goto("/desk/report")
        expect(self.form.get_by_label("经纬度")).to_be_visible()
        return self

    def place(self, lon: float, lat: float) -> NewReportPage:
        self.form.get_by_label("经纬度").fill(f"{lon}, {lat}")
        self.form.get_by_label("经纬度").press("Enter")
        return self

    def grid_code(self) -> str:
        """The unit grid that the desk found for the place."""
        code = self.form.get_by_text(re.compile(r"^\d{15}$")).first
        expect(code).to_be_visible()
        return code.inner_text()

    def pick_class(self, name: str) -> NewReportPage:
        self.form.get_by_role("combobox", name="类别").fill(name)
        self.page.get_by_role("option").filter(has_text=name).first.click()
        return self

    def search_area(self, name: str) -> NewReportPage:
        """Bring an area onto the map."""
        self.form.get_by_role("combobox", name="搜索街道、社区、网格").fill(name)
        self.page.get_by_role("option").filter(has_text=name).first.click()
        return self

    def pick_first_row(self) -> NewReportPage:
        self.form.get_by_role("group", name="立案条件").get_by_role("radio").first.check()
        return self

    def write(self, label: str, text: str) -> NewReportPage:
        self.form.get_by_label(label).first.fill(text)
        return self

    def attach(self, *pictures: Path) -> NewReportPage:
        self.form.locator("input[type=file]").first.set_input_files(pictures)
        expect(self.form.get_by_role("img", name=re.compile("第 . 张照片"))).to_have_count(len(pictures))
        return self

    def send(self) -> str:
        """Report; answers the id of the case, whose page opens."""
        self.form.get_by_role("button", name="提交上报", exact=True).click()
        self.page.wait_for_url(re.compile(r"/desk/cases/[0-9a-f-]{36}"))
        return self.page.url.rsplit("/", 1)[-1].split("?")[0]
