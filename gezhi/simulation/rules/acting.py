"""演员: the command that a move becomes, and in which role it is given."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from gezhi.cases.rules import commands
from gezhi.cases.rules.commands import Command
from gezhi.cases.rules.entries import Result
from gezhi.cases.rules.state import CaseState
from gezhi.cases.rules.suggestion import has_sent_back
from gezhi.simulation.rules import acting_approvals as approvals
from gezhi.simulation.rules.pace import Move
from gezhi.simulation.rules.props import Props

GAP_LIMIT_DAYS = 3
STEP_E7 = 100


def command_for(move: Move, state: CaseState, props: Props) -> Command:
    """The command of this move, with texts, pictures and people filled in."""
    return BUILDERS[move.word](move, state, props)


def _collector(state: CaseState, props: Props) -> int | None:
    """就近派发: one of the street who neither reported it nor had a hand in it, if there is one."""
    took_part = {*state.handlers, *(report.by for report in state.reports)}
    fit = [one for one in props.collectors if one not in took_part]
    fit = fit or [one for one in props.collectors if one not in state.handlers]
    return props.words.luck.pick(props.case, f"collector {state.round}/{len(state.tasks)}", fit) if fit else None


def _require_verification(_: Move, state: CaseState, props: Props) -> Command:
    return commands.RequireVerification(
        collector_id=_collector(state, props), reason=props.words.reason(props.case, "require_verification")
    )


def _send_inspection(_: Move, state: CaseState, props: Props) -> Command:
    return commands.SendInspection(collector_id=_collector(state, props))


def _spot(state: CaseState, props: Props) -> tuple[int, int]:
    """A step or two from the place."""
    shift = round((props.words.luck.chance(props.case, "spot") - 0.5) * STEP_E7)
    return state.place.lon + shift, state.place.lat - shift


def _complete_verification(move: Move, state: CaseState, props: Props) -> Command:
    lon, lat = _spot(state, props)
    return commands.CompleteVerification(
        real=move.how == "true",
        pictures=(props.picture(move.how != "true"),),
        lon=lon,
        lat=lat,
        text=props.words.reason(props.case, f"verified_{move.how}"),
    )


def _reroute_task(_: Move, state: CaseState, props: Props) -> Command:
    task = state.open_task
    others = [one for one in props.collectors if (task is None or one != task.collector) and one not in state.handlers]
    chosen = props.words.luck.pick(props.case, f"reroute {state.seq}", others or list(props.collectors))
    return commands.RerouteTask(collector_id=chosen, reason=props.words.reason(props.case, "reroute"))


def _accept(_: Move, __: CaseState, props: Props) -> Command:
    return commands.Accept(class_key=props.class_key, row_key=props.row_key)


def _refuse(move: Move, _: CaseState, props: Props) -> Command:
    reason = f"refuse_{move.how}" if move.how else "refuse"
    return commands.Refuse(**props.words.reasoned(props.case, reason), answer=props.words.answer(props.case, "refused"))


def _merge(_: Move, __: CaseState, props: Props) -> Command:
    return commands.Merge(
        into=props.twin,
        **props.words.reasoned(props.case, "merge"),
        answer=props.words.answer(props.case, "merged"),
    )


def _amend(_: Move, state: CaseState, props: Props) -> Command:
    return commands.Amend(reason=props.words.reason(props.case, "amend"), address=f"{state.place.address}（已核对）")


def _register(_: Move, state: CaseState, props: Props) -> Command:
    if state.subject.limit is not None:
        return commands.Register()
    return commands.Register(
        limit=GAP_LIMIT_DAYS, unit="work_day", closing=("REPAIR",), reason=props.words.reason(props.case, "gap")
    )


def _reject(_: Move, __: CaseState, props: Props) -> Command:
    return commands.Reject(
        **props.words.reasoned(props.case, "reject"), answer=props.words.answer(props.case, "rejected")
    )


def _give_back(move: Move, _: CaseState, props: Props) -> Command:
    return commands.GiveBack(**props.words.reasoned(props.case, f"give_back_{move.how}"))


def _dispatch(move: Move, state: CaseState, props: Props) -> Command:
    rightful = props.unit or props.fallback_unit or 0
    if move.how == "settled":
        return commands.Dispatch(unit_id=state.settled_unit or rightful)
    if move.how == "rework":
        return commands.Dispatch(unit_id=state.rework_unit or rightful)
    if move.how == "wrong" and props.other_unit is not None:
        return commands.Dispatch(unit_id=props.other_unit, reason=props.words.reason(props.case, "dispatch_wrong"))
    helpers = (props.other_unit,) if move.how == "helped" and props.other_unit is not None else ()
    why = "dispatch_again" if has_sent_back(state, rightful) else "helped" if helpers else ""
    reason = props.words.reason(props.case, why) if why else ""
    return commands.Dispatch(unit_id=rightful, helpers=helpers, reason=reason)


def _mark_unowned(move: Move, _: CaseState, props: Props) -> Command:
    word = "mark_unowned_returned" if move.how == "returned" else "mark_unowned"
    return commands.MarkUnowned(reason=props.words.reason(props.case, word))


def _hand_over(move: Move, _: CaseState, props: Props) -> Command:
    solved = props.picture(True)  # noqa: FBT003
    word = "handed_up" if move.how == "crew" else "handled"
    return commands.HandOver(pictures=(solved,), text=props.words.reason(props.case, word))


def _complete_inspection(move: Move, state: CaseState, props: Props) -> Command:
    lon, lat = _spot(state, props)
    passed = move.how == "passed"
    results = tuple(Result(code, passed or at > 0) for at, code in enumerate(state.subject.closing))
    return commands.CompleteInspection(
        results=results,
        pictures=(props.picture(passed),),
        lon=lon,
        lat=lat,
        text=props.words.reason(props.case, f"inspected_{move.how}"),
    )


def _close(move: Move, _: CaseState, props: Props) -> Command:
    answer = props.words.answer(props.case, "closed", **{"class": props.class_name, "unit": props.unit_name})
    return commands.Close(kind=move.how, answer=answer)


def _find_missed(_: Move, __: CaseState, props: Props) -> Command:
    collector = props.words.luck.pick(props.case, "missed by", props.rostered) if props.rostered else None
    reason, basis = (props.words.reason(props.case, word) for word in ("find_missed", "missed_proof"))
    return commands.FindMissed(collector_id=collector, basis=basis, reason=reason)


def _with_reason(command: type[Command], kind: str) -> Callable[[Move, CaseState, Props], Command]:
    def build(_: Move, __: CaseState, props: Props) -> Command:
        return command(reason=props.words.reason(props.case, kind))

    return build


def _with_listed_reason(command: type[Command], kind: str) -> Callable[[Move, CaseState, Props], Command]:
    def build(_: Move, __: CaseState, props: Props) -> Command:
        return command(**props.words.reasoned(props.case, kind))

    return build


def _with_text(command: type[Command], kind: str) -> Callable[[Move, CaseState, Props], Command]:
    def build(_: Move, __: CaseState, props: Props) -> Command:
        return command(text=props.words.reason(props.case, kind))

    return build


def _plain(command: type[Command]) -> Callable[[Move, CaseState, Props], Command]:
    def build(_: Move, __: CaseState, ___: Props) -> Command:
        return command()

    return build


BUILDERS: Mapping[str, Callable[[Move, CaseState, Props], Command]] = {
    "require_verification": _require_verification,
    "complete_verification": _complete_verification,
    "reroute_task": _reroute_task,
    "accept": _accept,
    "refuse": _refuse,
    "merge": _merge,
    "amend": _amend,
    "register": _register,
    "reject": _reject,
    "give_back": _give_back,
    "dispatch": _dispatch,
    "mark_unowned": _mark_unowned,
    "settle_owner": approvals.settle_owner,
    "receive": _plain(commands.Receive),
    "recall": _with_reason(commands.Recall, "recall"),
    "assign": approvals.assign,
    "revoke": approvals.revoke,
    "ask_send_back": approvals.ask_send_back,
    "ask_extension": approvals.ask_extension,
    "ask_suspension": approvals.ask_suspension,
    "ask_void": approvals.ask_void,
    "appeal": approvals.appeal,
    "decide_application": approvals.decide_application,
    "withdraw_application": approvals.withdraw_application,
    "resume": approvals.resume,
    "hand_over": _hand_over,
    "confirm": _plain(commands.Confirm),
    "ask_more": _with_reason(commands.AskMore, "ask_more"),
    "send_inspection": _send_inspection,
    "complete_inspection": _complete_inspection,
    "close": _close,
    "decline_closing": _with_listed_reason(commands.DeclineClosing, "decline_closing"),
    "reopen": _with_listed_reason(commands.Reopen, "reopen"),
    "note": _with_text(commands.Note, "note"),
    "remind": _with_text(commands.Remind, "remind"),
    "find_missed": _find_missed,
    "list_major": approvals.list_major,
    "report_major": approvals.report_major,
    "change_major": approvals.change_major,
    "propose_strike_off": approvals.propose_strike_off,
    "strike_off": approvals.strike_off,
    "supervise": approvals.supervise,
    "escalate_supervision": approvals.escalate_supervision,
    "answer_supervision": approvals.answer_supervision,
    "lift_supervision": approvals.lift_supervision,
    "run_out": _plain(commands.RunOut),
}
