"""Shapes that come in. Coordinates are degrees of the system that is named, CGCS2000 if none is, longitude first."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Annotated, Any, Literal, Union
from uuid import UUID

from pydantic import Field, create_model

from gezhi.cases.rules.applications.kind import KindRule
from gezhi.cases.rules.applications.kinds import KINDS
from gezhi.kernel.coordinates import CoordinateSystem, to_cgcs2000
from gezhi.kernel.places import to_e7
from gezhi.plumbing.shapes import Exact, MomentIn

Words = Annotated[str, Field(max_length=200_000)]  # the rule says in words what is too long; this only bounds the work
Lon = Annotated[float, Field(ge=-180, le=180)]
Lat = Lon  # as wide as a longitude, so that the locator can say that the two were exchanged
Sha256 = Annotated[str, Field(pattern="^[0-9a-f]{64}$")]
Pictures = Annotated[list[Sha256], Field(max_length=12)]


class ContactIn(Exact):
    name: Annotated[str, Field(max_length=60)] = ""
    phone: Annotated[str, Field(max_length=60)] = ""  # as it is typed; read and shortened before it is kept
    wants_answer: bool = False
    keep_secret: bool = False
    by_call: bool = False  # the outcome is to be told by telephone, also where the number can be texted


class AddReportIn(Exact):
    """A further sender of a problem that has its case already."""

    channel: str
    description: Words = ""
    pictures: Pictures = Field(default_factory=list)
    contact: ContactIn | None = None
    sender_no: Annotated[str, Field(max_length=60)] = ""
    happened_at: MomentIn | None = None


class ReportIn(AddReportIn):
    lon: Lon
    lat: Lat
    system: CoordinateSystem = CoordinateSystem.CGCS2000
    place: Words = ""
    class_key: str | None = None
    row_key: str | None = None
    self_handled: bool = False
    after: Pictures = Field(default_factory=list)


class CommandIn(Exact):
    """`seq` is the number of the last entry that the user saw."""

    seq: int | None = None

    def fields(self) -> dict[str, Any]:
        """The fields of the rule's command: coordinates as whole 1e-7 degrees, lists as tuples."""
        data = self.model_dump(exclude={"seq"}, exclude_none=True)
        system = data.pop("system", CoordinateSystem.CGCS2000)
        if "lon" in data and "lat" in data:
            data["lon"], data["lat"] = to_cgcs2000(data["lon"], data["lat"], system)
        for name in ("lon", "lat"):
            if name in data:
                data[name] = to_e7(data[name])
        if "place" in data:
            data["address"] = data.pop("place")
        return data


class RequireVerificationIn(CommandIn):
    command: Literal["require_verification"]
    collector_id: int | None = None
    reason: Words = ""


class SeenIn(CommandIn):
    pictures: Pictures = Field(default_factory=list)
    lon: Lon | None = None
    lat: Lat | None = None
    system: CoordinateSystem = CoordinateSystem.CGCS2000
    text: Words = ""


class CompleteVerificationIn(SeenIn):
    command: Literal["complete_verification"]
    real: bool


class RerouteTaskIn(CommandIn):
    command: Literal["reroute_task"]
    collector_id: int
    reason: Words


class AcceptIn(CommandIn):
    command: Literal["accept"]
    class_key: str
    row_key: str | None = None
    place: Words | None = None
    lon: Lon | None = None
    lat: Lat | None = None
    system: CoordinateSystem = CoordinateSystem.CGCS2000


class ReasonIn(CommandIn):
    command: Literal[
        "mark_unowned",
        "recall",
        "ask_more",
        "withdraw_application",
        "resume",
        "revoke",
        "withdraw_missed",
    ]
    reason: Words


ReasonCode = Annotated[str, Field(max_length=40)]


class ListedReasonIn(CommandIn):
    """`reason_code` is one of the city's list for the command; the refusal of any other names them."""

    command: Literal["give_back", "decline_closing", "reopen"]
    reason: Words
    reason_code: ReasonCode = ""


class ReasonAnswerIn(CommandIn):
    command: Literal["refuse", "reject"]
    reason: Words
    reason_code: ReasonCode = ""
    answer: Words = ""


class MergeIn(CommandIn):
    command: Literal["merge"]
    into: UUID
    reason: Words
    reason_code: ReasonCode = ""
    answer: Words = ""

    def fields(self) -> dict[str, Any]:
        return {**super().fields(), "into": str(self.into)}


class RegisterIn(CommandIn):
    command: Literal["register"]
    limit: Annotated[int, Field(gt=0, le=10_000)] | None = None
    unit: str | None = None
    closing: Annotated[list[str], Field(default_factory=list, max_length=20)]
    reason: Words = ""


