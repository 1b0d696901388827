"""演员（申请审批、下派、重大案件）: the commands of what is asked, decided, given down and kept on a register."""

from __future__ import annotations

from gezhi.cases.rules import commands
from gezhi.cases.rules.applications import UNIT, ApplicationKind
from gezhi.cases.rules.applications.appeal import Appeal
from gezhi.cases.rules.applications.deciding import DecideApplication, WithdrawApplication
from gezhi.cases.rules.applications.extension import AskExtension, most_of
from gezhi.cases.rules.applications.send_back import AskSendBack
from gezhi.cases.rules.applications.suspension import AskSuspension, Resume
from gezhi.cases.rules.applications.void import AskVoid
from gezhi.cases.rules.commands import Command
from gezhi.cases.rules.state import CaseState
from gezhi.kernel.moments import DAY_S
from gezhi.simulation.rules.pace import Move
from gezhi.simulation.rules.props import Props

MANNERS = (("meeting", 0.55), ("government", 0.83), ("substitute", 1.0))
SHORTEST_PAUSE, LONGEST_PAUSE = 4, 24
MAJOR_SHARES = (0.6, 0.9)
PLAN_DAYS = (8, 25)
WORKS_COST = (8, 400)


def _proof(kind: ApplicationKind, props: Props, *, form: bool = False) -> tuple[str, ...]:
    """证明材料: where the matrix asks for it, and for half of all else."""
    needed = form or props.matrix[kind].needs_proof or props.words.luck.happens(props.case, f"proof {kind}", 0.5)
    return (props.picture(False),) if needed else ()  # noqa: FBT003


def ask_send_back(move: Move, _: CaseState, props: Props) -> Command:
    word = "crew_sends_back" if move.how == "crew" else "ask_send_back"
    return AskSendBack(**props.words.reasoned(props.case, word), pictures=_proof(ApplicationKind.SEND_BACK, props))


def ask_extension(_: Move, state: CaseState, props: Props) -> Command:
    """As much as the matrix lets them, or less."""
    row = props.matrix[ApplicationKind.EXTENSION]
    again = row.form_again and any(one.kind is ApplicationKind.EXTENSION for one in state.applications)
    return AskExtension(
        value=1 + props.words.number(props.case, f"extension {state.seq}", most_of(row, state)),
        **props.words.reasoned(props.case, "ask_extension"),
        form_no=f"延审{1 + props.words.number(props.case, 'form', 900)}号" if again else "",
        pictures=_proof(ApplicationKind.EXTENSION, props, form=again),
    )


def ask_suspension(move: Move, state: CaseState, props: Props) -> Command:
    longest = min(LONGEST_PAUSE, props.matrix[ApplicationKind.SUSPENSION].longest)
    days = SHORTEST_PAUSE + props.words.number(props.case, f"suspension {state.seq}", longest - SHORTEST_PAUSE)
    return AskSuspension(
        until=move.at + days * DAY_S,
        **props.words.reasoned(props.case, "ask_suspension"),
        pictures=_proof(ApplicationKind.SUSPENSION, props),
    )


def ask_void(_: Move, __: CaseState, props: Props) -> Command:
    return AskVoid(**props.words.reasoned(props.case, "ask_void"), pictures=_proof(ApplicationKind.VOID, props))


def appeal(_: Move, __: CaseState, props: Props) -> Command:
    return Appeal(**props.words.reasoned(props.case, "appeal"), pictures=_proof(ApplicationKind.APPEAL, props))


def decide_application(move: Move, state: CaseState, props: Props) -> Command:
    """Where the last step voids a case, its senders are told why."""
    granted, pending = move.how == "grant", state.pending
    kind = pending.kind.value if pending is not None else ""
    shirking = (
        not granted and kind == ApplicationKind.SEND_BACK and props.words.luck.happens(props.case, "shirking", 0.5)
    )
    answer = (
        props.words.answer(props.case, "voided", **{"class": props.class_name}) if kind == ApplicationKind.VOID else ""
    )
    last = pending is not None and len(pending.opinions) + 1 == len(pending.steps)
    if pending is not None and pending.steps == (UNIT,):
        kind = UNIT
    word = f"{move.how}_{kind}" if last or not granted else "pass_on"
    reason = props.words.reason(props.case, word)
    return DecideApplication(granted=granted, reason=reason, shirking=shirking, answer=answer)


