"""What proves that somebody was on the spot: new pictures, and a position near the case."""

from __future__ import annotations

from typing import Any

import pytest
from msgspec.structs import replace

from gezhi.cases.rules.facts import Picture, SameAs
from gezhi.cases.rules.stages import Status
from gezhi.cases.rules.steps.evidence import (
    PictureKnown,
    PictureMissing,
    PictureUnknown,
    PictureUsed,
    PositionMissing,
    TakenInFuture,
    TakenTooEarly,
    TooFar,
    check_pictures,
    check_position,
    check_proof,
)
from gezhi.kernel.permissions import Actor, Scope
from gezhi.kernel.places import from_e7, metres_between
from gezhi.kernel.problems import Problem
from tests.cases.world import (
    CASE_ID,
    COLLECTORS,
    HOUR,
    MINUTE,
    MONDAY_MORNING,
    PLACE,
    POLICY,
    Store,
    Walk,
    collector,
    facts,
    spot,
)

A, B, C = "a" * 64, "b" * 64, "c" * 64
SOMEBODY = collector(COLLECTORS[0])
WHOLE_CITY = replace(SOMEBODY, scope=Scope(regions=("",)))
ELSEWHERE = replace(SOMEBODY, user_id=999, scope=Scope(regions=("nowhere",)))
NOON = MONDAY_MORNING + 4 * HOUR


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


def proof(*, by: Actor = SOMEBODY, since: int | None = None, **known: Any) -> tuple[str, ...]:
    """One picture handed in at noon as proof, of which this is known."""
    return check_proof(facts(by, NOON, pictures={A: Picture(A, **known)}), (A,), since=since)


@pytest.mark.parametrize(
    ("taken", "problem"),
    [
        (NOON + 10 * MINUTE + 1, TakenInFuture),
        (NOON + 10 * MINUTE, None),
        (NOON - HOUR - 10 * MINUTE, None),
        (NOON - HOUR - 10 * MINUTE - 1, TakenTooEarly),
        (None, None),
    ],
)
def test_proof_is_taken_between_the_order_and_now_as_far_as_clocks_of_cameras_can_be_trusted(
    taken: int | None, problem: type[Problem] | None
) -> None:
    if problem is None:
        assert proof(taken=taken, since=NOON - HOUR) == (A,)
        return
    with pytest.raises(problem) as refused:
        proof(taken=taken, since=NOON - HOUR)
    assert (refused.value.field, refused.value.details) == ("pictures", {"n": 1})


def test_how_wrong_a_camera_may_go_is_local_policy() -> None:
    strict = facts(SOMEBODY, NOON, pictures={A: Picture(A, taken=NOON + 61)}, policy=replace(POLICY, camera_minutes=1))
    with pytest.raises(TakenInFuture):
        check_proof(strict, (A,))


@pytest.mark.parametrize(
    ("case_id", "by", "where"),
    [
        ("another", WHOLE_CITY, ("案件 TW-20260302-000001 ", "case TW-20260302-000001")),
        ("another", ELSEWHERE, ("另一案件", "another case")),
        (CASE_ID, ELSEWHERE, ("本案", "this case")),
    ],
    ids=["who may see it", "who may not", "the same case"],
)
def test_a_picture_made_from_one_in_evidence_is_refused_with_its_case_for_whoever_may_see_that(
    case_id: str, by: Actor, where: tuple[str, str]
) -> None:
    other = Walk.to(Status.HANDLING).now
    with pytest.raises(PictureKnown) as refused:
        proof(by=by, same=(SameAs(B, 0.0, case_id, other),))
    assert refused.value.details == {"n": 1, "sha256": A, "where": where[0], "where_en": where[1]}


def test_in_the_same_case_a_picture_that_shows_a_change_is_a_new_one() -> None:
    other = Walk.to(Status.HANDLING).now
    assert proof(same=(SameAs(B, 0.0007, CASE_ID, other),)) == (A,)
    with pytest.raises(PictureKnown):
        proof(same=(SameAs(B, 0.0006, CASE_ID, other),))


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
