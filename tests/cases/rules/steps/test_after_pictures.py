"""What a unit hands over as proof: taken after the dispatch, near the case, and showing a change."""

from __future__ import annotations

import pytest

from gezhi.cases.rules import commands
from gezhi.cases.rules.facts import Picture, SameAs
from gezhi.cases.rules.stages import Status
from gezhi.cases.rules.steps.after_pictures import REPEATS, SameAsBefore, TakenBeforeDispatch
from gezhi.cases.rules.steps.evidence import PictureKnown, PictureUsed, PositionMissing, TooFar
from gezhi.kernel.places import from_e7
from tests.cases.world import HOUR, MINUTE, PLACE, ROADS_MAN, Walk, spot

A, B = "a" * 64, "b" * 64


def handling() -> Walk:
    return Walk.to(Status.HANDLING)


def hand_over(walk: Walk, picture: Picture, **fields: object) -> Walk:
    command = commands.HandOver(pictures=(picture.sha256,), **fields)  # type: ignore[arg-type]
    return walk.do(command, ROADS_MAN, pictures={picture.sha256: picture})


def as_before(walk: Walk, changed: float) -> tuple[SameAs, ...]:
    return (SameAs(walk.now.before[0], changed, walk.case_id, walk.now),)


@pytest.mark.parametrize("changed", [0.0, 0.0006])
def test_the_picture_before_once_more_is_no_result(changed: float) -> None:
    walk = handling()
    with pytest.raises(SameAsBefore) as refused:
        hand_over(walk, Picture("c" * 64, same=as_before(walk, changed)))
    assert refused.value.text("zh").startswith("照片 1 与处置前的照片几乎相同")
    assert refused.value.field == "pictures"


def test_a_picture_from_the_same_spot_that_shows_the_work_done_is_taken() -> None:
    walk = handling()
    walk = hand_over(walk, Picture("c" * 64, same=as_before(walk, 0.0007)))
    assert (walk.now.status, walk.last.seen_at) == (Status.HANDLED, None)


def test_of_several_pictures_the_one_that_proves_nothing_is_named() -> None:
    walk = handling()
    known = {A: Picture(A), B: Picture(B, same=as_before(walk, 0.0))}
    with pytest.raises(SameAsBefore) as refused:
        walk.do(commands.HandOver(pictures=(A, B)), ROADS_MAN, pictures=known)
    assert refused.value.details == {"n": 2, "sha256": B}


def test_a_result_of_another_case_proves_nothing_here_however_much_was_changed_in_it() -> None:
    walk = handling()
    elsewhere = SameAs(A, 0.3, "another case", walk.now)
    with pytest.raises(PictureKnown):
        hand_over(walk, Picture("c" * 64, same=(elsewhere,)))


def test_a_picture_taken_before_the_dispatch_proves_nothing() -> None:
    walk = handling()
    dispatched = walk.now.assignments[0].dispatched
    for taken in (dispatched - HOUR, dispatched - 10 * MINUTE - 1):
        with pytest.raises(TakenBeforeDispatch) as refused:
            hand_over(walk, Picture("c" * 64, taken=taken))
        assert (refused.value.field, refused.value.details) == ("pictures", {"n": 1})
    slow_clock = Picture("d" * 64, taken=dispatched - 10 * MINUTE)
    assert hand_over(walk, slow_clock).now.status is Status.HANDLED


def test_a_position_given_must_be_near_the_case_or_be_explained() -> None:
    walk = handling()
    with pytest.raises(TooFar):
        hand_over(walk, Picture("c" * 64), **spot(150))
    assert hand_over(walk, Picture("c" * 64), **spot(90)).last.seen_at == (PLACE.lon, spot(90)["lat"])
    with pytest.raises(PositionMissing):
        hand_over(handling(), Picture("c" * 64), lon=PLACE.lon)
    far = hand_over(handling(), Picture("c" * 64), text="现场围挡，只能在路口拍摄", **spot(150))
    assert far.last.seen_at == (PLACE.lon, spot(150)["lat"])


def test_the_position_that_the_camera_wrote_counts_where_none_is_given() -> None:
    far, near = from_e7(spot(150)["lat"]), from_e7(spot(20)["lat"])
    lon = from_e7(PLACE.lon)
    with pytest.raises(TooFar):
        hand_over(handling(), Picture("c" * 64, lon=lon, lat=far))
    assert hand_over(handling(), Picture("c" * 64, lon=lon, lat=near)).last.seen_at == (PLACE.lon, spot(20)["lat"])


@pytest.mark.parametrize("half", [Picture("c" * 64, lon=from_e7(PLACE.lon)), Picture("c" * 64, lat=from_e7(PLACE.lat))])
def test_half_a_position_of_a_camera_is_none(half: Picture) -> None:
    walk = hand_over(handling(), half)
    assert (walk.now.status, walk.last.seen_at) == (Status.HANDLED, None)


def test_who_hands_in_a_picture_that_is_not_new_stays_on_record_and_who_is_late_or_far_does_not() -> None:
    kept = (PictureUsed, PictureKnown, SameAsBefore)
    assert [issubclass(kind, REPEATS) for kind in (*kept, TakenBeforeDispatch, TooFar)] == [True] * 3 + [False] * 2
