"""What proves that somebody was on the spot: new pictures, and a position near the case."""

from __future__ import annotations

from typing import Any

import pytest
from msgspec.structs import replace

from gezhi.cases.rules.stages import Status
from gezhi.cases.rules.steps.evidence import (
    PictureMissing,
    PictureUnknown,
    PictureUsed,
    PositionMissing,
    TooFar,
    check_pictures,
    check_position,
)
from gezhi.kernel.places import from_e7, metres_between
from gezhi.kernel.problems import Problem
from tests.cases.world import COLLECTORS, PLACE, POLICY, Store, Walk, collector, facts, spot

A, B, C = "a" * 64, "b" * 64, "c" * 64
SOMEBODY = collector(COLLECTORS[0])


def with_pictures(**store: Any) -> Any:
    return facts(SOMEBODY, 0, pictures=Store(**store))


@pytest.mark.parametrize(
    ("pictures", "store", "problem", "details"),
    [
        ((A, B), {"missing": frozenset({B})}, PictureUnknown, {"sha256": B}),
        ((A, B), {"used": {B: "another case"}}, PictureUsed, {"sha256": B}),
        ((A, A), {}, PictureUsed, {"sha256": A}),
        ((), {}, PictureMissing, {}),
    ],
    ids=["not uploaded", "used elsewhere", "twice in one", "none"],
)
def test_a_picture_is_uploaded_and_new(
    pictures: tuple[str, ...], store: dict[str, Any], problem: type[Problem], details: dict[str, str]
) -> None:
    with pytest.raises(problem) as refused:
        check_pictures(with_pictures(**store), pictures, None, least=1)
    assert (refused.value.field, refused.value.details) == ("pictures", details)


def test_a_picture_of_this_case_from_before_or_after_is_not_new() -> None:
    state = replace(Walk.to(Status.HANDLING).now, before=(A,), after=(B,))
    for used in (A, B):
        with pytest.raises(PictureUsed):
            check_pictures(with_pictures(), (used,), state, least=1)
    assert check_pictures(with_pictures(), (C,), state, least=1) == (C,)


def test_there_are_as_many_pictures_as_needed() -> None:
    assert check_pictures(with_pictures(), (), None, least=0) == ()
    assert check_pictures(with_pictures(), (A, B), None, least=2) == (A, B)
    with pytest.raises(PictureMissing):
        check_pictures(with_pictures(), (A,), None, least=2)


def test_a_position_has_both_its_numbers() -> None:
    for lon, lat in ((None, PLACE.lat), (PLACE.lon, None), (None, None)):
        with pytest.raises(PositionMissing) as refused:
            check_position(with_pictures(), PLACE, lon, lat, "")
        assert refused.value.field == "lon"


def test_far_from_the_case_needs_a_reason_and_the_farthest_is_not_yet_far() -> None:
    lon, lat = PLACE.lon, spot(150)["lat"]
    exactly = metres_between(from_e7(lon), from_e7(lat), from_e7(PLACE.lon), from_e7(PLACE.lat))
    allowing = replace(with_pictures(), policy=replace(POLICY, evidence_metres=exactly))
    assert check_position(allowing, PLACE, lon, lat, "") == (lon, lat)
    for text in ("", "  "):
        with pytest.raises(TooFar) as refused:
            check_position(with_pictures(), PLACE, lon, lat, text)
        assert (refused.value.field, refused.value.details) == ("text", {"metres": 150, "allowed": 100})
    assert check_position(with_pictures(), PLACE, lon, lat, "路口封闭") == (lon, lat)
