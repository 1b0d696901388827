"""What is read off a case as it stands: who has it, what waits, where it lies; and what a fresh part does not say."""

from __future__ import annotations

from msgspec.structs import replace

from gezhi.calendars.rules.limits import Unit
from gezhi.cases.rules import commands
from gezhi.cases.rules.applications.extension import AskExtension
from gezhi.cases.rules.clocks.clock import Clock, ClockKind
from gezhi.cases.rules.facts import UnitFact
from gezhi.cases.rules.stages import Status
from gezhi.cases.rules.state import END_NAMES, Assignment, CaseState, End, Place, ReportRef, Subject, Task, TaskKind
from tests.cases.world import ACCEPTOR, CREW, DISPATCHER, NODE, PARKS, PLACE, POWER, ROADS, ROADS_MAN, SUBJECT, Walk


def test_how_a_part_ended_is_told_in_both_languages() -> None:
    assert END_NAMES.keys() == set(End)
    assert all(zh and en for zh, en in END_NAMES.values())


def test_the_leading_part_is_the_one_that_leads_wherever_it_stands() -> None:
    state = Walk.to(Status.REGISTERED).dispatch(ROADS, POWER, PARKS).now
    roads, power, parks = state.assignments
    assert (state.leading, state.last_leading, state.open_assignments) == (roads, roads, (roads, power, parks))
    turned = replace(state, assignments=(parks, power, roads))
    assert (turned.leading, turned.last_leading) == (roads, roads)


def test_who_led_last_answers_also_when_nobody_has_it() -> None:
    recall = commands.Recall(reason="派错")
    walk = Walk.to(Status.DISPATCHED).do(recall, DISPATCHER).dispatch(PARKS, POWER).do(recall, DISPATCHER)
    assert (walk.now.leading, walk.now.open_assignments) == (None, ())
    assert walk.now.last_leading == walk.now.assignments[1]
    assert Walk.to(Status.REGISTERED).now.last_leading is None


def test_below_a_part_stands_what_was_given_down_of_it_and_not_taken_back() -> None:
    crews = {CREW: UnitFact(CREW, "班组")}
    walk = Walk.to(Status.HANDLING).do(commands.Assign(unit_id=CREW), ROADS_MAN, units=crews)
    unit, crew = walk.now.assignments
    assert (walk.now.parts_below(unit), walk.now.parts_below(crew)) == ((crew,), ())
    walk.do(commands.Revoke(reason="自行办理"), ROADS_MAN)
    assert walk.now.parts_below(walk.now.assignments[0]) == ()


def test_the_task_that_is_open_was_neither_answered_nor_given_to_somebody_else() -> None:
    walk = Walk().call_in().verifying(12)
    assert (walk.now.open_task, walk.now.channel) == (walk.now.tasks[0], "hotline")
    walk.do(commands.RerouteTask(collector_id=13, reason="请假"), ACCEPTOR)
    assert walk.now.open_task == walk.now.tasks[1]
    assert walk.verified().now.open_task is None


def test_what_waits_for_a_decision_is_the_application_without_an_outcome() -> None:
    extend = AskExtension(reason="料未到", reason_code="other", value=1)
    walk = Walk.to(Status.HANDLING).do(extend, ROADS_MAN).decide(granted=False)
    assert walk.now.pending is None
    walk.do(extend, ROADS_MAN)
    assert walk.now.pending == walk.now.applications[1]


def test_the_regions_of_a_place_are_told_smallest_first() -> None:
    state = Walk().report().now
    assert state.codes == ("370902003001007", "370902003001", "370902003", "370902", NODE)
    outside = replace(state, place=replace(PLACE, area="370902", community=None, street=None))
    assert outside.codes == ("370902", "370902", NODE)


def test_a_clock_is_found_by_its_kind() -> None:
    state = Walk.to(Status.HANDLING).now
    found = state.clock(ClockKind.HANDLING)
    assert found is not None
    assert (found.kind, state.clock(ClockKind.REVIEW)) == (ClockKind.HANDLING, None)


def test_a_fresh_case_has_nothing_behind_it() -> None:
    fresh = CaseState(no="1", node=NODE, status=Status.REPORTED, seq=1, place=PLACE, subject=SUBJECT)
    nothing = {"round": 1, "verify_by_rule": False, "reported": 0, "acted": 0, "exempt": False, "marks": {}}
    nothing |= dict.fromkeys(("supervision", "major", "overrun"), 0) | {"reminded": {}}
    nothing |= dict.fromkeys(("reports", "clocks", "assignments", "tasks", "applications"), ())
    nothing |= dict.fromkeys(("before", "after", "handlers"), ())
    said = {"no", "node", "status", "seq", "place", "subject"}
    rest = {name: getattr(fresh, name) for name in fresh.__struct_fields__ if name not in said}
    assert {name: value for name, value in rest.items() if value is not None} == nothing


def test_a_fresh_part_of_a_case_claims_no_more_than_it_must() -> None:
    clock = Clock(kind=ClockKind.REVIEW, calendar="seats", unit=Unit.MINUTE, limit=9, due=9, warn=8)
    assert (clock.used, clock.since, clock.paused, clock.ended) == (0, None, None, None)
    assert (clock.provisional, clock.raised, clock.late) == (False, False, False)
    part = Assignment(no=1, unit=ROADS, round=1, dispatched=5)
    assert (part.leading, part.level, part.parent, part.handlers) == (True, 2, None, ())
    assert (part.received, part.handed_over, part.ended, part.end) == (None, None, None, None)
    task = Task(no=1, kind=TaskKind.VERIFY, collector=11, issued=5, round=1)
    assert (task.answered, task.rerouted, task.passed) == (None, None, None)
    report = ReportRef("r1", "web", 5)
    assert (report.group.value, report.complaint, report.by) == ("other", False, None)
    assert (report.reachable, report.answered) == (False, None)
    place, subject = Place(lon=1, lat=2, area="a", county="c"), Subject("c")
    assert (place.street, place.community, place.address, place.outside, place.level) == (None, None, "", False, None)
    assert (subject.row_key, subject.limit, subject.unit, subject.calendar) == (None, None, None, None)
    assert (subject.closing, subject.gap) == ((), False)
