"""Kinds of entries: every kind has its row, and no other word is written or read."""

from __future__ import annotations

import msgspec
import pytest

from gezhi.cases.rules.entries import Entry, Step, entry_of, text_of
from gezhi.cases.rules.entry_kinds import EntryKind
from gezhi.cases.rules.stages import Status
from gezhi.cases.rules.state import CaseState
from tests.cases.world import ACCEPTOR, Walk


@pytest.mark.parametrize("kind", EntryKind)
def test_every_kind_has_a_row_with_its_title_in_both_languages(kind: EntryKind) -> None:
    assert kind.zh
    assert kind.en
    assert kind.name == kind.value.upper()


def test_the_moments_that_kinds_set_are_fields_of_the_case() -> None:
    assert {kind.moment for kind in EntryKind if kind.moment} == {"accepted", "registered", "closed"}
    assert {"accepted", "registered", "closed"} < set(CaseState.__struct_fields__)


def test_a_remark_sets_no_moment() -> None:
    assert [kind for kind in EntryKind if kind.is_remark and kind.moment] == []


def test_an_entry_of_an_unknown_kind_is_not_read() -> None:
    text = text_of(Walk().report().entries[0])
    assert isinstance(entry_of(text), Entry)
    with pytest.raises(msgspec.ValidationError):
        entry_of(text.replace('"kind":"reported"', '"kind":"rumoured"'))


def test_an_entry_of_an_unknown_kind_is_not_written() -> None:
    rumour = Step(kind="rumoured", status=Status.REPORTED)  # type: ignore[arg-type]
    with pytest.raises(msgspec.ValidationError):
        Walk().report().append(rumour, "note", ACCEPTOR)


def test_what_was_seen_before_these_is_still_good_to_act_on() -> None:
    assert {kind.value for kind in EntryKind if kind.is_remark} == {
        *(
            "report_added",
            "contact_corrected",
            "told_by_call",
            "noted",
            "reminded",
            "found_missed",
            "clock_ran_out",
            "deadlines_recomputed",
        ),
        "missed_withdrawn",
        *("supervised", "supervision_answered", "supervision_lifted"),
        *("major_listed", "major_reported", "major_changed"),
    }
    assert {kind.value: kind.moment for kind in EntryKind if kind.moment} == {
        "accepted": "accepted",
        "registered": "registered",
        "closed": "closed",
    }
