"""Cases worked through the one writer on a real PostgreSQL, in the invented city."""

from __future__ import annotations

from typing import Any
from uuid import UUID

import msgspec
import pytest
from django.db import IntegrityError, connection, transaction

from gezhi.cases.queries.case_page import list_entries
from gezhi.cases.queries.registers import REGISTERS
from gezhi.cases.rules import commands
from gezhi.cases.rules.clocks.clock import ClockKind
from gezhi.cases.rules.entries import Charge, Result
from gezhi.cases.rules.stages import Status
from gezhi.kernel.links import FIRST, link
from gezhi.kernel.permissions import Actor, Role
from gezhi.people.queries import on_shift
from gezhi.plumbing.clock_guard.verdict import ClockDiffers
from gezhi.plumbing.models import AnnouncedEvent
from gezhi.plumbing.models import Picture as StoredPicture
from gezhi.plumbing.versions import _numbers, bump
from gezhi.proof.queries.case_logs import verify_log
from tests.cases.city import LITTER, LITTER_ROW, ROAD, ROAD_ROW, SYSTEM, City
from tests.fixtures import StatementCount

COVER = "2026-matter-01001"  # of another major class than litter and roads


def rows(sql: str, *values: Any) -> list[tuple[object, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(sql, values)
        return list(cursor.fetchall())


def kinds(case_id: UUID) -> list[str]:
    return [entry.step.kind for entry in list_entries(case_id)]


def code_of(outcome: object) -> str | None:
    problem = getattr(outcome, "problem", None)
    return problem.code if problem is not None else None


def test_one_case_goes_through_all_seven_stages_with_a_failed_inspection(city: City) -> None:
    case_id = city.begin(city.call(class_key=LITTER), city.actor(Role.ACCEPTOR))
    city.do(case_id, commands.RequireVerification(), city.actor(Role.ACCEPTOR))
    city.lead(case_id, Status.INSPECTING)
    state = city.state(case_id)
    failed = tuple(Result(code, passed=False) for code in state.subject.closing)
    assert state.open_task is not None
    inspector = next(man for man in city.people(Role.COLLECTOR) if man.user_id == state.open_task.collector)
    city.do(case_id, commands.CompleteInspection(results=failed, **city.seen(state)), inspector)
    city.do(case_id, commands.Dispatch(unit_id=city.state(case_id).rework_unit or 0), city.actor(Role.DISPATCHER))
    city.lead(case_id, Status.CLOSED)
    assert kinds(case_id) == [
        "reported",
        "verification_required",
        "verification_completed",
        "accepted",
        "registered",
        *["dispatched", "received", "handed_over", "confirmed", "inspection_sent"],
        "inspection_failed",
        *["dispatched", "received", "handed_over", "confirmed", "inspection_sent"],
        "inspection_passed",
        "closed",
    ]
    state = city.state(case_id)
    assert (state.round, state.closing_kind, state.node) == (2, "normal", "990100")
    assert [part.end for part in state.assignments] == ["failed", "passed"]
    assert state.reports[0].answered == city.clock()
    assert verify_log(iter(()), lambda _: None).findings == ()


def test_what_was_decided_stands_in_row_log_reports_pictures_and_events(city: City) -> None:
    case_id = city.begin()
    (row,) = rows(
        "SELECT no, node, status, stage, channel, complaint, class_key, area_code, report_count, seq FROM cases_case"
    )
    assert row == (row[0], "990100", "reported", 1, "collector", False, LITTER, city.spot().code, 1, 1)
    assert str(row[0]).startswith("YT-20260302-")
    ((text, digest, algorithm),) = rows("SELECT text, hash, algorithm FROM cases_log_entry")
    assert (bytes(digest), algorithm) == (link(FIRST, str(text)), 2)  # type: ignore[call-overload]
    assert rows("SELECT name, phone, description FROM cases_report") == [("王小明", "13800001234", "路边有一堆垃圾")]
    assert "王小明" not in str(text)
    assert "13800001234" not in str(text)
    ((sha, user),) = rows("SELECT sha256, case_id FROM cases_picture_use")
    assert (user, StoredPicture.objects.get(sha256=sha).is_kept) == (case_id, True)
    event = AnnouncedEvent.objects.get(topic="cases.reported")
    assert (event.key, event.payload) == (str(case_id), {"seq": 1})


def test_the_level_of_the_area_and_the_citys_own_stage_limits_count(city: City) -> None:
    """Litter in an area of level A: two office hours; acceptance in ten minutes; yellow from 70 %."""
    state = city.state(city.at(Status.DISPATCHED))
    assert (state.place.level, state.subject.limit, state.subject.unit) == ("A", 2, "work_hour")
    by_kind = {str(clock.kind): clock for clock in state.clocks}
    assert by_kind["handling"].due - by_kind["handling"].since == 7_200  # type: ignore[operator]
    assert by_kind["acceptance"].limit == 600
    assert by_kind["acceptance"].warn - state.reported == 420


def test_an_entry_names_the_version_of_every_register_and_only_the_changed_one_moves(city: City) -> None:
    case_id = city.begin()
    before = list_entries(case_id)[-1].versions
    numbers = msgspec.structs.asdict(before)
    assert set(numbers) == set(REGISTERS)
    assert min(numbers.values()) > 0
    for name, register in REGISTERS.items():
        number = bump(register)
        city.do(case_id, commands.Note(text="备注"), city.actor(Role.ACCEPTOR))
        after = list_entries(case_id)[-1].versions
        assert after == msgspec.structs.replace(before, **{name: number})
        before = after


def test_the_same_command_sent_again_is_answered_as_before_and_written_once(city: City) -> None:
    first = city.submission(city.reported(), city.collector())
    (begun,) = city.perform(first)
    again = msgspec.structs.replace(first, case_id=city.ids())
    (replayed,) = city.perform(again)
    assert (replayed.replayed, replayed.case_id, replayed.state) == (True, begun.case_id, begun.state)
    accept = city.submission(
        commands.Accept(class_key=LITTER, row_key=LITTER_ROW), city.actor(Role.ACCEPTOR), begun.case_id, seen_seq=1
    )
    (accepted,) = city.perform(accept)
    city.do(begun.case_id, commands.Register(), city.actor(Role.DUTY_OFFICER))
    (later,) = city.perform(accept)
    assert (accepted.replayed, later.replayed, later.problem) == (False, True, None)
    assert kinds(begun.case_id) == ["reported", "accepted", "registered"]
    assert len(rows("SELECT id FROM cases_case")) == 1


def test_the_same_command_twice_in_one_batch_is_written_once(city: City) -> None:
    first = city.submission(city.reported(), city.collector())
    begun, again = city.perform(first, msgspec.structs.replace(first, case_id=city.ids()))
    assert (again.replayed, again.case_id) == (True, begun.case_id)
    note = city.submission(commands.Note(text="已联系"), city.actor(Role.ACCEPTOR), begun.case_id)
    said, repeated = city.perform(note, note)
    assert (said.replayed, repeated.replayed) == (False, True)
    assert kinds(begun.case_id) == ["reported", "noted"]


def test_a_refused_command_leaves_the_others_of_its_batch_alone(city: City) -> None:
    good, bad, other = (city.begin() for _ in range(3))
    accept = commands.Accept(class_key=LITTER, row_key=LITTER_ROW)
    acceptor = city.actor(Role.ACCEPTOR)
    outcomes = city.perform(
        city.submission(accept, acceptor, good),
        city.submission(commands.Register(), acceptor, bad),
        city.submission(commands.Accept(class_key="2013-part-0101"), acceptor, bad),
        city.submission(accept, acceptor, UUID(int=9)),
        city.submission(accept, acceptor, other),
    )
    assert [code_of(outcome) for outcome in outcomes] == [
        None,
        "cases.stages.not-in-this-status",
        "catalog.catalog.unknown-class",
        "kernel.not-found",
        None,
    ]
    assert [city.state(one).status for one in (good, bad, other)] == ["accepted", "reported", "accepted"]
    assert kinds(bad) == ["reported"]


def test_several_commands_for_one_case_in_one_batch_follow_one_another(city: City) -> None:
    case_id, acceptor = city.begin(), city.actor(Role.ACCEPTOR)
    city.perform(
        city.submission(commands.Note(text="一"), acceptor, case_id),
        city.submission(commands.Accept(class_key=LITTER, row_key=LITTER_ROW), acceptor, case_id),
        city.submission(commands.Register(), city.actor(Role.DUTY_OFFICER), case_id),
    )
    assert kinds(case_id) == ["reported", "noted", "accepted", "registered"]
    assert verify_log(iter(()), lambda _: None).findings == ()


def test_a_picture_is_evidence_once_also_within_one_batch(city: City) -> None:
    sha = city.picture()
    first = city.submission(city.reported(pictures=(sha,)), city.collector())
    second = city.submission(city.reported(pictures=(sha,)), city.collector())
    third = city.submission(city.reported(), city.collector())
    outcomes = city.perform(first, second, third)
    assert [code_of(outcome) for outcome in outcomes] == [None, "cases.evidence.picture-used", None]
    (later,) = city.perform(city.submission(city.reported(pictures=(sha,)), city.collector()))
    assert code_of(later) == "cases.evidence.picture-used"
    (unknown,) = city.perform(city.submission(city.reported(pictures=("f" * 64,)), city.collector()))
    assert code_of(unknown) == "cases.evidence.picture-unknown"


def test_likely_duplicates_are_found_by_class_place_and_time(city: City) -> None:
    first = city.begin()
    near = city.reported(lon=city.reported().lon + 3_000, pictures=(city.picture(),))
    assert list_entries(city.begin(near))[0].step.duplicates == (str(first),)
    cover = city.begin(city.reported(class_key=COVER, row_key=f"{COVER}-1"))
    assert list_entries(cover)[0].step.duplicates == ()
    far = city.reported(city.spot(number=40))
    assert list_entries(city.begin(far))[0].step.duplicates == ()
    city.clock.advance(25 * 3_600)
    assert list_entries(city.begin())[0].step.duplicates == ()


def test_a_near_class_and_a_report_without_class_are_looked_at_too_and_the_same_class_comes_first(city: City) -> None:
    litter, nameless = city.begin(), city.begin(city.call(), city.actor(Role.ACCEPTOR))
    assert list_entries(nameless)[0].step.duplicates == (str(litter),)
    road = city.begin(city.reported(class_key=ROAD, row_key=ROAD_ROW))
    assert set(list_entries(road)[0].step.duplicates) == {str(nameless), str(litter)}
    assert list_entries(city.begin())[0].step.duplicates[0] == str(litter)


def test_likely_duplicates_within_one_batch_are_found_too(city: City) -> None:
    one, two = (city.submission(city.reported(), city.collector()) for _ in range(2))
    first, second = city.perform(one, two)
    assert first.step is not None
    assert second.step is not None
    assert (first.step.duplicates, second.step.duplicates) == ((), (str(one.case_id),))


def test_a_batch_is_searched_for_what_each_report_alone_would_find(city: City) -> None:
    older, newer = city.begin(), city.begin()
    far = city.reported(city.spot(number=40))
    one, two = (city.submission(report, city.collector()) for report in (city.reported(), far))
    near, alone = city.perform(one, two)
    assert near.step is not None
    assert alone.step is not None
    assert list_entries(newer)[0].step.duplicates == (str(older),)
    assert (set(near.step.duplicates), alone.step.duplicates) == ({str(older), str(newer)}, ())


def test_a_merged_case_hands_its_reports_to_the_one_that_goes_on(city: City) -> None:
    goes_on = city.begin()
    merged = city.begin(city.call(), city.actor(Role.ACCEPTOR))
    city.do(
        merged, commands.Merge(into=str(goes_on), reason="同一堆垃圾", reason_code="other"), city.actor(Role.ACCEPTOR)
    )
    assert (city.state(merged).status, city.state(merged).merged_into) == (Status.MERGED, str(goes_on))
    reports = city.state(goes_on).reports
    assert [report.channel for report in reports] == ["collector", "hotline"]
    assert [
        msgspec.structs.replace(one, answered=None, words=None, came_from=str(merged))
        for one in city.state(merged).reports
    ] == list(reports[1:])
    assert kinds(goes_on) == ["reported", "report_added"]
    assert rows("SELECT report_count FROM cases_case WHERE id = %s", goes_on) == [(2,)]
    city.lead(goes_on, Status.CLOSED)
    assert [answer.report for answer in list_entries(goes_on)[-1].step.answers] == [report.id for report in reports]
    assert verify_log(iter(()), lambda _: None).findings == ()


def test_after_registration_a_merged_case_brings_senders_and_pictures_and_its_unit_is_rid_of_it(city: City) -> None:
    goes_on, merged = city.at(Status.DISPATCHED), city.at(Status.HANDLING)
    before = city.state(merged).before
    unit = city.state(merged).assignments[0].unit
    officer = city.actor(Role.DUTY_OFFICER)
    city.do(merged, commands.Merge(into=str(goes_on), reason="同一堆垃圾", reason_code="other"), officer)
    state = city.state(goes_on)
    assert [report.came_from for report in state.reports] == [None, str(merged)]
    assert state.before[-len(before) :] == before
    assert [(part.unit, part.end) for part in city.state(merged).assignments] == [(unit, "merged")]
    assert city.state(merged).status is Status.MERGED
    with connection.cursor() as cursor:
        cursor.execute("SELECT unit_ids FROM cases_case WHERE id = %s", [merged])
        assert cursor.fetchone() == ([],)


def test_a_merge_sent_again_adds_no_report(city: City) -> None:
    goes_on, merged = city.begin(), city.begin(city.call(), city.actor(Role.ACCEPTOR))
    merge = city.submission(
        commands.Merge(into=str(goes_on), reason="重复", reason_code="other"), city.actor(Role.ACCEPTOR), merged
    )
    assert [outcome.replayed for _ in range(2) for outcome in city.perform(merge)] == [False, True]
    assert len(city.state(goes_on).reports) == 2


@pytest.mark.parametrize("sql", ["UPDATE cases_log_entry SET kind = 'x'", "DELETE FROM cases_log_entry"])
def test_the_log_refuses_to_be_changed(city: City, sql: str) -> None:
    case_id = city.begin()
    with pytest.raises(IntegrityError, match="append-only"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(sql)
    assert kinds(case_id) == ["reported"]


def test_an_address_amended_on_a_filled_gap_keeps_its_limit(city: City) -> None:
    """A class without rows, filled by the duty officer; then only the address is put right."""
    from gezhi.catalog.queries import held_catalog

    gap = held_catalog().gaps("2026")[0].key
    case_id = city.begin(city.reported(class_key=gap, row_key=None))
    city.do(case_id, commands.Accept(class_key=gap), city.actor(Role.ACCEPTOR))
    filled = commands.Register(limit=2, unit="work_day", closing=("REPAIR",), reason="参照同类")
    city.do(case_id, filled, city.actor(Role.DUTY_OFFICER))
    before = city.state(case_id).subject
    city.do(case_id, commands.Amend(reason="门牌更正", address="鹭桥路 3 号"), city.actor(Role.DUTY_OFFICER))
    assert (city.state(case_id).subject, city.state(case_id).place.address) == (before, "鹭桥路 3 号")
    assert city.lead(case_id, Status.DISPATCHED) == case_id


def test_a_moved_place_takes_the_limit_of_its_area(city: City) -> None:
    case_id = city.at(Status.REGISTERED)
    elsewhere = city.spot("990101002")
    amend = commands.Amend(reason="位置更正", lon=round(elsewhere.lon * 1e7), lat=round(elsewhere.lat * 1e7))
    city.do(case_id, amend, city.actor(Role.DUTY_OFFICER))
    state = city.state(case_id)
    assert (state.place.level, state.subject.limit, state.place.area) == ("B", 3, elsewhere.code)
    (entry,) = list_entries(case_id)[-1:]
    assert entry.step.old_subject is not None
    assert (entry.step.old_subject.limit, entry.versions.catalog > 0) == (2, True)


def test_what_runs_out_in_a_pool_is_charged_to_the_duty_officer_on_shift(city: City) -> None:
    case_id = city.at(Status.ACCEPTED)
    city.clock.advance(3_600)
    city.do(case_id, commands.RunOut(), SYSTEM)
    centre = city.actor(Role.DUTY_OFFICER).organisation_id
    shift = on_shift(centre, Role.DUTY_OFFICER, city.clock())
    assert shift is not None
    charge = Charge(ClockKind.REGISTRATION, centre, Role.DUTY_OFFICER, shift.user_id)
    assert list_entries(case_id)[-1].step.charges == (charge,)


def _one_of_each(city: City) -> list[tuple[str, UUID, commands.Command, Actor]]:
    """Every status of the ordinary way with its ordinary next command."""
    found = []
    for status in (*Status,):
        if status in (Status.REPORTED, Status.ACCEPTED, Status.REGISTERED, Status.DISPATCHED, Status.HANDLING,
                      Status.HANDLED, Status.TO_INSPECT, Status.INSPECTING, Status.TO_CLOSE):  # fmt: skip
            case_id = city.at(status)
            command, actor = city.next_move(case_id)
            found.append((command.word, case_id, command, actor))
    return found


def test_no_step_of_the_life_cycle_needs_more_than_eight_statements(
    city: City, statement_count: StatementCount
) -> None:
    city.begin()
    counts: dict[str, int] = {}
    report = city.submission(city.reported(), city.collector())
    merged, goes_on = city.begin(), city.begin()
    merge = commands.Merge(into=str(goes_on), reason="重复", reason_code="other")
    steps = [(one.command.word, one) for one in (report, city.submission(merge, city.actor(Role.ACCEPTOR), merged))]
    steps += [(word, city.submission(command, actor, case_id)) for word, case_id, command, actor in _one_of_each(city)]
    for word, one in steps:
        with statement_count() as counted:
            (outcome,) = city.perform(one)
        assert outcome.problem is None, word
        counts[word] = len(counted.inside)
    assert set(counts) == {
        "report", "merge", "accept", "register", "dispatch", "receive", "hand_over", "confirm", "send_inspection",
        "complete_inspection", "close",
    }  # fmt: skip
    assert {word: count for word, count in counts.items() if count > 8} == {}


def test_a_hundred_commands_need_no_more_statements_than_one(city: City, statement_count: StatementCount) -> None:
    city.begin()
    acceptor, accept = city.actor(Role.ACCEPTOR), commands.Accept(class_key=LITTER, row_key=LITTER_ROW)

    def statements(*batch: commands.Submission) -> int:
        with statement_count() as counted:
            assert all(outcome.problem is None for outcome in city.perform(*batch))
        return len([sql for sql in counted.inside if "nextval" not in sql and "plumbing_register_version" not in sql])

    one = statements(city.submission(city.reported(), city.collector()))
    reports = [city.submission(city.reported(), city.collector()) for _ in range(100)]
    assert statements(*reports) == one
    once = statements(city.submission(accept, acceptor, city.begin()))
    assert statements(*[city.submission(accept, acceptor, report.case_id) for report in reports]) == once


def moments(case_id: UUID) -> list[int]:
    return [entry.recorded for entry in list_entries(case_id)]


def test_a_clock_a_little_behind_records_at_the_moment_of_the_last_entry(city: City) -> None:
    case_id = city.begin()
    before = city.clock.now
    city.clock.advance(-59)
    acceptor = city.actor(Role.ACCEPTOR)
    notes = [city.submission(commands.Note(text=word), acceptor, case_id) for word in ("甲", "乙")]
    assert [code_of(outcome) for outcome in city.perform(*notes)] == [None, None]
    assert moments(case_id) == [before] * 3


def test_a_clock_far_behind_is_refused_for_this_case_alone_and_records_nothing(city: City) -> None:
    case_id = city.begin()
    city.clock.advance(-7_200)
    acceptor = city.actor(Role.ACCEPTOR)
    other = city.begin()
    notes = [city.submission(commands.Note(text="甲"), acceptor, one) for one in (case_id, other)]
    assert [code_of(outcome) for outcome in city.perform(*notes)] == ["plumbing.clock.behind", None]
    assert len(moments(case_id)) == 1


def test_what_was_done_already_answers_as_before_whatever_the_clock_says(city: City) -> None:
    case_id = city.begin()
    note = city.submission(commands.Note(text="甲"), city.actor(Role.ACCEPTOR), case_id)
    city.perform(note)
    city.clock.advance(-7_200)
    (outcome,) = city.perform(note)
    assert (outcome.replayed, code_of(outcome)) == (True, None)


def test_a_merge_is_not_recorded_before_the_last_entry_of_its_target(city: City) -> None:
    spot = city.spot()
    target, merged = city.begin(city.reported(spot)), city.begin(city.reported(spot))
    city.lead(merged, Status.REPORTED)
    acceptor = city.actor(Role.ACCEPTOR)
    city.clock.advance(50)
    city.perform(city.submission(commands.Note(text="甲"), acceptor, target))
    noted = city.clock.now
    city.clock.advance(-40)
    (outcome,) = city.perform(
        city.submission(commands.Merge(into=str(target), reason="同一问题", reason_code="other"), acceptor, merged)
    )
    assert code_of(outcome) is None
    assert moments(target)[-2:] == [noted, noted]


def test_a_server_whose_clock_differs_from_the_databases_records_nothing(
    city: City, monkeypatch: pytest.MonkeyPatch
) -> None:
    case_id = city.begin()
    monkeypatch.setattr(_numbers, "ahead_s", -61.0)
    note = city.submission(commands.Note(text="甲"), city.actor(Role.ACCEPTOR), case_id)
    with pytest.raises(ClockDiffers):
        city.perform(note)
    monkeypatch.setattr(_numbers, "ahead_s", 59.0)
    assert [code_of(outcome) for outcome in city.perform(note)] == [None]


def test_an_undone_dispatch_leaves_no_row_in_the_register_of_dispatches(city: City) -> None:
    case_id = city.at(Status.REGISTERED)
    before = city.state(case_id)
    send, dispatcher = city.next_move(case_id)
    city.do(case_id, send, dispatcher)
    assert len(given_units(case_id)) == 1
    city.perform(city.submission(commands.Recall(reason="派遣后立即撤销"), dispatcher, case_id))
    after = city.state(case_id)
    assert list_entries(case_id)[-1].step.kind == "dispatch_undone"
    assert given_units(case_id) == []
    assert msgspec.structs.replace(after, seq=before.seq, acted=before.acted) == before
    assert verify_log(iter(()), lambda _: None).findings == ()
    city.do(case_id, send, dispatcher)
    assert len(given_units(case_id)) == 1
    assert verify_log(iter(()), lambda _: None).findings == ()


def given_units(case_id: UUID) -> list[int]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT unit_id FROM cases_dispatch WHERE case_id = %s ORDER BY no", [case_id])
        return [row[0] for row in cursor.fetchall()]


def test_numbers_are_taken_one_by_one_so_that_they_follow_time(city: City) -> None:
    batch = [city.submission(city.reported(city.spots[number]), city.collector()) for number in (0, 1)]
    outcomes = [*city.perform(*batch), *city.perform(city.submission(city.reported(city.spots[2]), city.collector()))]
    serials = [int(one.state.no[-6:]) for one in outcomes if one.state is not None]
    assert serials == [serials[0], serials[0] + 1, serials[0] + 2]
