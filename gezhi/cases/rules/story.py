"""案件经过: what each log entry is called when the history is read as one story."""

from __future__ import annotations

from gezhi.cases.rules.entries import Step
from gezhi.cases.rules.entry_kinds import EntryKind

CLOCK_NAMES: dict[str, tuple[str, str]] = {
    "acceptance": ("受理", "Acceptance"),
    "send_verification": ("派发核实", "Sending the verification"),
    "verification": ("核实", "Verification"),
    "registration": ("立案", "Registration"),
    "dispatch": ("派遣", "Dispatch"),
    "unowned": ("确权", "Settling the owner"),
    "receipt": ("签收", "Receipt"),
    "handling": ("处置", "Handling"),
    "review": ("复核", "Review"),
    "send_inspection": ("派发核查", "Sending the inspection"),
    "inspection": ("核查", "Inspection"),
    "closing": ("结案", "Closing"),
    "approval": ("审批", "Approval"),
    "suspension": ("缓办", "Suspension"),
    "whole": ("全程", "Whole case"),
}
CHANNELS: dict[str, tuple[str, str]] = {
    "collector": ("采集员上报", "Collector"),
    "hotline": ("12319 热线", "Hotline 12319"),
    "video": ("视频监控", "Video surveillance"),
    "vehicle": ("信息采集车", "Collecting vehicle"),
    "web": ("网络投诉", "Web complaint"),
    "wechat": ("微信", "WeChat"),
    "app": ("市民 APP", "Citizen app"),
    "media": ("媒体曝光", "Media exposure"),
    "leader": ("领导批示", "Leader's instruction"),
    "transfer-110": ("110 转接", "Transfer from 110"),
    "transfer-12345": ("12345 转办", "Transfer from 12345"),
    "volunteer": ("志愿者", "Volunteer"),
    "supervision": ("督查检查", "Supervision"),
}


def title_of(step: Step) -> tuple[str, str]:
    """What the entry is called, in Chinese and English; a clock that ran out is named."""
    if step.kind is not EntryKind.CLOCK_RAN_OUT:
        return step.kind.zh, step.kind.en
    names = [CLOCK_NAMES[clock.kind] for clock in step.clocks]
    return "、".join(name for name, _ in names) + step.kind.zh, f"Ran out: {', '.join(name for _, name in names)}"
