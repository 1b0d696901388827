"""A duplicate ends and goes on as a report of another case: into which, by whom, and what becomes of its work."""

from __future__ import annotations

import pytest
from msgspec.structs import replace

from gezhi.cases.rules import commands
from gezhi.cases.rules.allowed import RoleMayNot
from gezhi.cases.rules.applications.send_back import AskSendBack
from gezhi.cases.rules.stages import FINAL, LATER, Status
from gezhi.cases.rules.steps.major_cases import NotStruckOff
from gezhi.cases.rules.steps.merging import MergeTargetClosed, MergeTargetEarlier
from gezhi.kernel.permissions import Scope
from gezhi.kernel.problems import NotFound
from tests.cases.world import ACCEPTOR, CASE_ID, DUTY_OFFICER, OTHER_ID, ROADS, ROADS_MAN, Walk, place_at

MERGE = commands.Merge(into=OTHER_ID, reason="同一井盖", reason_code="other")


def test_a_merged_case_names_the_one_that_goes_on() -> None:
    target = Walk().report().now
    walk = (
        Walk()
        .report()
        .do(commands.Merge(into=OTHER_ID, reason="同一井盖", reason_code="other"), ACCEPTOR, merge_target=target)
    )
    assert (walk.now.status, walk.now.merged_into) == (Status.MERGED, OTHER_ID)


@pytest.mark.parametrize("status", [*sorted(FINAL), Status.CLOSED])
def test_a_case_is_merged_only_into_another_open_one(status: Status) -> None:
    target = Walk.to(status).now
    with pytest.raises(MergeTargetClosed):
        Walk().report().do(
            commands.Merge(into=OTHER_ID, reason="同一井盖", reason_code="other"), ACCEPTOR, merge_target=target
        )


def test_a_case_out_of_sight_is_to_merge_into_as_if_it_did_not_exist() -> None:
    of_a_county = replace(ACCEPTOR, scope=Scope(regions=("370902",)))
    elsewhere = Walk().report(place=place_at("370911003001007")).now
    for target in (None, elsewhere):
        with pytest.raises(NotFound) as refused:
            Walk().report().do(
                commands.Merge(into=OTHER_ID, reason="同一井盖", reason_code="other"), of_a_county, merge_target=target
            )
        assert refused.value.field == "into"


def test_a_case_is_not_merged_into_itself() -> None:
    walk = Walk().report()
    with pytest.raises(MergeTargetClosed):
        walk.do(commands.Merge(into=CASE_ID, reason="同一井盖", reason_code="other"), ACCEPTOR, merge_target=walk.now)


@pytest.mark.parametrize("status", sorted(LATER))
def test_after_registration_the_duty_officer_merges_and_nobody_has_it_any_more(status: Status) -> None:
    walk = Walk.to(status)
    with pytest.raises(RoleMayNot):
        walk.do(MERGE, ACCEPTOR, merge_target=walk.now)
    had = {part.unit for part in walk.now.open_assignments}
    walk.do(MERGE, DUTY_OFFICER, merge_target=Walk.to(Status.DISPATCHED).now)
    state = walk.now
    assert (state.status, state.merged_into, state.open_assignments) == (Status.MERGED, OTHER_ID, ())
    assert {part.unit for part in walk.last.assignments} == had
    assert {part.end for part in walk.last.assignments} <= {"merged"}
    assert (state.open_task, state.pending) == (None, None)
    assert [clock.kind for clock in state.clocks if clock.ended is None] == []


def test_what_a_unit_had_asked_for_lapses_with_the_merged_case() -> None:
    walk = Walk.to(Status.HANDLING).do(AskSendBack(reason="非本单位", reason_code="other"), ROADS_MAN)
    walk.do(MERGE, DUTY_OFFICER, merge_target=Walk.to(Status.HANDLING).now)
    assert walk.now.applications[0].outcome == "lapsed"
    assert walk.now.assignments[0].unit == ROADS


def test_a_registered_case_goes_into_a_registered_one_only() -> None:
    with pytest.raises(MergeTargetEarlier):
        Walk.to(Status.HANDLING).do(MERGE, DUTY_OFFICER, merge_target=Walk.to(Status.ACCEPTED).now)


def test_a_major_case_is_struck_off_before_it_is_merged() -> None:
    walk = Walk.to(Status.HANDLING)
    walk.do(commands.ListMajor(level=1, text="方案", due=walk.moment + 86_400, unit_id=ROADS), DUTY_OFFICER)
    with pytest.raises(NotStruckOff):
        walk.do(MERGE, DUTY_OFFICER, merge_target=Walk.to(Status.HANDLING).now)
