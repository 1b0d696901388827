"""日志核验: every log folded anew and compared with what stands beside it, to the last field.

The chain finds a changed entry; what the signed tree names finds what a chain cannot: a tail cut off with the row set
back, and a case that is gone.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import msgspec
from msgspec.structs import replace

from gezhi.cases.rules.columns import (
    application_columns_of,
    columns_of,
    first_columns_of,
    given_columns_of,
    log_columns_of,
)
from gezhi.cases.rules.entries import Entry, entry_of
from gezhi.cases.rules.evolve import evolve
from gezhi.cases.rules.state import CaseState
from gezhi.kernel.links import ALGORITHM, FIRST, link

LONGEST_SHOWN = 200


class LogRow(msgspec.Struct, frozen=True):
    """A row of the log table. Moments are epoch seconds."""

    case: str
    seq: int
    columns: dict[str, Any]
    algorithm: int
    text: str
    hash: bytes


class CaseRow(msgspec.Struct, frozen=True):
    """A row of the case table: its columns with moments as epoch seconds, its state (None: unreadable), last hash."""

    case: str
    columns: dict[str, Any]
    state: CaseState | None
    last_hash: bytes


class Finding(msgspec.Struct, frozen=True):
    """A difference: which case, which entry, what; where it is one of values, the first field with both."""

    case: str
    no: str
    seq: int | None
    kind: str
    zh: str
    en: str
    field: str = ""
    expected: str = ""
    found: str = ""


KINDS: dict[str, tuple[str, str]] = {
    "gap": ("日志序号不连续", "the numbers of the log have a gap"),
    "hash": ("条目与其校验值不符", "the entry does not give its hash"),
    "algorithm": ("校验算法未知", "the hash algorithm is unknown"),
    "text": ("条目无法读出", "the entry cannot be read"),
    "beginning": ("首条不能开始一个案件", "the entry does not begin a case"),
    "columns": ("条目各列与正文不符：{names}", "columns differ from the text of the entry: {names}"),
    "fold": ("案卷与日志重算结果不符：{names}", "the state differs from the fold of the log: {names}"),
    "row": ("案卷各列与案卷不符：{names}", "columns of the case differ from its state: {names}"),
    "ledger": ("审批台账与案卷不符：{names}", "the ledger of applications differs from the case: {names}"),
    "given": ("派遣登记与案卷不符：{names}", "the register of dispatches differs from the case: {names}"),
    "words": (
        "上报内容与日志中的摘要不符：{names}",
        "what the sender wrote differs from its digest in the log: {names}",
    ),
    "report": ("上报记录不在日志中：{names}", "the log names no such report: {names}"),
    "no-report": ("日志中的上报记录已不存在", "the report that the log names does not exist"),
    "use": ("照片使用登记与日志不符：{names}", "the use of a picture differs from the log: {names}"),
    "last-hash": ("案卷记录的末条校验值与日志不符", "the last hash of the case is not that of its log"),
    "no-log": ("案卷没有日志", "the case has no log"),
    "no-case": ("日志没有案卷", "the log has no case"),
    "cut": ("日志在存证树所载第 {named} 条之前中断", "the log ends before entry {named}, which the signed tree names"),
    "named": ("存证树所载第 {named} 条被改动", "entry {named}, which the signed tree names, was changed"),
    "missing": ("存证树所载的案件不存在", "the case, which the signed tree names, does not exist"),
    "unnamed": ("末条未进存证树，变更标记被改动", "the last entry is in no tree: the mark of the change was bent"),
}


def finding(kind: str, case: str, *, no: str = "", seq: int | None = None, **details: Any) -> Finding:
    zh, en = KINDS[kind]
    return Finding(case, no, seq, kind, zh.format(**details), en.format(**details))


def between(
    kind: str, expected: Mapping[str, Any], found: Mapping[str, Any], case: str, **details: Any
) -> list[Finding]:
    """The finding between what must stand there and what does, if anything differs."""
    names = [name for name, value in expected.items() if found.get(name) != value]
    if not names:
        return []
    prefix = details.pop("prefix", "")
    one = finding(kind, case, names=prefix + ", ".join(names), **details)
    first = names[0]
    return [replace(one, field=first, expected=_shown(expected[first]), found=_shown(found.get(first)))]


def _shown(value: Any) -> str:
    text = value.hex() if isinstance(value, bytes) else str(value)
    return text if len(text) <= LONGEST_SHOWN else f"{text[:LONGEST_SHOWN]}…"


def verify_case(row: CaseRow | None, log: list[LogRow], named: Sequence[tuple[int, bytes]] = ()) -> Iterator[Finding]:
    """All differences of one case. The log alone says what the row must hold: no register is asked.

    `named`: numbers and hashes of its entries that the signed tree names.
    """
    case = row.case if row is not None else log[0].case
    no = str(row.columns["no"]) if row is not None else ""
    if not log:
        yield finding("no-log", case, no=no)
        return
    state, previous, broken = None, FIRST, False
    for at, line in enumerate(log, 1):
        entry = entry_in(line.text)
        bad = "text" if entry is None else _bad_entry(line, at, previous)
        if bad:
            expected = link(previous, line.text) if bad == "hash" else b""
            yield replace(
                finding(bad, case, no=no, seq=line.seq), field=bad, expected=expected.hex(), found=line.hash.hex()
            )
            broken = True
        previous = line.hash
        if entry is None or (broken and state is None):
            continue
        try:
            state = evolve(state, entry)
        except Exception:  # noqa: BLE001 - whatever a bent entry does to the fold is a finding, and no traceback
            yield finding("beginning", case, no=no, seq=line.seq)
            broken = True
            continue
        yield from between("columns", log_columns_of(entry, state.node), line.columns, case, no=no, seq=line.seq)
    yield from _against_tree(case, no, log, named)
    if row is None:
        yield finding("no-case", case, no=state.no if state is not None else "")
    elif state is not None:
        yield from _against_row(row, state, previous)


Rows = Sequence[Mapping[str, Any]]


def verify_ledger(case: str, state: CaseState | None, rows: Rows) -> Iterator[Finding]:
    """The rows of the ledger against the applications of the case."""
    expected = [application_columns_of(state, one) for one in state.applications] if state is not None else []
    return _numbered("ledger", case, state, {f"{one['kind']} {one['no']}": one for one in expected}, rows)


def verify_given(case: str, state: CaseState | None, rows: Rows) -> Iterator[Finding]:
    """The register of dispatches against the parts that units were given."""
    expected = [given_columns_of(state, one) for one in state.assignments] if state is not None else []
    return _numbered("given", case, state, {f"{one['no']}": one for one in expected}, rows)


def _numbered(
    kind: str, case: str, state: CaseState | None, expected: Mapping[str, Mapping[str, Any]], rows: Rows
) -> Iterator[Finding]:
    no, unmatched = state.no if state is not None else "", {row["no"]: row for row in rows}
    for name, columns in expected.items():
        yield from between(kind, columns, unmatched.pop(columns["no"], {}), case, no=no, prefix=f"{name}: ")
    for number in unmatched:
        yield finding(kind, case, no=no, names=f"{number}")


def _bad_entry(line: LogRow, at: int, previous: bytes) -> str | None:
    if line.seq != at:
        return "gap"
    if line.algorithm != ALGORITHM:
        return "algorithm"
    return None if link(previous, line.text) == line.hash else "hash"


def entry_in(text: str) -> Entry | None:
    """The entry, or None for a text that holds none: also of a kind that is unknown, or nested without end."""
    try:
        return entry_of(text)
    except (msgspec.DecodeError, RecursionError):
        return None


def _against_tree(case: str, no: str, log: list[LogRow], named: Sequence[tuple[int, bytes]]) -> Iterator[Finding]:
    lines = {line.seq: line.hash for line in log} if named else {}
    for seq, digest in named:
        if seq not in lines:
            yield finding("cut", case, no=no, seq=seq, named=seq)
        elif lines[seq] != digest:
            one = finding("named", case, no=no, seq=seq, named=seq)
            yield replace(one, field="hash", expected=digest.hex(), found=lines[seq].hex())


def _against_row(row: CaseRow, state: CaseState, last: bytes) -> Iterator[Finding]:
    no = str(row.columns["no"])
    fields = CaseState.__struct_fields__
    kept = {name: getattr(row.state, name) for name in fields} if row.state is not None else {}
    folded = {name: getattr(state, name) for name in fields}
    yield from between("fold", folded, kept, row.case, no=no, seq=state.seq)
    yield from between("row", {**first_columns_of(state), **columns_of(state)}, row.columns, row.case, no=no)
    if row.last_hash != last:
        one = finding("last-hash", row.case, no=no, seq=state.seq)
        yield replace(one, field="last_hash", expected=last.hex(), found=row.last_hash.hex())
