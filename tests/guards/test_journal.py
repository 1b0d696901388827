"""Every table is under the journal, or is proven otherwise, or is no record; a new one has to say which."""

from __future__ import annotations

import pytest
from django.db import connection

from gezhi.plumbing.journal.reads import list_journal_registers

pytestmark = pytest.mark.django_db

PROVEN_OTHERWISE = {
    "cases_log_entry": "the case log has its own chains",
    "cases_case": "every column is read off the log and compared with it",
    "cases_application": "read off the state of the case and compared with it",
    "cases_dispatch": "read off the state of the case and compared with it",
    "cases_picture_use": "the log names every picture of every step; compared with it",
    "plumbing_journal": "the journal has its own chains",
    "proof_leaf": "the leaves are the tree",
    "proof_batch": "its leaves are in the tree",
    "proof_tile": "computed from the leaves",
    "proof_checkpoint": "signed, and handed to others",
    "proof_receipt": "signed by whoever received",
}
NO_RECORD = {
    "plumbing_register_version": "tells processes to read a register anew; the number stands in every entry of the log",
    "plumbing_announced_event": "the outbox: emptied when everybody has heard",
    "plumbing_used_key": "answers of requests that may be sent again; kept for a stated time",
    "plumbing_loop_beat": "when a loop was last round",
    "plumbing_clock_state": "when the clock was last found right; its releases are under the journal",
    "plumbing_picture_look": "computed from the files of pictures",
    "plumbing_picture_key": "computed from the files of pictures",
    "plumbing_same_picture": "computed from the files of pictures",
    "plumbing_picture_sent_again": "who may hand a picture in beside its first sender; swept with it",
    "people_user_session": "who is signed in where; ends by itself",
    "people_sign_in_failure": "counts wrong passwords for a while",
    "desks_case_reading": "who has which case before them; fades within a minute",
    "supervision_watch": "when the job looks next; can be emptied and fills itself again",
    "notices_notice": "what people were told; follows from the log",
    "notices_message": "what was sent to phones, with personal data; follows from the log and is erased",
    "cases_sought": "computed from what senders wrote, and erased with it",
    "imports_progress": "what a worker does now with an import",
    "imports_finding": "follows from a file and the registers; found anew by every check",
    "imports_change": "follows from a file and the registers; what was changed stands in the journal of each",
    "simulation_city": "marks a demo",
}
OF_OTHERS = ("auth_", "axes_", "django_", "procrastinate_")
"""Tables of Django, of the lock on sign-in and of the queue: sessions, jobs, attempts. Rights come from posts alone."""


def own_tables() -> set[str]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT tablename FROM pg_tables WHERE schemaname = 'public'")
        return {name for (name,) in cursor.fetchall() if not name.startswith(OF_OTHERS)}


def test_every_table_is_proven_or_says_why_not() -> None:
    under = {register.table for register in list_journal_registers()}
    assert own_tables() - under - PROVEN_OTHERWISE.keys() - NO_RECORD.keys() == set(), (
        "lay `under_journal` on it in its migration, or say here why not"
    )
    assert under & (PROVEN_OTHERWISE.keys() | NO_RECORD.keys()) == set()


def test_a_register_is_followed_by_all_three_triggers_and_never_emptied() -> None:
    with connection.cursor() as cursor:
        cursor.execute("""
            SELECT c.relname, count(*) FILTER (WHERE p.proname = 'plumbing_journal_write'),
                count(*) FILTER (WHERE t.tgname = c.relname || '_never_emptied')
            FROM pg_trigger t JOIN pg_class c ON c.oid = t.tgrelid JOIN pg_proc p ON p.oid = t.tgfoid
            GROUP BY c.relname HAVING bool_or(p.proname = 'plumbing_journal_write')
        """)
        triggers = {table: (journal, emptied) for table, journal, emptied in cursor.fetchall()}
    assert {table for table, numbers in triggers.items() if numbers != (3, 1)} == {"cases_report"}
    assert triggers["cases_report"] == (2, 1)  # the log says how a report began
    assert len(triggers) > 30
