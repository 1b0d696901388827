"""Whoever held the work is charged with its clock, and nobody else."""

from __future__ import annotations

import pytest
from msgspec.structs import replace

from gezhi.cases.rules import commands
from gezhi.cases.rules.applications import ApplicationKind
from gezhi.cases.rules.applications.appeal import Appeal
from gezhi.cases.rules.applications.extension import AskExtension
from gezhi.cases.rules.applications.matrix import MATRIX
from gezhi.cases.rules.applications.send_back import AskSendBack
from gezhi.cases.rules.applications.void import AskVoid
from gezhi.cases.rules.clocks.charging import Held, held_by, helpers_late, newly_out
from gezhi.cases.rules.clocks.clock import ClockKind
from gezhi.cases.rules.stages import Stage, Status
from gezhi.kernel.permissions import Role
from gezhi.policy.rules.holders import HOLDERS, Holder
from tests.cases.golden.cases import CREWS
from tests.cases.world import CREW, CREW_MAN, DAY, HOUR, PARKS, ROADS, ROADS_MAN, SYSTEM, Walk

K, S = ClockKind, Status


def held(walk: Walk, *, later: int = 30 * DAY) -> list[Held]:
    return [held_by(clock, HOLDERS[clock.kind], walk.now) for clock in newly_out(walk.now, walk.moment + later)]


def due(walk: Walk, kind: ClockKind) -> int:
    clock = walk.now.clock(kind)
    assert clock is not None
    return clock.due


@pytest.mark.parametrize(
    ("status", "kind", "body", "stage", "role"),
    [
        (S.REPORTED, K.ACCEPTANCE, Holder.SUPERVISION_CENTRE, Stage.REPORT, Role.DUTY_OFFICER),
        (S.ACCEPTED, K.REGISTRATION, Holder.SUPERVISION_CENTRE, Stage.REGISTER, Role.DUTY_OFFICER),
        (S.REGISTERED, K.DISPATCH, Holder.COMMAND_CENTRE, Stage.DISPATCH, Role.DISPATCHER),
        (S.HANDLED, K.REVIEW, Holder.COMMAND_CENTRE, Stage.FEED_BACK, Role.DISPATCHER),
        (S.TO_INSPECT, K.SEND_INSPECTION, Holder.SUPERVISION_CENTRE, Stage.INSPECT, Role.DUTY_OFFICER),
        (S.TO_CLOSE, K.CLOSING, Holder.SUPERVISION_CENTRE, Stage.INSPECT, Role.DUTY_OFFICER),
    ],
)
def test_a_desk_is_answered_for_by_the_shift_of_the_centre_that_performs_the_stage(
    status: Status, kind: ClockKind, body: Holder, stage: Stage, role: Role
) -> None:
    walk = Walk.to(status)
    assert Held(kind, due(walk, kind), body, stage, role, shift=True) in held(walk)


def test_the_owner_is_settled_by_the_office_named_for_it() -> None:
    walk = Walk.to(S.UNOWNED)
    assert held(walk)[-1] == Held(K.UNOWNED, due(walk, K.UNOWNED), Holder.OWNER_OFFICE, Stage.DISPATCH)


def test_collectors_and_units_answer_for_themselves() -> None:
    walk = Walk.to(S.INSPECTING)
    task = Held(K.INSPECTION, due(walk, K.INSPECTION), stage=Stage.INSPECT, role=Role.COLLECTOR, user=13)
    assert task in held(walk)
    walk = Walk.to(S.DISPATCHED)
    assert [one for one in held(walk) if one.organisation is not None] == [
        Held(kind, due(walk, kind), stage=Stage.HANDLE, role=Role.HANDLER, organisation=ROADS)
        for kind in (K.RECEIPT, K.HANDLING)
    ]


def test_what_waits_for_a_decision_is_its_deciders_step_after_step() -> None:
    walk = Walk.to(S.HANDLING).do(AskExtension(reason="工程量大", reason_code="other", value=1), ROADS_MAN)
    approval = next(one for one in held(walk) if one.clock is K.APPROVAL)
    assert (approval.body, approval.role, approval.shift) == (Holder.COMMAND_CENTRE, Role.DISPATCHER, False)
    walk.decide()
    approval = next(one for one in held(walk) if one.clock is K.APPROVAL)
    assert (approval.body, approval.role, approval.shift) == (Holder.SUPERVISION_CENTRE, Role.DUTY_OFFICER, True)
    walk = Walk.to(S.HANDLING).do(AskVoid(reason="重复", reason_code="other"), ROADS_MAN).decide()
    approval = next(one for one in held(walk) if one.clock is K.APPROVAL)
    assert (approval.body, approval.role) == (Holder.OWNER_OFFICE, Role.LEADER)


def test_what_a_crew_asks_waits_for_its_unit() -> None:
    walk = Walk.to(S.HANDLING).do(commands.Assign(unit_id=CREW), ROADS_MAN, units=CREWS).receive(CREW_MAN)
    walk.do(AskSendBack(reason="不会做", reason_code="other"), CREW_MAN)
    approval = next(one for one in held(walk) if one.clock is K.APPROVAL)
    assert (approval.organisation, approval.role, approval.body) == (ROADS, Role.HANDLER, None)


def test_the_whole_case_and_a_suspension_are_charged_to_nobody() -> None:
    assert (HOLDERS[K.WHOLE], HOLDERS[K.SUSPENSION], set(HOLDERS)) == (Holder.NOBODY, Holder.NOBODY, set(K))
    (waking,) = (one for one in held(Walk.to(S.SUSPENDED)) if one.clock is K.SUSPENSION)
    assert (waking.body, waking.organisation, waking.user) == (None, None, None)


def test_a_clock_is_newly_out_once_and_only_after_its_due_moment() -> None:
    walk = Walk.to(S.REPORTED)
    at = due(walk, K.ACCEPTANCE)
    assert (newly_out(walk.now, at), len(newly_out(walk.now, at + 1))) == ((), 1)
    walk.do(commands.RunOut(), SYSTEM, after=HOUR)
    assert newly_out(walk.now, at + DAY) == ()


def test_what_an_acceptor_or_a_supervisor_decides_is_charged_to_the_supervision_centre() -> None:
    walk = Walk.to(S.CLOSED, matrix=MATRIX)
    walk.do(Appeal(reason="停电所致", reason_code="other", pictures=(walk.picture(),)), ROADS_MAN)
    ask = AskExtension(reason="料未到", reason_code="other", value=1)
    row = replace(MATRIX[ApplicationKind.EXTENSION], steps=(Role.SUPERVISOR,), needs_proof=False)
    other = Walk.to(S.HANDLING, matrix={**MATRIX, ApplicationKind.EXTENSION: row}).do(ask, ROADS_MAN)
    for one, role, stage in ((walk, Role.ACCEPTOR, Stage.INSPECT), (other, Role.SUPERVISOR, Stage.HANDLE)):
        approval = next(found for found in held(one) if found.clock is K.APPROVAL)
        assert approval == Held(K.APPROVAL, due(one, K.APPROVAL), Holder.SUPERVISION_CENTRE, stage, role)
        assert approval.shift is False


def test_a_helping_unit_that_has_not_handed_over_is_charged_for_itself() -> None:
    walk = Walk.to(S.REGISTERED).dispatch(ROADS, PARKS).receive().hand_over()
    clock = walk.now.clock(K.HELPING)
    assert clock is not None
    assert helpers_late(walk.now, clock) == (
        Held(K.HELPING, clock.due, stage=Stage.HANDLE, role=Role.HANDLER, organisation=PARKS),
    )
