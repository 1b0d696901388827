"""案卷: the case as it stands after the last log entry. Every field folds from the log."""

from __future__ import annotations

from enum import StrEnum

import msgspec

from gezhi.calendars.rules.limits import Unit
from gezhi.cases.rules.applications import Application
from gezhi.cases.rules.clocks.clock import Clock, ClockKind
from gezhi.cases.rules.missed import Missed
from gezhi.cases.rules.stages import Status
from gezhi.policy.rules.channels import ChannelGroup


class End(StrEnum):
    """How the part of a unit in a round ended. `handed_up` and `revoked` are ends of a crew's part."""

    SENT_BACK = "sent_back"
    RECALLED = "recalled"
    REVOKED = "revoked"
    HANDED_UP = "handed_up"
    FAILED = "failed"
    PASSED = "passed"
    VOIDED = "voided"
    MERGED = "merged"
    SUCCEEDED = "succeeded"


END_NAMES: dict[End, tuple[str, str]] = {
    End.SENT_BACK: ("已回退", "Sent back"),
    End.RECALLED: ("已撤回", "Recalled"),
    End.REVOKED: ("已收回", "Taken back"),
    End.HANDED_UP: ("已反馈", "Handed up"),
    End.FAILED: ("核查未通过", "Inspection failed"),
    End.PASSED: ("核查通过", "Inspection passed"),
    End.VOIDED: ("已作废", "Voided"),
    End.MERGED: ("已并案", "Merged"),
    End.SUCCEEDED: ("已由承接单位承接", "Gone over to its successor"),
}


class TaskKind(StrEnum):
    VERIFY = "verify"
    INSPECT = "inspect"


class ClosingKind(StrEnum):
    NORMAL = "normal"
    LATE = "late"
    ERROR = "error"
    SPECIAL = "special"
    NOTICE = "notice"
    FORCED = "forced"


class Subject(msgspec.Struct, frozen=True, omit_defaults=True):
    """立案依据: class and standard row, with the limit and the closing conditions that hang on it."""

    class_key: str
    row_key: str | None = None
    limit: int | None = None
    unit: Unit | None = None
    calendar: str | None = None
    closing: tuple[str, ...] = ()
    gap: bool = False


class Place(msgspec.Struct, frozen=True, omit_defaults=True):
    """位置: a point with the regions that hold it. `area` is the unit grid, or the smallest region outside every grid."""

    lon: int
    lat: int
    area: str
    county: str
    street: str | None = None
    community: str | None = None
    address: str = ""
    outside: bool = False
    level: str | None = None


class ReportRef(msgspec.Struct, frozen=True, omit_defaults=True):
    """上报: one sender's report. Who it was and what they wrote stand in a table that can be erased. `group` and
    `complaint` are those of the channel on the day of the report; `words` is the salted digest of what stands there;
    `came_from` the case that was merged into this one and brought it. `reachable`: who sent it hears what comes of it,
    with `by_call` by telephone only, and is answered when somebody has called.
    """

    id: str
    channel: str
    at: int
    group: ChannelGroup = ChannelGroup.OTHER
    complaint: bool = False
    by: int | None = None
    reachable: bool = False
    by_call: bool = False
    answered: int | None = None
    words: str | None = None
    came_from: str | None = None


class Assignment(msgspec.Struct, frozen=True, omit_defaults=True):
    """派遣: what one unit was given in one round. A second-level platform (level 2) may give its part down to a crew or
    street of its own (level 3): then `parent` is the number of the part above. `by` gave it. `after` are the pictures
    on which it was handed over; those of a unit begin with its crews'. `successor` took its place (机构承接).
    """

    no: int
    unit: int
    round: int
    dispatched: int
    leading: bool = True
    level: int = 2
    parent: int | None = None
    due: int | None = None
    received: int | None = None
    handed_over: int | None = None
    ended: int | None = None
    end: End | None = None
    handlers: tuple[int, ...] = ()
    by: int | None = None
    after: tuple[str, ...] = ()
    successor: int | None = None


