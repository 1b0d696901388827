"""The page of one case: facts, history, and exactly the actions that this person may do now."""

from __future__ import annotations

import re
from pathlib import Path

from playwright.sync_api import Locator, Page, expect


class CasePage:
    def __init__(self, page: Page) -> None:
        self.page = page
        self.panel = page.get_by_role("region", name="可办理的操作")
        self.history = page.locator("section.story")

    def open(self, case_id: str) -> CasePage:
        self.page.goto(f"/desk/cases/{case_id}")
        expect(self.panel).to_be_visible()
        return self

    def begin(self, action: str) -> CasePage:
        """Open the form of an action, or do it where it needs none."""
        self.panel.get_by_role("button", name=action, exact=True).click()
        return self

    def may(self, action: str) -> bool:
        return self.panel.get_by_role("button", name=action, exact=True).is_visible()

    def why_not(self, action: str, words: str) -> CasePage:
        """Ask why an action is missing; the desk answers in words."""
        self.panel.get_by_text("没有想要的操作？").click()
        self.panel.get_by_label("选择操作，查看原因").select_option(label=action)
        expect(self.panel.get_by_role("status")).to_contain_text(words)
        return self

    def finish(self, verb: str | re.Pattern[str]) -> CasePage:
        """Send the form and wait until the desk says that it is done; a reason that was not chosen is another."""
        if self.panel.get_by_label("理由类别").locator("option:checked").get_by_text("请选择", exact=True).count():
            self.because("其他")
        self.panel.get_by_role("button", name=verb).click()
        expect(self.page.get_by_text("已办理").first).to_be_visible()
        expect(self.panel.get_by_role("button", name="取消")).to_be_hidden()
        return self

    def field(self, label: str) -> Locator:
        return self.panel.get_by_label(label).first

    def write(self, label: str, text: str) -> CasePage:
        written = self.page.locator("input, textarea")
        self.panel.get_by_label(label).and_(written).first.fill(text)
        return self

    def because(self, kind: str) -> CasePage:
        """Choose the kind of reason from the city's list."""
        self.field("理由类别").select_option(label=kind)
        return self

    def choose(self, word: str) -> CasePage:
        self.panel.get_by_role("radio", name=word, exact=True).check()
        return self

    def answer_every_condition(self, *, passed: bool) -> CasePage:
        """One answer for every closing condition of the standard row."""
        answers = self.panel.get_by_role("radio", name="达到" if passed else "未达到", exact=True)
        expect(answers.first).to_be_visible()
        for answer in answers.all():
            answer.check()
        return self

    def place(self, lon: float, lat: float) -> CasePage:
        self.field("经纬度").fill(f"{lon}, {lat}")
        self.field("经纬度").press("Enter")
        return self

    def attach(self, *pictures: Path) -> CasePage:
        self.panel.locator("input[type=file]").first.set_input_files(pictures)
        expect(self.panel.get_by_role("img", name=re.compile("第 . 张照片"))).to_have_count(len(pictures))
        return self

    def pick(self, label: str, text: str) -> CasePage:
        """Choose from a list that is searched by typing."""
        self.field(label).fill(text)
        self.page.get_by_role("option").filter(has_text=text).first.click()
        return self

    def status(self, word: str) -> CasePage:
        expect(self.page.get_by_role("main")).to_contain_text(word)
        return self

    def story(self) -> list[str]:
        """The titles of the history, the oldest first."""
        self.history.get_by_role("button", name="最新在前").click()
        return self.history.locator("li.entry strong").all_inner_texts()
