"""Random walks through the life-cycle: at every status, whatever anybody could sensibly do there."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import msgspec

from gezhi.cases.rules import commands
from gezhi.cases.rules.applications.appeal import Appeal
from gezhi.cases.rules.applications.deciding import DecideApplication, WithdrawApplication
from gezhi.cases.rules.applications.extension import AskExtension
from gezhi.cases.rules.applications.matrix import MATRIX
from gezhi.cases.rules.applications.send_back import AskSendBack
from gezhi.cases.rules.applications.suspension import AskSuspension, Resume
from gezhi.cases.rules.applications.void import AskVoid
from gezhi.cases.rules.commands import Command
from gezhi.cases.rules.entries import Result
from gezhi.cases.rules.facts import UnitFact
from gezhi.cases.rules.stages import FINAL, Status, find_transition
from gezhi.kernel.permissions import Actor, Role
from gezhi.kernel.problems import Problem
from gezhi.policy.rules.reasons import OTHER
from tests.cases.approvals import OTHER_MATRIX
from tests.cases.world import (
    CREW,
    CREW_MAN,
    DAY,
    DISPATCHER,
    HOUR,
    LEADER,
    MINUTE,
    OTHER_ID,
    OTHER_SUBJECT,
    PARKS,
    PARKS_MAN,
    PEOPLE,
    PLACE,
    POLICY,
    POWER,
    POWER_MAN,
    ROADS,
    ROADS_MAN,
    SUBJECT,
    Walk,
    collector,
    spot,
)

POLICIES = (
    POLICY,
    msgspec.structs.replace(POLICY, inspection_always=False, rework_percent=0),
)
WAITS = (1, MINUTE, 14 * MINUTE, HOUR, 5 * HOUR, 3 * DAY)
MATRICES = (MATRIX, OTHER_MATRIX)
SEATS = (
    *(PEOPLE[role] for role in (Role.ACCEPTOR, Role.DUTY_OFFICER, Role.SUPERVISOR, Role.SYSTEM, Role.CHANNEL)),
    DISPATCHER,
    LEADER,
)
DAYS_OFF = (2, 40, 400)
BEGINNINGS = (
    None,
    Status.REPORTED,
    Status.REGISTERED,
    Status.HANDLING,
    Status.SUSPENDED,
    Status.TO_INSPECT,
    Status.TO_CLOSE,
    Status.CLOSED,
)
FORWARD = frozenset(
    {
        "complete_verification",
        "accept",
        "register",
        "dispatch",
        "receive",
        "hand_over",
        "confirm",
        "send_inspection",
        "complete_inspection",
        "close",
        "decide_application",
    }
)
REMARKS = frozenset({"add_report", "note", "remind", "find_missed", "withdraw_missed", "run_out", "amend",
    "reroute_task",
    "supervise", "answer_supervision", "lift_supervision", "list_major", "report_major", "change_major",
    "part_received", "withdraw_application",
})  # fmt: skip
ENDINGS = frozenset({"refuse", "reject", "merge", "give_back"})
Move = tuple[Command, Actor, dict[str, Any]]


def _seats(walk: Walk) -> Iterator[Command]:
    reason: dict[str, Any] = {"reason": "另有理由"}
    listed: dict[str, Any] = {**reason, "reason_code": OTHER}
    yield commands.RequireVerification()
    yield commands.Accept(class_key=SUBJECT.class_key, row_key=SUBJECT.row_key)
    yield commands.Refuse(**listed, answer="谢谢")
    yield commands.Merge(into=OTHER_ID, **listed)
    yield commands.Register()
    yield commands.Reject(**listed, answer="谢谢")
    yield commands.GiveBack(**listed)
    for unit, helpers in ((ROADS, ()), (PARKS, ()), (ROADS, (POWER,))):
        yield commands.Dispatch(unit_id=unit, helpers=helpers, **reason)
    yield commands.MarkUnowned(**reason)
    yield commands.SettleOwner(unit_id=PARKS, basis="纪要", manner="meeting", **reason)
    yield commands.Recall(**reason)
    for granted in (True, False):
        yield DecideApplication(granted=granted, shirking=True, answer="谢谢", **reason)
    yield AskVoid(**listed)
    yield WithdrawApplication(**reason)
    yield Resume(**reason)
    for level in (1, 3):
        yield commands.Supervise(order="d1", level=level, text="限期办结", due=walk.moment + 30 * DAY)
    yield commands.AnswerSupervision(order="d1", text="正在处理")
    yield commands.LiftSupervision(order="d1", text="已办结")
    yield commands.ListMajor(level=2, text="分三步整治", due=walk.moment + 30 * DAY, unit_id=ROADS)
    yield commands.ReportMajor(text="已完成一半")
    yield commands.ChangeMajor(due=walk.moment + 60 * DAY, **reason)
    yield commands.StrikeOff(text="已核查")
    for required in (True, False):
        yield commands.Confirm(inspection_required=required, **reason)
    yield commands.AskMore(**reason)
    yield commands.SendInspection()
    for kind in ("normal", "late", "special"):
        yield commands.Close(kind=kind, answer="谢谢")
    yield commands.DeclineClosing(**listed)
    yield commands.Reopen(**listed)
    yield commands.RerouteTask(collector_id=12, **reason)
    yield commands.AddReport(
        report_id=f"r{len(walk.entries)}", channel="web", pictures=(walk.picture(),), reachable=True
    )
    yield commands.Amend(class_key=OTHER_SUBJECT.class_key, **reason)
    yield commands.Note(text="备注")
    yield commands.Remind(text="请加快")
    yield commands.FindMissed(collector_id=11, basis="巡查轨迹", **reason)
    yield commands.WithdrawMissed(**reason)
    yield commands.RunOut()


def _field(walk: Walk) -> Iterator[Move]:
    seen: dict[str, Any] = {"pictures": (walk.picture(),), **spot()}
    task = walk.now.open_task
    if task is not None:
        for passed in (True, False):
            results = tuple(Result(code, passed) for code in walk.now.subject.closing)
            yield commands.CompleteVerification(real=passed, **seen), collector(task.collector), {}
            yield commands.CompleteInspection(results=results, **seen), collector(task.collector), {}
    for man in (ROADS_MAN, PARKS_MAN, POWER_MAN, CREW_MAN):
        yield commands.Receive(), man, {}
        yield AskSendBack(reason="非本单位", reason_code="other"), man, {}
        yield AskExtension(reason="工程量大", reason_code="other", value=1, pictures=seen["pictures"]), man, {}
        for days in DAYS_OFF:
            until = walk.moment + days * DAY
            yield AskSuspension(reason="待汛后", reason_code="other", until=until, pictures=seen["pictures"]), man, {}
        yield AskVoid(reason="已不存在", reason_code="other"), man, {}
        yield Appeal(reason="材料短缺", reason_code="other", pictures=seen["pictures"]), man, {}
        yield WithdrawApplication(reason="不需要了"), man, {}
        yield DecideApplication(granted=True, reason="同意"), man, {}
        crews = {CREW: UnitFact(CREW, "班组")} if CREW in man.scope.organisations else {}
        yield commands.Assign(unit_id=CREW, text="请今日完成"), man, {"units": crews}
        yield commands.Revoke(reason="另派"), man, {}
        yield Resume(reason="条件具备"), man, {}
        yield commands.HandOver(pictures=seen["pictures"]), man, {}


def moves(walk: Walk) -> list[Move]:
    """Everything that might be done now; much of it is refused."""
    known = {"place": PLACE, "subject": SUBJECT, "merge_target": Walk().report().now}
    found: list[Move] = []
    for command in _seats(walk):
        amends = {"subject": OTHER_SUBJECT, "place": walk.now.place} if command.word == "amend" else {}
        found.extend((command, actor, {**known, **amends}) for actor in SEATS)
    found.extend(_field(walk))
    return found


def _weight(word: str) -> int:
    if word in REMARKS or word in ENDINGS:
        return 1
    return 12 if word in FORWARD else 4


def _in_turn(walk: Walk, choice: int) -> Iterator[Move]:
    """The moves of the chosen command first, then those of the commands after it; what leads on comes more often."""
    by_word: dict[str, list[Move]] = {}
    for move in moves(walk):
        if find_transition(move[0].word, walk.now.status) is not None:
            by_word.setdefault(move[0].word, []).append(move)
    words = [word for word in by_word for _ in range(_weight(word))]
    start = choice % len(words)
    for word in dict.fromkeys(words[start:] + words[:start]):
        variants = by_word[word]
        first = choice // len(words) % len(variants)
        yield from variants[first:] + variants[:first]


def begin(choice: int) -> Walk:
    """A citizen's call, or a collector's case somewhere on its ordinary way, in a city of one policy or another."""
    policy, matrix = POLICIES[choice % 2], MATRICES[choice // 3 % 2]
    status = BEGINNINGS[choice // 2 % len(BEGINNINGS)]
    return (
        Walk.to(status, policy=policy, matrix=matrix)
        if status is not None
        else Walk(policy=policy, matrix=matrix).call_in(reachable=choice % 8 < 6)
    )


def wander(choices: list[int], look: Callable[[Walk], None]) -> Walk:
    """Does at every turn the chosen thing, or the next that is possible; `look` sees every state."""
    walk = begin(choices[0])
    look(walk)
    for choice in choices[1:]:
        for command, actor, changes in _in_turn(walk, choice):
            try:
                walk.do(command, actor, after=WAITS[choice % len(WAITS)], **changes)
            except Problem:
                continue
            look(walk)
            break
        if walk.now.status in FINAL:
            break
    return walk
