"""旁证核验: what lies beside the log and is judged by: senders' words and the use of pictures, compared with the log.

The log holds salted digests of the words, so that they can be erased; an erasure must stand in the journal.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence

import msgspec

from gezhi.cases.rules.commands import Sender
from gezhi.cases.rules.entries import Entry
from gezhi.cases.rules.entry_kinds import EntryKind
from gezhi.cases.rules.state import ReportRef
from gezhi.proof.rules.verify_log import Finding, finding

NOTHING = Sender(salt="")


class SentRow(msgspec.Struct, frozen=True):
    """What a sender wrote, with the contact as it was from an entry on: the one that brought the report, or one that
    corrected it (`corrected`: its number). An erased report has no salt.
    """

    report: str
    channel: str
    sent: int
    sender: Sender
    erased: bool
    corrected: int | None = None


def verify_reports(
    case: str, no: str, entries: Iterable[Entry], rows: Sequence[SentRow], erased: Collection[str]
) -> Iterator[Finding]:
    """`erased`: the reports of which the journal says that somebody erased them."""
    named = {
        (report.id, entry.seq if entry.step.kind is EntryKind.CONTACT_CORRECTED else None): (entry.seq, report)
        for entry in entries
        if (report := entry.step.report) is not None
    }
    for row in rows:
        seq, report = named.pop((row.report, row.corrected), (None, None))
        if report is None:
            yield finding("report", case, no=no, names=row.report)
            continue
        names = list(_differing(row, report, is_erased=row.report in erased))
        if names:
            yield finding("words", case, no=no, seq=seq, names=", ".join(names))
    for seq, report in named.values():
        # a report that came with a merged case is proven there, and an erased one has lost what its contact was
        if report.words is not None and report.id not in erased:
            yield finding("no-report", case, no=no, seq=seq)


def _differing(row: SentRow, report: ReportRef, *, is_erased: bool) -> Iterator[str]:
    if row.channel != report.channel:
        yield "channel"
    if row.sent != report.at:
        yield "sent_at"
    if row.sender.salt:
        if row.sender.digest != report.words:
            yield "words"
    elif report.words is not None and not (row.erased and row.sender == NOTHING and is_erased):
        yield "words"


def verify_use(case: str, no: str, entries: Iterable[Entry], used: Collection[tuple[str, int]]) -> Iterator[Finding]:
    """The pictures that are taken as used by a case are those that its log names, in the same entries."""
    named = {
        (sha, entry.seq) for entry in entries for sha in (*entry.step.before, *entry.step.after, *entry.step.proof)
    }
    for sha in sorted({sha for sha, _ in named.symmetric_difference(used)}):
        yield finding("use", case, no=no, names=sha[:12])
