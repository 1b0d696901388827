"""What changes notices: telling, reading, and the way of a message from waiting to sent. Nothing here calls outside."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from datetime import timedelta
from functools import reduce
from operator import or_
from typing import Any
from uuid import UUID

from django.db import connection
from django.db.models import Q

from gezhi.kernel.masking import mask_phone
from gezhi.kernel.permissions import Scope
from gezhi.notices.models import Message, Notice
from gezhi.notices.queries import find_messages
from gezhi.notices.rules.keeping import NOTICES_KEPT_DAYS, PHONES_KEPT_DAYS
from gezhi.notices.rules.news import NewMessage, NewNotice, Outgoing
from gezhi.notices.rules.sending import (
    CLAIMED_FOR_S,
    FAILED,
    LONGEST_ERROR,
    LONGEST_REFERENCE,
    UNSAID,
    State,
    after_failure,
)
from gezhi.people.queries import as_datetime
from gezhi.plumbing.clock import Clock
from gezhi.plumbing.database import insert_rows

_CLAIM = """
UPDATE notices_message SET attempts = attempts + 1, next_try_at = to_timestamp(%s)
WHERE id = (SELECT id FROM notices_message WHERE state = 'waiting' AND next_try_at <= to_timestamp(%s) AND phone <> ''
            ORDER BY next_try_at, id LIMIT 1 FOR UPDATE SKIP LOCKED)
RETURNING id, phone, text, case_no, attempts
"""


def notify(notices: Iterable[NewNotice]) -> int:
    """通知: one row for each reader, in one statement; what a reader has been told already is left as it is."""
    told = list(notices)
    rows = [{"user_id": reader, **_notice_row(one)} for one in told for reader in one.readers]
    entered = insert_rows("notices_notice", rows, once=("user_id", "key"))
    if alone := [one for one in told if one.stands_for_all]:
        Notice.objects.filter(reduce(or_, map(_earlier_unread, alone))).delete()
    return entered


def _earlier_unread(one: NewNotice) -> Q:
    same = Q(user_id__in=one.readers, kind=one.kind, subject_kind=one.about.kind, subject_id=one.about.id)
    return same & Q(read_at=None, created_at__lte=as_datetime(one.at)) & ~Q(key=one.key)


def queue_messages(messages: Iterable[NewMessage]) -> int:
    """短信排队: they wait for the worker, in one statement; a text under the same key is not queued twice, one without
    a number not at all.
    """
    return insert_rows("notices_message", [_message_row(one) for one in messages if one.phone], once=("key",))


def _notice_row(one: NewNotice) -> dict[str, Any]:
    return {
        "key": one.key,
        "kind": one.kind,
        "subject_kind": one.about.kind,
        "subject_id": one.about.id,
        "case_no": one.about.no,
        "title_zh": one.title.zh,
        "title_en": one.title.en,
        "text_zh": one.text.zh,
        "text_en": one.text.en,
        "created_at": as_datetime(one.at),
        "read_at": as_datetime(one.read_at) if one.read_at is not None else None,
    }


def _message_row(one: NewMessage) -> dict[str, Any]:
    at = as_datetime(one.at)
    return {
        "id": one.id,
        "key": one.key,
        "recipient_id": one.recipient,
        "kind": one.kind,
        "subject_kind": one.about.kind,
        "subject_id": one.about.id,
        "case_no": one.about.no,
        "area_code": one.about.area,
        "phone": one.phone,
        "secret": one.secret,
        "text": one.text.zh,
        "text_en": one.text.en,
        "shown": (one.shown or one.text).zh,
        "shown_en": (one.shown or one.text).en,
        "state": (State.TO_CALL if one.by_call else State.WAITING if one.sent_at is None else State.SENT).value,
        "attempts": 0,
        "next_try_at": at,
        "error": "",
        "created_at": at,
        "sent_at": as_datetime(one.sent_at) if one.sent_at is not None else None,
    }


def mark_read(user_id: int, *, ids: Sequence[int] = (), until: int | None = None, clock: Clock) -> int:
    """标为已读: these, or all up to a moment; what comes in meanwhile stays unread. Only the reader's own."""
    which = Q(id__in=ids) if until is None else Q(created_at__lte=as_datetime(until))
    return Notice.objects.filter(which, user_id=user_id, read_at=None).update(read_at=as_datetime(clock()))


