"""A good command of every kind, and the states in which it has something to do: for the test of every cell."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from typing import Any, Final

import msgspec

from gezhi.calendars.rules.limits import Limit, Unit
from gezhi.cases.rules import commands
from gezhi.cases.rules.applications import Application, ApplicationKind
from gezhi.cases.rules.applications.deciding import DecideApplication, WithdrawApplication
from gezhi.cases.rules.applications.extension import AskExtension
from gezhi.cases.rules.applications.kind import Ask, KindRule
from gezhi.cases.rules.applications.kinds import KINDS
from gezhi.cases.rules.applications.suspension import Resume
from gezhi.cases.rules.clocks.clock import ClockKind
from gezhi.cases.rules.clocks.deadline import start_clock
from gezhi.cases.rules.commands import Command
from gezhi.cases.rules.entries import Result
from gezhi.cases.rules.facts import UnitFact
from gezhi.cases.rules.stages import AT_UNIT, Status, find_transition
from gezhi.cases.rules.state import CaseState
from gezhi.kernel.permissions import Actor, Role
from tests.cases.world import (
    CLASS,
    COLLECTORS,
    CREW,
    CREW_MAN,
    DAY,
    MONDAY_MORNING,
    OTHER_ID,
    OTHER_SUBJECT,
    PARKS,
    PLACE,
    POWER,
    POWER_MAN,
    ROADS,
    ROADS_MAN,
    ROSTERED,
    TIMING,
    Walk,
    spot,
)

LATER_ON: Final = MONDAY_MORNING + 60 * DAY
SENT: Final[dict[str, Any]] = {
    "report_id": "r2",
    "channel": "collector",
    "lon": PLACE.lon,
    "lat": PLACE.lat,
    "class_key": CLASS,
    "pictures": ("a",),
}
SEEN: Final[dict[str, Any]] = {"pictures": ("b",), **spot()}
RESULTS: Final = (Result("REPAIR", True), Result("CLEAN", True))
FAILED: Final = (Result("REPAIR", True), Result("CLEAN", False))

PARTS: Final[dict[str, Any]] = {"value": 2, "until": MONDAY_MORNING + 9 * DAY}


def good_ask(rule: KindRule) -> Ask:
    """What a kind of application needs, with proof."""
    return rule.command(
        reason="另有理由", reason_code="other", pictures=("p",), **{part.name: PARTS[part.name] for part in rule.parts}
    )


GOOD: Final[dict[str, tuple[Command, ...]]] = {
    "report": (commands.Report(**SENT),),
    "self_handle": (commands.SelfHandle(**SENT, after=("c",)),),
    "add_report": (commands.AddReport(report_id="r2", channel="web"),),
    "correct_contact": (commands.CorrectContact(report_id="r1", reason="号码听错", reachable=True),),
    "tell_by_call": (commands.TellByCall(report_ids=("r1",), text="已电话告知本人"),),
    "require_verification": (commands.RequireVerification(),),
    "complete_verification": (
        commands.CompleteVerification(real=True, **SEEN),
        commands.CompleteVerification(real=False, **SEEN),
    ),
    "reroute_task": (commands.RerouteTask(collector_id=COLLECTORS[0], reason="请假"),),
    "accept": (commands.Accept(class_key=CLASS, row_key=f"{CLASS}-1"),),
    "refuse": (commands.Refuse(reason="不属于受理范围", reason_code="other"),),
    "merge": (commands.Merge(into=OTHER_ID, reason="重复", reason_code="other"),),
    "register": (commands.Register(),),
    "reject": (commands.Reject(reason="已修复", reason_code="other"),),
    "give_back": (commands.GiveBack(reason="类别有误", reason_code="other"),),
    "dispatch": (commands.Dispatch(unit_id=ROADS),),
    "mark_unowned": (commands.MarkUnowned(reason="责任清单没有"),),
    "settle_owner": (commands.SettleOwner(unit_id=PARKS, basis="联席会议纪要", reason="属地负责", manner="meeting"),),
    "receive": (commands.Receive(),),
    "recall": (commands.Recall(reason="派错"),),
    "assign": (commands.Assign(unit_id=PARKS, text="请今日完成"),),
    "revoke": (commands.Revoke(reason="另派"),),
    **{rule.word: (good_ask(rule),) for rule in KINDS.values()},
    "decide_application": (
        DecideApplication(granted=True, reason="属实"),
        DecideApplication(granted=False, reason="属推诿"),
    ),
    "withdraw_application": (WithdrawApplication(reason="不需要了"),),
    "resume": (Resume(reason="条件已具备"),),
    "hand_over": (commands.HandOver(pictures=("d",)),),
    "confirm": (commands.Confirm(), commands.Confirm(inspection_required=False, reason="电话已核实")),
    "ask_more": (commands.AskMore(reason="照片不清"),),
    "send_inspection": (commands.SendInspection(),),
    "complete_inspection": (
        commands.CompleteInspection(results=RESULTS, **SEEN),
        commands.CompleteInspection(results=FAILED, **SEEN),
    ),
    "close": (commands.Close(kind="normal"),),
    "decline_closing": (commands.DeclineClosing(reason="照片存疑", reason_code="other"),),
    "reopen": (commands.Reopen(reason="回访未解决", reason_code="other"),),
    "amend": (commands.Amend(reason="类别更正", class_key=OTHER_SUBJECT.class_key, row_key=OTHER_SUBJECT.row_key),),
    "note": (commands.Note(text="已电话联系"),),
    "remind": (commands.Remind(text="请加快"),),
    "find_missed": (commands.FindMissed(collector_id=11, basis="巡查轨迹", reason="当日巡查经过"),),
    "withdraw_missed": (commands.WithdrawMissed(reason="排班有误"),),
    "supervise": (commands.Supervise(order="d1", level=1, text="限期办结", due=LATER_ON),),
    "answer_supervision": (commands.AnswerSupervision(order="d1", text="正在处置"),),
    "lift_supervision": (commands.LiftSupervision(order="d1", text="已办结"),),
    "list_major": (commands.ListMajor(level=2, text="分三步整治", due=LATER_ON, unit_id=ROADS),),
    "report_major": (commands.ReportMajor(text="完成一半"),),
    "change_major": (commands.ChangeMajor(due=LATER_ON, reason="工程量增加"),),
    "strike_off": (commands.StrikeOff(text="现场核实，同意销号"),),
    "run_out": (commands.RunOut(),),
    "succeed": (commands.Succeed(old_unit_id=ROADS, successor_id=POWER, basis="机构改革方案"),),
    "recompute": (commands.Recompute(reason="补录节假日"),),
}


@cache
def standing(status: Status) -> CaseState:
    """A case at this status by the ordinary way."""
    return Walk.to(status).now


def applied(state: CaseState, actor: Actor, kind: ApplicationKind, *steps: str) -> CaseState:
    """The state with an application of this person that waits for these steps."""
    application = Application(
        no=1,
        kind=kind,
        unit=ROADS,
        asked=MONDAY_MORNING,
        asked_by=990,
        role=actor.role,
        organisation=actor.organisation_id,
        reason="另有理由",
        steps=steps,
        until=LATER_ON,
        value=1,
    )
    return msgspec.structs.replace(state, applications=(application,))


def _to_decide(state: CaseState, role: Role) -> list[CaseState]:
    if role is Role.HANDLER:
        given = Walk.to(Status.HANDLING).do(
            commands.Assign(unit_id=CREW), ROADS_MAN, units={CREW: UnitFact(CREW, "班组")}
        )
        return [given.do(AskExtension(reason="料未到", reason_code="other", value=1), CREW_MAN).now]
    kinds = [ApplicationKind.APPEAL] if state.status is Status.CLOSED else [ApplicationKind.VOID]
    if state.status in AT_UNIT:
        kinds += [ApplicationKind.SEND_BACK, ApplicationKind.SUSPENSION]
    return [applied(state, ROADS_MAN, kind, role) for kind in kinds]


def _suspended() -> list[CaseState]:
    """Asked for before the receipt, and after it."""
    return [Walk.to(Status.SUSPENDED).now, Walk.to(Status.REGISTERED).dispatch().suspend().now]


def prepared(word: str, status: Status | None, role: Role, entitled: Actor) -> list[CaseState | None]:
    """The states at a status in which the command has something to do for this person."""
    if status is None:
        return [None]
    state = standing(status)
    allowed = find_transition(word, status)
    if allowed is None or role not in allowed.roles:
        return [state]
    if word == "decide_application":
        by_another = tuple(msgspec.structs.replace(part, by=49) for part in state.assignments)
        return [*_to_decide(msgspec.structs.replace(state, assignments=by_another), role)]
    if word == "withdraw_application":
        return [
            applied(
                state, entitled, ApplicationKind.APPEAL if status is Status.CLOSED else ApplicationKind.VOID, "leader"
            )
        ]
    if word == "hand_over":
        helped = Walk.to(Status.REGISTERED).dispatch(ROADS, POWER).receive()
        return [state, helped.now, helped.hand_over(POWER_MAN).now]
    if word in ("run_out", "recompute"):
        clock = start_clock(
            TIMING, ClockKind.HANDLING, Limit(10, Unit.WORK_HOUR, "office"), at=MONDAY_MORNING + 5 * DAY
        )
        other = msgspec.structs.replace(state, clocks=(clock,))
        return [other, *(_suspended() if status is Status.SUSPENDED and word == "run_out" else ())]
    if word == "succeed" and not state.open_assignments:
        waits = applied(state, ROADS_MAN, ApplicationKind.VOID, "leader")
        return [waits, *([msgspec.structs.replace(state, rework_unit=ROADS)] if status is Status.REGISTERED else [])]
    return SPECIAL.get((word, status), lambda: [_marked(word, state)])()


SPECIAL: Final[dict[tuple[str, Status], Callable[[], list[CaseState | None]]]] = {
    ("receive", Status.HANDLING): lambda: [Walk.to(Status.REGISTERED).dispatch(POWER, ROADS).receive(POWER_MAN).now],
    ("revoke", Status.HANDLING): lambda: [Walk.to(Status.HANDLING).do(commands.Assign(unit_id=PARKS), ROADS_MAN).now],
    ("resume", Status.SUSPENDED): lambda: [*_suspended()],
}


def _marked(word: str, state: CaseState) -> CaseState:
    """A case under supervision, or listed as a major one, where the command asks for it."""
    if word in ("report_major", "change_major", "strike_off"):
        return msgspec.structs.replace(state, major=2)
    if word == "withdraw_missed":
        return msgspec.structs.replace(state, missed=ROSTERED[11])
    if word in ("answer_supervision", "lift_supervision"):
        return msgspec.structs.replace(state, supervision=1)
    return state
