"""任职、责任人、请假: what ties a user to posts and bodies from a day to a day, both included."""

from __future__ import annotations

from datetime import date

import msgspec


class _Span(msgspec.Struct, frozen=True):
    def covers(self, on: date) -> bool:
        return self.valid_from <= on and (self.valid_to is None or on <= self.valid_to)  # type: ignore[attr-defined]


class AppointmentFacts(_Span, frozen=True):
    """任职. `acting_for`: whom somebody stands in for (代理); None: the post is their own."""

    user_id: int
    post_id: int
    valid_from: date
    valid_to: date | None = None
    id: int = 0
    acting_for: int | None = None


class OfficerFacts(_Span, frozen=True):
    """机构责任人. `kind`: contact, head, deputy or leader in charge."""

    id: int
    organisation_id: int
    kind: str
    user_id: int
    valid_from: date
    valid_to: date | None = None


class LeaveFacts(_Span, frozen=True):
    """请假: somebody keeps their posts, but nothing new is given to them."""

    id: int
    user_id: int
    valid_from: date
    valid_to: date
