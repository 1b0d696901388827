"""The workbench: queues at the side, the list, its filters and keys."""

from __future__ import annotations

from playwright.sync_api import Locator, Page, expect


class WorkListPage:
    def __init__(self, page: Page) -> None:
        self.page = page
        self.bench = page.get_by_role("navigation", name="我的工作台")

    def open(self) -> WorkListPage:
        self.page.goto("/desk/cases")
        expect(self.bench).to_be_visible()
        return self

    def queues(self) -> list[str]:
        return [link.inner_text().split("\n")[0] for link in self.bench.get_by_role("link").all()]

    def show(self, queue: str) -> WorkListPage:
        self.bench.get_by_role("link", name=queue).first.click()
        return self

    def rows(self) -> Locator:
        return self.page.get_by_role("main").get_by_role("row")

    def open_first(self) -> None:
        self.rows().filter(has=self.page.get_by_role("link")).first.get_by_role("link").first.click()
