"""Every cell of status × command × role.

The table stands here a second time, written by hand from the life-cycle, so that an error in `stages.TABLE` shows.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any, Final

import msgspec
import pytest

from gezhi.calendars.rules.limits import Limit, Unit
from gezhi.cases.rules import commands
from gezhi.cases.rules.allowed import (
    NotInThisStatus,
    NotYourOrder,
    NotYourTask,
    OutsideScope,
    RoleMayNot,
    check_allowed,
)
from gezhi.cases.rules.commands import Command
from gezhi.cases.rules.deadline import Timing, start_clock
from gezhi.cases.rules.decide import HANDLERS, decide
from gezhi.cases.rules.entries import Result
from gezhi.cases.rules.facts import Facts
from gezhi.cases.rules.local_policy import LocalPolicy
from gezhi.cases.rules.stages import COMMANDS, FINAL, OPEN, STATUSES, Stage, Status
from gezhi.cases.rules.state import CaseState, ClockKind
from gezhi.kernel.permissions import Actor, Role, Scope
from tests.calendars.invented import SATURDAYS, compiled
from tests.cases.world import (
    CLASS,
    COLLECTORS,
    DUTY_OFFICER,
    MONDAY_MORNING,
    OTHER_ID,
    OTHER_SUBJECT,
    PARKS,
    PEOPLE,
    PLACE,
    POWER,
    POWER_MAN,
    REGION,
    ROADS,
    ROADS_MAN,
    SUBJECT,
    TIMING,
    Store,
    Walk,
    collector,
    facts,
    spot,
)

# stage, statuses; * final
STATUSES_BY_HAND: Final = """
1 reported 待受理, verifying 核实中, refused* 不予受理, merged* 并案, self_handled* 自行处置
2 accepted 待立案, rejected* 不予立案
3 registered 待派遣, unowned 待确权
4 dispatched 待接收, handling 处置中, suspended 缓办
5 handled 待复核
6 to_inspect 待核查, inspecting 核查中, to_close 待结案, closed 结案, voided* 作废
"""

LATER_BY_HAND: Final = "registered unowned dispatched handling suspended handled to_inspect inspecting to_close"
OPEN_BY_HAND: Final = f"reported verifying accepted {LATER_BY_HAND}"
# command | from | to (= stays) | who
TABLE_BY_HAND: Final = """
report                | -                           | reported                       | CHANNELS
self_handle           | -                           | self_handled                   | collector
add_report            | OPEN                        | =                              | CHANNELS
require_verification  | reported                    | verifying                      | acceptor
complete_verification | verifying                   | reported                       | collector
reroute_task          | verifying inspecting        | =                              | acceptor
accept                | reported                    | accepted                       | acceptor
refuse                | reported                    | refused                        | acceptor
merge                 | reported accepted           | merged                         | acceptor
register              | accepted                    | registered                     | duty-officer
reject                | accepted                    | rejected                       | duty-officer
give_back             | accepted                    | reported                       | duty-officer
give_back             | registered                  | accepted                       | dispatcher
dispatch              | registered                  | dispatched                     | dispatcher
mark_unowned          | registered                  | unowned                        | dispatcher
settle_owner          | unowned                     | registered                     | dispatcher leader
receive               | dispatched                  | handling                       | handler
recall                | dispatched handling         | registered                     | dispatcher
ask_send_back         | dispatched handling         | =                              | handler
decide_application      | dispatched handling         | registered dispatched handling | dispatcher
hand_over             | handling                    | handled handling               | handler
confirm               | handled                     | to_inspect to_close            | dispatcher
ask_more              | handled                     | handling                       | dispatcher
send_inspection       | to_inspect                  | inspecting                     | acceptor
complete_inspection   | inspecting                  | to_close registered            | collector
close                 | to_close                    | closed                         | duty-officer
decline_closing       | to_close                    | to_inspect                     | duty-officer
reopen                | closed                      | registered                     | duty-officer supervisor
amend                 | reported verifying accepted | =                              | acceptor
amend                 | LATER                       | =                              | duty-officer
note                  | OPEN closed                 | =                              | STAFF
remind                | OPEN                        | =                              | SEATS leader
find_missed           | OPEN closed                 | =                              | supervisor duty-officer
run_out               | OPEN                        | =                              | system
recompute             | OPEN                        | =                              | system
"""
WHO_BY_HAND: Final = {
    "CHANNELS": "collector acceptor channel supervisor leader",
    "SEATS": "acceptor duty-officer dispatcher supervisor",
    "STAFF": "collector acceptor duty-officer dispatcher handler supervisor leader",
}

Cell = tuple[Status | None, Role]


def _table() -> dict[str, dict[Cell, set[Status]]]:
    """command → (status, role) → the statuses that the case may stand at afterwards."""
    table: dict[str, dict[Cell, set[Status]]] = {}
    for line in TABLE_BY_HAND.strip().splitlines():
        command, before, after, who = (part.strip() for part in line.split("|"))
        for word in before.replace("OPEN", OPEN_BY_HAND).replace("LATER", LATER_BY_HAND).split():
            status = None if word == "-" else Status(word)
            landing = {status} if after == "=" else {Status(one) for one in after.split()}
            for role in " ".join(WHO_BY_HAND.get(one, one) for one in who.split()).split():
                table.setdefault(command, {})[status, Role(role)] = landing  # type: ignore[assignment]
    return table


ALLOWED: Final = _table()
EVERYWHERE: Final[tuple[Status | None, ...]] = (None, *Status)
OTHER_TIMING: Final = Timing(
    {**TIMING.calendars, "office": msgspec.structs.replace(compiled(SATURDAYS), name="office")}
)

Given = tuple[CaseState | None, Actor, Facts]
Build = Callable[[Status | None, Role], tuple[Command, CaseState | None, Facts]]


def _state_at(status: Status | None) -> CaseState | None:
    return None if status is None else Walk.to(status).now


STATES: Final = {status: _state_at(status) for status in EVERYWHERE}


def _entitled(role: Role, state: CaseState | None) -> Actor:
    """The person of this role whom the case is about: the collector with the task, the unit's own man."""
    if role is Role.COLLECTOR and state is not None and state.open_task is not None:
        return collector(state.open_task.collector)
    if role is Role.HANDLER and state is not None and not state.assignments:
        return msgspec.structs.replace(ROADS_MAN, scope=REGION)
    return PEOPLE[role]


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

