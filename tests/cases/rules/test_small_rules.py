"""Chain, columns, lights, numbers, masking, queues, the row that a class gives a case."""

from __future__ import annotations

from datetime import date
from hashlib import sha256

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gezhi.calendars.rules.limits import Unit
from gezhi.cases.rules.applications.deciding import DecideApplication
from gezhi.cases.rules.applications.kinds import KINDS
from gezhi.cases.rules.applications.send_back import AskSendBack
from gezhi.cases.rules.available import available, expected, label_of, why_not
from gezhi.cases.rules.columns import columns_of
from gezhi.cases.rules.lights import Light, leading_clock, light_at
from gezhi.cases.rules.proof.chain import FIRST, entry_of, link, text_of
from gezhi.cases.rules.queues import QUEUES, queue_of, queues_of
from gezhi.cases.rules.stages import COMMANDS, FINAL, OPEN, Status, transitions_of
from gezhi.cases.rules.state import CaseState, ClockKind, Subject
from gezhi.cases.rules.steps.acceptance import ClassUnknown
from gezhi.cases.rules.steps.subject_of_class import subject_of
from gezhi.catalog.rules.catalog import RowOfAnotherClass, UnknownClass, UnknownRow
from gezhi.kernel.permissions import Role
from tests.cases.world import (
    ACCEPTOR,
    CATALOG,
    CLASS,
    DISPATCHER,
    DUTY_OFFICER,
    GAP_CLASS,
    HOUR,
    MINUTE,
    NAMELESS,
    OLD_CLASS,
    OTHER_CLASS,
    PLACE,
    POLICY,
    POWER,
    POWER_MAN,
    ROADS,
    ROADS_MAN,
    SUBJECT,
    TODAY,
    Walk,
    collector,
)

# chain


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


# columns


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
    walk.do(AskSendBack(reason="非本单位"), ROADS_MAN)
    assert columns_of(walk.now)["asking"] == "send_back"
    walk.do(DecideApplication(granted=True, reason="属实"), DISPATCHER)
    columns = columns_of(walk.now)
    assert (columns["unit_id"], columns["unit_ids"], columns["former_unit_ids"]) == (None, [], [ROADS, POWER])


# lights


@pytest.mark.parametrize(
    ("moment", "light"), [(99, "green"), (100, "yellow"), (199, "yellow"), (200, "yellow"), (201, "red")]
)
def test_green_to_the_warning_yellow_to_the_deadline_red_beyond(moment: int, light: str) -> None:
    assert light_at(200, 100, moment) is Light(light)


def test_no_clock_no_light() -> None:
    assert light_at(None, None, 1) is Light.NONE
    assert leading_clock(Walk.to(Status.CLOSED).now) is None


def test_the_list_shows_the_clock_that_is_due_first_and_never_the_whole_case() -> None:
    shown = leading_clock(Walk.to(Status.DISPATCHED).now)
    assert shown is not None
    assert shown.kind == ClockKind.RECEIPT
    shown = leading_clock(Walk.to(Status.HANDLING).now)
    assert shown is not None
    assert shown.kind == ClockKind.HANDLING


# queues


def test_every_key_is_there_once_and_leads_to_its_queue() -> None:
    assert len({queue.key for queue in QUEUES}) == len(QUEUES)
    assert all(queue_of(queue.key) is queue for queue in QUEUES)
    assert queue_of("nothing") is None


@pytest.mark.parametrize("status", sorted(OPEN))
def test_no_open_case_is_without_a_board_of_somebody_who_can_lead_it_on(status: Status) -> None:
    waiting = {role for queue in QUEUES for role in queue.roles if status in queue.statuses}
    onward = {
        role
        for word in (
            "accept",
            "register",
            "dispatch",
            "settle_owner",
            "receive",
            "hand_over",
            "resume",
            "confirm",
            "send_inspection",
            "close",
        )
        for row in transitions_of(word)
        if status in row.before
        for role in row.roles
    } or {Role.COLLECTOR}
    assert waiting & onward
    assert any(not queue.statuses and not queue.finished for queue in queues_of(Role.SUPERVISOR))


def test_a_desk_sees_its_queues_in_the_order_of_the_stages() -> None:
    assert [queue.key for queue in queues_of(Role.ACCEPTOR)] == [
        "reported",
        "verifying",
        "accepted",
        "to_decide",
        "to_inspect",
        "inspecting",
        "all_open",
        "finished",
    ]
    assert [queue.key for queue in queues_of(Role.COLLECTOR)] == ["my_verify", "my_inspect", "my_reports", "finished"]


# what may be done now


