"""What is odd about a picture, by tables."""

from __future__ import annotations

from typing import Any

import pytest

from gezhi.cases.rules.facts import Picture, SameAs
from gezhi.cases.rules.picture_marks import (
    MARK_NAMES,
    SENTENCES,
    HandedIn,
    PictureMark,
    UsedPicture,
    marks_of,
    marks_of_case,
    repeated_of,
    say_mark,
)
from gezhi.cases.rules.stages import Status
from gezhi.kernel.places import from_e7
from gezhi.policy.rules.local_policy import LocalPolicy
from tests.cases.world import HOUR, MINUTE, MONDAY_MORNING, PLACE, Walk, spot

AT, LON = MONDAY_MORNING, from_e7(PLACE.lon)


@pytest.mark.parametrize(
    ("facts", "others_tell", "marks"),
    [
        ({"taken": AT}, True, {}),
        ({"taken": AT + 10 * MINUTE}, False, {}),
        ({"taken": AT + 10 * MINUTE + 1}, False, {PictureMark.FUTURE: {}}),
        ({"taken": AT - 48 * HOUR}, False, {}),
        ({"taken": AT - 48 * HOUR - 1}, False, {PictureMark.OLD: {"hours": 48}}),
        ({}, False, {}),
        ({}, True, {PictureMark.NO_FACTS: {}}),
        ({"taken": AT, "lon": LON, "lat": from_e7(spot(90)["lat"])}, False, {}),
        ({"taken": AT, "lon": LON, "lat": from_e7(spot(150)["lat"])}, False, {PictureMark.FAR: {"metres": 150}}),
        ({"taken": AT, "lon": LON}, False, {}),
        ({"taken": AT, "lat": from_e7(spot(150)["lat"])}, False, {}),
        ({"taken": AT, "edited_with": "GIMP"}, False, {PictureMark.EDITED: {"program": "GIMP"}}),
    ],
)
def test_marks(facts: dict[str, Any], others_tell: bool, marks: dict[PictureMark, dict[str, Any]]) -> None:
    picture = Picture("a" * 64, **facts)
    assert marks_of(picture, HandedIn(AT, PLACE, others_tell), LocalPolicy()) == marks


def test_one_picture_alone_is_not_odd_for_having_no_capture_data() -> None:
    assert marks_of(Picture("a" * 64), HandedIn(AT, PLACE), LocalPolicy()) == {}


def test_a_picture_is_repeated_where_another_case_has_it() -> None:
    state = Walk.to(Status.HANDLING).now
    here, there = SameAs("b" * 64, 0.0, "here", state), SameAs("c" * 64, 0.0, "there", state)
    assert repeated_of(Picture("a" * 64, same=(here, there)), "here") == there
    assert repeated_of(Picture("a" * 64, same=(here,)), "here") is None


def used(seq: int, taken: int | None, *, edited_with: str = "", repeated: bool = False) -> UsedPicture:
    return UsedPicture(seq, AT, taken, None, None, edited_with, repeated)


@pytest.mark.parametrize(
    ("pictures", "marks"),
    [
        ((), ()),
        ((used(1, AT), used(1, None)), (PictureMark.NO_FACTS,)),
        ((used(1, AT), used(7, None)), ()),
        ((used(1, None), used(1, None)), ()),
        ((used(1, AT, edited_with="GIMP"), used(7, AT, edited_with="GIMP")), (PictureMark.EDITED,)),
        ((used(1, AT, repeated=True), used(7, AT + HOUR)), (PictureMark.FUTURE, PictureMark.REPEATED)),
    ],
)
def test_a_case_has_each_mark_once_and_only_what_came_with_a_picture_tells_of_it(
    pictures: tuple[UsedPicture, ...], marks: tuple[PictureMark, ...]
) -> None:
    assert marks_of_case(pictures, PLACE, LocalPolicy()) == marks


def test_every_mark_has_a_name_and_a_sentence_in_both_languages() -> None:
    assert set(MARK_NAMES) == set(SENTENCES) == set(PictureMark)
    assert say_mark(PictureMark.FAR, metres=830) == ("拍摄地点距案件约 830 米", "Taken about 830 m from the case")