class DispatchIn(CommandIn):
    command: Literal["dispatch"]
    unit_id: int
    helpers: Annotated[list[int], Field(default_factory=list, max_length=10)]
    reason: Words = ""


class SettleOwnerIn(CommandIn):
    command: Literal["settle_owner"]
    unit_id: int
    basis: Words
    reason: Words
    manner: str
    cost: Annotated[int, Field(ge=0, le=1_000_000_000)] | None = None


class PlainIn(CommandIn):
    command: Literal["receive"]


class AskIn(CommandIn):
    """What every application brings; the parts of its own kind are added by `_ask_of`."""

    reason: Words
    reason_code: ReasonCode = ""
    form_no: Words = ""
    pictures: Pictures = Field(default_factory=list)

    def fields(self) -> dict[str, Any]:
        data = super().fields()
        return {name: int(one.timestamp()) if isinstance(one, datetime) else one for name, one in data.items()}


_PARTS: dict[str, Any] = {"amount": (Annotated[int, Field(ge=0, le=10_000)], ...), "moment": (MomentIn, ...)}


def _ask_of(rule: KindRule) -> type[AskIn]:
    """The shape of one kind's command, from what the kind declares."""
    fields: dict[str, Any] = {"command": (Literal[rule.word], ...)}
    fields |= {part.name: _PARTS[part.part] for part in rule.parts}
    return create_model(f"{rule.command.__name__}In", __base__=AskIn, __doc__=rule.command.__doc__, **fields)


if TYPE_CHECKING:
    AnyAskIn = AskIn
else:
    AnyAskIn = Union[tuple(map(_ask_of, KINDS.values()))]  # noqa: UP007 - made at run time


class AssignIn(CommandIn):
    command: Literal["assign"]
    unit_id: int
    text: Words = ""


class ListMajorIn(CommandIn):
    command: Literal["list_major"]
    level: int
    text: Words
    due: MomentIn
    unit_id: int

    def fields(self) -> dict[str, Any]:
        return {**super().fields(), "due": int(self.due.timestamp())}


class DecideApplicationIn(CommandIn):
    command: Literal["decide_application"]
    answer: Words = ""
    granted: bool
    reason: Words
    shirking: bool = False


class HandOverIn(CommandIn):
    command: Literal["hand_over"]
    pictures: Pictures = Field(default_factory=list)
    lon: Lon | None = None
    lat: Lat | None = None
    system: CoordinateSystem = CoordinateSystem.CGCS2000
    text: Words = ""


class ConfirmIn(CommandIn):
    command: Literal["confirm"]
    inspection_required: bool = True
    reason: Words = ""


class SendInspectionIn(CommandIn):
    command: Literal["send_inspection"]
    collector_id: int | None = None


class ResultIn(Exact):
    code: str
    passed: bool


class CompleteInspectionIn(SeenIn):
    command: Literal["complete_inspection"]
    results: Annotated[list[ResultIn], Field(default_factory=list, max_length=20)]


class CloseIn(CommandIn):
    command: Literal["close"]
    kind: str
    answer: Words = ""


class AmendIn(CommandIn):
    command: Literal["amend"]
    reason: Words
    class_key: str | None = None
    row_key: str | None = None
    place: Words | None = None
    lon: Lon | None = None
    lat: Lat | None = None
    system: CoordinateSystem = CoordinateSystem.CGCS2000


class TextIn(CommandIn):
    command: Literal["note", "remind", "report_major"]
    text: Words


class FindMissedIn(CommandIn):
    command: Literal["find_missed"]
    collector_id: int | None = None
    basis: Words
    reason: Words
    pictures: Pictures = Field(default_factory=list)


AnyCommandIn = Annotated[
    RequireVerificationIn
    | CompleteVerificationIn
    | RerouteTaskIn
    | AcceptIn
    | ReasonIn
    | ListedReasonIn
    | ReasonAnswerIn
    | MergeIn
    | RegisterIn
    | DispatchIn
    | SettleOwnerIn
    | PlainIn
    | AnyAskIn
    | AssignIn
    | DecideApplicationIn
    | ListMajorIn
    | HandOverIn
    | ConfirmIn
    | SendInspectionIn
    | CompleteInspectionIn
    | CloseIn
    | AmendIn
    | TextIn
    | FindMissedIn,
    Field(discriminator="command"),
]


class BatchCaseIn(Exact):
    id: UUID
    seq: int | None = None


class BatchIn(Exact):
    """One command for several cases; `seq` of each is the last entry that the user saw."""

    cases: Annotated[list[BatchCaseIn], Field(min_length=1, max_length=200)]
    command: AnyCommandIn