def test_the_likeliest_comes_first() -> None:
    call = Walk().call_in()
    assert available(call.now, ACCEPTOR, POLICY)[0] == "require_verification"
    assert "accept" not in available(call.now, ACCEPTOR, POLICY)
    assert available(call.verifying().verified(real=False).now, ACCEPTOR, POLICY)[0] == "refuse"
    assert available(Walk.to(Status.REPORTED).now, ACCEPTOR, POLICY)[0] == "accept"
    at_unit = {rule.word for rule in KINDS.values() if Status.DISPATCHED in rule.preset.statuses} - {"ask_void"}
    assert available(Walk.to(Status.DISPATCHED).now, ROADS_MAN, POLICY) == (
        "receive", *(word for word in COMMANDS if word in at_unit), "ask_void", "note",
    )  # fmt: skip
    assert available(Walk.to(Status.VERIFYING).now, collector(12), POLICY)[0] == "complete_verification"


def test_why_not_names_the_hindrance() -> None:
    call = Walk().call_in()
    assert (
        getattr(why_not("accept", call.now, ACCEPTOR, POLICY), "code", None) == "cases.acceptance.verification-needed"
    )
    assert getattr(why_not("accept", call.now, DISPATCHER, POLICY), "code", None) == "cases.stages.role-may-not"
    handling = Walk.to(Status.REGISTERED).dispatch(ROADS, POWER).receive().hand_over(POWER_MAN)
    assert (
        getattr(why_not("hand_over", handling.now, POWER_MAN, POLICY), "code", None)
        == "cases.handling.already-handed-over"
    )
    assert why_not("hand_over", handling.now, ROADS_MAN, POLICY) is None
    waiting = handling.do(AskSendBack(reason="非本单位"), ROADS_MAN)
    assert getattr(why_not("hand_over", waiting.now, ROADS_MAN, POLICY), "code", None) == "cases.asking.pending"
    assert available(waiting.now, DISPATCHER, POLICY)[0] == "decide_application"


@pytest.mark.parametrize("status", sorted(FINAL))
def test_a_final_case_offers_and_expects_nothing(status: Status) -> None:
    state: CaseState = Walk.to(status).now
    assert available(state, DUTY_OFFICER, POLICY) == expected(state) == ()


def test_the_button_says_where_a_case_is_given_back_to() -> None:
    assert label_of("give_back", Status.ACCEPTED) == ("退回受理", "Give back to acceptance")
    assert label_of("give_back", Status.REGISTERED) == ("退回立案", "Give back to registration")


# the row that a class gives a case


def test_the_limit_is_the_rows_at_the_level_of_the_area() -> None:
    assert subject_of(CATALOG, CLASS, f"{CLASS}-1", level="A", on=TODAY) == SUBJECT
    plain = subject_of(CATALOG, CLASS, f"{CLASS}-1", level=None, on=TODAY)
    assert (plain.limit, plain.unit, plain.closing, plain.gap) == (1, Unit.WORK_DAY, ("REPAIR", "CLEAN"), False)


def test_without_a_row_only_a_class_that_has_none_is_a_gap() -> None:
    assert subject_of(CATALOG, GAP_CLASS, None, level="A", on=TODAY) == Subject(class_key=GAP_CLASS, gap=True)
    assert subject_of(CATALOG, CLASS, None, level="A", on=TODAY) == Subject(class_key=CLASS)


def test_the_default_row_stands_in_for_a_class_without_rows_and_is_marked_as_a_gap() -> None:
    found = subject_of(CATALOG, GAP_CLASS, f"{GAP_CLASS}-0", level=None, on=TODAY)
    assert (found.gap, found.limit, found.unit) == (True, 1, Unit.WORK_DAY)


@pytest.mark.parametrize(
    ("class_key", "row_key", "problem"),
    [
        ("2013-part-9999", None, UnknownClass),
        (OLD_CLASS, f"{OLD_CLASS}-1", ClassUnknown),
        (NAMELESS, None, ClassUnknown),
        (CLASS, f"{OTHER_CLASS}-1", RowOfAnotherClass),
        (CLASS, f"{OLD_CLASS}-1", RowOfAnotherClass),
        (CLASS, f"{CLASS}-9", UnknownRow),
        (CLASS, f"{CLASS}-2", ClassUnknown),
        (CLASS, f"{CLASS}-0", ClassUnknown),
    ],
    ids=[
        "unknown",
        "edition",
        "nameless",
        "other-class",
        "other-edition",
        "no-row",
        "ended-row",
        "default-row-of-a-class-with-rows",
    ],
)
def test_a_wrong_class_or_row_is_refused(class_key: str, row_key: str | None, problem: type[Exception]) -> None:
    with pytest.raises(problem):
        subject_of(CATALOG, class_key, row_key, level=None, on=TODAY)


def test_a_row_that_has_ended_still_held_on_its_days() -> None:
    found = subject_of(CATALOG, CLASS, f"{CLASS}-2", level=None, on=date(2026, 1, 15))
    assert (found.limit, found.unit) == (2, Unit.URGENT_HOUR)
    assert HOUR == 60 * MINUTE
