"""A small world for the rules of cases: two calendars, five classes, three units, one person for every kind of post.

`Walk` takes a case through decide and evolve as the writer does, without a database; `Walk.to(status)` gives one
that stands at a status.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any, Final
from uuid import UUID

import msgspec

from gezhi.calendars.rules.limits import Limit, Unit
from gezhi.cases.rules import commands
from gezhi.cases.rules.applications import ApplicationKind
from gezhi.cases.rules.applications.approval_row import ApprovalRow
from gezhi.cases.rules.applications.deciding import DecideApplication
from gezhi.cases.rules.applications.matrix import MATRIX
from gezhi.cases.rules.applications.suspension import AskSuspension
from gezhi.cases.rules.applications.void import AskVoid
from gezhi.cases.rules.clocks.deadline import Timing
from gezhi.cases.rules.commands import Command
from gezhi.cases.rules.decide import decide
from gezhi.cases.rules.entries import Entry, Result, Step, Versions, entry_of, text_of
from gezhi.cases.rules.evolve import evolve
from gezhi.cases.rules.facts import Facts, Picture, SuggestedUnit, UnitFact
from gezhi.cases.rules.missed import Missed
from gezhi.cases.rules.stages import Status
from gezhi.cases.rules.state import CaseState, Place, Subject
from gezhi.catalog.rules.catalog import Catalog, assemble
from gezhi.catalog.rules.classes import ClassEntry, MajorEntry
from gezhi.catalog.rules.editions import EditionPeriod
from gezhi.catalog.rules.standard_row import ConditionWord, LevelLimit, StandardRow
from gezhi.kernel.permissions import Actor, Role, Scope
from gezhi.kernel.problems import Problem
from gezhi.policy.rules.local_policy import LocalPolicy
from gezhi.policy.rules.reasons import read_reasons
from tests.calendars.invented import OFFICE, SEATS, compiled
from tests.guards.source import PACKAGE

MONDAY_MORNING: Final = 1_772_413_200  # 2026-03-02 09:00 in China
MINUTE, HOUR, DAY = 60, 3_600, 86_400
TODAY: Final = date(2026, 3, 2)

CALENDARS: Final = {"office": compiled(OFFICE), "seats": compiled(SEATS)}
TIMING: Final = Timing(CALENDARS)
PLAIN: Final = {
    **MATRIX,
    ApplicationKind.EXTENSION: msgspec.structs.replace(
        MATRIX[ApplicationKind.EXTENSION], needs_proof=False, form_again=False, longest=100, longest_in_all=0
    ),
}
"""The presets, but that more time is asked for without paper and up to the whole limit: where that is not the point."""
REASONS: Final = read_reasons((PACKAGE / "policy/presets/reasons.csv").read_text("utf-8"))
POLICY: Final = LocalPolicy(number_prefix="TW", reasons=REASONS)

NODE: Final = "370900"
PLACE: Final = Place(
    lon=1_180_000_000,
    lat=360_000_000,
    area="370902003001007",
    community="370902003001",
    street="370902003",
    county="370902",
    address="石桥街口",
    level="A",
)


def place_at(area: str) -> Place:
    """The same spot as if it lay in another unit grid."""
    return msgspec.structs.replace(PLACE, area=area, community=area[:12], street=area[:9], county=area[:6])


REPAIR = ConditionWord("REPAIR", "已修复", "Repaired")
CLEAN = ConditionWord("CLEAN", "现场已清理", "Cleared")
CLASS, OTHER_CLASS, GAP_CLASS, OLD_CLASS, NAMELESS = (
    "2013-part-0101",
    "2013-part-0102",
    "2013-part-0103",
    "2007-part-0101",
    "2013-part-0104",
)


def _catalog() -> Catalog:
    day = Limit(1, Unit.WORK_DAY)
    majors = [
        MajorEntry(edition, "part", "01", "公用设施", "Utilities", day, (REPAIR,)) for edition in ("2013", "2007")
    ]
    names = {CLASS: "上水井盖", OTHER_CLASS: "污水井盖", GAP_CLASS: "雨水井盖", OLD_CLASS: "上水井盖", NAMELESS: ""}
    classes = [
        ClassEntry(key, key[:4], "part", key[-4:], name, name, "01", "公用设施", "Utilities")
        for key, name in names.items()
    ]
    level = (LevelLimit("A", Limit(4, Unit.WORK_HOUR)),)
    rows = [
        StandardRow(
            f"{CLASS}-1", CLASS, "破损", "Broken", Limit(1, Unit.WORK_DAY), (REPAIR, CLEAN), level_limits=level
        ),
        StandardRow(
            f"{CLASS}-2", CLASS, "缺失", "Missing", Limit(2, Unit.URGENT_HOUR), (REPAIR,), valid_to=date(2026, 1, 31)
        ),
        StandardRow(f"{OTHER_CLASS}-1", OTHER_CLASS, "破损", "Broken", Limit(3, Unit.WORK_DAY), (REPAIR,)),
        StandardRow(f"{OLD_CLASS}-1", OLD_CLASS, "破损", "Broken", Limit(3, Unit.WORK_DAY), (REPAIR,)),
    ]
    return assemble(majors=majors, classes=classes, rows=rows, periods=(EditionPeriod("2013", date(2020, 1, 1)),))


CATALOG: Final = _catalog()
SUBJECT: Final = Subject(
    class_key=CLASS, row_key=f"{CLASS}-1", limit=4, unit=Unit.WORK_HOUR, calendar="office", closing=("REPAIR", "CLEAN")
)
OTHER_SUBJECT: Final = Subject(
    class_key=OTHER_CLASS,
    row_key=f"{OTHER_CLASS}-1",
    limit=3,
    unit=Unit.WORK_DAY,
    calendar="office",
    closing=("REPAIR",),
)
GAP: Final = Subject(class_key=GAP_CLASS, gap=True)

ROADS, PARKS, POWER = 501, 502, 503
CREW = 511  # of the roads office
UNITS: Final = {
    unit: UnitFact(unit, name) for unit, name in ((ROADS, "道路处"), (PARKS, "园林处"), (POWER, "供电公司"))
}
SUGGESTION: Final = SuggestedUnit(unit_id=ROADS, reason="按责任清单：道路处", reason_en="Duty table: roads", row=7)
COLLECTORS: Final = (11, 12, 13)
ROSTERED: Final = {
    who: Missed(
        "370902003001007", who, 800 + who, 1000 + who, "370902003", MONDAY_MORNING - 3_600, MONDAY_MORNING + 3_600
    )
    for who in COLLECTORS
}
REGION: Final = Scope(regions=("3709",))


def _handler(user: int, unit: int) -> Actor:
    return Actor(user, user + 1000, Role.HANDLER, unit, Scope(organisations=(unit,), only_own_work=True))


def collector(user: int) -> Actor:
    return Actor(user, user + 1000, Role.COLLECTOR, 400, Scope(regions=("3709",), only_own_work=True))


ACCEPTOR = Actor(21, 1021, Role.ACCEPTOR, 100, REGION)
DUTY_OFFICER = Actor(31, 1031, Role.DUTY_OFFICER, 100, REGION)
DISPATCHER = Actor(41, 1041, Role.DISPATCHER, 200, REGION)
PARKS_MAN, POWER_MAN, CREW_MAN = _handler(52, PARKS), _handler(53, POWER), _handler(54, CREW)
ROADS_MAN = Actor(51, 1051, Role.HANDLER, ROADS, Scope(organisations=(ROADS, CREW), only_own_work=True))
SUPERVISOR = Actor(61, 1061, Role.SUPERVISOR, 100, REGION)
LEADER = Actor(71, 1071, Role.LEADER, 10, REGION)
ADMINISTRATOR = Actor(81, 1081, Role.ADMINISTRATOR, 100, REGION)
CHANNEL = Actor(91, 1091, Role.CHANNEL, 100, Scope(regions=("3709",), only_own_work=True))
SYSTEM = Actor(0, 0, Role.SYSTEM, 0, Scope(regions=("",)))
PEOPLE: Final = {
    Role.COLLECTOR: collector(11),
    Role.ACCEPTOR: ACCEPTOR,
    Role.DUTY_OFFICER: DUTY_OFFICER,
    Role.DISPATCHER: DISPATCHER,
    Role.HANDLER: ROADS_MAN,
    Role.SUPERVISOR: SUPERVISOR,
    Role.LEADER: LEADER,
    Role.ADMINISTRATOR: ADMINISTRATOR,
    Role.CHANNEL: CHANNEL,
    Role.SYSTEM: SYSTEM,
}

CASE_ID: Final = str(UUID(int=1))
OTHER_ID: Final = str(UUID(int=2))


class Store:
    """Every picture that is asked for has been uploaded and is new, unless entered as used."""

    def __init__(self, used: dict[str, str] | None = None, missing: frozenset[str] = frozenset()) -> None:
        self.used, self.missing = used or {}, missing

    def get(self, sha256: str) -> Picture | None:
        return None if sha256 in self.missing else Picture(sha256, self.used.get(sha256))


def facts(actor: Actor, moment: int, **changes: Any) -> Facts:
    """Facts with which any command that the table allows is good."""
    given: dict[str, Any] = {
        "happened": moment,
        "timing": TIMING,
        "policy": POLICY,
        "node": NODE,
        "case_id": CASE_ID,
        "matrix": PLAIN,
        "number": "TW-20260302-000001",
        "pictures": Store(),
        "collectors": COLLECTORS,
        "rostered": ROSTERED,
        "units": UNITS,
        "suggestion": SUGGESTION,
        **changes,
    }
    return Facts(actor=actor, moment=moment, **given)


def spot(metres: int = 0) -> dict[str, Any]:
    """Coordinates so many metres north of the place."""
    return {"lon": PLACE.lon, "lat": PLACE.lat + round(metres / 111_194.9 * 10_000_000)}


class Walk:
    """One case on its way; every step is decided, written as text, read back and folded into the state."""

    case_id = CASE_ID
    versions = Versions()

    def __init__(
        self,
        *,
        moment: int = MONDAY_MORNING,
        policy: LocalPolicy = POLICY,
        matrix: Mapping[ApplicationKind, ApprovalRow] = PLAIN,
    ) -> None:
        self.moment, self.policy, self.matrix = moment, policy, matrix
        self.state: CaseState | None = None
        self.entries: list[Entry] = []
        self._fresh: Iterator[str] = (f"{number:064x}" for number in range(1, 1_000_000))

    @property
    def now(self) -> CaseState:
        assert self.state is not None
        return self.state

    @property
    def last(self) -> Step:
        return self.entries[-1].step

    def picture(self) -> str:
        """A picture never taken before."""
        return next(self._fresh)

    def facts(self, actor: Actor, **changes: Any) -> Facts:
        given = {"policy": self.policy, "matrix": self.matrix, "case_id": self.case_id, **changes}
        return facts(actor, self.moment, **given)

    def do(
        self, command: Command, actor: Actor, *, after: int = MINUTE, seen: int | None = None, **changes: Any
    ) -> Walk:
        """The next step, so many seconds later; a refused one leaves everything as it was."""
        before, self.moment = self.moment, self.moment + after
        try:
            step = decide(self.state, command, self.facts(actor, **changes), seen_seq=seen)
        except Problem:
            self.moment = before
            raise
        return self.append(step, command.word, actor, happened=changes.get("happened"))

    def command_id(self, seq: int) -> str:
        return str(UUID(int=seq))

    def append(self, step: Step, word: str, actor: Actor, *, happened: int | None = None) -> Walk:
        seq = len(self.entries) + 1
        entry = Entry(
            case=self.case_id,
            seq=seq,
            command=word,
            command_id=self.command_id(seq),
            happened=self.moment if happened is None else happened,
            recorded=self.moment,
            user=actor.user_id,
            post=actor.post_id,
            role=actor.role,
            organisation=actor.organisation_id,
            versions=self.versions,
            step=step,
        )
        self.entries.append(entry_of(text_of(entry)))
        self.state = evolve(self.state, self.entries[-1])
        return self

    # The ordinary way, in whole steps.

    def report(self, **changes: Any) -> Walk:
        command = commands.Report(
            report_id="r1",
            channel="collector",
            lon=PLACE.lon,
            lat=PLACE.lat,
            address=PLACE.address,
            class_key=CLASS,
            row_key=f"{CLASS}-1",
            pictures=(self.picture(),),
        )
        return self.do(command, collector(11), after=0, **{"place": PLACE, "subject": SUBJECT, **changes})

    def call_in(self, *, reachable: bool = True) -> Walk:
        """A citizen's call without a picture: it must be verified."""
        command = commands.Report(report_id="r1", channel="hotline", lon=PLACE.lon, lat=PLACE.lat, reachable=reachable)
        return self.do(command, ACCEPTOR, after=0, place=PLACE)

    def verifying(self, who: int | None = 12) -> Walk:
        return self.do(commands.RequireVerification(collector_id=who), ACCEPTOR)

    def verified(self, *, real: bool = True) -> Walk:
        task = self.now.open_task
        assert task is not None
        command = commands.CompleteVerification(real=real, pictures=(self.picture(),), **spot())
        return self.do(command, collector(task.collector))

    def accept(self, subject: Subject = SUBJECT, **changes: Any) -> Walk:
        return self.do(
            commands.Accept(class_key=subject.class_key, row_key=subject.row_key), ACCEPTOR, subject=subject, **changes
        )

    def register(self) -> Walk:
        return self.do(commands.Register(), DUTY_OFFICER)

    def dispatch(self, unit: int = ROADS, *helpers: int, after: int = MINUTE) -> Walk:
        return self.do(commands.Dispatch(unit_id=unit, helpers=helpers, reason="现场商定"), DISPATCHER, after=after)

    def receive(self, actor: Actor = ROADS_MAN, *, after: int = MINUTE) -> Walk:
        return self.do(commands.Receive(), actor, after=after)

    def hand_over(self, actor: Actor = ROADS_MAN, *, after: int = HOUR) -> Walk:
        return self.do(commands.HandOver(pictures=(self.picture(),), text="已修复"), actor, after=after)

    def confirm(self) -> Walk:
        return self.do(commands.Confirm(), DISPATCHER)

    def send_inspection(self, who: int | None = 13) -> Walk:
        return self.do(commands.SendInspection(collector_id=who), ACCEPTOR)

    def inspect(self, *, passed: bool = True, after: int = MINUTE) -> Walk:
        task = self.now.open_task
        assert task is not None
        results = tuple(Result(code, passed) for code in self.now.subject.closing)
        command = commands.CompleteInspection(results=results, pictures=(self.picture(),), **spot())
        return self.do(command, collector(task.collector), after=after)

    def close(self, kind: str = "normal", answer: str = "已办结") -> Walk:
        return self.do(commands.Close(kind=kind, answer=answer), DUTY_OFFICER)

    def suspend(self, *, days: int = 10) -> Walk:
        """Asked for with proof, and granted by every step."""
        until = self.moment + days * DAY
        ask = AskSuspension(reason="须待汛期后施工", reason_code="other", until=until, pictures=(self.picture(),))
        return self.do(ask, ROADS_MAN).granted()

    def decide(self, *, granted: bool = True, after: int = MINUTE, **words: Any) -> Walk:
        """The next step of what is pending, decided by whom it awaits."""
        pending = self.now.pending
        assert pending is not None
        assert pending.deciding is not None
        decider = ROADS_MAN if pending.deciding == "unit" else PEOPLE[Role(pending.deciding)]
        command = DecideApplication(granted=granted, reason="情况属实" if granted else "理由不足", **words)
        return self.do(command, decider, after=after)

    def granted(self, *, answer: str = "") -> Walk:
        """Every step grants it."""
        while self.now.pending is not None:
            self.decide(answer=answer)
        return self

    def handled(self, *, after: int = HOUR) -> Walk:
        """From registered to handed over."""
        return self.dispatch().receive().hand_over(after=after)

    @classmethod
    def to(
        cls, status: Status, *, policy: LocalPolicy = POLICY, matrix: Mapping[ApplicationKind, ApprovalRow] = PLAIN
    ) -> Walk:
        """A case of a collector standing at this status, by the ordinary way where there is one."""
        walk = cls(policy=policy, matrix=matrix)
        if status is Status.SELF_HANDLED:
            command = commands.SelfHandle(
                report_id="r1",
                channel="collector",
                lon=PLACE.lon,
                lat=PLACE.lat,
                pictures=(walk.picture(),),
                after=(walk.picture(),),
            )
            return walk.do(command, collector(11), place=PLACE, subject=SUBJECT)
        walk.report()
        if status in _SIDEWAYS:
            aside: Walk = _SIDEWAYS[status](walk)
            return aside
        for reached, step in _ORDINARY:
            if walk.now.status is status:
                break
            step(walk)
            assert walk.now.status is reached, (walk.now.status, reached)
        assert walk.now.status is status
        return walk


