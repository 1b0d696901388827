"""What a look at one part of the installation found, and what all of them come to."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from enum import StrEnum
from typing import Any

import msgspec

LATE_AFTER_S = 60.0
ROUNDS_MISSED = 4


class Health(StrEnum):
    OK = "ok"
    WARNING = "warning"
    """Somebody should look at it in the next days."""
    FAILED = "failed"


class Finding(msgspec.Struct, frozen=True, omit_defaults=True):
    """`zh` and `en` say what is wrong and what to do; empty where nothing is. `facts` are the figures behind it."""

    standing: Health = Health.OK
    zh: str = ""
    en: str = ""
    facts: Mapping[str, Any] = {}


def overall(findings: Iterable[Finding]) -> Health:
    """As bad as the worst."""
    worst = {finding.standing for finding in findings}
    for standing in (Health.FAILED, Health.WARNING):
        if standing in worst:
            return standing
    return Health.OK


def finding_of_loop(name: str, rhythm_s: float, age_s: float | None) -> Finding:
    """A loop is late when it has missed several rounds and a minute has passed; a long round is no trouble."""
    if age_s is not None and age_s <= max(LATE_AFTER_S, ROUNDS_MISSED * rhythm_s):
        return Finding(facts={"age_s": round(age_s, 1)})
    if age_s is None:
        zh, en = f"后台循环 {name} 从未完成过一轮", f"the loop {name} has never come round"
    else:
        zh = f"后台循环 {name} 已 {age_s:.0f} 秒未完成一轮"
        en = f"the loop {name} last came round {age_s:.0f} s ago"
    return Finding(
        Health.FAILED,
        f"{zh}：请检查后台作业进程（gezhi worker）及其日志。",
        f"{en}: look at the worker (gezhi worker) and its log.",
        {} if age_s is None else {"age_s": round(age_s, 1)},
    )


GB = 2**30
FULL_BELOW, SCARCE_BELOW, SCARCE_SHARE = GB // 4, 2 * GB, 0.05


def finding_of_disk(free: int, total: int) -> Finding:
    """Failed where the next uploads may not fit; a warning while there is time to mend it."""
    facts = {"free_gb": round(free / GB, 2), "free_percent": round(100 * free / total, 1) if total else 0.0}
    if free < FULL_BELOW:
        return Finding(
            Health.FAILED,
            f"磁盘即将写满，仅剩 {free / GB:.2f} GB：请立即清理或扩容。",
            f"the disk is nearly full, {free / GB:.2f} GB are left: make room at once.",
            facts,
        )
    if free < min(SCARCE_BELOW, SCARCE_SHARE * total):
        return Finding(
            Health.WARNING,
            f"磁盘空间不足，仅剩 {free / GB:.1f} GB：请安排清理或扩容。",
            f"disk space runs short, {free / GB:.1f} GB are left: plan for more.",
            facts,
        )
    return Finding(facts=facts)


def finding_of_clock(skew_s: float, limit_s: float) -> Finding:
    """`skew_s`: how far this machine is ahead of the database."""
    facts = {"ahead_of_database_s": round(skew_s, 1)}
    if abs(skew_s) <= limit_s:
        return Finding(facts=facts)
    return Finding(
        Health.FAILED,
        f"本机时钟与数据库时钟相差 {skew_s:+.0f} 秒：请校准两台机器的时间（NTP）。",
        f"this machine's clock differs from the database's by {skew_s:+.0f} s: set both by NTP.",
        facts,
    )
