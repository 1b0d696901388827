"""What a unit hands over as proof: taken after the dispatch, near the case, and showing a change."""

from __future__ import annotations

import pytest

from gezhi.cases.rules import commands
from gezhi.cases.rules.facts import Picture
from gezhi.cases.rules.stages import Status
from gezhi.cases.rules.steps.after_pictures import SameAsBefore, TakenBeforeDispatch, shows_the_same
from gezhi.cases.rules.steps.evidence import PositionMissing, TooFar
from gezhi.kernel.places import from_e7
from tests.cases.world import HOUR, MINUTE, PLACE, ROADS_MAN, Walk, spot

A, B = "a" * 64, "b" * 64
DIRTY, CLEAN = bytes([40, 40, 200, 200]), bytes([40, 40, 90, 200])


def handling() -> Walk:
    return Walk.to(Status.HANDLING)


def hand_over(walk: Walk, picture: Picture, **fields: object) -> Walk:
    before = {sha: Picture(sha, grey=DIRTY) for sha in walk.now.before}
    command = commands.HandOver(pictures=(picture.sha256,), **fields)  # type: ignore[arg-type]
    return walk.do(command, ROADS_MAN, pictures={**before, picture.sha256: picture})


def test_a_picture_that_shows_the_work_done_is_taken() -> None:
    walk = hand_over(handling(), Picture("c" * 64, grey=CLEAN))
    assert (walk.now.status, walk.last.seen_at) == (Status.HANDLED, None)


@pytest.mark.parametrize("again", [DIRTY, bytes(value + 8 for value in DIRTY)])
def test_the_picture_before_once_more_is_no_result(again: bytes) -> None:
    with pytest.raises(SameAsBefore) as refused:
        hand_over(handling(), Picture("c" * 64, grey=again))
    assert refused.value.text("zh").startswith("照片 1 与处置前的照片几乎相同")
    assert refused.value.field == "pictures"


def test_of_several_pictures_the_one_that_proves_nothing_is_named() -> None:
    walk = handling()
    before = {sha: Picture(sha, grey=DIRTY) for sha in walk.now.before}
    known, command = (
        {**before, A: Picture(A, grey=CLEAN), B: Picture(B, grey=DIRTY)},
        commands.HandOver(pictures=(A, B)),
    )
    with pytest.raises(SameAsBefore) as refused:
        walk.do(command, ROADS_MAN, pictures=known)
    assert refused.value.details == {"n": 2}


def test_pictures_differ_where_any_part_of_them_does() -> None:
    assert shows_the_same(DIRTY, bytes([48, 32, 200, 192]))
    assert not shows_the_same(DIRTY, bytes([49, 40, 200, 200]))
    assert not shows_the_same(DIRTY, b"")


def test_what_cannot_be_compared_is_not_held_against_anybody() -> None:
    walk = handling()
    command = commands.HandOver(pictures=("c" * 64,))
    nothing_known = {sha: Picture(sha) for sha in (*walk.now.before, "c" * 64)}
    assert walk.do(command, ROADS_MAN, pictures=nothing_known).now.status is Status.HANDLED


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
