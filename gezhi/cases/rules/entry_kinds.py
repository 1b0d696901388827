"""条目种类: every kind of entry that a log may hold, one row each. A kind without a row cannot be written or read.

The word is what stands in the log for ever: a kind may be added, never renamed. What is done by nobody any more stays
here, because old logs still hold it.
"""

from __future__ import annotations

from enum import StrEnum
from typing import Literal, Self

ACT, REMARK = False, True  # what somebody saw before a remark is still good to act on
Moment = Literal["accepted", "registered", "closed"]


class EntryKind(StrEnum):
    """The deed in the past tense: its word in the log, its title in Chinese and English, whether it is only a remark,
    and the moment of the case that it sets.
    """

    zh: str
    en: str
    is_remark: bool
    moment: Moment | None

    def __new__(
        cls,
        word: str,
        zh: str = "",
        en: str = "",
        is_remark: bool = ACT,  # noqa: FBT001 - a column of the table
        moment: Moment | None = None,
    ) -> Self:
        kind = str.__new__(cls, word)
        kind._value_ = word
        kind.zh, kind.en, kind.is_remark, kind.moment = zh, en, is_remark, moment
        return kind

    REPORTED = "reported", "上报问题", "Reported"
    SELF_HANDLED = "self_handled", "自行处置", "Handled on the spot"
    REPORT_ADDED = "report_added", "又有人反映同一问题", "Another report of the same problem", REMARK
    CONTACT_CORRECTED = "contact_corrected", "更正联系方式", "Contact corrected", REMARK
    TOLD_BY_CALL = "told_by_call", "电话告知", "Told by call", REMARK
    VERIFICATION_REQUIRED = "verification_required", "派发核实", "Sent to verify"
    VERIFICATION_COMPLETED = "verification_completed", "反馈核实结果", "Verification answered"
    TASK_REROUTED = "task_rerouted", "改派采集员", "Task given to another collector"
    ACCEPTED = "accepted", "受理", "Accepted", ACT, "accepted"
    REFUSED = "refused", "不予受理", "Refused"
    MERGED = "merged", "并入另一案件", "Merged into another case"
    REGISTERED = "registered", "立案", "Registered", ACT, "registered"
    REJECTED = "rejected", "不予立案", "Rejected"
    GIVEN_BACK = "given_back", "退回", "Given back"
    DISPATCHED = "dispatched", "派遣", "Dispatched"
    MARKED_UNOWNED = "marked_unowned", "转待确权", "Marked as without owner"
    OWNER_SETTLED = "owner_settled", "确定责任单位", "Owner settled"
    RECEIVED = "received", "签收", "Received"
    RECALLED = "recalled", "撤回派遣", "Recalled"
    DISPATCH_UNDONE = "dispatch_undone", "撤销派遣", "Dispatch undone"
    SEND_BACK_ASKED = "send_back_asked", "申请回退", "Asked to send back"
    SEND_BACK_GRANTED = "send_back_granted", "同意回退", "Send-back granted"
    SEND_BACK_REFUSED = "send_back_refused", "不同意回退", "Send-back refused"
    PART_RECEIVED = "part_received", "签收", "Received its part"
    ASSIGNED = "assigned", "下派", "Given to a crew"
    REVOKED = "revoked", "收回下派", "Taken back from the crew"
    SUCCEEDED = "succeeded", "由承接单位继续办理", "Gone on with by the successor"
    HANDED_UP = "handed_up", "班组反馈结果", "The crew handed up"
    EXTENSION_ASKED = "extension_asked", "申请延期", "Asked for more time"
    EXTENSION_GRANTED = "extension_granted", "同意延期", "Extension granted"
    EXTENSION_REFUSED = "extension_refused", "不同意延期", "Extension refused"
    SUSPENSION_ASKED = "suspension_asked", "申请缓办", "Asked to suspend"
    SUSPENSION_GRANTED = "suspension_granted", "同意缓办", "Suspension granted"
    SUSPENSION_REFUSED = "suspension_refused", "不同意缓办", "Suspension refused"
    VOID_ASKED = "void_asked", "申请作废", "Asked to void"
    VOID_GRANTED = "void_granted", "同意作废", "Voided"
    VOID_REFUSED = "void_refused", "不同意作废", "Void refused"
    APPEALED = "appealed", "申诉", "Appealed"
    APPEAL_GRANTED = "appeal_granted", "同意申诉", "Appeal granted"
    APPEAL_REFUSED = "appeal_refused", "不同意申诉", "Appeal refused"
    APPLICATION_PASSED_ON = "application_passed_on", "同意，报下一级审批", "Agreed, passed on to the next level"
    APPLICATION_WITHDRAWN = "application_withdrawn", "撤回申请", "Application withdrawn"
    APPLICATION_EXPIRED = "application_expired", "申请逾期未批，自行失效", "Application expired undecided"
    RESUMED = "resumed", "提前恢复办理", "Resumed early"
    WOKEN = "woken", "缓办到期，恢复办理", "Suspension over, work resumed"
    SUPERVISED = "supervised", "督办", "Supervision ordered", REMARK
    SUPERVISION_ANSWERED = "supervision_answered", "答复督办", "Supervision answered", REMARK
    SUPERVISION_LIFTED = "supervision_lifted", "解除督办", "Supervision lifted", REMARK
    MAJOR_LISTED = "major_listed", "列为重大案件", "Listed as a major case", REMARK
    MAJOR_REPORTED = "major_reported", "重大案件进展", "Progress of the major case", REMARK
    MAJOR_CHANGED = "major_changed", "调整销号期限", "Due date of the major case changed", REMARK
    MAJOR_STRUCK_OFF = "major_struck_off", "重大案件销号", "Struck off the register of major cases"
    HANDED_OVER = "handed_over", "反馈处置结果", "Handed over"
    CONFIRMED = "confirmed", "复核通过", "Confirmed"
    MORE_ASKED = "more_asked", "要求补正", "More was asked for"
    INSPECTION_SENT = "inspection_sent", "派发核查", "Sent to inspect"
    INSPECTION_PASSED = "inspection_passed", "核查通过", "Inspection passed"
    INSPECTION_FAILED = "inspection_failed", "核查未通过，返工", "Inspection failed, rework"
    CLOSED = "closed", "结案", "Closed", ACT, "closed"
    CLOSING_DECLINED = "closing_declined", "不予结案", "Closing declined"
    REOPENED = "reopened", "重新处置", "Reopened"
    AMENDED = "amended", "更正案卷", "Amended"
    NOTED = "noted", "备注", "Note", REMARK
    REMINDED = "reminded", "催办", "Reminder", REMARK
    FOUND_MISSED = "found_missed", "认定漏报", "Found to have been missed", REMARK
    MISSED_WITHDRAWN = "missed_withdrawn", "撤销漏报认定", "Finding of a miss withdrawn", REMARK
    CLOCK_RAN_OUT = "clock_ran_out", "超时", "A clock ran out", REMARK
    DEADLINES_RECOMPUTED = "deadlines_recomputed", "重算时限", "Deadlines recomputed", REMARK
