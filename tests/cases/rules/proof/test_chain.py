"""The chain of a case, pinned by vectors: with another start value, order or text every log would read as forged."""

from __future__ import annotations

from hashlib import sha256
from uuid import UUID

from hypothesis import given
from hypothesis import strategies as st

from gezhi.cases.rules.entries import Entry, Step, Versions
from gezhi.cases.rules.entry_kinds import EntryKind
from gezhi.cases.rules.proof.chain import ALGORITHM, FIRST, entry_of, line_of, link, text_of
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


def test_the_first_entry_follows_thirty_two_zero_bytes() -> None:
    assert bytes(32) == FIRST
    assert link(FIRST, "").hex() == sha256(bytes(32)).hexdigest()
    assert link(FIRST, "格治").hex() == "77be5bff0a8733eebe7f0c4be38d521552105496afc03219f039ce4449e287a8"


def test_the_hash_before_comes_first_and_raw() -> None:
    before = link(FIRST, "a")
    assert link(before, "b") == sha256(before + b"b").digest()
    assert link(before, "b").hex() == "abccbe9b24d2bbd3aa1360d605147a841dd051130131c6929d6004e1ae4796e8"


def test_a_line_of_the_export_holds_the_text_as_it_is() -> None:
    assert ALGORITHM == 1
    assert (
        line_of(TEXT, "ab" * 32, 1) == b'{"algorithm":1,"hash":"' + b"ab" * 32 + b'","entry":' + TEXT.encode() + b"}\n"
    )


def test_an_entry_is_what_its_text_says_and_equal_entries_have_equal_texts() -> None:
    for entry in Walk.to(Status.CLOSED).entries:
        text = text_of(entry)
        assert entry_of(text) == entry
        assert text_of(entry_of(text)) == text


@given(st.integers(0, 10_000), st.integers(1, 255))
def test_any_changed_byte_changes_the_hash(place: int, change: int) -> None:
    text = text_of(Walk.to(Status.DISPATCHED).entries[-1]).encode()
    at_byte = place % len(text)
    changed = bytearray(text)
    changed[at_byte] ^= change
    assert sha256(FIRST + bytes(changed)).digest() != link(FIRST, text.decode())


def test_an_entry_hangs_on_the_one_before() -> None:
    first, second = (text_of(entry) for entry in Walk.to(Status.ACCEPTED).entries)
    chained = link(link(FIRST, first), second)
    assert chained != link(FIRST, second)
    assert chained == sha256(sha256(FIRST + first.encode()).digest() + second.encode()).digest()
