"""申请与审批操作: what is asked for and decided on."""

from __future__ import annotations

from gezhi.cases.rules.commands.command import Command


class Ask(Command, frozen=True, kw_only=True):
    """What is asked for, with the pictures that prove the need."""

    reason: str
    pictures: tuple[str, ...] = ()


class AskSendBack(Ask, frozen=True, tag="ask_send_back", kw_only=True):
    pass


class AskExtension(Ask, frozen=True, tag="ask_extension", kw_only=True):
    """`value` counts in the unit of the handling limit."""

    value: int


class AskSuspension(Ask, frozen=True, tag="ask_suspension", kw_only=True):
    """`until`: the moment at which the case wakes by itself."""

    until: int


class AskVoid(Ask, frozen=True, tag="ask_void", kw_only=True):
    pass


class Appeal(Ask, frozen=True, tag="appeal", kw_only=True):
    pass


class DecideApplication(Command, frozen=True, tag="decide_application", kw_only=True):
    """`answer` is what the senders of a voided case are told."""

    granted: bool
    reason: str
    shirking: bool = False
    answer: str = ""


class WithdrawApplication(Command, frozen=True, tag="withdraw_application", kw_only=True):
    reason: str


class Resume(Command, frozen=True, tag="resume", kw_only=True):
    reason: str
