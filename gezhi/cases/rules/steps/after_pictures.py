"""处置后照片: what a unit hands over as proof was taken after the dispatch, near the case, and shows a change."""

from __future__ import annotations

from gezhi.cases.rules.commands import HandOver
from gezhi.cases.rules.facts import Facts, Picture
from gezhi.cases.rules.state import Assignment, CaseState
from gezhi.cases.rules.steps.evidence import check_position
from gezhi.kernel.places import to_e7
from gezhi.kernel.problems import Problem

CAMERA_CLOCK_S = 600  # so far may a telephone's clock be wrong
LARGEST_GREY_STEP = 8  # saved once more or made smaller, a picture differs by less; a pothole mended by far more


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


def shows_the_same(one: bytes, other: bytes) -> bool:
    """Whether two pictures, as rows of grey values, differ nowhere by more than saving them again would."""
    return len(one) == len(other) and all(abs(a - b) <= LARGEST_GREY_STEP for a, b in zip(one, other, strict=True))


def check_after_pictures(state: CaseState, part: Assignment, command: HandOver, facts: Facts) -> tuple[int, int] | None:
    """The position that goes on record; the one given, else that in the pictures, else none."""
    pictures, before = _known(command.pictures, facts), _known(state.before, facts)
    for n, picture in enumerate(pictures, 1):
        if picture.taken is not None and picture.taken < part.dispatched - CAMERA_CLOCK_S:
            raise TakenBeforeDispatch(field="pictures", n=n)
        if any(_is_same(picture, one) for one in before):
            raise SameAsBefore(field="pictures", n=n)
    return _position(state, command, facts, pictures)


def _known(shas: tuple[str, ...], facts: Facts) -> list[Picture]:
    return [found for sha in shas if (found := facts.pictures.get(sha)) is not None]


def _is_same(picture: Picture, other: Picture) -> bool:
    return bool(picture.grey) and shows_the_same(picture.grey, other.grey)


def _position(state: CaseState, command: HandOver, facts: Facts, pictures: list[Picture]) -> tuple[int, int] | None:
    if command.lon is not None or command.lat is not None:
        return check_position(facts, state.place, command.lon, command.lat, command.text)
    found = [
        check_position(facts, state.place, to_e7(one.lon), to_e7(one.lat), command.text)
        for one in pictures
        if one.lon is not None and one.lat is not None
    ]
    return found[0] if found else None
