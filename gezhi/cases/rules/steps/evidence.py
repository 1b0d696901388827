"""举证: pictures and positions that prove what was seen. The same picture is never accepted twice."""

from __future__ import annotations

from gezhi.cases.rules.facts import Facts
from gezhi.cases.rules.state import CaseState, Place
from gezhi.kernel.places import from_e7, metres_between
from gezhi.kernel.problems import Problem


class PictureMissing(Problem):
    code = "cases.evidence.picture-missing"
    status = 422
    title = "请至少上传一张现场新拍的照片。"
    title_en = "At least one new picture from the spot is needed."


class PictureUnknown(Problem):
    code = "cases.evidence.picture-unknown"
    status = 422
    title = "照片尚未上传成功，请重新上传后再提交。"
    title_en = "A picture has not been uploaded; upload it again, then send."


class PictureUsed(Problem):
    code = "cases.evidence.picture-used"
    status = 409
    title = "这张照片已经作为证据使用过，同一张照片不能重复使用，请现场重新拍摄。"
    title_en = "This picture is already in evidence; the same picture is not accepted twice. Take a new one."


class PositionMissing(Problem):
    code = "cases.evidence.position-missing"
    status = 422
    title = "请填写现场定位。"
    title_en = "The position on the spot is needed."


class TooFar(Problem):
    code = "cases.evidence.too-far"
    status = 422
    title = "现场定位距案件位置约 {metres} 米，超过 {allowed} 米，请到现场办理，或在说明中写明原因。"
    title_en = (
        "The position is about {metres} m from the case, more than {allowed} m: go to the spot or state the reason."
    )


def check_pictures(facts: Facts, pictures: tuple[str, ...], state: CaseState | None, *, least: int) -> tuple[str, ...]:
    """New, uploaded, never used before, and enough of them."""
    seen = set(state.before + state.after) if state is not None else set()
    for sha256 in pictures:
        picture = facts.pictures.get(sha256)
        if picture is None:
            raise PictureUnknown(field="pictures", sha256=sha256)
        if sha256 in seen or picture.used_by is not None:
            raise PictureUsed(field="pictures", sha256=sha256)
        seen.add(sha256)
    if len(pictures) < least:
        raise PictureMissing(field="pictures")
    return pictures


def check_position(facts: Facts, place: Place, lon: int | None, lat: int | None, text: str) -> tuple[int, int]:
    """The position where evidence was taken; far from the case only with a stated reason."""
    if lon is None or lat is None:
        raise PositionMissing(field="lon")
    metres = metres_between(from_e7(lon), from_e7(lat), from_e7(place.lon), from_e7(place.lat))
    if metres > facts.policy.evidence_metres and not text.strip():
        raise TooFar(field="text", metres=round(metres), allowed=facts.policy.evidence_metres)
    return lon, lat
