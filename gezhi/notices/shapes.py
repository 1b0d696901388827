"""通知与短信的样子: a notice, and a text to somebody outside; their phone is masked unless the post may know it."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from pydantic import BaseModel

from gezhi.kernel.masking import Shown, show_phone
from gezhi.kernel.permissions import Actor, Permission
from gezhi.notices.models import Message, Notice
from gezhi.notices.rules.sending import State
from gezhi.plumbing.shapes import TextOut


class NoticeOut(BaseModel):
    id: int
    kind: str
    subject_kind: str
    subject_id: UUID
    case_no: str
    title: TextOut
    text: TextOut
    created_at: datetime
    read_at: datetime | None


class MessageOut(BaseModel):
    """`recipient_id` is the report whose sender it went to. `phone` is masked unless the post may see who reported and
    they did not ask for secrecy; empty once erased.
    """

    id: UUID
    recipient_id: UUID
    kind: str
    subject_kind: str
    subject_id: UUID
    case_no: str
    phone: str
    text: TextOut
    state: State
    attempts: int
    error: str
    reference: str
    created_at: datetime
    next_try_at: datetime | None
    sent_at: datetime | None
    erased_at: datetime | None


def notice_out(one: Notice) -> NoticeOut:
    return NoticeOut(
        id=one.id,
        kind=one.kind,
        subject_kind=one.subject_kind,
        subject_id=one.subject_id,
        case_no=one.case_no,
        title=TextOut(zh=one.title_zh, en=one.title_en),
        text=TextOut(zh=one.text_zh, en=one.text_en),
        created_at=one.created_at,
        read_at=one.read_at,
    )


def message_out(one: Message, actor: Actor) -> MessageOut:
    state, reads = State(one.state), Permission.REPORTERS_READ in actor.permissions
    shown = Shown.OPEN if reads and not one.secret else Shown.NOTHING if one.secret and not reads else Shown.PART
    open_book = shown is Shown.OPEN
    return MessageOut(
        id=one.id,
        kind=one.kind,
        subject_kind=one.subject_kind,
        subject_id=one.subject_id,
        case_no=one.case_no,
        recipient_id=one.recipient_id,
        phone=show_phone(one.phone, shown),
        text=TextOut(zh=one.text, en=one.text_en) if open_book else TextOut(zh=one.shown, en=one.shown_en),
        state=state,
        attempts=one.attempts,
        error=one.error,
        reference=one.reference,
        created_at=one.created_at,
        next_try_at=one.next_try_at if state is State.WAITING else None,
        sent_at=one.sent_at,
        erased_at=one.erased_at,
    )
