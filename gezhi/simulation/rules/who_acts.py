"""行为人岗位: in which role the command of a move is given."""

from __future__ import annotations

from collections.abc import Mapping

from gezhi.cases.rules.applications import UNIT
from gezhi.cases.rules.state import CaseState
from gezhi.kernel.permissions import Role
from gezhi.simulation.rules.pace import Move

ROLES: Mapping[str, Role] = {
    "require_verification": Role.ACCEPTOR, "complete_verification": Role.COLLECTOR, "reroute_task": Role.ACCEPTOR,
    "accept": Role.ACCEPTOR, "refuse": Role.ACCEPTOR, "merge": Role.ACCEPTOR, "amend": Role.ACCEPTOR,
    "register": Role.DUTY_OFFICER, "reject": Role.DUTY_OFFICER, "dispatch": Role.DISPATCHER,
    "mark_unowned": Role.DISPATCHER, "settle_owner": Role.LEADER, "receive": Role.HANDLER,
    "recall": Role.DISPATCHER, "assign": Role.HANDLER, "revoke": Role.HANDLER,
    "ask_send_back": Role.HANDLER, "ask_extension": Role.HANDLER, "ask_suspension": Role.HANDLER,
    "ask_void": Role.HANDLER, "appeal": Role.HANDLER, "withdraw_application": Role.HANDLER,
    "resume": Role.HANDLER, "hand_over": Role.HANDLER,
    "confirm": Role.DISPATCHER, "ask_more": Role.DISPATCHER, "send_inspection": Role.ACCEPTOR,
    "complete_inspection": Role.COLLECTOR, "close": Role.DUTY_OFFICER, "decline_closing": Role.DUTY_OFFICER,
    "reopen": Role.DUTY_OFFICER, "note": Role.ACCEPTOR, "remind": Role.DISPATCHER, "find_missed": Role.SUPERVISOR,
    "list_major": Role.SUPERVISOR, "report_major": Role.HANDLER, "change_major": Role.HANDLER,
    "propose_strike_off": Role.SUPERVISOR, "strike_off": Role.LEADER, "supervise": Role.SUPERVISOR,
    "escalate_supervision": Role.SUPERVISOR, "answer_supervision": Role.HANDLER, "lift_supervision": Role.SUPERVISOR,
    "run_out": Role.SYSTEM,
}  # fmt: skip


def role_of(move: Move, state: CaseState) -> Role:
    """Who gives this command. 退回 is the duty officer's or the dispatcher's, by where it goes; a decision is theirs
    for whom it waits.
    """
    if move.word == "give_back":
        return Role.DUTY_OFFICER if move.how == "to_acceptor" else Role.DISPATCHER
    if move.word == "decide_application" and state.pending is not None:
        step = state.pending.deciding
        return Role.HANDLER if step == UNIT else Role(step or "")
    if move.word == "supervise" and move.how != "1":
        return Role.LEADER
    if move.word == "ask_void" and move.how:
        return Role(move.how)
    return ROLES[move.word]
