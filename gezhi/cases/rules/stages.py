"""七个环节: the statuses of a case and the table of who may do what when.

Source: the field's seven stages; GB/T 30428.8-2020. A city changes limits and approvals as data, never this table.
"""

from __future__ import annotations

from enum import IntEnum, StrEnum
from typing import NamedTuple

from gezhi.kernel.permissions import Role


class Stage(IntEnum):
    REPORT = 1
    REGISTER = 2
    DISPATCH = 3
    HANDLE = 4
    FEED_BACK = 5
    INSPECT = 6
    EVALUATE = 7


class Status(StrEnum):
    REPORTED = "reported"
    VERIFYING = "verifying"
    REFUSED = "refused"
    MERGED = "merged"
    SELF_HANDLED = "self_handled"
    ACCEPTED = "accepted"
    REJECTED = "rejected"
    REGISTERED = "registered"
    UNOWNED = "unowned"
    DISPATCHED = "dispatched"
    HANDLING = "handling"
    SUSPENDED = "suspended"
    HANDLED = "handled"
    TO_INSPECT = "to_inspect"
    INSPECTING = "inspecting"
    TO_CLOSE = "to_close"
    CLOSED = "closed"
    VOIDED = "voided"


class Named(NamedTuple):
    stage: Stage
    zh: str
    en: str
    final: bool = False


STATUSES: dict[Status, Named] = {
    Status.REPORTED: Named(Stage.REPORT, "待受理", "To accept"),
    Status.VERIFYING: Named(Stage.REPORT, "核实中", "Verifying"),
    Status.REFUSED: Named(Stage.REPORT, "不予受理", "Refused", final=True),
    Status.MERGED: Named(Stage.REPORT, "并案", "Merged", final=True),
    Status.SELF_HANDLED: Named(Stage.REPORT, "自行处置", "Self-handled", final=True),
    Status.ACCEPTED: Named(Stage.REGISTER, "待立案", "To register"),
    Status.REJECTED: Named(Stage.REGISTER, "不予立案", "Rejected", final=True),
    Status.REGISTERED: Named(Stage.DISPATCH, "待派遣", "To dispatch"),
    Status.UNOWNED: Named(Stage.DISPATCH, "待确权", "Owner to settle"),
    Status.DISPATCHED: Named(Stage.HANDLE, "待接收", "To receive"),
    Status.HANDLING: Named(Stage.HANDLE, "处置中", "Handling"),
    Status.SUSPENDED: Named(Stage.HANDLE, "缓办", "Suspended"),
    Status.HANDLED: Named(Stage.FEED_BACK, "待复核", "To review"),
    Status.TO_INSPECT: Named(Stage.INSPECT, "待核查", "To inspect"),
    Status.INSPECTING: Named(Stage.INSPECT, "核查中", "Inspecting"),
    Status.TO_CLOSE: Named(Stage.INSPECT, "待结案", "To close"),
    Status.CLOSED: Named(Stage.INSPECT, "结案", "Closed"),
    Status.VOIDED: Named(Stage.INSPECT, "作废", "Voided", final=True),
}
STAGE_NAMES: dict[Stage, tuple[str, str]] = {
    Stage.REPORT: ("信息收集", "Report"),
    Stage.REGISTER: ("案卷建立", "Register"),
    Stage.DISPATCH: ("任务派遣", "Dispatch"),
    Stage.HANDLE: ("任务处理", "Handle"),
    Stage.FEED_BACK: ("处理反馈", "Feed back"),
    Stage.INSPECT: ("核查结案", "Inspect and close"),
    Stage.EVALUATE: ("综合评价", "Evaluate"),
}
FINAL = frozenset(status for status, named in STATUSES.items() if named.final)
FINISHED = FINAL | {Status.CLOSED}  # a closed case can be reopened, the others cannot
OPEN = frozenset(Status) - FINISHED