GOOD: Final[dict[str, tuple[Command, ...]]] = {
    "report": (commands.Report(**SENT),),
    "self_handle": (commands.SelfHandle(**SENT, after=("c",)),),
    "add_report": (commands.AddReport(report_id="r2", channel="web"),),
    "require_verification": (commands.RequireVerification(),),
    "complete_verification": (
        commands.CompleteVerification(real=True, **SEEN),
        commands.CompleteVerification(real=False, **SEEN),
    ),
    "reroute_task": (commands.RerouteTask(collector_id=COLLECTORS[0], reason="请假"),),
    "accept": (commands.Accept(class_key=CLASS, row_key=f"{CLASS}-1"),),
    "refuse": (commands.Refuse(reason="不属于受理范围"),),
    "merge": (commands.Merge(into=OTHER_ID, reason="重复"),),
    "register": (commands.Register(),),
    "reject": (commands.Reject(reason="已修复"),),
    "give_back": (commands.GiveBack(reason="类别有误"),),
    "dispatch": (commands.Dispatch(unit_id=ROADS),),
    "mark_unowned": (commands.MarkUnowned(reason="责任清单没有"),),
    "settle_owner": (commands.SettleOwner(unit_id=PARKS, basis="联席会议纪要", reason="属地负责"),),
    "receive": (commands.Receive(),),
    "recall": (commands.Recall(reason="派错"),),
    "ask_send_back": (commands.AskSendBack(reason="不是本单位"),),
    "decide_application": (
        commands.DecideApplication(granted=True, reason="属实"),
        commands.DecideApplication(granted=False, reason="属推诿"),
    ),
    "hand_over": (commands.HandOver(pictures=("d",)),),
    "confirm": (commands.Confirm(), commands.Confirm(inspection_required=False, reason="电话已核实")),
    "ask_more": (commands.AskMore(reason="照片不清"),),
    "send_inspection": (commands.SendInspection(),),
    "complete_inspection": (
        commands.CompleteInspection(results=RESULTS, **SEEN),
        commands.CompleteInspection(results=FAILED, **SEEN),
    ),
    "close": (commands.Close(),),
    "decline_closing": (commands.DeclineClosing(reason="照片存疑"),),
    "reopen": (commands.Reopen(reason="回访未解决"),),
    "amend": (commands.Amend(reason="类别更正", class_key=OTHER_SUBJECT.class_key, row_key=OTHER_SUBJECT.row_key),),
    "note": (commands.Note(text="已电话联系"),),
    "remind": (commands.Remind(text="请加快"),),
    "find_missed": (commands.FindMissed(collector_id=11, reason="当日巡查经过"),),
    "run_out": (commands.RunOut(),),
    "recompute": (commands.Recompute(reason="补录节假日"),),
}


