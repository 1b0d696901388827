"""申请种类: what can be asked for in a case. What each kind needs and does is told once, by the rules of cases."""

from __future__ import annotations

from enum import StrEnum
from typing import Self


class ApplicationKind(StrEnum):
    """The word that stands in the log for ever, with its names: a kind may be added, never renamed."""

    zh: str
    en: str

    def __new__(cls, word: str, zh: str = "", en: str = "") -> Self:
        kind = str.__new__(cls, word)
        kind._value_ = word
        kind.zh, kind.en = zh, en
        return kind

    SEND_BACK = "send_back", "回退", "Send-back"
    EXTENSION = "extension", "延期", "Extension"
    SUSPENSION = "suspension", "缓办", "Suspension"
    VOID = "void", "作废", "Void"
    APPEAL = "appeal", "申诉", "Appeal"
