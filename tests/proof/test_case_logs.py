"""Tampering with a case is found, entry by entry and field by field."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from uuid import UUID

import pytest
from django.db import connection, transaction

from gezhi.cases.rules.applications.extension import AskExtension
from gezhi.cases.rules.stages import Status
from gezhi.kernel.links import FIRST, link
from gezhi.plumbing.journal.reads import stream_journal
from gezhi.proof.queries.case_logs import Verification, verify_log
from gezhi.proof.queries.whole_log import stream_texts
from tests.cases.city import City

ERASE = """
UPDATE cases_report SET description = '', sender_no = '', name = '', phone = '', wants_answer = false, salt = NULL,
    erased_at = now()
"""
Execute = Callable[..., None]


@contextmanager
def tampering() -> Iterator[Execute]:
    """Somebody with the rights of the database's owner, past every trigger."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET LOCAL session_replication_role = replica")
        yield cursor.execute
        cursor.execute("SET LOCAL session_replication_role = DEFAULT")


def verified() -> Verification:
    return verify_log(iter(()), lambda _: None)


def found() -> list[tuple[str, int | None, str]]:
    return [(one.no, one.seq, one.kind) for one in verified().findings]


@pytest.fixture
def worked(city: City) -> UUID:
    """One case in the middle of its way, among others."""
    city.at(Status.CLOSED)
    case_id = city.at(Status.HANDLING)
    city.begin()
    return case_id


def test_an_untouched_log_agrees_to_the_last_field(city: City, worked: UUID) -> None:
    result = verified()
    assert (result.cases, result.entries, result.findings) == (3, 10 + 5 + 1, ())


CHANGE = "UPDATE cases_log_entry SET text = overlay(text PLACING '1' FROM {place}) WHERE case_id = %s AND seq = 3"


@pytest.mark.parametrize("digit", [0, 1, 5], ids="digit {}".format)
def test_a_changed_byte_names_the_case_and_the_entry(city: City, worked: UUID, digit: int) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT text FROM cases_log_entry WHERE case_id = %s AND seq = 3", [worked])
        (text,) = cursor.fetchone()
    places = [place for place, letter in enumerate(text, 1) if letter in "2345678"]
    with tampering() as execute:
        execute(CHANGE.format(place=places[digit]), [worked])
    findings = found()
    assert findings[0] == (city.state(worked).no, 3, "hash")


def test_a_text_that_is_no_entry_any_more_is_named(city: City, worked: UUID) -> None:
    with tampering() as execute:
        execute("UPDATE cases_log_entry SET text = '{}' WHERE case_id = %s AND seq = 2", [worked])
    assert (city.state(worked).no, 2, "text") in found()


@pytest.mark.parametrize(
    ("sql", "seq", "kind"),
    [
        ("UPDATE cases_log_entry SET actor_id = 1 WHERE case_id = %s AND seq = 2", 2, "columns"),
        ("UPDATE cases_log_entry SET recorded_at = now() WHERE case_id = %s AND seq = 2", 2, "columns"),
        ("UPDATE cases_case SET state = jsonb_set(state, '{round}', '7') WHERE id = %s", 5, "fold"),
        ("UPDATE cases_case SET status = 'closed' WHERE id = %s", None, "row"),
        ("UPDATE cases_case SET due_at = due_at + interval '1 hour' WHERE id = %s", None, "row"),
        ("UPDATE cases_case SET last_hash = '\\x00' WHERE id = %s", 5, "last-hash"),
        ("DELETE FROM cases_log_entry WHERE case_id = %s AND seq = 2", 3, "gap"),
    ],
    ids=["actor", "moment", "state", "status", "deadline", "last-hash", "gap"],
)
def test_every_other_change_of_log_or_row_is_named(
    city: City, worked: UUID, sql: str, seq: int | None, kind: str
) -> None:
    no = city.state(worked).no
    with tampering() as execute:
        execute(sql, [worked])
    assert (no, seq, kind) in found()


def test_a_case_without_log_and_a_log_without_case_are_named(city: City, worked: UUID) -> None:
    with tampering() as execute:
        execute("DELETE FROM cases_log_entry WHERE case_id = %s", [worked])
    no = city.state(worked).no
    assert found() == [(no, None, "no-log"), (no, None, "report"), (no, None, "use")]


def test_the_export_holds_every_entry_with_its_hash(city: City, worked: UUID) -> None:
    lines = list(stream_texts())
    assert len(lines) == verified().entries
    own = [(text, digest, algorithm) for text, digest, algorithm in lines if f'"case":"{worked}"' in text]
    previous = FIRST
    for text, digest, algorithm in own:
        previous = link(previous, text)
        assert (previous.hex(), algorithm) == (digest, 2)
    assert len(own) == 5


def asked(city: City) -> UUID:
    """A case whose unit has asked for more time."""
    case_id = city.at(Status.HANDLING)
    leading = city.state(case_id).leading
    assert leading is not None
    command = AskExtension(reason="地下管线未交底", reason_code="other", value=1, pictures=(city.picture(),))
    city.do(case_id, command, city.handler_of(leading.unit))
    return case_id


@pytest.mark.parametrize(
    "change",
    [
        "UPDATE cases_application SET reason = '其他'",
        "UPDATE cases_application SET outcome = 'granted'",
        "DELETE FROM cases_application",
    ],
)
def test_a_ledger_that_differs_from_the_log_is_named(city: City, change: str) -> None:
    no = city.state(asked(city)).no
    assert verified().findings == ()
    with connection.cursor() as cursor:
        cursor.execute(change)
    assert [(kind, number) for number, _, kind in found()] == [("ledger", no)]


def test_a_row_of_the_ledger_without_a_case_is_named(city: City) -> None:
    case_id = asked(city)
    with tampering() as execute:
        execute("UPDATE cases_application SET case_id = %s", [UUID(int=case_id.int + 1)])
    assert [kind for _, _, kind in found()] == ["ledger", "ledger"]


@pytest.mark.parametrize(
    ("change", "kind"),
    [
        ("UPDATE cases_report SET description = '路边没有垃圾'", "words"),
        ("UPDATE cases_report SET keep_secret = NOT keep_secret", "words"),
        ("DELETE FROM cases_report", "no-report"),
        ("UPDATE cases_report SET id = gen_random_uuid()", "report"),
        ("DELETE FROM cases_picture_use", "use"),
        ("UPDATE cases_picture_use SET sha256 = repeat('f', 64)", "use"),
        ("UPDATE cases_picture_use SET case_id = gen_random_uuid()", "use"),
        ("UPDATE cases_picture_use SET seq = seq + 1", "use"),
        (ERASE, "words"),
    ],
    ids=[
        *("words", "secret", "deleted", "another report"),
        *("use deleted", "another picture", "another case", "another entry", "erased"),
    ],
)
def test_words_and_pictures_beside_the_log_that_were_changed_behind_its_back_are_named(
    city: City, change: str, kind: str
) -> None:
    city.begin()
    assert verified().findings == ()
    with tampering() as execute:
        execute(change)
    assert kind in {one.kind for one in verified().findings}


def test_words_that_were_erased_openly_agree_and_the_journal_says_who_did_it(city: City) -> None:
    city.begin()
    with connection.cursor() as cursor:
        cursor.execute(ERASE)
    assert verified().findings == ()
    (line,) = [line for line in stream_journal() if line.register == "cases_report"]
    assert line.op == "update"
    assert "王小明" not in line.text
