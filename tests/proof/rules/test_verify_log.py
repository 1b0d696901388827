"""Verification of one case: every difference between log, row, ledger and anchor has its name, and nothing else has."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import msgspec
import pytest

from gezhi.cases.rules.applications.extension import AskExtension
from gezhi.cases.rules.columns import application_columns_of, columns_of, first_columns_of, log_columns_of
from gezhi.cases.rules.entries import text_of
from gezhi.kernel.links import ALGORITHM, FIRST, link
from gezhi.proof.rules.verify_log import CaseRow, Finding, LogRow, finding, verify_case, verify_ledger
from tests.cases.world import CASE_ID, ROADS_MAN, Walk

OTHER_HASH = b"\x01" * 32


def lived() -> tuple[CaseRow, list[LogRow]]:
    """A case with five entries as the database holds it."""
    walk, log, previous = Walk().report().accept().register().dispatch().receive(), [], FIRST
    for seq, entry in enumerate(walk.entries, 1):
        text = text_of(entry)
        previous = link(previous, text)
        log.append(LogRow(CASE_ID, seq, log_columns_of(entry, walk.now.node), ALGORITHM, text, previous))
    columns = {**first_columns_of(walk.now), **columns_of(walk.now)}
    return CaseRow(CASE_ID, columns, walk.now, previous), log


def changed(line: LogRow, **changes: Any) -> LogRow:
    return msgspec.structs.replace(line, **changes)


def found(row: CaseRow | None, log: list[LogRow], *named: tuple[int, bytes]) -> list[tuple[Any, ...]]:
    return [(one.seq, one.kind, one.no) for one in verify_case(row, log, named)]


NO = "TW-20260302-000001"


def test_a_case_that_agrees_has_no_findings() -> None:
    row, log = lived()
    assert found(row, log) == []
    assert found(row, log, (5, log[4].hash)) == []
    assert found(row, log, (3, log[2].hash)) == []


def test_a_changed_text_is_named_once_and_what_rests_on_it() -> None:
    row, log = lived()
    text = log[2].text.replace('"user":31', '"user":32')
    assert text != log[2].text
    assert found(row, [*log[:2], changed(log[2], text=text), *log[3:]]) == [(3, "hash", NO), (3, "columns", NO)]


@pytest.mark.parametrize(
    ("change", "kind"),
    [
        ({"algorithm": 1}, "algorithm"),
        ({"text": "{}"}, "text"),
        ({"text": "no JSON"}, "text"),
    ],
    ids=["algorithm", "no entry", "no JSON"],
)
def test_an_entry_that_cannot_be_judged_is_named(change: dict[str, Any], kind: str) -> None:
    row, log = lived()
    findings = found(row, [*log[:4], changed(log[4], **change)])
    assert findings[0] == (5, kind, NO)


def test_a_first_entry_that_cannot_be_read_leaves_nothing_to_fold() -> None:
    row, log = lived()
    assert found(row, [changed(log[0], text="{}"), *log[1:]]) == [(1, "text", NO)]


def test_a_first_entry_that_begins_no_case_is_named_also_where_every_hash_fits() -> None:
    row, log = lived()
    text = log[0].text.replace(f'"number":"{NO}",', "")
    forged = changed(log[0], text=text, hash=link(FIRST, text))
    assert found(row, [forged])[:2] == [(1, "beginning", NO)]


def test_a_gap_is_named_where_it_begins() -> None:
    row, log = lived()
    assert found(row, [*log[:3], log[4]])[0] == (5, "gap", NO)


def test_columns_beside_an_entry_must_be_those_of_its_text() -> None:
    row, log = lived()
    beside = {**log[1].columns, "actor_id": 7, "kind": "refused"}
    (one,) = verify_case(row, [log[0], changed(log[1], columns=beside), *log[2:]])
    assert (one.seq, one.kind) == (2, "columns")
    assert sorted(one.en.rpartition(": ")[2].split(", ")) == ["actor_id", "kind"]


def test_a_row_that_is_not_the_fold_is_named_by_its_fields() -> None:
    row, log = lived()
    assert row.state is not None
    state = msgspec.structs.replace(row.state, round=7, seq=4)
    (one,) = verify_case(msgspec.structs.replace(row, state=state), log)
    said = "the state differs from the fold of the log: seq, round"
    assert (one.seq, one.kind, one.no, one.en) == (5, "fold", NO, said)


def test_a_column_of_the_case_that_differs_is_named() -> None:
    row, log = lived()
    columns = {**row.columns, "status": "closed", "channel": "web"}
    (one,) = verify_case(msgspec.structs.replace(row, columns=columns), log)
    said = "columns of the case differ from its state: channel, status"
    assert (one.kind, one.no, one.en) == ("row", NO, said)


def test_the_last_hash_of_the_row_must_be_that_of_the_log() -> None:
    row, log = lived()
    assert found(msgspec.structs.replace(row, last_hash=OTHER_HASH), log) == [(5, "last-hash", NO)]


def test_a_row_without_log_and_a_log_without_row_are_named() -> None:
    row, log = lived()
    assert found(row, []) == [(None, "no-log", NO)]
    assert found(None, log) == [(None, "no-case", NO)]
    assert found(None, [changed(log[0], text="{}")]) == [(1, "text", ""), (None, "no-case", "")]


def test_an_entry_that_the_tree_names_and_that_is_missing_or_another_is_named() -> None:
    row, log = lived()
    assert (6, "cut", NO) in found(row, log, (6, OTHER_HASH))
    assert found(row, log, (4, OTHER_HASH)) == [(4, "named", NO)]


def ledger(change: Callable[[list[dict[str, Any]]], None]) -> list[Finding]:
    walk = Walk().report().accept().register().dispatch().receive()
    walk.do(AskExtension(reason="工程量大", reason_code="other", value=1), ROADS_MAN)
    rows = [application_columns_of(walk.now, one) for one in walk.now.applications]
    change(rows)
    return list(verify_ledger(CASE_ID, walk.now, rows))


def test_a_ledger_that_agrees_has_no_findings() -> None:
    assert ledger(lambda _: None) == []


def test_a_row_of_the_ledger_that_differs_is_missing_or_is_too_many_is_named() -> None:
    (differs,) = ledger(lambda rows: rows[0].update(reason="别的", late=True))
    assert (differs.kind, differs.no, differs.en) == (
        "ledger",
        NO,
        "the ledger of applications differs from the case: extension 1: late, reason",
    )
    (missing,) = ledger(lambda rows: rows.clear())
    assert missing.en.startswith("the ledger of applications differs from the case: extension 1: no, case_no")
    (more,) = ledger(lambda rows: rows.append({**rows[0], "no": 2}))
    assert (more.case, more.no) == (CASE_ID, NO)
    assert (more.case, more.en) == (CASE_ID, "the ledger of applications differs from the case: 2")


def test_every_entry_that_the_tree_names_is_looked_at() -> None:
    row, log = lived()
    named = [(one.seq, one.hash) for one in log]
    assert found(row, log, *named) == []
    assert found(row, log, (1, OTHER_HASH), *named[1:]) == [(1, "named", NO)]


def test_the_first_field_is_told_with_what_must_stand_there_and_what_does() -> None:
    row, log = lived()
    columns = {**row.columns, "status": "closed"}
    (one,) = verify_case(msgspec.structs.replace(row, columns=columns), log)
    assert (one.field, one.expected, one.found) == ("status", str(row.columns["status"]), "closed")
    (hashed,) = (one for one in verify_case(row, [changed(log[0], hash=OTHER_HASH), *log[1:]]) if one.seq == 1)
    assert (hashed.field, hashed.expected, hashed.found) == ("hash", log[0].hash.hex(), OTHER_HASH.hex())
    (last,) = verify_case(msgspec.structs.replace(row, last_hash=OTHER_HASH), log)
    assert (last.field, last.expected, last.found) == ("last_hash", log[-1].hash.hex(), OTHER_HASH.hex())


@pytest.mark.parametrize(
    ("kind", "zh", "en"),
    [
        ("unnamed", "末条未进存证树，变更标记被改动", "the last entry is in no tree: the mark of the change was bent"),
        ("missing", "存证树所载的案件不存在", "the case, which the signed tree names, does not exist"),
    ],
)
def test_what_only_the_whole_tree_shows_of_a_case_is_told(kind: str, zh: str, en: str) -> None:
    one = finding(kind, CASE_ID, no=NO)
    assert (one.zh, one.en) == (zh, en)


def test_a_state_that_cannot_be_read_differs_from_the_fold() -> None:
    row, log = lived()
    (one,) = verify_case(msgspec.structs.replace(row, state=None), log)
    assert one.kind == "fold"


def test_a_ledger_without_case_is_named_row_by_row() -> None:
    findings = list(verify_ledger(CASE_ID, None, [{"no": 1}, {"no": 2}]))
    assert [(one.no, one.kind) for one in findings] == [("", "ledger"), ("", "ledger")]
