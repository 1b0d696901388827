"""日志核验: runs the rule over the whole log and the anchors."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from typing import Any

import msgspec
from django.db import connection, transaction

from gezhi.cases.queries.whole_log import list_anchors, stream_applications, stream_paired
from gezhi.cases.rules.proof.anchoring import FIRST_DIGEST, digest_of, unpack
from gezhi.cases.rules.proof.verify_log import Finding, finding, verify_case, verify_ledger
from gezhi.cases.rules.state import CaseState

TELL_EVERY = 500


class Verification(msgspec.Struct, frozen=True):
    """What was looked at and what differs."""

    cases: int
    entries: int
    anchors: int
    findings: tuple[Finding, ...]


def _anchored(outside: Mapping[int, bytes], findings: list[Finding]) -> tuple[dict[str, tuple[int, bytes]], int]:
    """Where each case stood at the last anchor that names it; the copies outside the database count like those
    within.
    """
    known: dict[str, tuple[int, bytes]] = {}
    previous, inside = FIRST_DIGEST, {anchor.number: anchor for anchor in list_anchors()}
    for number in range(1, max([*inside, *outside], default=0) + 1):
        anchor = inside.get(number)
        body = outside.get(number) or (bytes(anchor.body) if anchor is not None else None)
        if anchor is None or body is None or digest_of(previous, bytes(anchor.body)) != bytes(anchor.digest):
            findings.append(finding("anchor-chain", f"#{number}", seq=number))
        elif outside.get(number) != bytes(anchor.body):
            findings.append(finding("anchor-file", f"#{number}", seq=number))
        previous = bytes(anchor.digest) if anchor is not None else previous
        for one in unpack(body) if body is not None else ():
            known[one.case] = (one.seq, bytes.fromhex(one.hash))
    return known, len(inside)


@contextmanager
def _one_moment() -> Iterator[None]:
    """Log and cases as of one moment, whoever works meanwhile; inside another transaction its moments are taken."""
    alone = not connection.in_atomic_block
    with transaction.atomic(), connection.cursor() as cursor:
        if alone:
            cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
        yield


class Ledger:
    """The rows of the ledger, walked along with the cases in the order of their ids."""

    def __init__(self) -> None:
        self._stream = stream_applications()
        self._next = next(self._stream, None)

    def verify(self, case: str, state: CaseState | None) -> list[Finding]:
        """What differs for a case, and for cases before it that do not exist."""
        findings = self.rest(before=case)
        rows: list[dict[str, Any]] = []
        if self._next is not None and self._next[0] == case:
            rows, self._next = self._next[1], next(self._stream, None)
        return [*findings, *verify_ledger(case, state, rows)]

    def rest(self, *, before: str | None = None) -> list[Finding]:
        """Rows of cases that do not exist."""
        findings: list[Finding] = []
        while self._next is not None and (before is None or self._next[0] < before):
            findings += verify_ledger(self._next[0], None, self._next[1])
            self._next = next(self._stream, None)
        return findings


@_one_moment()
def verify_log(outside: Mapping[int, bytes], done: Callable[[int], Any]) -> Verification:
    """Every case compared with its log and the anchors. `done` is told how many cases more have been looked at."""
    findings: list[Finding] = []
    anchored, anchors = _anchored(outside, findings)
    cases, entries, told = 0, 0, 0
    ledger = Ledger()
    for row, log in stream_paired():
        case = row.case if row is not None else log[0].case
        findings += verify_case(row, log, anchored.pop(case, None))
        findings += ledger.verify(case, row.state if row is not None else None)
        cases, entries, told = cases + (row is not None), entries + len(log), told + 1
        if told == TELL_EVERY:
            done(told)
            told = 0
    done(told)
    findings += ledger.rest()
    findings += [finding("missing", case, seq=seq) for case, (seq, _) in anchored.items()]
    return Verification(cases, entries, anchors, tuple(findings))
