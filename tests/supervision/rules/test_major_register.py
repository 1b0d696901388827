"""The register of major cases: what was asked for has no object once a case is struck off."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any
from uuid import UUID

import msgspec

from gezhi.kernel.permissions import Actor, Role, Scope
from gezhi.supervision.rules.major_register import MajorCase, decide_ask_change, decide_propose_strike, decide_strike

NOW = int(datetime(2026, 3, 2, 9, tzinfo=UTC).timestamp())
DAY = 86_400
SUPERVISOR = Actor(1, 11, Role.SUPERVISOR, 100, Scope(regions=("",)))
LEADER = Actor(2, 12, Role.LEADER, 100, Scope(regions=("",)))


LISTED = MajorCase(
    id=UUID(int=1), no="ZD1", case_id=UUID(int=2), case_no="YT1", class_key="2026-matter-06010", area_code="990101001",
    level=2, plan="分三步", unit_id=7, due_at=NOW + DAY, listed_at=NOW, listed_by=1,
)  # fmt: skip


def after(major: MajorCase, deed: Any) -> MajorCase:
    return msgspec.structs.replace(major, **deed.changes)


def test_a_case_that_is_struck_off_has_no_open_wish_for_another_date() -> None:
    asked = after(LISTED, decide_ask_change(LISTED, SUPERVISOR, "需要招标", NOW + 30 * DAY, now=NOW))
    assert asked.asked_due_at is not None
    proposed = after(asked, decide_propose_strike(asked, SUPERVISOR, "已核查", inspected=True, now=NOW))
    struck = after(proposed, decide_strike(proposed, LEADER, "同意销号", granted=True, now=NOW))
    assert (struck.asked_due_at, struck.asked_by, struck.asked_reason) == (None, None, "")
