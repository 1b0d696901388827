"""照片疑点: what is odd about when, where and how a picture was made. Shown to whoever judges it; it refuses nothing."""

from __future__ import annotations

from enum import StrEnum

import msgspec

from gezhi.cases.rules.facts import Picture, SameAs
from gezhi.cases.rules.state import Place
from gezhi.kernel.moments import HOUR_S, MINUTE_S
from gezhi.kernel.places import from_e7, metres_between
from gezhi.policy.rules.local_policy import LocalPolicy


class PictureMark(StrEnum):
    FUTURE = "future"
    OLD = "old"
    FAR = "far"
    EDITED = "edited"
    NO_FACTS = "no_facts"
    REPEATED = "repeated"


MARK_NAMES: dict[str, tuple[str, str]] = {
    PictureMark.FUTURE: ("拍摄时间晚于提交", "Taken later than handed in"),
    PictureMark.OLD: ("拍摄时间过早", "Taken long before"),
    PictureMark.FAR: ("拍摄地点较远", "Taken far from the case"),
    PictureMark.EDITED: ("经软件编辑", "Edited"),
    PictureMark.NO_FACTS: ("缺少拍摄信息", "Capture data missing"),
    PictureMark.REPEATED: ("与其他案件照片相同", "Same as in another case"),
}
SENTENCES: dict[PictureMark, tuple[str, str]] = {
    PictureMark.FUTURE: ("拍摄时间晚于提交时间", "Taken later than it was handed in"),
    PictureMark.OLD: ("提交前 {hours} 小时拍摄", "Taken {hours} hours before it was handed in"),
    PictureMark.FAR: ("拍摄地点距案件约 {metres} 米", "Taken about {metres} m from the case"),
    PictureMark.EDITED: ("经 {program} 编辑", "Edited with {program}"),
    PictureMark.NO_FACTS: ("无拍摄信息，同批其他照片有", "No capture data, though others handed in with it have"),
    PictureMark.REPEATED: ("与{where}的照片相同", "The same picture as in {where}"),
}


class HandedIn(msgspec.Struct, frozen=True):
    """When and for which place; whether others that came with it say when they were taken."""

    at: int
    place: Place
    others_tell: bool = False


class UsedPicture(msgspec.Struct, frozen=True, array_like=True):
    """举证照片: with which entry of its case it came and when, what the camera wrote; whether another case has it too."""

    seq: int
    happened: int
    taken: int | None
    lon: float | None
    lat: float | None
    edited_with: str
    repeated: bool


def marks_of_case(pictures: tuple[UsedPicture, ...], place: Place, policy: LocalPolicy) -> tuple[PictureMark, ...]:
    """All marks of the pictures of a case, each once, in the order of their names."""
    telling = {one.seq for one in pictures if one.taken is not None}
    marks = {PictureMark.REPEATED for one in pictures if one.repeated}
    for one in pictures:
        picture = Picture("", None, one.taken, one.lon, one.lat, one.edited_with)
        marks |= marks_of(picture, HandedIn(one.happened, place, one.seq in telling), policy).keys()
    return tuple(mark for mark in PictureMark if mark in marks)


def marks_of(picture: Picture, handed_in: HandedIn, policy: LocalPolicy) -> dict[PictureMark, dict[str, object]]:
    """The marks with what their sentences say. Of same pictures see `repeated_of`: who sees which case is no rule."""
    marks: dict[PictureMark, dict[str, object]] = {}
    if picture.taken is None:
        if handed_in.others_tell:
            marks[PictureMark.NO_FACTS] = {}
    elif picture.taken > handed_in.at + policy.camera_minutes * MINUTE_S:
        marks[PictureMark.FUTURE] = {}
    elif picture.taken < handed_in.at - policy.report_hours * HOUR_S:
        marks[PictureMark.OLD] = {"hours": (handed_in.at - picture.taken) // HOUR_S}
    if picture.lon is not None and picture.lat is not None:
        place = from_e7(handed_in.place.lon), from_e7(handed_in.place.lat)
        metres = metres_between(picture.lon, picture.lat, *place)
        if metres > policy.evidence_metres:
            marks[PictureMark.FAR] = {"metres": round(metres)}
    if picture.edited_with:
        marks[PictureMark.EDITED] = {"program": picture.edited_with}
    return marks


def repeated_of(picture: Picture, case_id: str) -> SameAs | None:
    """The picture of another case that this one was made from, or that was made from it."""
    return next((same for same in picture.same if same.case_id != case_id), None)


def say_mark(mark: PictureMark, **details: object) -> tuple[str, str]:
    zh, en = SENTENCES[mark]
    return zh.format(**details), en.format(**details)