class Transition(NamedTuple):
    """One row: in these statuses, these roles may give this command, and the case may come out in those statuses."""

    command: str
    before: frozenset[Status]
    after: tuple[Status, ...]
    roles: tuple[Role, ...]
    zh: str
    en: str


S, R = Status, Role
NEW: frozenset[Status] = frozenset()
UNTIL_REGISTERED = frozenset({S.REPORTED, S.VERIFYING, S.ACCEPTED})
LATER = OPEN - UNTIL_REGISTERED
AT_UNIT = frozenset({S.DISPATCHED, S.HANDLING})
ANSWERED = frozenset(Status) - {S.MERGED, S.SELF_HANDLED}  # here its senders are told, also after the end
WITH_UNIT = LATER - {S.REGISTERED, S.UNOWNED}


def _in(*statuses: Status) -> frozenset[Status]:
    return frozenset(statuses)


EVERY_CHANNEL = (R.COLLECTOR, R.ACCEPTOR, R.CHANNEL, R.SUPERVISOR, R.LEADER)
SEATED = (R.ACCEPTOR, R.DUTY_OFFICER, R.DISPATCHER)
DECIDING = (*SEATED, R.SUPERVISOR, R.LEADER)
STAFF = (R.COLLECTOR, R.ACCEPTOR, R.DUTY_OFFICER, R.DISPATCHER, R.HANDLER, R.SUPERVISOR, R.LEADER)

