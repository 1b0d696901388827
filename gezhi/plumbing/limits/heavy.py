"""Sheets and papers are set in web threads, few at once and one for each person: who finds no room is refused at once,
as whoever waited would hold a thread that all others need.
"""

from __future__ import annotations

from contextlib import AbstractContextManager

from gezhi.kernel.problems import Problem
from gezhi.plumbing.limits.slots import Slots
from gezhi.plumbing.postgres.acting import for_whom

AT_ONCE = 2


class SettingBusy(Problem):
    code = "plumbing.limits.setting-busy"
    status = 429
    title = "正在生成的表格和打印件较多，或您的上一份还没有生成完，请稍候片刻再试。"
    title_en = "Several sheets and papers are being made, or your last one still is; please try again in a moment."
    retry_after_s = 3


def setting_slot() -> AbstractContextManager[None]:
    """Around the making of one sheet or paper."""
    return _slots.held_by(for_whom(), SettingBusy)


_slots = Slots(AT_ONCE, per_holder=1)
