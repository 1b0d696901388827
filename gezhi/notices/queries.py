"""Reads of notices and messages. A notice is read by its own reader only; messages by those of the region."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from functools import reduce
from operator import or_
from uuid import UUID

from django.db.models import Q, QuerySet

from gezhi.kernel.permissions import Scope
from gezhi.notices.models import Message, Notice
from gezhi.notices.rules.news import ToldText, Words
from gezhi.notices.rules.sending import UNSAID, State
from gezhi.people.queries import as_datetime, moment_of

MOST_COUNTED = 100


def list_notices(user_id: int, *, unread: bool, after: tuple[int, int] | None, limit: int) -> list[Notice]:
    """The newest first; `after` is (moment in seconds, id) of the last row of the page before."""
    rows = Notice.objects.filter(user_id=user_id)
    if unread:
        rows = rows.filter(read_at=None)
    if after is not None:
        at, last = as_datetime(after[0]), after[1]
        rows = rows.filter(Q(created_at__lt=at) | Q(created_at=at, id__lt=last), created_at__lte=at)
    return list(rows.order_by("-created_at", "-id")[:limit])


def count_unread(user_id: int) -> int:
    """Up to a hundred; more is “99+” anyway."""
    return Notice.objects.filter(user_id=user_id, read_at=None).order_by()[:MOST_COUNTED].count()


def _in_scope(scope: Scope) -> QuerySet[Message]:
    """Messages about what lies in the regions of a scope; a scope without regions sees none."""
    if "" in scope.regions:
        return Message.objects.all()
    if not scope.regions:
        return Message.objects.none()
    return Message.objects.filter(reduce(or_, (Q(area_code__startswith=code) for code in scope.regions)))


def list_messages(
    scope: Scope, *, state: State | None = None, after: tuple[int, UUID] | None = None, limit: int
) -> list[Message]:
    """The newest first."""
    rows = _in_scope(scope)
    return _page(rows.filter(state=state.value) if state is not None else rows, after, limit)


def list_to_call(
    scope: Scope, kinds: Collection[str], *, after: tuple[int, UUID] | None = None, limit: int
) -> list[Message]:
    """待电话告知: of these kinds what is to be told by telephone, or could not be sent. The newest first."""
    rows = _in_scope(scope).filter(kind__in=kinds, state__in=["refused", "given_up", "to_call"])
    return _page(rows.exclude(phone=""), after, limit)


def _page(rows: QuerySet[Message], after: tuple[int, UUID] | None, limit: int) -> list[Message]:
    if after is not None:
        at, last = as_datetime(after[0]), after[1]
        rows = rows.filter(Q(created_at__lt=at) | Q(created_at=at, id__lt=last), created_at__lte=at)
    return list(rows.order_by("-created_at", "-id")[:limit])


def count_messages(scope: Scope) -> dict[State, int]:
    """How many have reached nobody, each up to a hundred."""
    return {
        state: _in_scope(scope).filter(state=state.value).order_by()[:MOST_COUNTED].count() for state in sorted(UNSAID)
    }


def find_messages(scope: Scope, ids: Sequence[UUID]) -> list[UUID]:
    """Those of the ids that lie in the scope."""
    return list(_in_scope(scope).filter(id__in=ids).values_list("id", flat=True))


def list_texts_about(subject_kind: str, subject_id: UUID) -> list[ToldText]:
    """All that went out about one thing, earliest first."""
    rows = Message.objects.filter(subject_id=subject_id, subject_kind=subject_kind)
    return [
        ToldText(
            id=row.id,
            recipient=row.recipient_id,
            kind=row.kind,
            text=Words(row.text, row.text_en),
            state=State(row.state),
            at=moment_of(row.created_at),
            sent_at=moment_of(row.sent_at) if row.sent_at is not None else None,
            erased=row.erased_at is not None,
            reference=row.reference,
            error=row.error,
        )
        for row in rows.order_by("created_at", "id")
    ]
