"""日志核验: runs the rules over every case, its log, what lies beside it, and what the signed tree names of it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any, Generic, TypeVar

import msgspec
from django.db import connection, transaction

from gezhi.cases.rules.state import CaseState
from gezhi.proof.queries.whole_log import (
    list_erased,
    stream_applications,
    stream_dispatches,
    stream_paired,
    stream_reports,
    stream_use,
)
from gezhi.proof.rules.verify_beside import verify_reports, verify_use
from gezhi.proof.rules.verify_log import Finding, LogRow, entry_in, finding, verify_case, verify_given, verify_ledger

TELL_EVERY = 500
T = TypeVar("T")
Named = tuple[int, bytes]
"""Number and hash of an entry that the tree names."""


class Verification(msgspec.Struct, frozen=True):
    """What was looked at and what differs; `unnamed`: entries that no tree names yet."""

    cases: int
    entries: int
    unnamed: int
    findings: tuple[Finding, ...]


@contextmanager
def one_moment() -> Iterator[None]:
    """Log and cases as of one moment, whoever works meanwhile; inside another transaction its moments are taken."""
    alone = not connection.in_atomic_block
    with transaction.atomic(savepoint=False), connection.cursor() as cursor:
        if alone:
            cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
        yield


class Beside(Generic[T]):
    """Rows that lie beside the log, walked along with the cases in the order of their ids."""

    def __init__(self, stream: Iterator[tuple[str, list[T]]]) -> None:
        self._stream = stream
        self._next = next(stream, None)

    def of(self, case: str) -> list[T]:
        """The rows of a case; those of cases before it have been asked for with `before`."""
        if self._next is None or self._next[0] != case:
            return []
        rows, self._next = self._next[1], next(self._stream, None)
        return rows

    def before(self, case: str | None) -> Iterator[tuple[str, list[T]]]:
        """Rows of cases that do not exist: all before this one, or all that are left."""
        while self._next is not None and (case is None or self._next[0] < case):
            yield self._next
            self._next = next(self._stream, None)


class _AllBeside:
    """The ledger, the register of dispatches, the reports and the use of pictures."""

    def __init__(self) -> None:
        self._applied, self._given = Beside(stream_applications()), Beside(stream_dispatches())
        self._sent, self._used = Beside(stream_reports()), Beside(stream_use())
        self._erased = list_erased()

    def verify(self, case: str, state: CaseState | None, log: list[LogRow]) -> Iterator[Finding]:
        """What differs for a case, and for cases before it that do not exist."""
        yield from self.without_case(before=case)
        no, entries = (
            state.no if state is not None else "",
            [one for line in log if (one := entry_in(line.text)) is not None],
        )
        yield from verify_ledger(case, state, self._applied.of(case))
        yield from verify_given(case, state, self._given.of(case))
        yield from verify_reports(case, no, entries, self._sent.of(case), self._erased)
        yield from verify_use(case, no, entries, self._used.of(case))

    def without_case(self, *, before: str | None = None) -> Iterator[Finding]:
        for case, applied in self._applied.before(before):
            yield from verify_ledger(case, None, applied)
        for case, given in self._given.before(before):
            yield from verify_given(case, None, given)
        for case, sent in self._sent.before(before):
            yield from verify_reports(case, "", (), sent, self._erased)
        for case, used in self._used.before(before):
            yield from verify_use(case, "", (), used)


@one_moment()
def verify_log(named: Iterator[tuple[str, list[Named]]], done: Callable[[int], Any]) -> Verification:
    """Every case compared with its log and what the tree names, which comes in the order of case ids.

    `done` is told how many cases more have been looked at.
    """
    findings: list[Finding] = []
    tree, beside = Beside(named), _AllBeside()
    cases, entries, unnamed, told = 0, 0, 0, 0
    for row, log in stream_paired():
        case = row.case if row is not None else log[0].case
        findings += _gone(tree.before(case))
        heads = tree.of(case)
        findings += verify_case(row, log, heads)
        findings += beside.verify(case, row.state if row is not None else None, log)
        cases, entries, told = cases + (row is not None), entries + len(log), told + 1
        unnamed += sum(line.seq > max((seq for seq, _ in heads), default=0) for line in log)
        if told == TELL_EVERY:
            done(told)
            told = 0
    done(told)
    findings += beside.without_case()
    findings += _gone(tree.before(None))
    return Verification(cases, entries, unnamed, tuple(findings))


def _gone(named: Iterator[tuple[str, list[Named]]]) -> Iterator[Finding]:
    for case, heads in named:
        yield finding("missing", case, seq=heads[-1][0])
