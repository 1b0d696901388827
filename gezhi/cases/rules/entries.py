"""案件日志: what one entry of the log carries. Every computed value is in it; nobody has to be asked again."""

from __future__ import annotations

from enum import StrEnum

import msgspec

from gezhi.cases.rules.applications import Application
from gezhi.cases.rules.clocks.clock import Clock, ClockKind
from gezhi.cases.rules.entry_kinds import EntryKind
from gezhi.cases.rules.marks import Mark
from gezhi.cases.rules.missed import Missed
from gezhi.cases.rules.stages import Status
from gezhi.cases.rules.state import Answer, Assignment, ClosingKind, Place, ReportRef, Subject, Task
from gezhi.kernel.permissions import Role


class Result(msgspec.Struct, frozen=True):
    """核查结果: one closing condition, met or not."""

    code: str
    passed: bool


class Charge(msgspec.Struct, frozen=True, omit_defaults=True):
    """超时记账: to whom a clock that ran out is charged: a body, the post in it, the person where one can be named."""

    clock: ClockKind
    organisation: int | None = None
    role: Role | None = None
    user: int | None = None


class OrderKind(StrEnum):
    """督办方式: what gave a supervision order."""

    AUTOMATIC = "automatic"
    LEADER = "leader"
    SUPERVISOR = "supervisor"
    KEY = "key"


class Source(StrEnum):
    """Who asked for it: a rule of the city, or a person against or beside it."""

    RULE = "rule"
    PERSON = "person"


class Manner(StrEnum):
    """How the owner of a case without one was settled."""

    MEETING = "meeting"
    GOVERNMENT = "government"
    SUBSTITUTE = "substitute"


class Step(msgspec.Struct, frozen=True, omit_defaults=True):
    """What a decision changes: the new values of the parts it touches, and the words that go with it.

    `moved` are the pictures that a merged case brings along. `marks` are counted (rework, send_back_granted …).
    `source` says whether a rule, a draw or a person asked for it. `reason_code` is one of the city's list for
    the command, beside the words in `reason`. `order` is the number of a supervision order, `order_kind` what gave it.
    """

    kind: EntryKind
    status: Status
    number: str | None = None
    node: str | None = None
    round: int | None = None
    place: Place | None = None
    subject: Subject | None = None
    report: ReportRef | None = None
    answers: tuple[Answer, ...] = ()
    clocks: tuple[Clock, ...] = ()
    assignments: tuple[Assignment, ...] = ()
    tasks: tuple[Task, ...] = ()
    application: Application | None = None
    before: tuple[str, ...] = ()
    after: tuple[str, ...] = ()
    proof: tuple[str, ...] = ()
    moved: tuple[str, ...] = ()
    marks: tuple[Mark, ...] = ()
    results: tuple[Result, ...] = ()
    duplicates: tuple[str, ...] = ()
    verified: bool | None = None
    verify_by_rule: bool = False
    settled_unit: int | None = None
    rework_unit: int | None = None
    merged_into: str | None = None
    closing_kind: ClosingKind | None = None
    handler: int | None = None
    supervision: int | None = None
    major: int | None = None
    exempt: bool | None = None
    order: str | None = None
    order_kind: OrderKind | None = None
    due: int | None = None
    unit: int | None = None
    manner: Manner | None = None
    cost: int | None = None
    charged_to: int | None = None
    charges: tuple[Charge, ...] = ()
    undoes: int | None = None
    missed: Missed | None = None
    seen_at: tuple[int, int] | None = None
    old_subject: Subject | None = None
    old_place: Place | None = None
    source: Source | None = None
    basis: str | None = None
    reason: str | None = None
    reason_code: str | None = None
    text: str | None = None


class Versions(msgspec.Struct, frozen=True, omit_defaults=True):
    """Which state of the registers the values were computed with: of each the moment in microseconds since 1970 at
    which it was last changed; 0 where nothing was ever entered and the presets held.

    `catalog` holds classes, standard rows and their limits; `levels` which area has which level; `policy` the stage
    limits and what else a city sets for itself; `matrix` the approval rows; `ground` regions and unit grids; `people`
    users, posts and organisations.
    """

    catalog: int = 0
    calendars: int = 0
    duties: int = 0
    levels: int = 0
    policy: int = 0
    matrix: int = 0
    ground: int = 0
    people: int = 0


class Entry(msgspec.Struct, frozen=True, omit_defaults=True):
    """日志条目: who did what in which post, when (on the device, at the server), and the step."""

    case: str
    seq: int
    command: str
    command_id: str
    happened: int
    recorded: int
    user: int
    post: int
    role: Role
    organisation: int
    versions: Versions
    step: Step


_encoder = msgspec.json.Encoder(order="deterministic")
_decoder = msgspec.json.Decoder(Entry)


def text_of(entry: Entry) -> str:
    """The canonical text of an entry: what is stored and, byte for byte, what is hashed (`gezhi/kernel/links.py`)."""
    return _encoder.encode(entry).decode()


def entry_of(text: str) -> Entry:
    """The entry that a canonical text holds."""
    return _decoder.decode(text)


def line_of(text: str, digest: str, algorithm: int) -> bytes:
    """A line of the export. The text stands in it byte for byte as it was hashed."""
    return b'{"algorithm":%d,"hash":"%b","entry":%b}\n' % (algorithm, digest.encode(), text.encode())
