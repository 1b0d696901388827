"""漏报认定: beat and shift by the roster, within seven days, and both finding and withdrawal on record."""

from __future__ import annotations

import msgspec
import pytest

from gezhi.cases.rules import commands
from gezhi.cases.rules.available import available
from gezhi.cases.rules.facts import Picture
from gezhi.cases.rules.missed import Missed
from gezhi.cases.rules.stages import Status
from gezhi.cases.rules.steps.evidence import PictureMissing, PictureUnknown, PictureUsed, TakenInFuture
from gezhi.cases.rules.steps.missed import FoundAlready, NameTheCollector, NotFound, NotOnThisBeat, TooLate
from gezhi.kernel.words import WordsMissing
from tests.cases.world import DAY, DUTY_OFFICER, POLICY, ROSTERED, SUPERVISOR, Walk


def find(collector: int | None = 12, *, basis: str = "巡查轨迹") -> commands.FindMissed:
    return commands.FindMissed(collector_id=collector, basis=basis, reason="公众先报")


def test_a_miss_names_collector_roster_place_and_proof() -> None:
    step = Walk.to(Status.HANDLING).do(find(), SUPERVISOR).last
    assert (step.charged_to, step.missed, step.basis, step.marks) == (12, ROSTERED[12], "巡查轨迹", ("missed",))


@pytest.mark.parametrize("collector", [99, 0])
def test_who_did_not_have_the_beat_on_that_shift_is_not_charged(collector: int) -> None:
    with pytest.raises(NotOnThisBeat) as refused:
        Walk.to(Status.HANDLING).do(find(collector), SUPERVISOR)
    assert refused.value.field == "collector_id"


def test_without_a_roster_nobody_is_charged_and_nobody_can_be_named() -> None:
    walk = Walk.to(Status.HANDLING)
    with pytest.raises(NotOnThisBeat):
        walk.do(find(12), SUPERVISOR, rostered={})
    step = walk.do(find(None), SUPERVISOR, rostered={}).last
    assert (step.charged_to, step.missed) == (None, Missed(walk.now.place.area))


def test_where_the_roster_says_whose_it_was_somebody_is_named() -> None:
    with pytest.raises(NameTheCollector):
        Walk.to(Status.HANDLING).do(find(None), SUPERVISOR)


def test_it_needs_a_proof() -> None:
    with pytest.raises(WordsMissing):
        Walk.to(Status.HANDLING).do(find(basis=" "), SUPERVISOR)


def test_it_carries_pictures_of_the_spot_that_prove_something_and_must_where_the_city_says_so() -> None:
    known = {one: Picture(one) for one in "ab"} | {"u": Picture("u", used_by="another"), "f": Picture("f", taken=2**40)}
    walk, must = Walk.to(Status.HANDLING), msgspec.structs.replace(POLICY, missed_picture=True)

    def missed(*pictures: str) -> commands.FindMissed:
        return msgspec.structs.replace(find(), pictures=pictures)

    for pictures, problem in ((("u",), PictureUsed), (("c",), PictureUnknown), (("f",), TakenInFuture)):
        with pytest.raises(problem):
            walk.do(missed(*pictures), SUPERVISOR, pictures=known)
    with pytest.raises(PictureMissing):
        walk.do(missed(), SUPERVISOR, pictures=known, policy=must)
    step = walk.do(missed("a", "b"), SUPERVISOR, pictures=known, policy=must).last
    assert (step.proof, walk.now.before) == (("a", "b"), Walk.to(Status.HANDLING).now.before)


@pytest.mark.parametrize(("days", "seconds", "found"), [(7, 0, True), (7, 1, False), (3, 3 * DAY, False)])
def test_it_is_found_within_seven_days_of_the_report_or_as_the_city_says(
    days: int, seconds: int, *, found: bool
) -> None:
    walk, policy = Walk.to(Status.REPORTED), msgspec.structs.replace(POLICY, missed_days=days)
    after = walk.now.reported + (7 * DAY + seconds if days == 7 else seconds + 1) - walk.moment
    at = walk.moment + after
    assert ("find_missed" in available(walk.now, SUPERVISOR, policy, moment=at)) is found
    if found:
        assert walk.do(find(), SUPERVISOR, after=after, policy=policy).last.charged_to == 12
    else:
        with pytest.raises(TooLate):
            walk.do(find(), SUPERVISOR, after=after, policy=policy)


def test_it_is_withdrawn_by_who_may_find_it_and_both_stay_on_record() -> None:
    walk = Walk.to(Status.CLOSED)
    with pytest.raises(NotFound):
        walk.do(commands.WithdrawMissed(reason="排班有误"), DUTY_OFFICER)
    walk.do(find(), SUPERVISOR)
    with pytest.raises(FoundAlready):
        walk.do(find(11), DUTY_OFFICER)
    step = walk.do(commands.WithdrawMissed(reason="排班有误"), DUTY_OFFICER).last
    assert (step.kind, step.charged_to, step.missed) == (
        "missed_withdrawn",
        None,
        msgspec.structs.replace(ROSTERED[12], withdrawn=True),
    )
    assert (walk.now.marks["missed"], walk.now.marks["missed_withdrawn"]) == (1, 1)
    with pytest.raises(NotFound):
        walk.do(commands.WithdrawMissed(reason="再撤"), DUTY_OFFICER)
    assert walk.do(find(11), SUPERVISOR).last.charged_to == 11
