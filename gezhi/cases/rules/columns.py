"""列: every column that is read off a case, its log and its applications, declared once. The state is the truth; the
columns are its index, so that lists can be searched and sorted.

The writer, the statement that reads the columns back and the verification of the log follow from these tables; a new
column is one line here, one field of the model and its migration.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any, Generic, NamedTuple, TypeVar

import msgspec
from h3.api import basic_int as h3

from gezhi.cases.rules.applications import Application
from gezhi.cases.rules.clocks.clock import Clock, ClockKind
from gezhi.cases.rules.clocks.deadline import next_due
from gezhi.cases.rules.clocks.lateness import handling_due, is_handled_late
from gezhi.cases.rules.clocks.lights import leading_clock
from gezhi.cases.rules.commands import Sender
from gezhi.cases.rules.difficulty import difficulty_of, ownerless_since
from gezhi.cases.rules.entries import Entry
from gezhi.cases.rules.marks import Mark
from gezhi.cases.rules.stages import STATUSES
from gezhi.cases.rules.state import Assignment, CaseState, ReportRef
from gezhi.cases.rules.unit_line import last_unit
from gezhi.kernel.masking import Masking, Secret, Shown
from gezhi.kernel.places import from_e7
from gezhi.kernel.searching import pairs_vector

H3_RESOLUTION = 10  # cells of about 130 m, near the 10,000 m² of a unit grid
R = TypeVar("R")


class Column(NamedTuple, Generic[R]):
    """列. `type` is PostgreSQL's, but for `moment`: a time that travels as epoch seconds and is compared
    so, and `hash`: bytes that travel in hexadecimal.
    """

    name: str
    type: str
    read: Callable[[R], Any]


def values_of(columns: Iterable[Column[R]], row: R) -> dict[str, Any]:
    """What the columns hold for a row."""
    return {column.name: column.read(row) for column in columns}


class Applied(NamedTuple):
    """An application in its case."""

    state: CaseState
    application: Application


class Given(NamedTuple):
    """A part that a unit was given, in its case."""

    state: CaseState
    part: Assignment


class Logged(NamedTuple):
    """An entry; the node stands in the case."""

    entry: Entry
    node: str


class Sent(NamedTuple):
    """A report as its sender gave it."""

    case: str
    report: ReportRef
    sender: Sender


def _running(find: Callable[[CaseState], Clock | None] | ClockKind, field: str) -> Callable[[CaseState], int | None]:
    """`due` or `warn` of a clock while it runs; a kind finds the clock of this kind."""

    def read(state: CaseState) -> int | None:
        clock = state.clock(find) if isinstance(find, ClockKind) else find(state)
        return getattr(clock, field) if clock is not None and clock.since is not None else None

    return read


def _cell(state: CaseState) -> int:
    return int(h3.latlng_to_cell(from_e7(state.place.lat), from_e7(state.place.lon), H3_RESOLUTION))


# What is fixed with the first report.
FIRST: tuple[Column[CaseState], ...] = (
    Column("no", "text", lambda state: state.no),
    Column("node", "text", lambda state: state.node),
    Column("channel", "text", lambda state: state.reports[0].channel),
    Column("complaint", "boolean", lambda state: state.reports[0].complaint),
    Column("reported_at", "moment", lambda state: state.reported),
)
# What may change with every entry.
MOVING: tuple[Column[CaseState], ...] = (
    Column("status", "text", lambda state: state.status.value),
    Column("stage", "smallint", lambda state: int(STATUSES[state.status].stage)),
    Column("class_key", "text", lambda state: state.subject.class_key),
    Column("row_key", "text", lambda state: state.subject.row_key),
    Column("address", "text", lambda state: state.place.address),
    Column("lon", "double precision", lambda state: from_e7(state.place.lon)),
    Column("lat", "double precision", lambda state: from_e7(state.place.lat)),
    Column("h3", "bigint", _cell),
    Column("area_code", "text", lambda state: state.place.area),
    Column("unit_id", "bigint", lambda state: state.leading.unit if state.leading is not None else None),
    Column("last_unit_id", "bigint", last_unit),
    Column("unit_ids", "bigint[]", lambda state: [part.unit for part in state.open_assignments]),
    Column(
        "working_ids",
        "bigint[]",
        lambda state: [part.unit for part in state.open_assignments if part.handed_over is None],
    ),
    Column(
        "former_unit_ids",
        "bigint[]",
        lambda state: sorted({part.unit for part in state.assignments if part.ended is not None}),
    ),
    Column("asking", "text", lambda state: state.pending.kind.value if state.pending is not None else None),
    Column("deciding", "text", lambda state: state.pending.deciding if state.pending is not None else None),
    Column("supervision", "smallint", lambda state: state.supervision),
    Column("major", "smallint", lambda state: state.major),
    Column("difficulty", "text", difficulty_of),
    Column("ownerless_since", "moment", lambda state: ownerless_since(state) if difficulty_of(state) else None),
    Column("suspended_until", "moment", _running(ClockKind.SUSPENSION, "due")),
    Column("reported_by", "bigint", lambda state: state.reports[0].by if state.reports else None),
    Column("collector_id", "bigint", lambda state: state.open_task.collector if state.open_task is not None else None),
    Column("claimed_by", "bigint", lambda state: state.claimed_by),
    Column("round", "smallint", lambda state: state.round),
    Column("reopened", "smallint", lambda state: state.marks.get(Mark.REOPENED, 0)),
    Column("report_count", "smallint", lambda state: len(state.reports)),
    Column("due_at", "moment", _running(leading_clock, "due")),
    Column("warn_at", "moment", _running(leading_clock, "warn")),
    Column("next_due_at", "moment", lambda state: next_due(state.clocks)),
    Column("handling_due_at", "moment", handling_due),
    Column("decision_due_at", "moment", _running(ClockKind.APPROVAL, "due")),
    Column("decision_warn_at", "moment", _running(ClockKind.APPROVAL, "warn")),
    Column("handled_late", "boolean", is_handled_late),
    Column("exempt", "boolean", lambda state: state.exempt),
    Column("closed_at", "moment", lambda state: state.closed),
    Column("picture", "text", lambda state: state.before[0] if state.before else None),
    Column("seq", "integer", lambda state: state.seq),
)
# 台账列: a row of the ledger.
LEDGER: tuple[Column[Applied], ...] = (
    Column("no", "smallint", lambda applied: applied.application.no),
    Column("case_no", "text", lambda applied: applied.state.no),
    Column("class_key", "text", lambda applied: applied.state.subject.class_key),
    Column("area_code", "text", lambda applied: applied.state.place.area),
    Column("kind", "text", lambda applied: applied.application.kind.value),
    Column("unit_id", "bigint", lambda applied: applied.application.unit or None),
    Column("asked_at", "moment", lambda applied: applied.application.asked),
    Column("asked_by", "bigint", lambda applied: applied.application.asked_by),
    Column("role", "text", lambda applied: applied.application.role),
    Column("organisation_id", "bigint", lambda applied: applied.application.organisation),
    Column("late", "boolean", lambda applied: applied.application.late),
    Column("times", "smallint", lambda applied: applied.application.times),
    Column("steps", "text[]", lambda applied: list(applied.application.steps)),
    Column("deciding", "text", lambda applied: applied.application.deciding),
    Column("opinions", "jsonb", lambda applied: [msgspec.to_builtins(one) for one in applied.application.opinions]),
    Column("outcome", "text", lambda applied: applied.application.outcome and applied.application.outcome.value),
    Column("ended_at", "moment", lambda applied: applied.application.ended),
    Column("value", "integer", lambda applied: applied.application.value),
    Column(
        "value_unit",
        "text",
        lambda applied: applied.state.subject.unit if applied.application.value is not None else None,
    ),
    Column("minutes", "integer", lambda applied: applied.application.minutes),
    Column("minutes_before", "integer", lambda applied: applied.application.minutes_before),
    Column("until_at", "moment", lambda applied: applied.application.until),
    Column("old_due_at", "moment", lambda applied: applied.application.old_due),
    Column("new_due_at", "moment", lambda applied: applied.application.new_due),
    Column("share", "integer", lambda applied: applied.application.share),
    Column("ceiling", "integer", lambda applied: applied.application.ceiling),
    Column("above", "boolean", lambda applied: applied.application.above),
    Column("exempt", "boolean", lambda applied: applied.application.exempt),
    Column("shirking", "boolean", lambda applied: applied.application.shirking),
    Column("reason", "text", lambda applied: applied.application.reason),
    Column("reason_code", "text", lambda applied: applied.application.reason_code),
    Column("form_no", "text", lambda applied: applied.application.form_no),
    Column("pictures", "text[]", lambda applied: list(applied.application.pictures)),
)
# 派遣列: what each unit was given, and when: the base of shares.
GIVEN: tuple[Column[Given], ...] = (
    Column("no", "smallint", lambda given: given.part.no),
    Column("area_code", "text", lambda given: given.state.place.area),
    Column("unit_id", "bigint", lambda given: given.part.unit),
    Column("dispatched_at", "moment", lambda given: given.part.dispatched),
)
# What stands beside the text of an entry, so that the log can be searched.
LOG: tuple[Column[Logged], ...] = (
    Column("kind", "text", lambda logged: logged.entry.step.kind),
    Column("command_id", "uuid", lambda logged: logged.entry.command_id),
    Column("happened_at", "moment", lambda logged: logged.entry.happened),
    Column("recorded_at", "moment", lambda logged: logged.entry.recorded),
    Column("actor_id", "bigint", lambda logged: logged.entry.user),
    Column("post_id", "bigint", lambda logged: logged.entry.post),
    Column("organisation_id", "bigint", lambda logged: logged.entry.organisation),
    Column("node", "text", lambda logged: logged.node),
)
SENT: tuple[Column[Sent], ...] = (
    Column("id", "uuid", lambda sent: sent.report.id),
    Column("case_id", "uuid", lambda sent: sent.case),
    Column("channel", "text", lambda sent: sent.report.channel),
    Column("description", "text", lambda sent: sent.sender.description),
    Column("sender_no", "text", lambda sent: sent.sender.sender_no),
    Column("name", "text", lambda sent: sent.sender.name),
    Column("phone", "text", lambda sent: sent.sender.phone),
    Column("wants_answer", "boolean", lambda sent: sent.sender.wants_answer),
    Column("keep_secret", "boolean", lambda sent: sent.sender.keep_secret),
    Column("by_call", "boolean", lambda sent: sent.sender.by_call),
    Column("sent_at", "moment", lambda sent: sent.report.at),
    Column("salt", "hash", lambda sent: sent.sender.salt),
)


def sought_words(sender: Sender) -> str:
    """检索索引: the description as strangers may read it, in pairs of characters."""
    hidden = Masking([Secret(sender.name, sender.phone, sender.description, Shown.NOTHING)])
    return pairs_vector(hidden.wrote(sender.description, Shown.NOTHING))


def first_columns_of(state: CaseState) -> dict[str, Any]:
    return values_of(FIRST, state)


def columns_of(state: CaseState) -> dict[str, Any]:
    return values_of(MOVING, state)


def application_columns_of(state: CaseState, application: Application) -> dict[str, Any]:
    return values_of(LEDGER, Applied(state, application))


def given_columns_of(state: CaseState, part: Assignment) -> dict[str, Any]:
    return values_of(GIVEN, Given(state, part))


def log_columns_of(entry: Entry, node: str) -> dict[str, Any]:
    return values_of(LOG, Logged(entry, node))
