"""受理立案操作: from the report to the registration, and the corrections of it."""

from __future__ import annotations

from gezhi.cases.rules.commands.command import Command, Reasoned, Seen
from gezhi.cases.rules.state import ReportRef


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
    by_call: bool = False


class Report(_Sent, frozen=True, tag="report", kw_only=True):
    pass


class SelfHandle(_Sent, frozen=True, tag="self_handle", kw_only=True):
    after: tuple[str, ...] = ()


class AddReport(Command, frozen=True, tag="add_report", kw_only=True):
    """`moved` is the report of a merged case, taken over with its sender and moment; `pictures` are then those of that
    case before.
    """

    report_id: str
    channel: str
    moved: ReportRef | None = None
    pictures: tuple[str, ...] = ()
    reachable: bool = False
    by_call: bool = False


class CorrectContact(Command, frozen=True, tag="correct_contact", kw_only=True):
    """How its sender is reached from now on. `again`: the outcome, which went elsewhere or nowhere, is told anew."""

    report_id: str
    reason: str
    reachable: bool = False
    by_call: bool = False
    again: bool = False


class TellByCall(Command, frozen=True, tag="tell_by_call", kw_only=True):
    """`report_ids`: all reports of the person who was called."""

    report_ids: tuple[str, ...]
    text: str


class RequireVerification(Command, frozen=True, tag="require_verification", kw_only=True):
    collector_id: int | None = None
    reason: str = ""


class CompleteVerification(Seen, frozen=True, tag="complete_verification", kw_only=True):
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


class Refuse(Reasoned, frozen=True, tag="refuse", kw_only=True):
    answer: str = ""


class Merge(Reasoned, frozen=True, tag="merge", kw_only=True):
    into: str
    answer: str = ""


class Register(Command, frozen=True, tag="register", kw_only=True):
    """For a class without standard row the duty officer states limit and closing conditions."""

    limit: int | None = None
    unit: str | None = None
    closing: tuple[str, ...] = ()
    reason: str = ""


class Reject(Reasoned, frozen=True, tag="reject", kw_only=True):
    answer: str = ""


class GiveBack(Reasoned, frozen=True, tag="give_back", kw_only=True):
    pass


class Amend(Command, frozen=True, tag="amend", kw_only=True):
    reason: str
    class_key: str | None = None
    row_key: str | None = None
    address: str | None = None
    lon: int | None = None
    lat: int | None = None