def _prepared(word: str, status: Status | None) -> list[CaseState | None]:
    """The states at a status in which the command has something to do."""
    state = STATES[status]
    if state is None:
        return [None]
    if word == "decide_application" and status in (Status.DISPATCHED, Status.HANDLING):
        walk = Walk.to(status)
        return [walk.do(commands.AskSendBack(reason="不是本单位"), ROADS_MAN).now]
    if word == "hand_over" and status is Status.HANDLING:
        helped = Walk.to(Status.REGISTERED).dispatch(ROADS, POWER).receive()
        return [state, helped.now, helped.hand_over(POWER_MAN).now]
    if word in ("run_out", "recompute"):
        clock = start_clock(
            TIMING, ClockKind.HANDLING, Limit(10, Unit.WORK_HOUR, "office"), at=MONDAY_MORNING + 5 * 86_400
        )
        return [msgspec.structs.replace(state, clocks=(clock,))]
    return [state]


def _facts(word: str, actor: Actor, state: CaseState | None) -> Facts:
    moment = MONDAY_MORNING + (30 * 86_400 if word == "run_out" else 86_400)
    policy = LocalPolicy(inspection_always=False)
    subject = OTHER_SUBJECT if word == "amend" else SUBJECT
    changes: dict[str, Any] = {
        "place": PLACE,
        "subject": subject,
        "policy": policy,
        "merge_target": STATES[Status.REPORTED],
    }
    if word == "recompute":
        changes["timing"] = OTHER_TIMING
    return facts(actor, moment, pictures=Store(), **changes)


def _cells() -> Iterator[tuple[str, Status | None]]:
    for word in COMMANDS:
        for status in EVERYWHERE:
            yield word, status


def test_the_table_by_hand_names_every_command_and_every_command_has_its_rule() -> None:
    assert set(ALLOWED) == set(COMMANDS) == set(GOOD)
    assert {one.__struct_config__.tag for one in HANDLERS} == set(COMMANDS)
    assert {command.word for made in GOOD.values() for command in made} == set(COMMANDS)


def test_the_statuses_stand_in_their_stages_and_the_final_ones_are_marked() -> None:
    by_hand: dict[Status, tuple[Stage, str, bool]] = {}
    for line in STATUSES_BY_HAND.strip().splitlines():
        stage, rest = line.split(" ", 1)
        for pair in rest.split(", "):
            word, zh = pair.split()
            by_hand[Status(word.rstrip("*"))] = (Stage(int(stage)), zh, word.endswith("*"))
    assert {status: (named.stage, named.zh, named.final) for status, named in STATUSES.items()} == by_hand
    assert {status.value for status in OPEN} == set(OPEN_BY_HAND.split())
    assert {status for status, (_, _, final) in by_hand.items() if final} == FINAL


