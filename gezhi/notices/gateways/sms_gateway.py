"""短信网关接口: what every gateway does, and how it says that it could not."""

from __future__ import annotations

from typing import Protocol

from gezhi.notices.rules.news import Outgoing


class SendFailed(Exception):
    """The message was not taken. `for_good`: this very message never will be; else the gateway is away or busy."""

    def __init__(self, reason: str, *, for_good: bool = False) -> None:
        super().__init__(reason)
        self.reason = reason
        self.for_good = for_good


class SmsGateway(Protocol):
    def send(self, message: Outgoing) -> str:
        """Hand over one message: its id at the gateway, empty if it gives none; or raise SendFailed. May get the same
        message twice after a kill.
        """
