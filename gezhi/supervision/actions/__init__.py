"""What is done in supervision. Every act takes `doing`: who, when, under which key; the case is written with it."""

from gezhi.plumbing.register_rows import Doing
from gezhi.supervision.actions.accountability import (
    close_entry,
    confirm_entry,
    dismiss_entry,
    propose_accountability,
    propose_entry,
    propose_low_rates,
    report_result,
    return_result,
)
from gezhi.supervision.actions.automatic import supervise_due
from gezhi.supervision.actions.case_entries import take_up_entry
from gezhi.supervision.actions.major import (
    ask_change,
    decide_change,
    list_case,
    propose_strike_off,
    report_above,
    report_progress,
    sign_strike_off,
)
from gezhi.supervision.actions.orders import (
    accept_reply,
    escalate_order,
    lift_order,
    order_further,
    order_supervision,
    remind_unit,
    reply_to_order,
    return_reply,
)
from gezhi.supervision.actions.ownerless import (
    add_to_agenda,
    call_meeting,
    decide_in_meeting,
    note_duty_rows,
    put_off_in_meeting,
    settle_owner,
)
from gezhi.supervision.actions.rules import end_key_list, put_rules_in_force, set_key_list

__all__ = [
    "Doing",
    "accept_reply",
    "add_to_agenda",
    "ask_change",
    "call_meeting",
    "close_entry",
    "confirm_entry",
    "decide_change",
    "decide_in_meeting",
    "dismiss_entry",
    "end_key_list",
    "escalate_order",
    "lift_order",
    "list_case",
    "note_duty_rows",
    "order_further",
    "order_supervision",
    "propose_accountability",
    "propose_entry",
    "propose_low_rates",
    "propose_strike_off",
    "put_off_in_meeting",
    "put_rules_in_force",
    "remind_unit",
    "reply_to_order",
    "report_above",
    "report_progress",
    "report_result",
    "return_reply",
    "return_result",
    "set_key_list",
    "settle_owner",
    "sign_strike_off",
    "supervise_due",
    "take_up_entry",
]
