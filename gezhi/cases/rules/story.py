"""案件经过: what each log entry is called when the history is read as one story."""

from __future__ import annotations

from gezhi.cases.rules.entries import Step

TITLES: dict[str, tuple[str, str]] = {
    "reported": ("上报问题", "Reported"),
    "self_handled": ("自行处置", "Handled on the spot"),
    "report_added": ("又有人反映同一问题", "Another report of the same problem"),
    "verification_required": ("派发核实", "Sent to verify"),
    "verification_completed": ("反馈核实结果", "Verification answered"),
    "task_rerouted": ("改派采集员", "Task given to another collector"),
    "accepted": ("受理", "Accepted"),
    "refused": ("不予受理", "Refused"),
    "merged": ("并入另一案件", "Merged into another case"),
    "registered": ("立案", "Registered"),
    "rejected": ("不予立案", "Rejected"),
    "given_back": ("退回", "Given back"),
    "dispatched": ("派遣", "Dispatched"),
    "marked_unowned": ("转待确权", "Marked as without owner"),
    "owner_settled": ("确定责任单位", "Owner settled"),
    "received": ("签收", "Received"),
    "recalled": ("撤回派遣", "Recalled"),
    "send_back_asked": ("申请回退", "Asked to send back"),
    "send_back_granted": ("同意回退", "Send-back granted"),
    "send_back_refused": ("不同意回退", "Send-back refused"),
    "handed_over": ("反馈处置结果", "Handed over"),
    "confirmed": ("复核通过", "Confirmed"),
    "more_asked": ("要求补正", "More was asked for"),
    "inspection_sent": ("派发核查", "Sent to inspect"),
    "inspection_passed": ("核查通过", "Inspection passed"),
    "inspection_failed": ("核查未通过，返工", "Inspection failed, rework"),
    "closed": ("结案", "Closed"),
    "closing_declined": ("不予结案", "Closing declined"),
    "reopened": ("重新处置", "Reopened"),
    "amended": ("更正案卷", "Amended"),
    "noted": ("备注", "Note"),
    "reminded": ("催办", "Reminder"),
    "found_missed": ("认定漏报", "Found to have been missed"),
    "clock_ran_out": ("超时", "A clock ran out"),
    "deadlines_recomputed": ("重算时限", "Deadlines recomputed"),
}
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
    zh, en = TITLES.get(step.kind, (step.kind, step.kind))
    if step.kind == "clock_ran_out":
        names = [CLOCK_NAMES[clock.kind] for clock in step.clocks]
        return "、".join(name for name, _ in names) + zh, f"Ran out: {', '.join(name for _, name in names)}"
    return zh, en
