"""Every cell of status × command × role.

The table stands here a second time, written by hand from the life-cycle, so that an error in `stages.TABLE` shows.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any, Final

import msgspec
import pytest

from gezhi.cases.rules.allowed import (
    NotInThisStatus,
    NotYourOrder,
    NotYourTask,
    OutsideScope,
    RoleMayNot,
    check_allowed,
)
from gezhi.cases.rules.clocks.deadline import Timing
from gezhi.cases.rules.commands import Command
from gezhi.cases.rules.decide import HANDLERS, decide
from gezhi.cases.rules.facts import Facts
from gezhi.cases.rules.stages import COMMANDS, FINAL, OPEN, STAGE_NAMES, STATUSES, TABLE, Stage, Status, Transition
from gezhi.cases.rules.state import CaseState
from gezhi.kernel.permissions import Actor, Role, Scope
from tests.calendars.invented import SATURDAYS, compiled
from tests.cases.cells import GOOD, prepared
from tests.cases.world import (
    DAY,
    DUTY_OFFICER,
    HOUR,
    MONDAY_MORNING,
    OTHER_SUBJECT,
    PEOPLE,
    PLACE,
    POLICY,
    REGION,
    ROADS_MAN,
    SUBJECT,
    TIMING,
    Store,
    Walk,
    collector,
    facts,
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
add_report            | OPEN                        | =                              | CHANNELS duty-officer
correct_contact       | TOLD                        | =                              | acceptor duty-officer
tell_by_call          | TOLD                        | =                              | acceptor duty-officer
require_verification  | reported                    | verifying                      | acceptor
complete_verification | verifying                   | reported                       | collector
reroute_task          | verifying inspecting        | =                              | acceptor
accept                | reported                    | accepted                       | acceptor
refuse                | reported                    | refused                        | acceptor
merge                 | reported                    | merged                         | acceptor
merge                 | accepted                    | merged                         | acceptor duty-officer
merge                 | LATER                       | merged                         | duty-officer
register              | accepted                    | registered                     | duty-officer
reject                | accepted                    | rejected                       | duty-officer
give_back             | accepted                    | reported                       | duty-officer
give_back             | registered                  | accepted                       | dispatcher
dispatch              | registered                  | dispatched                     | dispatcher
mark_unowned          | registered                  | unowned                        | dispatcher
settle_owner          | unowned                     | registered                     | dispatcher leader
receive               | dispatched                  | handling                       | handler
recall                | dispatched handling         | registered                     | dispatcher
receive               | handling                    | =                              | handler
assign                | handling                    | =                              | handler
revoke                | handling                    | =                              | handler
ask_send_back         | dispatched handling         | =                              | handler
ask_extension         | dispatched handling         | =                              | handler
ask_suspension        | dispatched handling         | =                              | handler
ask_void              | GIVEN                       | =                              | handler DESKS
ask_void              | registered unowned          | =                              | DESKS
appeal                | closed                      | =                              | handler
decide_application    | dispatched                  | registered suspended voided =  | DESKS supervisor leader
decide_application    | handling                    | registered suspended voided =  | handler DESKS supervisor leader
decide_application    | AWAY                        | voided =                       | DESKS supervisor leader
decide_application    | closed                      | =                              | DESKS supervisor leader
withdraw_application  | LATER                       | =                              | handler DESKS
withdraw_application  | closed                      | =                              | handler
resume                | suspended                   | dispatched handling            | handler dispatcher
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
withdraw_missed       | OPEN closed                 | =                              | supervisor duty-officer
supervise             | OPEN                        | =                              | supervisor leader system
answer_supervision    | OPEN closed                 | =                              | handler DESKS leader
lift_supervision      | OPEN closed                 | =                              | supervisor leader system
list_major            | GIVEN                       | =                              | duty-officer supervisor leader
report_major          | GIVEN                       | =                              | handler REGISTER
report_major          | registered unowned          | =                              | REGISTER
change_major          | LATER                       | =                              | supervisor leader
strike_off            | to_close                    | =                              | supervisor leader
run_out               | AWAKE closed                | =                              | system
run_out               | suspended                   | = dispatched handling          | system
recompute             | OPEN                        | =                              | system
succeed               | LATER                       | =                              | system
"""
WHO_BY_HAND: Final = {
    "CHANNELS": "collector acceptor channel supervisor leader",
    "DESKS": "acceptor duty-officer dispatcher",
    "REGISTER": "dispatcher duty-officer supervisor",
    "SEATS": "acceptor duty-officer dispatcher supervisor",
    "STAFF": "collector acceptor duty-officer dispatcher handler supervisor leader",
}