# `after` empty: the status stays as it is; a decision that refuses or passes on leaves it, too.
# fmt: off
TABLE: tuple[Transition, ...] = (
    Transition("report", NEW, (S.REPORTED,), EVERY_CHANNEL, "上报", "Report"),
    Transition("self_handle", NEW, (S.SELF_HANDLED,), (R.COLLECTOR,), "自行处置", "Handle it oneself"),
    Transition("add_report", OPEN, (), (*EVERY_CHANNEL, R.DUTY_OFFICER), "并入上报", "Add a report"),
    Transition("correct_contact", ANSWERED, (), (R.ACCEPTOR, R.DUTY_OFFICER), "更正联系方式", "Correct the contact"),
    Transition("tell_by_call", ANSWERED, (), (R.ACCEPTOR, R.DUTY_OFFICER), "电话告知", "Tell by call"),
    Transition("require_verification", _in(S.REPORTED), (S.VERIFYING,), (R.ACCEPTOR,), "派发核实", "Send to verify"),
    Transition("complete_verification", _in(S.VERIFYING), (S.REPORTED,), (R.COLLECTOR,), "反馈核实", "Answer verification"),
    Transition("reroute_task", _in(S.VERIFYING, S.INSPECTING), (), (R.ACCEPTOR,), "改派采集员", "Re-route the task"),
    Transition("accept", _in(S.REPORTED), (S.ACCEPTED,), (R.ACCEPTOR,), "受理", "Accept"),
    Transition("refuse", _in(S.REPORTED), (S.REFUSED,), (R.ACCEPTOR,), "不予受理", "Refuse"),
    Transition("merge", _in(S.REPORTED), (S.MERGED,), (R.ACCEPTOR,), "并案", "Merge"),
    Transition("merge", _in(S.ACCEPTED), (S.MERGED,), (R.ACCEPTOR, R.DUTY_OFFICER), "并案", "Merge"),
    Transition("merge", LATER, (S.MERGED,), (R.DUTY_OFFICER,), "并案", "Merge"),
    Transition("register", _in(S.ACCEPTED), (S.REGISTERED,), (R.DUTY_OFFICER,), "立案", "Register"),
    Transition("reject", _in(S.ACCEPTED), (S.REJECTED,), (R.DUTY_OFFICER,), "不予立案", "Reject"),
    Transition("give_back", _in(S.ACCEPTED), (S.REPORTED,), (R.DUTY_OFFICER,), "退回受理", "Give back to acceptance"),
    Transition("give_back", _in(S.REGISTERED), (S.ACCEPTED,), (R.DISPATCHER,), "退回立案", "Give back to registration"),
    Transition("dispatch", _in(S.REGISTERED), (S.DISPATCHED,), (R.DISPATCHER,), "派遣", "Dispatch"),
    Transition("mark_unowned", _in(S.REGISTERED), (S.UNOWNED,), (R.DISPATCHER,), "转待确权", "Mark as without owner"),
    Transition("settle_owner", _in(S.UNOWNED), (S.REGISTERED,), (R.DISPATCHER, R.LEADER), "确权", "Settle the owner"),
    Transition("receive", _in(S.DISPATCHED), (S.HANDLING,), (R.HANDLER,), "签收", "Receive"),
    Transition("recall", _in(S.DISPATCHED, S.HANDLING), (S.REGISTERED,), (R.DISPATCHER,), "撤回派遣", "Recall"),
    Transition("receive", _in(S.HANDLING), (), (R.HANDLER,), "签收", "Receive"),
    Transition("assign", _in(S.HANDLING), (), (R.HANDLER,), "下派", "Give to a crew"),
    Transition("revoke", _in(S.HANDLING), (), (R.HANDLER,), "收回下派", "Take back from the crew"),
    Transition("ask_send_back", AT_UNIT, (), (R.HANDLER,), "申请回退", "Ask to send back"),
    Transition("ask_extension", AT_UNIT, (), (R.HANDLER,), "申请延期", "Ask for more time"),
    Transition("ask_suspension", AT_UNIT, (), (R.HANDLER,), "申请缓办", "Ask to suspend"),
    Transition("ask_void", WITH_UNIT, (), (R.HANDLER, *SEATED), "申请作废", "Ask to void"),
    Transition("ask_void", LATER - WITH_UNIT, (), SEATED, "申请作废", "Ask to void"),
    Transition("appeal", _in(S.CLOSED), (), (R.HANDLER,), "申诉", "Appeal"),
    Transition("decide_application", _in(S.DISPATCHED), (S.REGISTERED, S.SUSPENDED, S.VOIDED, S.DISPATCHED), DECIDING,
               "审批申请", "Decide on the application"),
    Transition("decide_application", _in(S.HANDLING), (S.REGISTERED, S.SUSPENDED, S.VOIDED, S.HANDLING),
               (R.HANDLER, *DECIDING), "审批申请", "Decide on the application"),
    Transition("decide_application", LATER - AT_UNIT, (S.VOIDED,), DECIDING, "审批申请", "Decide on the application"),
    Transition("decide_application", _in(S.CLOSED), (), DECIDING, "审批申请", "Decide on the application"),
    Transition("withdraw_application", LATER, (), (R.HANDLER, *SEATED), "撤回申请", "Withdraw the application"),
    Transition("withdraw_application", _in(S.CLOSED), (), (R.HANDLER,), "撤回申请", "Withdraw the application"),
    Transition("resume", _in(S.SUSPENDED), (S.DISPATCHED, S.HANDLING), (R.HANDLER, R.DISPATCHER), "恢复办理", "Resume"),
    Transition("hand_over", _in(S.HANDLING), (S.HANDLED, S.HANDLING), (R.HANDLER,), "反馈处置结果", "Hand over"),
    Transition("confirm", _in(S.HANDLED), (S.TO_INSPECT, S.TO_CLOSE), (R.DISPATCHER,), "复核通过", "Confirm"),
    Transition("ask_more", _in(S.HANDLED), (S.HANDLING,), (R.DISPATCHER,), "要求补正", "Ask for more"),
    Transition("send_inspection", _in(S.TO_INSPECT), (S.INSPECTING,), (R.ACCEPTOR,), "派发核查", "Send to inspect"),
    Transition("complete_inspection", _in(S.INSPECTING), (S.TO_CLOSE, S.REGISTERED), (R.COLLECTOR,),
               "反馈核查", "Answer inspection"),
    Transition("close", _in(S.TO_CLOSE), (S.CLOSED,), (R.DUTY_OFFICER,), "结案", "Close"),
    Transition("decline_closing", _in(S.TO_CLOSE), (S.TO_INSPECT,), (R.DUTY_OFFICER,), "不予结案", "Decline closing"),
    Transition("reopen", _in(S.CLOSED), (S.REGISTERED,), (R.DUTY_OFFICER, R.SUPERVISOR), "重新处置", "Reopen"),
    Transition("amend", UNTIL_REGISTERED, (), (R.ACCEPTOR,), "更正案卷", "Amend"),
    Transition("amend", LATER, (), (R.DUTY_OFFICER,), "更正案卷", "Amend"),
    Transition("note", OPEN | {S.CLOSED}, (), STAFF, "备注", "Add a note"),
    Transition("remind", OPEN, (), (R.ACCEPTOR, R.DUTY_OFFICER, R.DISPATCHER, R.SUPERVISOR, R.LEADER), "催办", "Remind"),
    Transition("find_missed", OPEN | {S.CLOSED}, (), (R.SUPERVISOR, R.DUTY_OFFICER), "认定漏报", "Record as missed"),
    Transition("withdraw_missed", OPEN | {S.CLOSED}, (), (R.SUPERVISOR, R.DUTY_OFFICER), "撤销漏报认定",
               "Withdraw the finding of a miss"),
    Transition("supervise", OPEN, (), (R.SUPERVISOR, R.LEADER, R.SYSTEM), "督办", "Supervise"),
    Transition("answer_supervision", OPEN | {S.CLOSED}, (), (R.HANDLER, *SEATED, R.LEADER), "答复督办",
               "Reply to the supervision"),
    Transition("lift_supervision", OPEN | {S.CLOSED}, (), (R.SUPERVISOR, R.LEADER, R.SYSTEM), "解除督办",
               "Lift the supervision"),
    Transition("list_major", WITH_UNIT, (), (R.DUTY_OFFICER, R.SUPERVISOR, R.LEADER), "列为重大案件",
               "List as a major case"),
    Transition("report_major", WITH_UNIT, (), (R.HANDLER, R.DISPATCHER, R.DUTY_OFFICER, R.SUPERVISOR), "报告进展",
               "Report progress"),
    Transition("report_major", LATER - WITH_UNIT, (), (R.DISPATCHER, R.DUTY_OFFICER, R.SUPERVISOR), "报告进展",
               "Report progress"),
    Transition("change_major", LATER, (), (R.SUPERVISOR, R.LEADER), "调整销号期限", "Change the due date"),
    Transition("strike_off", _in(S.TO_CLOSE), (), (R.SUPERVISOR, R.LEADER), "销号", "Strike off"),
    Transition("run_out", (OPEN | {S.CLOSED}) - {S.SUSPENDED}, (), (R.SYSTEM,), "超时", "Clock ran out"),
    Transition("run_out", _in(S.SUSPENDED), (S.SUSPENDED, S.DISPATCHED, S.HANDLING), (R.SYSTEM,), "超时",
               "Clock ran out"),
    Transition("succeed", LATER, (), (R.SYSTEM,), "机构承接", "Go on as successor"),
    Transition("recompute", OPEN, (), (R.SYSTEM,), "重算时限", "Recompute deadlines"),
)
# fmt: on

_BY_COMMAND: dict[str, tuple[Transition, ...]] = {
    name: tuple(row for row in TABLE if row.command == name) for name in dict.fromkeys(row.command for row in TABLE)
}
COMMANDS = tuple(_BY_COMMAND)


def transitions_of(command: str) -> tuple[Transition, ...]:
    return _BY_COMMAND[command]


def find_transition(command: str, status: Status | None) -> Transition | None:
    """The row of a command in a status (None: no case yet), or None where the stage does not allow it."""
    for row in _BY_COMMAND[command]:
        if (status is None and not row.before) or status in row.before:
            return row
    return None
