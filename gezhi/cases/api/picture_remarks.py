"""照片疑点 of a case page: each picture's marks as sentences; another case is named to whoever may see it."""

from __future__ import annotations

from collections.abc import Sequence

from gezhi.cases.queries.states import find_pictures
from gezhi.cases.rules.allowed import is_visible
from gezhi.cases.rules.entries import Entry
from gezhi.cases.rules.facts import Picture, SameAs
from gezhi.cases.rules.picture_marks import HandedIn, PictureMark, marks_of, repeated_of, say_mark
from gezhi.cases.rules.state import CaseState
from gezhi.kernel.permissions import Actor
from gezhi.plumbing.shapes import TextOut
from gezhi.policy.rules.local_policy import LocalPolicy

Remarks = dict[str, list[TextOut]]


def remarks_on(entries: Sequence[Entry], state: CaseState, actor: Actor, policy: LocalPolicy) -> Remarks:
    """By hash, of all that was handed in; one statement for all of them."""
    known = find_pictures(sha for entry in entries for sha in _handed_in(entry))
    remarks: Remarks = {}
    for entry in entries:
        together = [known[sha] for sha in _handed_in(entry) if sha in known]
        tell = any(picture.taken is not None for picture in together)
        handed_in = HandedIn(entry.happened, state.place, tell)
        for picture in together:
            remarks[picture.sha256] = _sentences(picture, handed_in, entry.case, actor, policy)
    return remarks


def _handed_in(entry: Entry) -> tuple[str, ...]:
    return (*entry.step.before, *entry.step.after, *entry.step.proof)


def _sentences(picture: Picture, handed_in: HandedIn, case_id: str, actor: Actor, policy: LocalPolicy) -> list[TextOut]:
    said = [say_mark(mark, **details) for mark, details in marks_of(picture, handed_in, policy).items()]
    repeated = repeated_of(picture, case_id)
    if repeated is not None:
        (zh, _), (_, en) = (say_mark(PictureMark.REPEATED, where=where) for where in _where(repeated, actor))
        said.append((zh, en))
    return [TextOut(zh=zh, en=en) for zh, en in said]


def _where(same: SameAs, actor: Actor) -> tuple[str, str]:
    if is_visible(actor, same.case):
        return f"案件 {same.case.no} ", f"case {same.case.no}"
    return "另一案件", "another case"