@pytest.mark.parametrize("word", COMMANDS)
def test_what_the_table_allows_goes_through_and_lands_where_it_should(word: str) -> None:
    landed: dict[Cell, set[Status]] = {}
    for status in EVERYWHERE:
        for role in Role:
            if (status, role) not in ALLOWED[word]:
                continue
            for state in _prepared(word, status):
                actor = _entitled(role, state)
                for command in GOOD[word]:
                    if word == "hand_over" and state is not None and len(state.open_assignments) > 1:
                        actor = ROADS_MAN
                    step = decide(state, command, _facts(word, actor, state))
                    landed.setdefault((status, role), set()).add(step.status)
    assert landed == {cell: _reached(word, cell[0], after) for cell, after in ALLOWED[word].items()}


def _reached(word: str, status: Status | None, after: set[Status]) -> set[Status]:
    """A refused send-back leaves the case where it was: only that status and `registered` are met."""
    if word == "decide_application":
        return {Status.REGISTERED, status} if status is not None else after
    return after


@pytest.mark.parametrize("word", COMMANDS)
def test_what_the_table_does_not_allow_is_refused_with_its_code(word: str) -> None:
    wrong: list[tuple[Status | None, Role, str]] = []
    for status in EVERYWHERE:
        good_status = any(cell[0] is status for cell in ALLOWED[word])
        for role in Role:
            if (status, role) in ALLOWED[word]:
                continue
            for state in _prepared(word, status):
                actor = _entitled(role, state)
                expected = RoleMayNot if good_status else NotInThisStatus
                found = _problem_of(word, state, actor)
                if found != expected.code:
                    wrong.append((status, role, found))
    assert wrong == []


def _problem_of(word: str, state: CaseState | None, actor: Actor) -> str:
    try:
        decide(state, GOOD[word][0], _facts(word, actor, state))
    except (RoleMayNot, NotInThisStatus) as problem:
        return problem.code if problem.text("zh") and problem.text("en") else "no text"
    return "allowed"


ELSEWHERE: Final = Scope(regions=("4101",))
OTHER_UNIT: Final = Scope(organisations=(999,), only_own_work=True)


@pytest.mark.parametrize("word", COMMANDS)
def test_nobody_acts_on_a_case_outside_their_scope(word: str) -> None:
    wrong = []
    for status, role in ALLOWED[word]:
        if status is None or role is Role.SYSTEM or word == "add_report":
            continue
        scope = OTHER_UNIT if role is Role.HANDLER else ELSEWHERE
        stranger = Actor(
            777, 1777, role, 999, msgspec.structs.replace(scope, only_own_work=role in (Role.HANDLER, Role.COLLECTOR))
        )
        expected = {
            "complete_verification": NotYourTask,
            "complete_inspection": NotYourTask,
            "receive": NotYourOrder,
            "hand_over": NotYourOrder,
            "ask_send_back": NotYourOrder,
        }.get(word, OutsideScope)
        try:
            check_allowed(word, STATES[status], stranger)
        except expected:
            continue
        wrong.append((status, role))
    assert wrong == []


def test_a_further_report_of_a_case_may_come_from_anywhere() -> None:
    stranger = Actor(777, 1777, Role.CHANNEL, 999, ELSEWHERE)
    step = decide(STATES[Status.HANDLING], GOOD["add_report"][0], _facts("add_report", stranger, None))
    assert step.status is Status.HANDLING


def test_a_refusal_says_where_the_case_stands_and_who_may_act() -> None:
    with pytest.raises(NotInThisStatus) as found:
        check_allowed("dispatch", STATES[Status.CLOSED], PEOPLE[Role.DISPATCHER])
    assert found.value.text("zh") == "案件现处于“结案”，不能派遣。请刷新后按现有操作办理。"
    assert (
        found.value.text("en")
        == "The case is now “Closed”; “Dispatch” is not possible. Refresh and use the actions shown."
    )
    with pytest.raises(RoleMayNot) as refused:
        check_allowed("close", STATES[Status.TO_CLOSE], PEOPLE[Role.ACCEPTOR])
    assert refused.value.text("zh") == "“结案”应由值班长办理，您当前的岗位不能办理。"
    with pytest.raises(NotInThisStatus) as unborn:
        check_allowed("close", None, DUTY_OFFICER)
    assert "尚未上报" in unborn.value.text("zh")
