"""The ledgers of applications: a tab per kind, rows that open, a sheet."""

from __future__ import annotations

import io
from typing import Any

from openpyxl import load_workbook  # type: ignore[import-untyped]
from playwright.sync_api import Locator, Page, expect


class LedgersPage:
    def __init__(self, page: Page) -> None:
        self.page = page
        self.table = page.get_by_role("table")

    def open(self, kind: str, words: str) -> LedgersPage:
        """The ledger of a kind, narrowed to one case."""
        self.page.goto(f"/desk/ledgers/{kind}?q={words}")
        expect(self.rows().first).to_be_visible()
        return self

    def rows(self) -> Locator:
        return self.table.locator(".line:not(.heads)")

    def unfold(self) -> Locator:
        """The newest row with all of it: facts, and every opinion."""
        self.rows().first.click()
        detail = self.table.locator(".detail")
        expect(detail).to_be_visible()
        return detail

    def sheet(self) -> list[dict[str, Any]]:
        """What the button of the sheet brings, row by row under its heads."""
        address = self.page.get_by_role("link", name="导出 Excel").get_attribute("href")
        book = load_workbook(io.BytesIO(self.page.request.get(address or "").body()))
        _, _, heads, *rows = book.active.iter_rows(values_only=True)
        return [dict(zip(heads, row, strict=True)) for row in rows]
