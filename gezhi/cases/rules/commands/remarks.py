"""备注、督办、重大案件与计时操作: what is put on record beside the work itself."""

from __future__ import annotations

from gezhi.cases.rules.commands.command import Command
from gezhi.cases.rules.entries import OrderKind


class Note(Command, frozen=True, tag="note", kw_only=True):
    text: str


class Remind(Command, frozen=True, tag="remind", kw_only=True):
    text: str


class FindMissed(Command, frozen=True, tag="find_missed", kw_only=True):
    """`basis` is the proof, with pictures of the spot. No collector where no roster says whose beat it was."""

    collector_id: int | None = None
    basis: str
    reason: str
    pictures: tuple[str, ...] = ()


class WithdrawMissed(Command, frozen=True, tag="withdraw_missed", kw_only=True):
    reason: str


class Supervise(Command, frozen=True, tag="supervise", kw_only=True):
    """`order` is the number of the order in its register, `kind` what gave it; `due` the moment by which the
    reply is to come.
    """

    order: str
    kind: OrderKind = OrderKind.SUPERVISOR
    level: int
    text: str
    due: int


class AnswerSupervision(Command, frozen=True, tag="answer_supervision", kw_only=True):
    order: str
    text: str


class LiftSupervision(Command, frozen=True, tag="lift_supervision", kw_only=True):
    """`remaining`: the highest level of the orders that stay open, 0 for none."""

    order: str
    text: str
    remaining: int = 0


class ListMajor(Command, frozen=True, tag="list_major", kw_only=True):
    level: int
    text: str
    due: int
    unit_id: int


class ReportMajor(Command, frozen=True, tag="report_major", kw_only=True):
    text: str


class ChangeMajor(Command, frozen=True, tag="change_major", kw_only=True):
    due: int
    reason: str


class StrikeOff(Command, frozen=True, tag="strike_off", kw_only=True):
    text: str


class RunOut(Command, frozen=True, tag="run_out", kw_only=True):
    pass


class Recompute(Command, frozen=True, tag="recompute", kw_only=True):
    reason: str