class Task(msgspec.Struct, frozen=True, omit_defaults=True):
    """核实、核查任务: one field task of one collector; given to another, that is a new one with a time of its own."""

    no: int
    kind: TaskKind
    collector: int
    issued: int
    round: int
    due: int | None = None
    answered: int | None = None
    rerouted: int | None = None
    passed: bool | None = None


class Undo(msgspec.Struct, frozen=True, omit_defaults=True):
    """可撤销的派遣: what a dispatch (entry `seq`) replaced; kept until somebody does something else."""

    seq: int
    at: int
    clocks: tuple[Clock, ...]
    settled_unit: int | None = None
    rework_unit: int | None = None
    overrun: int = 0
    again: bool = False


class Answer(msgspec.Struct, frozen=True):
    """答复: what the sender of a report is told."""

    report: str
    text: str


class CaseState(msgspec.Struct, frozen=True, omit_defaults=True):
    """案卷: all that the log says about a case by now. `acted` is the last entry that was more than a remark;
    `supervision` and `major` are levels, 0 for none; `exempt`: a granted appeal takes it out of the statistics of
    lateness. `overrun`: seconds by which its stages ran over; `reminded`: who reminded, and when last.
    """

    no: str
    node: str
    status: Status
    seq: int
    place: Place
    subject: Subject
    round: int = 1
    reports: tuple[ReportRef, ...] = ()
    clocks: tuple[Clock, ...] = ()
    assignments: tuple[Assignment, ...] = ()
    tasks: tuple[Task, ...] = ()
    applications: tuple[Application, ...] = ()
    before: tuple[str, ...] = ()
    after: tuple[str, ...] = ()
    verify_by_rule: bool = False
    verified: bool | None = None
    settled_unit: int | None = None
    rework_unit: int | None = None
    claimed_by: int | None = None
    merged_into: str | None = None
    closing_kind: ClosingKind | None = None
    reported: int = 0
    accepted: int | None = None
    registered: int | None = None
    closed: int | None = None
    acted: int = 0
    supervision: int = 0
    major: int = 0
    exempt: bool = False
    missed: Missed | None = None
    handlers: tuple[int, ...] = ()
    overrun: int = 0
    undo: Undo | None = None
    reminded: dict[str, int] = msgspec.field(default_factory=dict)
    marks: dict[str, int] = msgspec.field(default_factory=dict)

    def clock(self, kind: ClockKind) -> Clock | None:
        return next((clock for clock in self.clocks if clock.kind == kind), None)

    @property
    def channel(self) -> str:
        return self.reports[0].channel

    @property
    def open_assignments(self) -> tuple[Assignment, ...]:
        return tuple(part for part in self.assignments if part.ended is None)

    @property
    def pending(self) -> Application | None:
        """The application that waits for a decision; there is never more than one."""
        return next((one for one in self.applications if one.outcome is None), None)

    def parts_below(self, part: Assignment) -> tuple[Assignment, ...]:
        """What a unit has given down of its part and not taken back."""
        return tuple(one for one in self.open_assignments if one.parent == part.no)

    def crews_pictures(self, part: Assignment) -> tuple[str, ...]:
        """What the crews below a unit have handed up as proof; it counts as the unit's own."""
        return tuple(sha256 for one in self.parts_below(part) for sha256 in one.after)

    @property
    def leading(self) -> Assignment | None:
        return next((part for part in self.open_assignments if part.leading), None)

    @property
    def is_with_leading_unit(self) -> bool:
        """Whether the leading unit has its part and has not handed it over."""
        return self.leading is not None and self.leading.handed_over is None

    @property
    def last_leading(self) -> Assignment | None:
        """The part of the unit that leads, or led last: who answers for the case also when nobody has it."""
        parts = (part for part in self.assignments if part.leading)
        return max(parts, key=lambda part: (part.ended is None, part.ended or 0, part.no), default=None)

    @property
    def open_task(self) -> Task | None:
        return next((task for task in self.tasks if task.answered is None and task.rerouted is None), None)

    @property
    def codes(self) -> tuple[str, ...]:
        """The regions of the place, smallest first."""
        place = self.place
        return tuple(code for code in (place.area, place.community, place.street, place.county, self.node) if code)
