"""处置后照片: what a unit hands over as proof was taken after the dispatch, near the case, and shows a change."""

from __future__ import annotations

from gezhi.cases.rules.commands import HandOver
from gezhi.cases.rules.facts import Facts, Picture
from gezhi.cases.rules.state import Assignment, CaseState
from gezhi.cases.rules.steps.evidence import (
    LEAST_CHANGE,
    PictureKnown,
    PictureUsed,
    check_position,
    check_proof,
    known_of,
)
from gezhi.kernel.moments import MINUTE_S
from gezhi.kernel.places import to_e7
from gezhi.kernel.problems import Problem


class TakenBeforeDispatch(Problem):
    code = "cases.handling.taken-before-dispatch"
    status = 422
    title = "照片 {n} 拍摄于派遣之前，不能证明处置结果；请处置完成后到现场重新拍摄。"
    title_en = "Picture {n} was taken before the dispatch and proves no result: take a new one when the work is done."


class SameAsBefore(Problem):
    code = "cases.handling.same-as-before"
    status = 422
    title = "照片 {n} 与处置前的照片几乎相同，看不出处置结果；请处置完成后从同一角度重新拍摄。"
    title_en = "Picture {n} is nearly the same as one before: it shows no result. Take a new one from the same angle."


REPEATS = (PictureUsed, PictureKnown, SameAsBefore)
"""Refused because the picture is not a new one; it stays on record who tried."""


def check_after_pictures(state: CaseState, part: Assignment, command: HandOver, facts: Facts) -> tuple[int, int] | None:
    """The position that goes on record; the one given, else that in the pictures, else none."""
    pictures = known_of(facts, command.pictures)
    for n, picture in enumerate(pictures, 1):
        if picture.taken is not None and picture.taken < part.dispatched - facts.policy.camera_minutes * MINUTE_S:
            raise TakenBeforeDispatch(field="pictures", n=n)
        if any(same.sha256 in state.before and same.changed < LEAST_CHANGE for same in picture.same):
            raise SameAsBefore(field="pictures", n=n, sha256=picture.sha256)
    check_proof(facts, command.pictures)
    return _position(state, command, facts, pictures)


def _position(state: CaseState, command: HandOver, facts: Facts, pictures: list[Picture]) -> tuple[int, int] | None:
    if command.lon is not None or command.lat is not None:
        return check_position(facts, state.place, command.lon, command.lat, command.text)
    positions = [
        check_position(facts, state.place, to_e7(one.lon), to_e7(one.lat), command.text)
        for one in pictures
        if one.lon is not None and one.lat is not None
    ]
    return positions[0] if positions else None
