"""判定: what a command does to a case, or the Problem that says why it does not. Pure: equal input, equal answer."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

import msgspec

from gezhi.cases.rules import commands
from gezhi.cases.rules.allowed import check_allowed
from gezhi.cases.rules.applications import deciding, suspension
from gezhi.cases.rules.applications.asking import ask
from gezhi.cases.rules.applications.kinds import KINDS
from gezhi.cases.rules.clocks.following import followed
from gezhi.cases.rules.commands import Command
from gezhi.cases.rules.commands.command import Reasoned
from gezhi.cases.rules.entries import Step
from gezhi.cases.rules.facts import Facts
from gezhi.cases.rules.platforms import other_level
from gezhi.cases.rules.state import CaseState
from gezhi.cases.rules.steps import (
    acceptance,
    contacts,
    dispatching,
    handling,
    inspection,
    major_cases,
    merging,
    missed,
    recalling,
    registration,
    remarks,
    reporting,
    reviewing,
    running_out,
    sub_orders,
    succeeding,
)
from gezhi.kernel.problems import Problem


class StaleSeq(Problem):
    code = "cases.seq.stale"
    status = 409
    title = "在您查看之后，其他人已办理过本案。请查看最新经过后再提交；您填写的内容没有丢失。"
    title_en = (
        "Somebody acted on this case after you looked. See what happened, then send again; nothing you typed is lost."
    )


HANDLERS: dict[type[Command], Callable[[Any, Any, Facts], Step]] = {
    commands.Report: reporting.decide_report,
    commands.SelfHandle: reporting.decide_self_handle,
    commands.AddReport: reporting.decide_add_report,
    commands.CorrectContact: contacts.decide_correct_contact,
    commands.TellByCall: contacts.decide_tell_by_call,
    commands.RequireVerification: acceptance.decide_require_verification,
    commands.CompleteVerification: acceptance.decide_complete_verification,
    commands.RerouteTask: acceptance.decide_reroute_task,
    commands.Accept: acceptance.decide_accept,
    commands.Refuse: acceptance.decide_refuse,
    commands.Merge: merging.decide_merge,
    commands.Register: registration.decide_register,
    commands.Reject: registration.decide_reject,
    commands.GiveBack: registration.decide_give_back,
    commands.Amend: registration.decide_amend,
    commands.Dispatch: dispatching.decide_dispatch,
    commands.MarkUnowned: dispatching.decide_mark_unowned,
    commands.SettleOwner: dispatching.decide_settle_owner,
    commands.Recall: recalling.decide_recall,
    commands.Assign: sub_orders.decide_assign,
    commands.Revoke: sub_orders.decide_revoke,
    **{rule.command: partial(ask, rule) for rule in KINDS.values()},
    deciding.DecideApplication: deciding.decide_on_application,
    deciding.WithdrawApplication: deciding.decide_withdraw_application,
    suspension.Resume: suspension.decide_resume,
    commands.Confirm: reviewing.decide_confirm,
    commands.AskMore: reviewing.decide_ask_more,
    commands.Receive: handling.decide_receive,
    commands.HandOver: handling.decide_hand_over,
    commands.SendInspection: inspection.decide_send_inspection,
    commands.CompleteInspection: inspection.decide_complete_inspection,
    commands.Close: inspection.decide_close,
    commands.DeclineClosing: inspection.decide_decline_closing,
    commands.Reopen: inspection.decide_reopen,
    commands.Note: remarks.decide_note,
    commands.Remind: remarks.decide_remind,
    commands.FindMissed: missed.decide_find_missed,
    commands.WithdrawMissed: missed.decide_withdraw_missed,
    commands.Supervise: remarks.decide_supervise,
    commands.AnswerSupervision: remarks.decide_answer_supervision,
    commands.LiftSupervision: remarks.decide_lift_supervision,
    commands.ListMajor: major_cases.decide_list_major,
    commands.ReportMajor: major_cases.decide_report_major,
    commands.ChangeMajor: major_cases.decide_change_major,
    commands.StrikeOff: major_cases.decide_strike_off,
    commands.RunOut: running_out.decide_run_out,
    commands.Succeed: succeeding.decide_succeed,
    commands.Recompute: running_out.decide_recompute,
}


def decide(state: CaseState | None, command: Command, facts: Facts, *, seen_seq: int | None = None) -> Step:
    """The step of the log that a command becomes. Raises a Problem where status, post, scope or evidence forbid it."""
    check_allowed(command.word, state, facts.actor)
    if state is not None:
        problem = other_level(facts.policy.platforms, command.word, state.status, state.codes, facts.actor)
        if problem is not None:
            raise problem
    if seen_seq is not None and state is not None and seen_seq < state.acted:
        raise StaleSeq(seen=seen_seq, now=state.seq)
    step = followed(state, HANDLERS[type(command)](state, command, facts), facts)
    return (
        msgspec.structs.replace(step, reason_code=facts.reason_code(command)) if isinstance(command, Reasoned) else step
    )
