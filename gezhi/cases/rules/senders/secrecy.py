"""举报人保密: how much of a sender a post sees, and for which reasons it may see more."""

from __future__ import annotations

from enum import StrEnum
from uuid import UUID

import msgspec

from gezhi.cases.rules.stages import FINISHED, Status
from gezhi.cases.rules.state import CaseState
from gezhi.kernel.masking import Shown
from gezhi.kernel.permissions import Actor, Permission
from gezhi.kernel.words import require_words

OPEN_FOR_S = 1_800
"""How long a reason counts: a call and its note."""


class OpeningReason(StrEnum):
    """查看理由: the closed list; words say more."""

    CALL_BACK = "call_back"
    ANSWER = "answer"
    ON_SITE = "on_site"
    COMPLAINT = "complaint"
    LEGAL = "legal"
    SEARCH = "search"
    OTHER = "other"


OPENING_REASON_NAMES: dict[OpeningReason, tuple[str, str]] = {
    OpeningReason.CALL_BACK: ("回访核实情况", "Call back to clarify"),
    OpeningReason.ANSWER: ("答复办理结果", "Tell the outcome"),
    OpeningReason.ON_SITE: ("现场办理需要联系", "Contact for work on site"),
    OpeningReason.COMPLAINT: ("信访投诉复查", "Review of a complaint"),
    OpeningReason.LEGAL: ("依法调取", "Required by law"),
    OpeningReason.SEARCH: ("按电话查找案件", "Search by the caller's number"),
    OpeningReason.OTHER: ("其他", "Other"),
}


class Opening(msgspec.Struct, frozen=True):
    """查看记录: one look at a sender. `words` say why, beside the reason of the list."""

    id: UUID
    report_id: UUID
    case_id: UUID
    case_no: str
    area_code: str
    user_id: int
    post_id: int
    organisation_id: int
    reason: str
    words: str
    client: str
    opened_at: int
    until_at: int


class Look(msgspec.Struct, frozen=True):
    """Who asks to see a sender: `client` is the address they ask from."""

    actor: Actor
    client: str
    reason: OpeningReason
    words: str


def opening_of(look: Look, case_id: UUID, report_id: UUID, state: CaseState, *, opening_id: UUID, now: int) -> Opening:
    """What is put on record of a look. Without words there is none."""
    return Opening(
        id=opening_id,
        report_id=report_id,
        case_id=case_id,
        case_no=state.no,
        area_code=state.place.area,
        user_id=look.actor.user_id,
        post_id=look.actor.post_id,
        organisation_id=look.actor.organisation_id,
        reason=look.reason,
        words=require_words("text", look.words),
        client=look.client,
        opened_at=now,
        until_at=now + OPEN_FOR_S,
    )


def needs_reason(status: Status, *, keep_secret: bool) -> bool:
    """Whether even the posts that call senders back must say why they look: the sender asked for secrecy, or the case
    is finished and nobody needs to be called any more.
    """
    return keep_secret or status in FINISHED


def shown_to(actor: Actor, status: Status, *, keep_secret: bool, opened: bool = False) -> Shown:
    """`opened`: this person gave a reason a short while ago."""
    if Permission.REPORTERS_READ not in actor.permissions:
        return Shown.NOTHING if keep_secret else Shown.PART
    return Shown.OPEN if opened or not needs_reason(status, keep_secret=keep_secret) else Shown.PART
