"""操作: what people ask of a case. The word of each is its row in `stages.TABLE`."""

from __future__ import annotations

from uuid import UUID

import msgspec

from gezhi.cases.rules.entries import Result
from gezhi.cases.rules.state import ReportRef
from gezhi.kernel.permissions import Actor


class Command(msgspec.Struct, frozen=True, tag_field="command", forbid_unknown_fields=True, kw_only=True):
    """Base of all commands; `word()` is its name in the table."""

    @property
    def word(self) -> str:
        return str(self.__struct_config__.tag)


class _Sent(Command, frozen=True, kw_only=True):
    """A report as it was sent in. `report_id` names the row that holds sender and words."""

    report_id: str
    channel: str
    lon: int
    lat: int
    address: str = ""
    class_key: str | None = None
    row_key: str | None = None
    pictures: tuple[str, ...] = ()
    reachable: bool = False


class Report(_Sent, frozen=True, tag="report", kw_only=True):
    pass


class SelfHandle(_Sent, frozen=True, tag="self_handle", kw_only=True):
    after: tuple[str, ...] = ()


class AddReport(Command, frozen=True, tag="add_report", kw_only=True):
    """`moved` is the report of a merged case, taken over with its sender and moment."""

    report_id: str
    channel: str
    moved: ReportRef | None = None
    pictures: tuple[str, ...] = ()
    reachable: bool = False


class RequireVerification(Command, frozen=True, tag="require_verification", kw_only=True):
    collector_id: int | None = None
    reason: str = ""


class _Seen(Command, frozen=True, kw_only=True):
    """What a collector saw on the spot."""

    pictures: tuple[str, ...] = ()
    lon: int | None = None
    lat: int | None = None
    text: str = ""


class CompleteVerification(_Seen, frozen=True, tag="complete_verification", kw_only=True):
    real: bool


class RerouteTask(Command, frozen=True, tag="reroute_task", kw_only=True):
    collector_id: int
    reason: str


class Accept(Command, frozen=True, tag="accept", kw_only=True):
    class_key: str
    row_key: str | None = None
    address: str | None = None
    lon: int | None = None
    lat: int | None = None


class Refuse(Command, frozen=True, tag="refuse", kw_only=True):
    reason: str
    answer: str = ""


class Merge(Command, frozen=True, tag="merge", kw_only=True):
    into: str
    reason: str
    answer: str = ""


class Register(Command, frozen=True, tag="register", kw_only=True):
    """For a class without standard row the duty officer states limit and closing conditions."""

    limit: int | None = None
    unit: str | None = None
    closing: tuple[str, ...] = ()
    reason: str = ""


class Reject(Command, frozen=True, tag="reject", kw_only=True):
    reason: str
    answer: str = ""


class GiveBack(Command, frozen=True, tag="give_back", kw_only=True):
    reason: str


class Dispatch(Command, frozen=True, tag="dispatch", kw_only=True):
    unit_id: int
    helpers: tuple[int, ...] = ()
    reason: str = ""


class MarkUnowned(Command, frozen=True, tag="mark_unowned", kw_only=True):
    reason: str


class SettleOwner(Command, frozen=True, tag="settle_owner", kw_only=True):
    unit_id: int
    basis: str
    reason: str


class Receive(Command, frozen=True, tag="receive", kw_only=True):
    pass


class Recall(Command, frozen=True, tag="recall", kw_only=True):
    reason: str


class AskSendBack(Command, frozen=True, tag="ask_send_back", kw_only=True):
    reason: str


class DecideSendBack(Command, frozen=True, tag="decide_send_back", kw_only=True):
    granted: bool
    reason: str
    shirking: bool = False


class HandOver(Command, frozen=True, tag="hand_over", kw_only=True):
    pictures: tuple[str, ...] = ()
    text: str = ""


class Confirm(Command, frozen=True, tag="confirm", kw_only=True):
    inspection_required: bool = True
    reason: str = ""


class AskMore(Command, frozen=True, tag="ask_more", kw_only=True):
    reason: str


class SendInspection(Command, frozen=True, tag="send_inspection", kw_only=True):
    collector_id: int | None = None


class CompleteInspection(_Seen, frozen=True, tag="complete_inspection", kw_only=True):
    results: tuple[Result, ...] = ()


class Close(Command, frozen=True, tag="close", kw_only=True):
    kind: str = "normal"
    answer: str = ""


class DeclineClosing(Command, frozen=True, tag="decline_closing", kw_only=True):
    reason: str


class Reopen(Command, frozen=True, tag="reopen", kw_only=True):
    reason: str


class Amend(Command, frozen=True, tag="amend", kw_only=True):
    reason: str
    class_key: str | None = None
    row_key: str | None = None
    address: str | None = None
    lon: int | None = None
    lat: int | None = None


class Note(Command, frozen=True, tag="note", kw_only=True):
    text: str


class Remind(Command, frozen=True, tag="remind", kw_only=True):
    text: str


class FindMissed(Command, frozen=True, tag="find_missed", kw_only=True):
    collector_id: int
    reason: str


class RunOut(Command, frozen=True, tag="run_out", kw_only=True):
    pass


class Recompute(Command, frozen=True, tag="recompute", kw_only=True):
    reason: str


class Sender(msgspec.Struct, frozen=True, kw_only=True):
    """举报人: what a sender wrote and how to reach them. Kept apart from the log, in a table that can be erased."""

    description: str = ""
    sender_no: str = ""
    name: str = ""
    phone: str = ""
    wants_answer: bool = False
    keep_secret: bool = False


class Submission(msgspec.Struct, frozen=True, kw_only=True):
    """One command for one case by one person. `command_id` makes it safe to send again; `seen_seq` is the state that
    they looked at.

    `recorded` is set where a past moment is being simulated; otherwise the writer's clock gives it.
    """

    case_id: UUID
    command_id: UUID
    command: Command
    actor: Actor
    sender: Sender | None = None
    happened: int | None = None
    recorded: int | None = None
    seen_seq: int | None = None
