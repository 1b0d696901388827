"""总览: what a supervisor or a leader must look at now, each figure beside another one that it is judged by."""

from __future__ import annotations

from collections.abc import Mapping

import msgspec

from gezhi.kernel.moments import DAY_S
from gezhi.kernel.permissions import Role

WEEK_S = 7 * DAY_S
AGE_BANDS: tuple[tuple[int, str, str], ...] = (
    (2 * DAY_S, "2 天内", "Up to 2 days"),
    (7 * DAY_S, "2—7 天", "2–7 days"),
    (30 * DAY_S, "7—30 天", "7–30 days"),
)
OLDER = ("30 天以上", "More than 30 days")


class Stock(msgspec.Struct, frozen=True):
    """存量: what is open now, and how much of it was open at this hour a week ago. Late by whatever clock its list shows;
    by the handling of those at units, and of supervised and major ones.
    """

    open: int = 0
    open_before: int = 0
    late: int = 0
    at_units: int = 0
    handling_late: int = 0
    supervised: int = 0
    supervised_late: int = 0
    major: int = 0
    major_late: int = 0
    difficult: int = 0


class Flow(msgspec.Struct, frozen=True):
    """流量 from midnight until now, and in the same hours a week ago."""

    reported: int = 0
    reported_before: int = 0
    closed: int = 0
    closed_before: int = 0
    asked: int = 0
    asked_before: int = 0


class Waiting(msgspec.Struct, frozen=True):
    """待办: what waits for the person's own decision, and what has gone a week without an owner."""

    to_decide: int = 0
    late_decisions: int = 0
    ownerless_week: int = 0


class Figure(msgspec.Struct, frozen=True):
    """指标卡: a figure, the one that it is compared with and what that is, and the list behind it."""

    key: str
    zh: str
    en: str
    value: int
    other: int
    other_zh: str
    other_en: str
    listed: dict[str, str]
    is_bad: bool = False


class Band(msgspec.Struct, frozen=True):
    """Cases without an owner of one age; the oldest first in `cases`."""

    zh: str
    en: str
    count: int


HANDLING = ("其中处置超时", "of them with the handling late")
WEEK_AGO = ("上周同期", "same time last week")


def figures_of(role: Role, stock: Stock, waiting: Waiting) -> tuple[Figure, ...]:
    """What needs this person now. A leader's own approvals come first; others begin with what is late."""
    decide = Figure(
        "to_decide", "待我审批", "Waiting for my decision", waiting.to_decide, waiting.late_decisions, "其中审批超时",
        "of them with the decision late", {"queue": "to_decide"}, waiting.late_decisions > 0,
    )  # fmt: skip
    now = (
        Figure("late", "超时案件（各环节）", "Late at any stage", stock.late, stock.handling_late, *HANDLING,
               {"queue": "all_open", "light": "red"}, stock.late > 0),
        Figure("major", "重大案件", "Major cases", stock.major, stock.major_late, *HANDLING,
               {"queue": "major"}, stock.major_late > 0),
        Figure("supervised", "督办案件", "Under supervision", stock.supervised, stock.supervised_late, *HANDLING,
               {"queue": "supervised"}, stock.supervised_late > 0),
        Figure("difficult", "疑难无主", "Without an owner", stock.difficult, waiting.ownerless_week,
               "其中超过一周", "of them for more than a week", {"queue": "difficult"}, stock.difficult > 0),
    )  # fmt: skip
    return (decide, *now) if role is Role.LEADER or waiting.to_decide else (*now, decide)


def flows_of(stock: Stock, flow: Flow) -> tuple[Figure, ...]:
    """Today beside the same hours of last week."""
    zh, en = WEEK_AGO
    return (
        Figure("reported", "今日上报", "Reported today", flow.reported, flow.reported_before, zh, en,
               {"queue": "all_open", "sort": "newest"}),
        Figure("closed", "今日结案", "Closed today", flow.closed, flow.closed_before, zh, en,
               {"queue": "finished", "sort": "closed"}),
        Figure("open", "在办案件", "Open", stock.open, stock.open_before, zh, en, {"queue": "all_open"}),
        Figure("asked", "今日申请", "Asked for today", flow.asked, flow.asked_before, zh, en, {"queue": "to_decide"}),
    )  # fmt: skip


def bands_of(counts: Mapping[int, int]) -> tuple[Band, ...]:
    """How many cases are how old, the youngest band first; `counts` by the place of the band."""
    names = (*((zh, en) for _, zh, en in AGE_BANDS), OLDER)
    return tuple(Band(zh, en, counts.get(at, 0)) for at, (zh, en) in enumerate(names))
