"""Which level of platform performs which stage of a region."""

from __future__ import annotations

import pytest
from msgspec.structs import replace

from gezhi.cases.rules import commands
from gezhi.cases.rules.applications.void import AskVoid
from gezhi.cases.rules.available import available, why_not
from gezhi.cases.rules.platforms import OtherLevel, other_level
from gezhi.cases.rules.stages import Status
from gezhi.kernel.permissions import Actor
from gezhi.policy.rules.platform_levels import PlatformLevels
from tests.cases.world import ACCEPTOR, DISPATCHER, DUTY_OFFICER, POLICY, ROADS, ROADS_MAN, Walk

ONE_TWO = PlatformLevels("3709", "一级监督、两级指挥", ((1, 2, 6, 7), (3, 4, 5)))
BOTH = replace(POLICY, platforms=(ONE_TWO,))
COUNTY = replace(DISPATCHER, level=2)
DISPATCH = commands.Dispatch(unit_id=ROADS)


def test_a_seat_of_another_level_is_refused_with_the_level_that_acts() -> None:
    walk = Walk.to(Status.REGISTERED, policy=BOTH)
    with pytest.raises(OtherLevel) as found:
        walk.do(DISPATCH, DISPATCHER)
    assert found.value.text("zh") == "该区域实行“一级监督、两级指挥”，“待派遣”由二级平台办理，您所在平台不能办理。"
    assert walk.do(DISPATCH, COUNTY).now.status is Status.DISPATCHED


def test_what_is_offered_follows_the_level_and_remarks_are_free() -> None:
    state = Walk.to(Status.REGISTERED, policy=BOTH).now
    assert "dispatch" not in available(state, DISPATCHER, BOTH)
    assert "dispatch" in available(state, COUNTY, BOTH)
    assert getattr(why_not("dispatch", state, DISPATCHER, BOTH), "code", None) == "cases.platforms.other-level"
    assert "note" in available(state, DISPATCHER, BOTH)


def test_acceptance_stays_with_the_first_level_where_supervision_is_one() -> None:
    state = Walk.to(Status.REPORTED, policy=BOTH).now
    assert "accept" in available(state, ACCEPTOR, BOTH)
    assert "accept" not in available(state, replace(ACCEPTOR, level=2), BOTH)


@pytest.mark.parametrize(
    ("status", "word", "actor", "levels"),
    [
        (Status.REPORTED, "accept", ACCEPTOR, {1}),
        (Status.ACCEPTED, "register", DUTY_OFFICER, {1}),
        (Status.REGISTERED, "dispatch", DISPATCHER, {2}),
        (Status.DISPATCHED, "receive", ROADS_MAN, {1, 2}),
    ],
)
def test_every_seat_of_a_centre_keeps_to_its_level_and_a_unit_works_at_any(
    status: Status, word: str, actor: Actor, levels: set[int]
) -> None:
    codes = Walk.to(status).now.codes
    acting = {lv for lv in (1, 2) if other_level((ONE_TWO,), word, status, codes, replace(actor, level=lv)) is None}
    assert acting == levels


def test_without_a_mode_any_centre_whose_scope_reaches_there_acts() -> None:
    assert Walk.to(Status.REGISTERED).do(DISPATCH, COUNTY).now.status is Status.DISPATCHED


def test_what_the_matrix_gives_a_role_to_decide_is_decided_at_any_level() -> None:
    walk = Walk.to(Status.REGISTERED, policy=BOTH).do(AskVoid(reason="重复立案", reason_code="other"), COUNTY)
    assert walk.decide().last.kind == "application_passed_on"