def claim_message(*, clock: Clock) -> Outgoing | None:
    """认领: the message that has waited longest, committed at once. A claim of a worker that was killed runs out."""
    now = clock()
    with connection.cursor() as cursor:
        cursor.execute(_CLAIM, [now + CLAIMED_FOR_S, now])
        row = cursor.fetchone()
    return Outgoing(*row) if row is not None else None


def mark_sent(message: Outgoing, reference: str, *, clock: Clock) -> None:
    """已发送: the gateway has taken it, under its own id."""
    rows = Message.objects.filter(id=message.id)
    rows.update(state=State.SENT.value, sent_at=as_datetime(clock()), error="", reference=reference[:LONGEST_REFERENCE])


def mark_failed(message: Outgoing, error: str, *, for_good: bool, clock: Clock) -> State:
    """It waits for its next attempt or has failed; the reason is kept without the number."""
    chance = after_failure(message.attempts, for_good=for_good, now=clock())
    told = error.replace(message.phone, mask_phone(message.phone))[:LONGEST_ERROR]
    rows = Message.objects.filter(id=message.id, state=State.WAITING.value)
    rows.update(state=chance.state.value, next_try_at=as_datetime(chance.at), error=told)
    return chance.state


def retry_messages(scope: Scope, ids: Sequence[UUID], *, clock: Clock) -> int:
    """重新发送: what has failed and still has its number is tried again at once, counted from the beginning. What waits
    is left alone: a worker may be sending it.
    """
    failed = Message.objects.filter(id__in=find_messages(scope, ids), state__in=_words(FAILED), erased_at=None)
    rows = failed.exclude(phone="")
    return rows.update(state=State.WAITING.value, attempts=0, next_try_at=as_datetime(clock()))


def erase_messages(recipients: Sequence[UUID], *, clock: Clock) -> int:
    """删除个人信息: number and words of all that went to these recipients; that something was sent stays."""
    rows = Message.objects.filter(recipient_id__in=recipients, erased_at=None)
    unsaid = rows.filter(state__in=_words(UNSAID))
    unsaid.update(state=State.GIVEN_UP.value)
    nothing = dict.fromkeys(("phone", "text", "text_en", "shown", "shown_en", "error"), "")
    return rows.update(**nothing, erased_at=as_datetime(clock()))


def mark_called(about: UUID, recipients: Sequence[UUID], *, clock: Clock) -> int:
    """电话告知: what had not reached these recipients was told by telephone; no text goes out any more."""
    rows = Message.objects.filter(subject_id=about, recipient_id__in=recipients, state__in=_words(UNSAID))
    return rows.update(state=State.CALLED.value, sent_at=as_datetime(clock()))


def withdraw_messages(about: UUID, kinds: Collection[str]) -> int:
    """作废: what has not reached anybody and is true no longer."""
    rows = Message.objects.filter(subject_id=about, kind__in=kinds, state__in=_words(UNSAID))
    return rows.update(state=State.GIVEN_UP.value, phone="")


def redirect_messages(
    recipient: UUID, phone: str, *, by_call: bool, ends: Collection[str], secret: bool, clock: Clock
) -> None:
    """更正号码: what has not reached a recipient goes to another number. Of a step before the end nobody is called, and
    of what failed only the end is tried again.
    """
    rows = Message.objects.filter(recipient_id=recipient, state__in=_words(UNSAID), erased_at=None)
    again = rows.filter(Q(kind__in=ends) | Q(state=State.WAITING.value))
    state = State.TO_CALL if by_call else State.WAITING
    rest = again.filter(kind__in=ends) if by_call else again
    gone = rows if not phone else again.exclude(kind__in=ends) if by_call else rows.none()
    gone.update(state=State.GIVEN_UP.value, phone="")
    if phone:
        rest.update(
            state=state.value, phone=phone, secret=secret, attempts=0, error="", next_try_at=as_datetime(clock())
        )


def _words(states: Collection[State]) -> list[str]:
    return [state.value for state in states]


def sweep_old(*, clock: Clock) -> tuple[int, int]:
    """到期清理: old notices go, and old messages lose their number. Gives how many of each."""
    now = as_datetime(clock())
    notices, _ = Notice.objects.filter(created_at__lt=now - timedelta(days=NOTICES_KEPT_DAYS)).delete()
    old = Message.objects.filter(created_at__lt=now - timedelta(days=PHONES_KEPT_DAYS)).exclude(phone="")
    kept = _words({State.WAITING, State.TO_CALL})
    return notices, old.exclude(state__in=kept).update(phone="")
