"""举证: pictures and positions that prove what was seen. The same picture is never accepted twice."""

from __future__ import annotations

from gezhi.cases.rules.allowed import is_visible
from gezhi.cases.rules.facts import Facts, Picture, SameAs
from gezhi.cases.rules.state import CaseState, Place
from gezhi.kernel.moments import MINUTE_S
from gezhi.kernel.places import from_e7, metres_between
from gezhi.kernel.problems import Problem
from gezhi.kernel.words import is_blank

LEAST_CHANGE = 0.0007
"""The part of a picture in which something must stand that is not in the other one: more than words written upon it,
less than a cover laid over a pothole.
"""


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


class PictureKnown(Problem):
    code = "cases.evidence.picture-known"
    status = 409
    title = (
        "第 {n} 张照片与{where}中的照片是同一张（另存、裁剪、缩放、翻转、加字后仍可识别），"
        "不能重复作为证据，请现场重新拍摄。"
    )
    title_en = (
        "Picture {n} was made from one that is in evidence in {where_en} (saved again, cropped, scaled, mirrored or "
        "written upon): it is not accepted twice. Take a new one."
    )


class TakenInFuture(Problem):
    code = "cases.evidence.taken-in-future"
    status = 422
    title = "第 {n} 张照片的拍摄时间晚于现在，不能作为证据；请校准手机时间后重新拍摄。"
    title_en = (
        "Picture {n} was taken later than now and proves nothing: set the clock of the camera and take a new one."
    )


class TakenTooEarly(Problem):
    code = "cases.evidence.taken-too-early"
    status = 422
    title = "第 {n} 张照片在任务下达之前拍摄，不能反映现场现状；请到现场重新拍摄。"
    title_en = "Picture {n} was taken before the task was given and does not show how it is now: take a new one there."


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


def known_of(facts: Facts, pictures: tuple[str, ...]) -> list[Picture]:
    return [known for sha256 in pictures if (known := facts.pictures.get(sha256)) is not None]


def check_proof(facts: Facts, pictures: tuple[str, ...], *, since: int | None = None) -> tuple[str, ...]:
    """What is to prove work, a look or an inspection is taken since then (`since`), not later than now, and was made
    from no picture in evidence. In the same case one that shows a change counts as a new one.
    """
    allowed = facts.policy.camera_minutes * MINUTE_S
    for n, picture in enumerate(known_of(facts, pictures), 1):
        if picture.taken is not None and picture.taken > facts.moment + allowed:
            raise TakenInFuture(field="pictures", n=n)
        if since is not None and picture.taken is not None and picture.taken < since - allowed:
            raise TakenTooEarly(field="pictures", n=n)
        for same in picture.same:
            if same.case_id != facts.case_id or same.changed < LEAST_CHANGE:
                raise PictureKnown(field="pictures", n=n, sha256=picture.sha256, **_say_where(same, facts))
    return pictures


def _say_where(same: SameAs, facts: Facts) -> dict[str, str]:
    """The case by its number, for whoever may see it."""
    if same.case_id == facts.case_id:
        return {"where": "本案", "where_en": "this case"}
    if is_visible(facts.actor, same.case):
        return {"where": f"案件 {same.case.no} ", "where_en": f"case {same.case.no}"}
    return {"where": "另一案件", "where_en": "another case"}


def check_position(facts: Facts, place: Place, lon: int | None, lat: int | None, text: str) -> tuple[int, int]:
    """The position where evidence was taken; far from the case only with a stated reason."""
    if lon is None or lat is None:
        raise PositionMissing(field="lon")
    metres = metres_between(from_e7(lon), from_e7(lat), from_e7(place.lon), from_e7(place.lat))
    if metres > facts.policy.evidence_metres and is_blank(text):
        raise TooFar(field="text", metres=round(metres), allowed=facts.policy.evidence_metres)
    return lon, lat