def withdraw_application(_: Move, __: CaseState, props: Props) -> Command:
    return WithdrawApplication(reason=props.words.reason(props.case, "withdraw"))


def resume(_: Move, __: CaseState, props: Props) -> Command:
    return Resume(reason=props.words.reason(props.case, "resume"))


def assign(_: Move, __: CaseState, props: Props) -> Command:
    return commands.Assign(unit_id=props.crew or 0, text=props.words.reason(props.case, "assign"))


def revoke(_: Move, __: CaseState, props: Props) -> Command:
    return commands.Revoke(reason=props.words.reason(props.case, "revoke"))


def settle_owner(_: Move, __: CaseState, props: Props) -> Command:
    """确权: by meeting, by the government, or as substitute work, whose cost is named."""
    chance = props.words.luck.chance(props.case, "manner")
    manner = next((word for word, upper in MANNERS if chance < upper), "meeting")
    least, most = WORKS_COST
    cost = 100 * (least + props.words.number(props.case, "cost", most - least)) if manner == "substitute" else None
    return commands.SettleOwner(
        unit_id=props.fallback_unit or 0,
        basis=props.words.reason(props.case, f"basis_{manner}").format(number=props.words.number(props.case, "no", 40)),
        reason=props.words.reason(props.case, f"settle_{manner}"),
        manner=manner,
        cost=cost,
    )


def _plan_end(move: Move, props: Props, word: str) -> int:
    least, most = PLAN_DAYS
    return move.at + (least + props.words.number(props.case, word, most - least)) * DAY_S


def list_major(move: Move, state: CaseState, props: Props) -> Command:
    chance = props.words.luck.chance(props.case, "major level")
    leading = state.leading
    return commands.ListMajor(
        level=1 + sum(chance >= share for share in MAJOR_SHARES),
        text=props.words.reason(props.case, "list_major"),
        due=_plan_end(move, props, "plan"),
        unit_id=leading.unit if leading is not None else 0,
    )


def report_major(move: Move, _: CaseState, props: Props) -> Command:
    return commands.ReportMajor(text=props.words.reason(props.case, f"report_major_{move.how}"))


def change_major(move: Move, _: CaseState, props: Props) -> Command:
    return commands.ChangeMajor(
        due=_plan_end(move, props, "plan again"), reason=props.words.reason(props.case, "change_major")
    )


def strike_off(_: Move, __: CaseState, props: Props) -> Command:
    return commands.StrikeOff(text=props.words.reason(props.case, "strike_off"))


def propose_strike_off(_: Move, __: CaseState, props: Props) -> Command:
    return commands.StrikeOff(text=props.words.reason(props.case, "propose_strike_off"))


def supervise(move: Move, _: CaseState, props: Props) -> Command:
    """督办: the register gives number and date."""
    text = props.words.reason(props.case, f"supervise_{move.how}")
    return commands.Supervise(order="", level=int(move.how), text=text, due=0)


def escalate_supervision(_: Move, state: CaseState, props: Props) -> Command:
    text = props.words.reason(props.case, "escalate")
    return commands.Supervise(order="", level=state.supervision + 1, text=text, due=0)


def answer_supervision(_: Move, __: CaseState, props: Props) -> Command:
    return commands.AnswerSupervision(order="", text=props.words.reason(props.case, "answer_supervision"))


def lift_supervision(_: Move, __: CaseState, props: Props) -> Command:
    return commands.LiftSupervision(order="", text=props.words.reason(props.case, "lift_supervision"))
