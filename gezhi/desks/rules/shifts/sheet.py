"""交接班表: what the sheet of a turn shows: taken over, done, still open and how urgent, under supervision, passed on."""

from __future__ import annotations

from uuid import UUID

import msgspec

from gezhi.cases.rules.clocks.clock import ClockKind
from gezhi.cases.rules.entry_kinds import EntryKind
from gezhi.kernel.permissions import Role
from gezhi.worklists.rules.queues import Queue, queues_of

NOT_PILES = frozenset({"all_open", "finished", "supervised", "major", "my_reports"})
MOST_URGENT = 5
MOST_LATE = 10


class SheetCase(msgspec.Struct, frozen=True):
    """A case as a line of the sheet, as it stood when the sheet was made; `late` by the `clock` that was due then."""

    id: UUID
    no: str
    class_zh: str
    class_en: str
    address: str
    due: int | None
    late: bool
    clock: ClockKind | None = None


class SheetQueue(msgspec.Struct, frozen=True):
    """待办 of one queue: how many wait, how many are late or soon will be, and what is due first."""

    key: str
    zh: str
    en: str
    count: int
    overdue: int
    soon: int
    urgent: tuple[SheetCase, ...]


class Done(msgspec.Struct, frozen=True):
    """办结: how often a kind of deed was done in the turn."""

    kind: str
    zh: str
    en: str
    count: int


class PassedOn(msgspec.Struct, frozen=True):
    """交办事项: a matter passed on to the next turn, with the case that it is about if there is one."""

    text: str
    case_id: UUID | None = None
    case_no: str | None = None


class TakenOver(msgspec.Struct, frozen=True):
    """接班: what the turn had been given by the one before."""

    handover_id: UUID
    by: str
    open: int
    passed_on: tuple[PassedOn, ...]


class Sheet(msgspec.Struct, frozen=True):
    """交接班表. The words are those of the person who signs; all else is counted."""

    made: int
    open: int
    overdue: int
    taken_over: TakenOver | None
    done: tuple[Done, ...]
    queues: tuple[SheetQueue, ...]
    late: tuple[SheetCase, ...]
    supervised: tuple[SheetCase, ...]
    supervised_count: int = 0
    weather: str = ""
    notes: str = ""
    passed_on: tuple[PassedOn, ...] = ()


def cases_of(sheet: Sheet) -> frozenset[UUID]:
    """Every case that the sheet names."""
    lines = (*sheet.late, *sheet.supervised, *(line for queue in sheet.queues for line in queue.urgent))
    taken = sheet.taken_over.passed_on if sheet.taken_over is not None else ()
    passed = (one.case_id for one in (*sheet.passed_on, *taken) if one.case_id is not None)
    return frozenset((*(line.id for line in lines), *passed))


def piles_of(role: Role) -> tuple[Queue, ...]:
    """The queues that a desk works off, in the order of the stages."""
    return tuple(queue for queue in queues_of(role) if queue.key not in NOT_PILES)


def done_of(counts: dict[str, int]) -> tuple[Done, ...]:
    """What was done, the most frequent first."""
    ordered = sorted(counts.items(), key=lambda pair: (-pair[1], pair[0]))
    kinds = ((EntryKind(word), count) for word, count in ordered)
    return tuple(Done(kind.value, kind.zh, kind.en, count) for kind, count in kinds)
