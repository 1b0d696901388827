from __future__ import annotations

from typing import Any

import pytest

from gezhi.cases.rules import commands
from gezhi.cases.rules.applications.deciding import DecideApplication
from gezhi.cases.rules.applications.send_back import AskSendBack
from gezhi.cases.rules.clocks.clock import ClockKind
from gezhi.cases.rules.columns import (
    FIRST,
    GIVEN,
    LEDGER,
    LOG,
    MOVING,
    SENT,
    Column,
    Sent,
    columns_of,
    log_columns_of,
    values_of,
)
from gezhi.cases.rules.commands import Sender
from gezhi.cases.rules.stages import Status
from tests.cases.world import (
    DISPATCHER,
    MINUTE,
    PLACE,
    POWER,
    ROADS,
    ROADS_MAN,
    Walk,
)


def test_the_columns_are_read_off_the_state() -> None:
    walk = Walk.to(Status.REGISTERED).dispatch(ROADS, POWER).receive()
    columns = columns_of(walk.now)
    chosen = {
        name: columns[name] for name in ("status", "stage", "unit_id", "unit_ids", "former_unit_ids", "asking", "round")
    }
    assert chosen == {
        "status": "handling",
        "stage": 4,
        "unit_id": ROADS,
        "unit_ids": [ROADS, POWER],
        "former_unit_ids": [],
        "asking": None,
        "round": 1,
    }
    handling = walk.now.clock(ClockKind.HANDLING)
    assert handling is not None
    assert (columns["due_at"], columns["warn_at"]) == (handling.due, handling.warn)
    assert (columns["lon"], columns["lat"], columns["area_code"]) == (118.0, 36.0, PLACE.area)
    assert (columns["reported_by"], columns["collector_id"], columns["report_count"]) == (11, None, 1)
    walk.do(AskSendBack(reason="非本单位", reason_code="other"), ROADS_MAN)
    assert columns_of(walk.now)["asking"] == "send_back"
    walk.do(DecideApplication(granted=True, reason="属实"), DISPATCHER)
    columns = columns_of(walk.now)
    assert (columns["unit_id"], columns["unit_ids"], columns["former_unit_ids"]) == (None, [], [ROADS, POWER])


DECLARED = {
    "first": """
        no text, node text, channel text, complaint boolean, reported_at moment
    """,
    "moving": """
        status text, stage smallint, class_key text, row_key text, address text, lon double precision,
        lat double precision, h3 bigint, area_code text, unit_id bigint, last_unit_id bigint, unit_ids bigint[],
        working_ids bigint[],
        former_unit_ids bigint[], asking text, deciding text, supervision smallint, major smallint, difficulty text,
        ownerless_since moment, suspended_until moment, reported_by bigint, collector_id bigint, claimed_by bigint,
        round smallint, reopened smallint, report_count smallint, due_at moment, warn_at moment, next_due_at moment,
        handling_due_at moment, decision_due_at moment, decision_warn_at moment,
        handled_late boolean, exempt boolean, closed_at moment, picture text, seq integer
    """,
    "ledger": """
        no smallint, case_no text, class_key text, area_code text, kind text, unit_id bigint, asked_at moment,
        asked_by bigint, role text, organisation_id bigint, late boolean, times smallint, steps text[], deciding text,
        opinions jsonb, outcome text, ended_at moment, value integer, value_unit text, minutes integer,
        minutes_before integer, until_at moment,
        old_due_at moment, new_due_at moment, share integer, ceiling integer, above boolean, exempt boolean,
        shirking boolean, reason text, reason_code text, form_no text, pictures text[]
    """,
    "log": """
        kind text, command_id uuid, happened_at moment, recorded_at moment, actor_id bigint, post_id bigint,
        organisation_id bigint, node text
    """,
    "given": "no smallint, area_code text, unit_id bigint, dispatched_at moment",
    "sent": """
        id uuid, case_id uuid, channel text, description text, sender_no text, name text, phone text,
        wants_answer boolean, keep_secret boolean, by_call boolean, sent_at moment, salt hash
    """,
}


@pytest.mark.parametrize(
    ("columns", "declared"),
    [(FIRST, "first"), (MOVING, "moving"), (LEDGER, "ledger"), (GIVEN, "given"), (LOG, "log"), (SENT, "sent")],
    ids=[*DECLARED],
)
def test_every_column_has_its_place_and_its_type(columns: tuple[Column[Any], ...], declared: str) -> None:
    said = [one.strip() for one in " ".join(DECLARED[declared].split()).split(",")]
    assert [f"{column.name} {column.type}" for column in columns] == said


def test_what_nobody_owns_says_why_and_since_when_and_what_waits_says_for_whom() -> None:
    unowned = Walk.to(Status.UNOWNED)
    columns = columns_of(unowned.now)
    assert (columns["difficulty"], columns["ownerless_since"]) == ("unowned", unowned.moment)
    suspended = Walk.to(Status.SUSPENDED)
    assert columns_of(suspended.now)["suspended_until"] == suspended.now.applications[0].until
    task = Walk.to(Status.INSPECTING)
    assert columns_of(task.now)["collector_id"] == 13
    asked = Walk.to(Status.HANDLING).do(AskSendBack(reason="非本单位", reason_code="other"), ROADS_MAN)
    assert (columns_of(asked.now)["asking"], columns_of(asked.now)["deciding"]) == ("send_back", "dispatcher")


def test_beside_an_entry_stands_who_wrote_it_and_when() -> None:
    walk = Walk.to(Status.HANDLING)
    noticed = walk.moment
    entry = walk.do(commands.Note(text="已联系"), ROADS_MAN, happened=noticed).entries[-1]
    assert log_columns_of(entry, "370900") == {
        "kind": "noted",
        "command_id": walk.command_id(entry.seq),
        "happened_at": noticed,
        "recorded_at": noticed + MINUTE,
        "actor_id": ROADS_MAN.user_id,
        "post_id": ROADS_MAN.post_id,
        "organisation_id": ROADS,
        "node": "370900",
    }


def test_of_a_report_stands_apart_who_sent_it_and_what_they_wrote() -> None:
    sender = Sender(
        salt="5a" * 32, description="井盖坏了", sender_no="X1", name="王", phone="13900000000", wants_answer=True
    )
    report = Walk().call_in().now.reports[0]
    assert values_of(SENT, Sent("case", report, sender)) == {
        "id": "r1",
        "case_id": "case",
        "channel": "hotline",
        "description": "井盖坏了",
        "sender_no": "X1",
        "name": "王",
        "phone": "13900000000",
        "wants_answer": True,
        "keep_secret": False,
        "by_call": False,
        "sent_at": report.at,
        "salt": "5a" * 32,
    }
