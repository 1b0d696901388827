"""时钟看守: whether a clock can be believed. Moments are epoch seconds."""

from __future__ import annotations

from enum import StrEnum

import msgspec

from gezhi.kernel.problems import Problem


class ClockTrouble(StrEnum):
    DIFFERS = "differs"
    """This machine and the database tell different times."""
    BEHIND = "behind"
    """The log, or the last look, lies in the future: the clock was put back, or was ahead before."""
    AHEAD = "ahead"
    """Nobody has looked for long: the machine was off, or its clock was put forward."""
    JUMPED = "jumped"
    """Since the last look more, or less, time has passed by the clock than really did."""


WORDS: dict[ClockTrouble, tuple[str, str]] = {
    ClockTrouble.DIFFERS: (
        "本机时钟与数据库时钟不一致。请先用 NTP 校准两台机器，再核对放行。",
        "This machine and the database tell different times. Set both by NTP, then check and release.",
    ),
    ClockTrouble.BEHIND: (
        "案卷日志中已有晚于当前时钟的记录：时钟被调慢，或此前走快过。请核对服务器当前时间是否正确，正确后放行。",
        (
            "The log holds entries later than the clock: it was put back, or ran ahead before. "
            "Make sure that the server's time is right now, then release."
        ),
    ),
    ClockTrouble.AHEAD: (
        "距上次核查已隔很久：服务器曾长时间停机，或时钟被调快。请核对服务器当前时间是否正确，正确后放行。",
        (
            "The last look was long ago: the server was off, or its clock was put forward. "
            "Make sure that its time is right now, then release."
        ),
    ),
    ClockTrouble.JUMPED: (
        "时钟在运行中突然跳变。请核对服务器当前时间是否正确，正确后放行。",
        "The clock jumped while it ran. Make sure that the server's time is right now, then release.",
    ),
}


class Reading(msgspec.Struct, frozen=True, kw_only=True):
    """`good_at`: when the clock was last found right. `accepted_until`: entries up to then may lie in the future, as an
    administrator has released them. `passed_s`: how much longer the time since the last look was by the clock.
    """

    now: int
    database: int
    good_at: int | None = None
    last_entry: int | None = None
    accepted_until: int = 0
    passed_s: float = 0.0


class Tolerances(msgspec.Struct, frozen=True):
    differ_s: int
    gap_s: int


def verdict(reading: Reading, tolerances: Tolerances) -> ClockTrouble | None:
    latest = reading.now + tolerances.differ_s
    if abs(reading.now - reading.database) > tolerances.differ_s:
        return ClockTrouble.DIFFERS
    if reading.last_entry is not None and reading.last_entry > max(latest, reading.accepted_until):
        return ClockTrouble.BEHIND
    if reading.good_at is not None and reading.good_at > latest:
        return ClockTrouble.BEHIND
    if abs(reading.passed_s) > tolerances.differ_s:
        return ClockTrouble.JUMPED
    if reading.good_at is not None and reading.now - reading.good_at > tolerances.gap_s:
        return ClockTrouble.AHEAD
    return None


class ClockDiffers(Problem):
    code = "plumbing.clock.differs"
    status = 503
    retry_after_s = 60
    title = "服务器时钟与数据库时钟不一致，暂不能记录，您的操作没有生效。请联系系统管理员校准时间（NTP）后重试。"
    title_en = (
        "The clocks of server and database differ, so nothing can be recorded; nothing was changed. "
        "Ask the administrator to set them by NTP, then try again."
    )


class ClockBehind(Problem):
    code = "plumbing.clock.behind"
    status = 503
    retry_after_s = 60
    title = "服务器时钟早于该案卷最近一次记录的时间，您的操作没有生效。请联系系统管理员核对服务器时间后重试。"
    title_en = (
        "The server's clock is earlier than the last entry of this case; nothing was changed. "
        "Ask the administrator to check the server's time, then try again."
    )


class StillWrong(Problem):
    code = "plumbing.clock.still-wrong"
    status = 409
    title = "服务器时钟与数据库时钟仍不一致，不能放行。请先校准两台机器的时间（NTP）。"
    title_en = "The clocks of server and database still differ; set both by NTP first."


class NotStopped(Problem):
    code = "plumbing.clock.not-stopped"
    status = 409
    title = "时钟核查没有停止，无需放行。请刷新页面。"
    title_en = "The work by the clock is not stopped; there is nothing to release. Reload the page."


def moment_after(previous: int | None, moment: int, *, tolerance_s: int) -> int | None:
    """When something is recorded whose last entry has this moment: never before it. A clock a little behind waits for
    it at that moment; None where it is so far behind that it cannot be believed.
    """
    if previous is None or moment >= previous:
        return moment
    return previous if previous - moment <= tolerance_s else None
