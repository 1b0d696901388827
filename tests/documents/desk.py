"""People of the invented city at work on documents."""

from __future__ import annotations

from datetime import date, timedelta
from types import SimpleNamespace
from typing import Any
from uuid import UUID

from gezhi.calendars.rules.office_days import day_of
from gezhi.documents import actions
from gezhi.documents.models import Version
from gezhi.documents.rules.kinds import DocumentKind
from gezhi.documents.rules.links import Link
from gezhi.kernel.permissions import Actor
from gezhi.people.queries import get_actor
from tests.fixtures import FixedClock, FixedIds

TEXT = """第一章 总则
第一条 为规范延期申请，制定本办法。
第二条 责任单位应当在时限届满以前申请延期。
第二章 附则
第三条 本办法由监督中心负责解释。"""
LINKS = (Link("2", "approval", "extension"), Link("1", "class", "2026-matter-06"))


class Desk:
    """Who writes, who approves, who reads."""

    def __init__(self, town: SimpleNamespace, clock: FixedClock, ids: FixedIds) -> None:
        self.town = town
        self.clock = clock
        self.ids = ids

    @property
    def today(self) -> date:
        return day_of(self.clock())

    def day(self, days: int) -> date:
        return self.today + timedelta(days=days)

    def actor(self, username: str, post: str | None = None) -> Actor:
        post_id = None if post is None else self.town.posts[post]
        return get_actor(self.town.users[username], post_id, now=self.clock())

    def doing(self, username: str, post: str | None = None, key: UUID | None = None) -> actions.Doing:
        return actions.Doing(actor=self.actor(username, post), key=key or self.ids(), clock=self.clock, ids=self.ids)

    def content(self, text: str = TEXT, days: int = 1, **more: Any) -> actions.Content:
        given: dict[str, Any] = {"must_read": ("handler", "dispatcher"), "links": LINKS, **more}
        return actions.Content(text=text, valid_from=self.day(days), **given)

    def draft(self, title: str = "延期审批办法", *, area: str = "3709", by: str = "kang", **more: Any) -> Version:
        content = self.content(**more)
        return actions.create_document(title, DocumentKind.OTHER, area=area, content=content, doing=self.doing(by))

    def next_draft(self, version: Version, **more: Any) -> Version:
        content = self.content(**more)
        return actions.add_version(version.document_id, content=content, doing=self.doing("kang"))

    def submitted(self, version: Version | None = None) -> Version:
        version = version or self.draft()
        return actions.submit_version(version.id, seen_edit=version.edit, doing=self.doing("kang"))

    def decide(self, version: Version, *, granted: bool = True, text: str = "") -> Version:
        return actions.decide_version(
            version.id, granted=granted, text=text, seen_edit=version.edit, doing=self.doing("mo")
        )

    def approved(self, version: Version | None = None) -> Version:
        return self.decide(self.submitted(version))

    def in_force(self, **more: Any) -> Version:
        """An approved version that begins today."""
        return self.approved(self.draft(days=0, **more))

    def pass_days(self, days: int) -> None:
        self.clock.advance(days * 86_400)
