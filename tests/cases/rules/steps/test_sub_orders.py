"""Orders to crews: given down, received, handed up, taken back; one limit runs across all of them."""

from __future__ import annotations

import pytest

from gezhi.cases.rules import commands
from gezhi.cases.rules.applications.asking import ApplicationPending
from gezhi.cases.rules.applications.extension import AskExtension
from gezhi.cases.rules.applications.send_back import AskSendBack
from gezhi.cases.rules.clocks.clock import ClockKind
from gezhi.cases.rules.columns import columns_of
from gezhi.cases.rules.facts import UnitFact
from gezhi.cases.rules.stages import Status
from gezhi.cases.rules.steps.evidence import PictureMissing, PictureUsed
from gezhi.cases.rules.steps.handling import AlreadyHandedOver, CrewStillAtWork, ReceivedAlready
from gezhi.cases.rules.steps.sub_orders import CrewHasIt, CrewUnfit, NothingToRevoke, TooDeep
from tests.cases.world import CREW, CREW_MAN, HOUR, PARKS, PARKS_MAN, POWER, POWER_MAN, ROADS, ROADS_MAN, Walk, spot

CREWS = {CREW: UnitFact(CREW, "道路班组")}
ASSIGN = commands.Assign(unit_id=CREW, text="请今日完成")


def given_down() -> Walk:
    return Walk.to(Status.HANDLING).do(ASSIGN, ROADS_MAN, units=CREWS)


def test_a_unit_gives_its_part_down_and_stays_answerable() -> None:
    walk = given_down()
    part = walk.now.assignments[-1]
    assert (part.unit, part.level, part.parent, part.leading) == (CREW, 3, 1, False)
    assert (walk.now.status, walk.now.leading and walk.now.leading.unit) == (Status.HANDLING, ROADS)
    assert columns_of(walk.now)["unit_ids"] == [ROADS, CREW]
    assert (walk.last.unit, walk.last.text) == (CREW, "请今日完成")


def test_the_crew_has_the_due_moment_of_its_unit_and_it_moves_with_it() -> None:
    walk = given_down()
    handling = walk.now.clock(ClockKind.HANDLING)
    assert handling is not None
    assert [part.due for part in walk.now.assignments] == [handling.due, handling.due]
    walk.do(AskExtension(reason="工程量大", reason_code="other", value=1), ROADS_MAN).granted()
    longer = walk.now.clock(ClockKind.HANDLING)
    assert longer is not None
    assert longer.due > handling.due
    assert [part.due for part in walk.now.assignments] == [longer.due, longer.due]


def test_the_crew_receives_and_hands_up_and_the_clock_of_the_case_runs_on() -> None:
    walk = given_down().receive(CREW_MAN)
    assert (walk.last.kind, walk.now.assignments[-1].received) == ("part_received", walk.moment)
    with pytest.raises(ReceivedAlready):
        walk.receive(CREW_MAN)
    walk.hand_over(CREW_MAN)
    assert (walk.last.kind, walk.now.status) == ("handed_up", Status.HANDLING)
    handling = walk.now.clock(ClockKind.HANDLING)
    assert handling is not None
    assert handling.since is not None
    walk.do(commands.HandOver(text="已复查"), ROADS_MAN)
    assert (walk.now.status, walk.now.assignments[-1].end) == (Status.HANDLED, "handed_up")
    assert walk.now.handlers == (CREW_MAN.user_id, ROADS_MAN.user_id)


def test_the_units_own_result_rests_on_the_crews_pictures_named_again_or_not() -> None:
    for named in ((), ("crew",), ("crew", "new")):
        walk = given_down().receive(CREW_MAN).hand_over(CREW_MAN)
        crews = walk.last.after
        pictures = {"crew": crews, "new": (walk.picture(),)}
        given = tuple(sha for which in named for sha in pictures[which])
        far = spot(metres=4_000)  # the office is not where the case is
        walk.do(commands.HandOver(pictures=given, **(far if "new" not in named else {})), ROADS_MAN)
        new = pictures["new"] if "new" in named else ()
        assert (walk.last.after, walk.now.assignments[0].after) == (new, (*crews, *new))
        assert walk.now.after == (*crews, *new)


def test_a_picture_of_somebody_elses_crew_is_no_proof_of_this_unit() -> None:
    walk = Walk.to(Status.REGISTERED).dispatch(ROADS, PARKS).receive()
    walk.do(ASSIGN, ROADS_MAN, units=CREWS).receive(CREW_MAN).hand_over(CREW_MAN)
    with pytest.raises(PictureUsed):
        walk.do(commands.HandOver(pictures=walk.last.after), PARKS_MAN)


