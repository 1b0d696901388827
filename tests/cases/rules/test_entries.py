"""The text of an entry, pinned letter by letter: with another order or spelling every log would read as forged."""

from __future__ import annotations

from uuid import UUID

from gezhi.cases.rules.entries import Entry, Step, Versions, entry_of, line_of, text_of
from gezhi.cases.rules.entry_kinds import EntryKind
from gezhi.cases.rules.stages import Status
from gezhi.kernel.permissions import Role
from tests.cases.world import Walk

NOTE = Entry(
    case=str(UUID(int=1)),
    seq=2,
    command="note",
    command_id=str(UUID(int=2)),
    happened=1_772_413_200,
    recorded=1_772_413_201,
    user=21,
    post=1021,
    role=Role.ACCEPTOR,
    organisation=100,
    versions=Versions(catalog=7),
    step=Step(kind=EntryKind.NOTED, status=Status.REPORTED, text='井盖 "3"'),
)
TEXT = (
    '{"case":"00000000-0000-0000-0000-000000000001","seq":2,"command":"note",'
    '"command_id":"00000000-0000-0000-0000-000000000002","happened":1772413200,"recorded":1772413201,"user":21,'
    '"post":1021,"role":"acceptor","organisation":100,"versions":{"catalog":7},'
    '"step":{"kind":"noted","status":"reported","text":"井盖 \\"3\\""}}'
)


def test_the_text_of_an_entry_is_pinned_letter_by_letter() -> None:
    assert text_of(NOTE) == TEXT
    assert entry_of(TEXT) == NOTE


def test_a_line_of_the_export_holds_the_text_as_it_is() -> None:
    line = b'{"algorithm":2,"hash":"' + b"ab" * 32 + b'","entry":' + TEXT.encode() + b"}\n"
    assert line_of(TEXT, "ab" * 32, 2) == line


def test_an_entry_is_what_its_text_says_and_equal_entries_have_equal_texts() -> None:
    for entry in Walk.to(Status.CLOSED).entries:
        text = text_of(entry)
        assert entry_of(text) == entry
        assert text_of(entry_of(text)) == text


def test_of_a_register_in_which_nothing_was_ever_entered_the_version_is_nought() -> None:
    assert {name: getattr(Versions(), name) for name in Versions.__struct_fields__} == dict.fromkeys(
        ("catalog", "calendars", "duties", "levels", "policy", "matrix", "ground", "people"), 0
    )
