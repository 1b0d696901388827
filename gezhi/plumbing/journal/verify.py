"""登记核验: every row of every register against its own chain in the journal, whoever changed either by whatever way."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby
from typing import Any, TypeVar

import msgspec

from gezhi.kernel.links import ALGORITHM, FIRST, link
from gezhi.plumbing.journal.reads import (
    JournalLine,
    JournalRegister,
    list_journal_registers,
    stream_journal,
    stream_journal_rows,
)

T = TypeVar("T")
INSERT, DELETE = "insert", "delete"
TOLD = ("register", "row", "seq", "at", "op", "user", "post", "db_role")
"""The columns that are read off the text of an entry."""

KINDS: dict[str, tuple[str, str]] = {
    "off": ("登记日志的触发器被停用", "a trigger of the journal was put out of work"),
    "gap": ("日志序号不连续", "the numbers of the journal have a gap"),
    "algorithm": ("校验算法未知", "the hash algorithm is unknown"),
    "hash": ("条目与其校验值不符", "the entry does not give its hash"),
    "text": ("条目无法读出", "the entry cannot be read"),
    "columns": ("条目各列与正文不符：{names}", "columns differ from the text of the entry: {names}"),
    "row": ("登记内容与末条日志不符：{names}", "the row differs from its last entry: {names}"),
    "gone": ("日志所记的登记已不存在", "the row, which the journal knows, does not exist"),
    "unknown": ("登记没有日志", "the journal does not know the row"),
}


class Difference(msgspec.Struct, frozen=True):
    """What differs: in which register, for which row, at which entry."""

    register: str
    row: str
    seq: int | None
    kind: str
    zh: str
    en: str


def difference(kind: str, register: str, row: str = "", *, seq: int | None = None, **details: Any) -> Difference:
    zh, en = KINDS[kind]
    return Difference(register, row, seq, kind, zh.format(**details), en.format(**details))


def verify_registers() -> Iterator[Difference]:
    """Everything that differs. Needs a transaction around it, of one moment for all reads."""
    for register in list_journal_registers():
        if not register.is_on:
            yield difference("off", register.table)
        if not register.key:  # its triggers no longer say what names a row
            continue
        entries = ((line.row, line) for line in stream_journal(register.table))
        for row, lines, standing in _paired(entries, stream_journal_rows(register)):
            yield from verify_row(register, row, lines, standing)


def verify_row(
    register: JournalRegister, row: str, lines: Sequence[JournalLine], standing: str | None
) -> Iterator[Difference]:
    """One row with its entries; `standing`: what the journal would say of the row now, None where there is none."""
    table, previous, values = register.table, FIRST, None
    for at, line in enumerate(lines, 1):
        told = _told(line.text)
        bad = _bad_entry(line, at, previous) if told is not None else "text"
        if bad:
            yield difference(bad, table, row, seq=line.seq)
        previous, values = line.hash, (told or {}).get("values")
        names = ", ".join(name for name in TOLD if told is not None and told.get(name) != getattr(line, name))
        if names:
            yield difference("columns", table, row, seq=line.seq, names=names)
    last = lines[-1] if lines else None
    if standing is None:
        if last is not None and last.op != DELETE:
            yield difference("gone", table, row, seq=last.seq)
    elif last is None:
        if register.from_insert:
            yield difference("unknown", table, row)
    elif last.op == DELETE:
        yield difference("unknown", table, row, seq=last.seq)
    elif names := ", ".join(differing(values, msgspec.json.decode(standing))):
        yield difference("row", table, row, seq=last.seq, names=names)


def differing(entered: Any, standing: dict[str, Any]) -> Iterator[str]:
    """Columns that are not as they were entered; one that came or went with a later version is no difference."""
    known: dict[str, Any] = entered if isinstance(entered, dict) else {}
    for name, value in standing.items():
        if name in known and known[name] != value:
            yield name


def _told(text: str) -> dict[str, Any] | None:
    try:
        return msgspec.json.decode(text, type=dict[str, Any])
    except (msgspec.DecodeError, RecursionError):
        return None


def _bad_entry(line: JournalLine, at: int, previous: bytes) -> str | None:
    if line.seq != at:
        return "gap"
    if line.algorithm != ALGORITHM:
        return "algorithm"
    return None if link(previous, line.text) == line.hash else "hash"


def _paired(
    entries: Iterable[tuple[str, T]], rows: Iterator[tuple[str, str]]
) -> Iterator[tuple[str, list[T], str | None]]:
    """Each row with its entries; both sides come in the same order, and one may be missing."""
    row = next(rows, None)
    for name, group in groupby(entries, key=lambda one: one[0]):
        while row is not None and row[0] < name:
            yield row[0], [], row[1]
            row = next(rows, None)
        standing = None
        if row is not None and row[0] == name:
            standing, row = row[1], next(rows, None)
        yield name, [line for _, line in group], standing
    while row is not None:
        yield row[0], [], row[1]
        row = next(rows, None)