def test_the_unit_waits_for_its_crew_or_takes_the_order_back() -> None:
    walk = given_down()
    with pytest.raises(CrewStillAtWork):
        walk.hand_over(ROADS_MAN)
    walk.do(commands.Revoke(reason="改由本单位办"), ROADS_MAN)
    assert walk.now.assignments[-1].end == "revoked"
    with pytest.raises(NothingToRevoke):
        walk.do(commands.Revoke(reason="再收"), ROADS_MAN)
    with pytest.raises(PictureMissing):
        walk.do(commands.HandOver(), ROADS_MAN)
    assert walk.hand_over(ROADS_MAN).now.status is Status.HANDLED


def test_it_goes_only_to_a_body_below_once_and_no_deeper_than_the_third_level() -> None:
    walk = given_down()
    with pytest.raises(CrewUnfit) as unfit:
        walk.do(commands.Assign(unit_id=POWER), ROADS_MAN, units={})
    with pytest.raises(CrewHasIt) as has_it:
        walk.do(ASSIGN, ROADS_MAN, units=CREWS)
    assert (unfit.value.field, has_it.value.field) == ("unit_id", "unit_id")
    with pytest.raises(TooDeep):
        walk.do(commands.Assign(unit_id=POWER), CREW_MAN, units={POWER: UnitFact(POWER, "")})


def test_nothing_is_given_down_while_a_send_back_waits_or_after_the_hand_over() -> None:
    walk = Walk.to(Status.HANDLING).do(AskSendBack(reason="非本单位", reason_code="other"), ROADS_MAN)
    with pytest.raises(ApplicationPending):
        walk.do(ASSIGN, ROADS_MAN, units=CREWS)
    joint = Walk.to(Status.REGISTERED).dispatch(POWER, ROADS).receive(POWER_MAN).hand_over(ROADS_MAN)
    with pytest.raises(AlreadyHandedOver):
        joint.do(ASSIGN, ROADS_MAN, units=CREWS)


def test_a_recall_ends_the_parts_of_the_crews_too() -> None:
    from tests.cases.world import DISPATCHER

    walk = given_down().do(commands.Recall(reason="派错"), DISPATCHER, after=HOUR)
    assert [part.end for part in walk.now.assignments] == ["recalled", "recalled"]
    assert walk.now.open_assignments == ()


def test_a_helping_unit_receives_its_own_part_after_the_leading_one() -> None:
    walk = Walk.to(Status.REGISTERED).dispatch(ROADS, POWER).receive().receive(POWER_MAN)
    assert (walk.last.kind, walk.last.unit, walk.now.status) == ("part_received", POWER, Status.HANDLING)


def test_taken_back_what_the_crew_has_asked_for_lapses_and_what_its_unit_has_asked_for_does_not() -> None:
    extend, take_back = (
        AskExtension(reason="料未到", reason_code="other", value=1),
        commands.Revoke(reason="改由本单位办"),
    )
    crew = given_down().do(extend, CREW_MAN).do(take_back, ROADS_MAN)
    assert (crew.now.applications[0].outcome, crew.now.pending) == ("lapsed", None)
    assert [clock.kind for clock in crew.last.clocks] == [ClockKind.APPROVAL]
    unit = given_down().do(extend, ROADS_MAN).do(take_back, ROADS_MAN)
    assert (unit.now.pending, unit.last.clocks) == (unit.now.applications[0], ())


def test_given_down_twice_the_second_crew_has_a_part_of_its_own_below_the_same_unit() -> None:
    second = UnitFact(PARKS, "绿化班组")
    walk = given_down().do(commands.Assign(unit_id=PARKS), ROADS_MAN, units={PARKS: second})
    assert [(part.no, part.unit, part.level, part.parent, part.round) for part in walk.now.assignments] == [
        (1, ROADS, 2, None, 1),
        (2, CREW, 3, 1, 1),
        (3, PARKS, 3, 1, 1),
    ]
    assert (walk.now.assignments[-1].dispatched, walk.last.text) == (walk.moment, None)
    walk.do(commands.Revoke(reason="改由本单位办"), ROADS_MAN)
    assert [part.unit for part in walk.now.open_assignments] == [ROADS]
    assert {part.ended for part in walk.last.assignments} == {walk.moment}
