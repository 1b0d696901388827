"""消息与短信: what is told to readers in the app, and what is sent to a phone."""

from __future__ import annotations

from uuid import UUID

import msgspec

from gezhi.notices.rules.sending import State


class About(msgspec.Struct, frozen=True):
    """事由: what it is about. `area` is the region code that narrows who may look after messages."""

    kind: str
    id: UUID
    no: str
    area: str


class Words(msgspec.Struct, frozen=True):
    """The same in Chinese and English."""

    zh: str
    en: str


class NewNotice(msgspec.Struct, frozen=True):
    """消息: one piece of news for some readers. `key` tells it from all others; `read_at` is set where it is history.

    `stands_for_all`: unread ones of its kind about the same thing give way to it.
    """

    key: str
    readers: tuple[int, ...]
    kind: str
    about: About
    title: Words
    text: Words
    at: int
    read_at: int | None = None
    stands_for_all: bool = False


class NewMessage(msgspec.Struct, frozen=True):
    """短信: one text to one phone. `recipient` is the id under which it can be erased; `sent_at` is set for history;
    `by_call`: somebody is to say it on the telephone.

    `shown` is the text as staff read it who may not know whom it went to; None where it names nobody.
    """

    id: UUID
    key: str
    recipient: UUID
    kind: str
    about: About
    phone: str
    text: Words
    at: int
    secret: bool = False
    shown: Words | None = None
    sent_at: int | None = None
    by_call: bool = False


class ToldText(msgspec.Struct, frozen=True):
    """告知记录: a text to one recipient as it stands now. Moments are epoch seconds. `reference` is the gateway's id,
    `error` why it did not take the text.
    """

    id: UUID
    recipient: UUID
    kind: str
    text: Words
    state: State
    at: int
    sent_at: int | None
    erased: bool
    reference: str = ""
    error: str = ""


class Outgoing(msgspec.Struct, frozen=True):
    """待发短信: what a gateway is given. The id is the same at every attempt."""

    id: UUID
    phone: str
    text: str
    case_no: str
    attempts: int
