"""Words and pictures beside the log are found when they differ; an erasure is good where the journal knows it."""

from __future__ import annotations

from typing import Any

import msgspec
import pytest

from gezhi.cases.rules import commands
from gezhi.cases.rules.applications.suspension import Resume
from gezhi.cases.rules.commands import Sender
from gezhi.cases.rules.entries import Entry
from gezhi.cases.rules.stages import Status
from gezhi.cases.rules.state import ReportRef
from gezhi.proof.rules.verify_beside import NOTHING, SentRow, verify_reports, verify_use
from tests.cases.world import ACCEPTOR, CASE_ID, HOUR, ROADS_MAN, Walk

SENDER = Sender(salt="5a" * 32, description="井盖坏了", name="王", phone="13900000000", wants_answer=True)


def reported() -> tuple[list[Entry], SentRow]:
    walk = Walk().report(words=SENDER.digest)
    report = walk.now.reports[0]
    return walk.entries, SentRow(report.id, report.channel, report.at, SENDER, erased=False)


def found(entries: list[Entry], *rows: SentRow, erased: tuple[str, ...] = ()) -> list[tuple[str, str]]:
    findings = verify_reports(CASE_ID, "TW", entries, rows, erased)
    return [(one.kind, one.en.rpartition(": ")[2]) for one in findings]


def test_the_words_that_were_sent_agree() -> None:
    entries, row = reported()
    assert found(entries, row) == []


@pytest.mark.parametrize(
    "change",
    [{"description": "井盖好了"}, {"keep_secret": True}, {"wants_answer": False}, {"phone": ""}, {"salt": "00" * 32}],
    ids=lambda change: next(iter(change)),
)
def test_a_changed_word_a_turned_flag_and_another_salt_are_found(change: dict[str, Any]) -> None:
    entries, row = reported()
    sender = msgspec.structs.replace(SENDER, **change)
    assert found(entries, msgspec.structs.replace(row, sender=sender)) == [("words", "words")]


def test_another_channel_and_another_moment_are_named() -> None:
    entries, row = reported()
    changed = msgspec.structs.replace(row, channel="web", sent=row.sent + 1)
    assert found(entries, changed) == [("words", "channel, sent_at")]


def test_a_report_that_is_gone_and_one_that_was_never_sent_are_found() -> None:
    entries, row = reported()
    assert [kind for kind, _ in found(entries)] == ["no-report"]
    assert found(entries, row, msgspec.structs.replace(row, report="r9")) == [("report", "r9")]


@pytest.mark.parametrize(
    ("change", "known", "good"),
    [
        ({"sender": NOTHING, "erased": True}, True, True),
        ({"sender": NOTHING, "erased": True}, False, False),
        ({"sender": NOTHING}, True, False),
        ({"sender": Sender(salt="", description="别的"), "erased": True}, True, False),
    ],
    ids=["in the journal", "behind its back", "without its moment", "words left"],
)
def test_erased_words_are_good_only_as_the_journal_knows_them(change: dict[str, Any], known: bool, good: bool) -> None:
    entries, row = reported()
    findings = found(entries, msgspec.structs.replace(row, **change), erased=(row.report,) if known else ())
    assert findings == ([] if good else [("words", "words")])


def test_a_report_of_a_merged_case_is_proven_in_the_log_where_it_was_sent() -> None:
    walk = Walk().report(words=SENDER.digest)
    moved = ReportRef("r9", "hotline", walk.moment - HOUR, words="00" * 32)
    walk.do(commands.AddReport(report_id="r9", channel="hotline", moved=moved), ACCEPTOR)
    assert walk.now.reports[1].words is None
    assert found(walk.entries, reported()[1]) == []


def test_the_use_of_a_picture_that_the_log_does_not_name_or_that_is_gone_is_found() -> None:
    walk = Walk().report()
    (picture,) = walk.now.before
    assert list(verify_use(CASE_ID, "TW", walk.entries, [(picture, 1)])) == []
    for used in ([], [(picture, 1), ("ff" * 32, 1)], [("ff" * 32, 1)], [(picture, 2)]):
        assert {one.kind for one in verify_use(CASE_ID, "TW", walk.entries, used)} == {"use"}


def test_pictures_before_and_after_and_those_that_prove_a_reason_are_all_in_use() -> None:
    walk = Walk.to(Status.SUSPENDED).do(Resume(reason="汛期已过"), ROADS_MAN).hand_over()
    used = [(f"{1:064x}", 1), (f"{2:064x}", 6), (f"{3:064x}", walk.now.seq)]
    assert list(verify_use(CASE_ID, "TW", walk.entries, used)) == []
    gone = verify_use(CASE_ID, "TW", walk.entries, [])
    assert [one.en.rpartition(": ")[2] for one in gone] == [sha[:12] for sha, _ in used]


def test_a_finding_names_case_number_and_entry() -> None:
    entries, row = reported()
    of_rows = [
        *verify_reports(CASE_ID, "TW", entries, [msgspec.structs.replace(row, channel="web")], ()),
        *verify_reports(CASE_ID, "TW", entries, [], ()),
        *verify_reports(CASE_ID, "TW", [], [row], ()),
        *verify_use(CASE_ID, "TW", entries, []),
    ]
    assert [(one.kind, one.case, one.no, one.seq) for one in of_rows] == [
        ("words", CASE_ID, "TW", 1),
        ("no-report", CASE_ID, "TW", 1),
        ("report", CASE_ID, "TW", None),
        ("use", CASE_ID, "TW", None),
    ]


def test_each_contact_is_compared_with_the_entry_that_it_stands_in() -> None:
    entries, first = reported()
    later = msgspec.structs.replace(SENDER, salt="77" * 32, phone="13900005678")
    walk = Walk().report(words=SENDER.digest)
    command = commands.CorrectContact(report_id=first.report, reason="听错", reachable=True)
    entries = walk.do(command, ACCEPTOR, words=later.digest).entries
    second = msgspec.structs.replace(first, sender=later, corrected=2)
    assert found(entries, first, second) == []
    assert [kind for kind, _ in found(entries, first)] == ["no-report"]
    assert found(entries, first, msgspec.structs.replace(second, sender=SENDER)) == [("words", "words")]
    other = msgspec.structs.replace(second, corrected=3)
    assert [kind for kind, _ in found(entries, first, second, other)] == ["report"]
    gone = msgspec.structs.replace(first, sender=NOTHING, erased=True)
    assert found(entries, gone, erased=(first.report,)) == []