S = Status
_ORDINARY: Any = (
    (S.ACCEPTED, lambda walk: walk.accept()),
    (S.REGISTERED, lambda walk: walk.register()),
    (S.DISPATCHED, lambda walk: walk.dispatch()),
    (S.HANDLING, lambda walk: walk.receive()),
    (S.HANDLED, lambda walk: walk.hand_over()),
    (S.TO_INSPECT, lambda walk: walk.confirm()),
    (S.INSPECTING, lambda walk: walk.send_inspection()),
    (S.TO_CLOSE, lambda walk: walk.inspect()),
    (S.CLOSED, lambda walk: walk.close()),
)
_SIDEWAYS: Any = {
    S.VERIFYING: lambda walk: walk.verifying(),
    S.REFUSED: lambda walk: walk.do(commands.Refuse(reason="不属于受理范围", reason_code="other"), ACCEPTOR),
    S.MERGED: lambda walk: walk.do(
        commands.Merge(into=OTHER_ID, reason="重复", reason_code="other"), ACCEPTOR, merge_target=Walk().report().now
    ),
    S.REJECTED: lambda walk: walk.accept().do(commands.Reject(reason="不立案", reason_code="other"), DUTY_OFFICER),
    S.UNOWNED: lambda walk: walk.accept().register().do(commands.MarkUnowned(reason="没有责任单位"), DISPATCHER),
    S.SUSPENDED: lambda walk: walk.accept().register().dispatch().receive().suspend(),
    S.VOIDED: lambda walk: (
        walk.accept()
        .register()
        .do(AskVoid(reason="重复立案", reason_code="other"), DISPATCHER)
        .granted(answer="已作废")
    ),
}