Cell = tuple[Status | None, Role]


def _table() -> dict[str, dict[Cell, set[Status]]]:
    """command → (status, role) → the statuses that the case may stand at afterwards."""
    table: dict[str, dict[Cell, set[Status]]] = {}
    for line in TABLE_BY_HAND.strip().splitlines():
        command, before, after, who = (part.strip() for part in line.split("|"))
        told = f"{OPEN_BY_HAND} closed refused rejected voided"
        awake, away = OPEN_BY_HAND.replace(" suspended", ""), LATER_BY_HAND.replace(" dispatched handling", "")
        words = (
            before.replace("OPEN", OPEN_BY_HAND)
            .replace("LATER", LATER_BY_HAND)
            .replace("TOLD", told)
            .replace("AWAKE", awake)
            .replace("AWAY", away)
            .replace("GIVEN", LATER_BY_HAND.replace("registered unowned ", ""))
        )
        for word in words.split():
            status = None if word == "-" else Status(word)
            landing = {status if one == "=" else Status(one) for one in after.split()}
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


IN_TIME = ("ask_extension", "ask_send_back", "ask_suspension")
"""Asked for before the deadline."""


def _facts(word: str, actor: Actor, state: CaseState | None) -> Facts:
    moment = MONDAY_MORNING + {"run_out": 30 * DAY, **dict.fromkeys(IN_TIME, HOUR)}.get(word, DAY)
    policy = msgspec.structs.replace(POLICY, inspection_always=False)
    subject = OTHER_SUBJECT if word == "amend" else SUBJECT
    changes: dict[str, Any] = {
        "place": PLACE,
        "subject": subject,
        "policy": policy,
        "merge_target": STATES[Status.REGISTERED],
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


def test_the_seven_stages_have_their_names() -> None:
    names = ["信息收集", "案卷建立", "任务派遣", "任务处理", "处理反馈", "核查结案", "综合评价"]
    assert [STAGE_NAMES[stage][0] for stage in Stage] == names
    assert [stage.value for stage in Stage] == [1, 2, 3, 4, 5, 6, 7]


@pytest.mark.parametrize("word", COMMANDS)
def test_what_the_table_allows_goes_through_and_lands_where_it_should(word: str) -> None:
    landed: dict[Cell, set[Status]] = {}
    for status in EVERYWHERE:
        for role in Role:
            if (status, role) not in ALLOWED[word]:
                continue
            for state in prepared(word, status, role, _entitled(role, STATES[status])):
                actor = _entitled(role, state)
                for command in GOOD[word]:
                    step = decide(state, command, _facts(word, actor, state))
                    landed.setdefault((status, role), set()).add(step.status)
    assert landed == {cell: _reached(word, cell[1], after) for cell, after in ALLOWED[word].items()}


@pytest.mark.parametrize("row", TABLE, ids=lambda row: f"{row.command} {row.zh} {len(row.before)}")
def test_the_statuses_that_a_row_leads_to_are_those_that_its_command_reaches(row: Transition) -> None:
    """`after` says where it may lead on; the status itself only where a row of one status may also leave it."""
    before = row.before or {None}
    landing = {one for status in before for role in row.roles for one in ALLOWED[row.command][status, role]}
    onward = {one for status in before for role in row.roles for one in ALLOWED[row.command][status, role] - {status}}
    assert len(set(row.after)) == len(row.after)
    assert set(row.after) == (landing if onward and len(before) == 1 else onward)


def _reached(word: str, role: Role, after: set[Status]) -> set[Status]:
    """A unit decides on what its crew asks: that never moves the case."""
    if word == "decide_application" and role is Role.HANDLER:
        return {Status.HANDLING}
    return after


@pytest.mark.parametrize("word", COMMANDS)
def test_what_the_table_does_not_allow_is_refused_with_its_code(word: str) -> None:
    wrong: list[tuple[Status | None, Role, str]] = []
    for status in EVERYWHERE:
        good_status = any(cell[0] is status for cell in ALLOWED[word])
        for role in Role:
            if (status, role) in ALLOWED[word]:
                continue
            for state in prepared(word, status, role, _entitled(role, STATES[status])):
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
            "ask_extension": NotYourOrder,
            "ask_suspension": NotYourOrder,
            "assign": NotYourOrder,
            "revoke": NotYourOrder,
            "appeal": NotYourOrder,
            **(dict.fromkeys(("resume", "ask_void", "report_major"), NotYourOrder) if role is Role.HANDLER else {}),
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
