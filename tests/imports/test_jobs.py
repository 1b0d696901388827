"""What goes wrong in the middle: a killed worker, a register that moves, two imports at once, a late error."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection

from gezhi.duties.models import DutyRow
from gezhi.imports import jobs
from gezhi.imports.models import RunProgress
from gezhi.people.models import Appointment, User
from gezhi.plumbing.journal.reads import list_journal_registers
from tests.fixtures import StatementCount
from tests.imports.conftest import Office

PEOPLE = "账号,姓名,岗位编码\nxiaolin,肖琳,acceptor\n"
FAILS_AT_THE_END = """
CREATE FUNCTION fail_at_the_end() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION 'no'; END $$;
CREATE TRIGGER fails BEFORE UPDATE ON imports_run FOR EACH ROW WHEN (NEW.state = 'done')
    EXECUTE FUNCTION fail_at_the_end();
"""
DUTIES = "类型,小类代码,责任单位\n事件,06010,enforcement\n"


def asked(office: Office, content: str = PEOPLE, kind: str = "people") -> dict[str, Any]:
    """Somebody has pressed the button; no worker has begun."""
    run = office.check(office.brought(kind, content))
    assert office.api.call("POST", f"/imports/{run['id']}/apply").json()["stage"] == "waiting"
    return run


def test_a_worker_that_was_killed_has_entered_nothing_and_the_run_says_so_and_can_be_done_again(
    office: Office,
) -> None:
    run = asked(office)
    RunProgress.objects.filter(run_id=run["id"]).update(begun_at="2026-12-01T00:00:00Z")
    jobs.apply(run["id"], office.attempt(run))
    left = office.look(run)
    assert (left["state"], left["failure"]["code"]) == ("failed", "imports.run.interrupted")
    assert not User.objects.filter(username="xiaolin").exists()
    assert office.apply(office.check(left))["state"] == "done"
    assert Appointment.objects.filter(user__username="xiaolin").count() == 1


def test_a_job_of_an_earlier_attempt_does_nothing(office: Office) -> None:
    run = asked(office)
    jobs.apply(run["id"], office.attempt(run) - 1)
    assert office.look(run)["state"] == "applying"
    assert not User.objects.filter(username="xiaolin").exists()


def test_of_two_imports_at_once_the_second_is_refused_when_the_first_has_moved_the_register(office: Office) -> None:
    first, second = asked(office), asked(office)
    for run in (first, second):
        jobs.apply(run["id"], office.attempt(run))
    assert office.look(first)["state"] == "done"
    late = office.look(second)
    assert (late["state"], late["failure"]["code"]) == ("failed", "imports.run.register-moved")
    assert User.objects.filter(username="xiaolin").count() == 1


def test_an_error_at_the_very_end_leaves_nothing(office: Office) -> None:
    run = asked(office)
    with connection.cursor() as cursor:
        cursor.execute(FAILS_AT_THE_END)
    jobs.apply(run["id"], office.attempt(run))
    assert office.look(run)["failure"]["code"] == "imports.run.broken"
    assert not User.objects.filter(username="xiaolin").exists()


def test_what_others_are_judged_by_is_imported_by_a_second_person(
    office: Office, sign_in: Callable[[str], Any]
) -> None:
    run = office.check(office.brought("duties", DUTIES))
    assert run["counts"]["changed"] == 1
    alone = office.api.call("POST", f"/imports/{run['id']}/apply")
    assert (alone.status_code, alone.json()["code"]) == (403, "imports.run.second-person")
    people = office.check(office.brought("people", PEOPLE))
    sign_in("sunping")
    assert office.look(run)["deeds"] == ["apply"]
    assert office.api.call("POST", f"/imports/{people['id']}/apply").json()["code"] == "imports.run.not-yours"
    assert office.bring("people", PEOPLE).status_code == 403
    assert office.apply(run)["state"] == "done"
    units = DutyRow.objects.filter(selector="06010", area_code="").order_by("valid_from")
    assert [row.unit.code for row in units] == ["sanitation", "enforcement"]


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"\xff\xfe\x00bad", "imports.lines.not-text"),
        (b"\n\n", "imports.lines.none"),
        (b"PK\x03\x04 no workbook", "plumbing.read-sheets.unreadable"),
        (b'a,"b\n', "founding.csv-rows.unreadable"),
    ],
)
def test_what_is_no_table_is_refused_with_a_reason(office: Office, content: bytes, code: str) -> None:
    refused = office.bring("people", content)
    assert (refused.status_code, refused.json()["code"]) == (422, code)


def test_the_list_of_imports_asks_the_database_as_often_for_many_as_for_one(
    office: Office, statement_count: StatementCount
) -> None:
    office.brought("people", PEOPLE)
    office.api.call("GET", "/imports")
    with statement_count() as one:
        office.api.call("GET", "/imports")
    for number in range(4):
        office.brought("people", f"{PEOPLE}{number}n,某人,\n")
    with statement_count() as many:
        assert len(office.api.call("GET", "/imports").json()["items"]) == 5
    assert many.total == one.total
    page = office.api.call("GET", "/imports?limit=2").json()
    rest = office.api.call("GET", f"/imports?limit=3&cursor={page['next_cursor']}").json()
    assert len({run["id"] for run in (*page["items"], *rest["items"])}) == 5


@pytest.mark.django_db
def test_who_imported_what_stands_in_the_journal() -> None:
    assert {"imports_run", "imports_file", "imports_kept_head"} <= {one.table for one in list_journal_registers()}
