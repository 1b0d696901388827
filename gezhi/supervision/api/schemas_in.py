"""What comes in."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Literal
from uuid import UUID

from pydantic import BaseModel, Field, StringConstraints

from gezhi.calendars.rules.office_days import day_of
from gezhi.calendars.shapes import first_moment, moment_after
from gezhi.cases.rules.entries import OrderKind
from gezhi.ledgers.queries.register_search import Sought, sought
from gezhi.plumbing.clock import system_clock
from gezhi.plumbing.shapes import DayIn, Exact, MomentIn
from gezhi.supervision.queries.accountability import EntryFilter
from gezhi.supervision.queries.major import MajorFilter
from gezhi.supervision.queries.orders import OrderFilter
from gezhi.supervision.queries.ownerless import BoardFilter
from gezhi.supervision.rules.accountability import AccountabilityKind, EntryState
from gezhi.supervision.rules.key_lists import Begins
from gezhi.supervision.rules.major_register import MajorState
from gezhi.supervision.rules.orders import OrderState
from gezhi.supervision.shapes.rules import RegisterLimitShape, Words

Line = Annotated[str, StringConstraints(pattern=r"^[^\x00-\x1f\x7f]*$", max_length=200, strip_whitespace=True)]
Asked = Annotated[str, StringConstraints(pattern=r"^[^\x00-\x1f\x7f]*$", max_length=60, strip_whitespace=True)]
Code = Annotated[str, StringConstraints(pattern=r"^[0-9]*$", max_length=15)]
ClassKey = Annotated[str, StringConstraints(pattern=r"^[0-9a-z*-]*$", max_length=24)]
Sha = Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{64}$")]
Pictures = Annotated[list[Sha], Field(max_length=20)]
Id = Annotated[int, Field(ge=0, le=2**53)]


def _sought(text: str) -> Sought:
    return sought(text, on=day_of(system_clock()))


class Page(BaseModel):
    cursor: str = ""
    limit: int = Field(30, ge=1, le=200)


class Period(BaseModel):
    """`until` is the last day that belongs to it."""

    since: DayIn | None = None
    until: DayIn | None = None


class OrderFilterIn(Period):
    """`state`: one of the states, or `standing` for all but lifted; `overdue`: a reply is due and did not come."""

    state: OrderState | Literal["standing"] | None = None
    kind: OrderKind | None = None
    level: int | None = Field(None, ge=1, le=3)
    unit_id: Id | None = None
    region: Code = ""
    late: bool | None = None
    overdue: bool = False
    case_id: UUID | None = None
    q: Asked = ""

    def filters(self, now: int) -> OrderFilter:
        return OrderFilter(
            state=self.state or "",
            kind=self.kind or "",
            level=self.level,
            unit=self.unit_id,
            region=self.region,
            late=self.late,
            overdue_at=now if self.overdue else None,
            since=first_moment(self.since),
            until=moment_after(self.until),
            case_id=self.case_id,
            sought=_sought(self.q),
        )


class OrdersAsked(OrderFilterIn, Page):
    pass


class EntryFilterIn(Period):
    state: EntryState | None = None
    kind: AccountabilityKind | None = None
    unit_id: Id | None = None
    region: Code = ""
    late: bool | None = None
    case_id: UUID | None = None
    q: Asked = ""

    def filters(self) -> EntryFilter:
        return EntryFilter(
            state=self.state or "",
            kind=self.kind or "",
            unit=self.unit_id,
            region=self.region,
            late=self.late,
            since=first_moment(self.since),
            until=moment_after(self.until),
            case_id=self.case_id,
            sought=_sought(self.q),
        )


class EntriesAsked(EntryFilterIn, Page):
    pass


class MajorFilterIn(BaseModel):
    """`state`: one of the states, or `standing` for all that are not struck off."""

    state: MajorState | Literal["standing"] | None = None
    level: int | None = Field(None, ge=1, le=3)
    unit_id: Id | None = None
    region: Code = ""
    overdue: bool = False
    case_id: UUID | None = None
    q: Asked = ""

    def filters(self, now: int) -> MajorFilter:
        return MajorFilter(
            state=self.state or "",
            level=self.level,
            unit=self.unit_id,
            region=self.region,
            overdue_at=now if self.overdue else None,
            case_id=self.case_id,
            sought=_sought(self.q),
        )


class MajorAsked(MajorFilterIn, Page):
    pass


class BoardFilterIn(BaseModel):
    difficulty: Literal["unowned", "returned_twice"] | None = None
    region: Code = ""
    class_key: ClassKey = ""
    q: Asked = ""

    def filters(self) -> BoardFilter:
        return BoardFilter(
            difficulty=self.difficulty or "", region=self.region, class_key=self.class_key, sought=_sought(self.q)
        )


class BoardAsked(BoardFilterIn, Page):
    pass


class SettlementsAsked(Page):
    waiting: bool = True


class MeetingsAsked(Page):
    case_id: UUID | None = None


class OrderIn(Exact):
    """No `due_at`: the reply limit of the level; no `unit_id`: whoever leads the case."""

    case_id: UUID
    level: int
    requirement: Words
    due_at: MomentIn | None = None
    unit_id: Id | None = None


class ReplyIn(Exact):
    text: Words
    pictures: Pictures = Field(default_factory=list)


class DeedTextIn(Exact):
    text: Words = ""


class DeedReasonIn(Exact):
    reason: Words


class ReturnIn(Exact):
    reason: Words
    due_at: MomentIn | None = None


class FurtherIn(Exact):
    requirement: Words
    due_at: MomentIn | None = None


class EntryIn(Exact):
    """Without a case it is about the unit as such."""

    unit_id: Id
    case_id: UUID | None = None
    cause: Words
    demand: Words


class DeedConfirmIn(Exact):
    """An empty demand: the one proposed; no `due_at`: the limit of the rule."""

    demand: Words = ""
    due_at: MomentIn | None = None


class DeedResultIn(Exact):
    result: Words
    pictures: Pictures = Field(default_factory=list)


class DeedCloseIn(Exact):
    """`points`: what it takes off the evaluation, with at most two decimals."""

    text: Words
    measure: str
    measure_text: Line = ""
    points: float = Field(0, ge=0, le=10_000)
    effect: Line = ""


class MajorIn(Exact):
    case_id: UUID
    level: int
    plan: Words
    due_at: MomentIn
    unit_id: Id


class ChangeIn(Exact):
    reason: Words
    due_at: MomentIn


class DeedDecisionIn(Exact):
    granted: bool
    reason: Words


class SignIn(Exact):
    granted: bool
    text: Words


class AboveIn(Exact):
    """`to`: whom it was sent to; no `sent_at`: now."""

    text: Words
    to: Line
    sent_at: MomentIn | None = None


class SettleIn(Exact):
    """`cost` in yuan and `contractor` go with substitute work."""

    manner: str
    unit_id: Id
    reason: Words
    basis: Words = ""
    cost: int | None = Field(None, ge=0, le=2_000_000_000)
    contractor: Line = ""


class MeetingIn(Exact):
    title: Line
    held_on: DayIn
    place: Line = ""
    participants: Words
    case_ids: list[UUID] = Field(max_length=200)


class AgendaIn(Exact):
    case_ids: list[UUID] = Field(max_length=200)


class MeetingDecisionIn(SettleIn):
    """What the meeting decided on one case. Without `basis`: the minutes of the meeting."""

    case_id: UUID
    manner: str


class PutOffIn(Exact):
    case_id: UUID
    text: Words


class KeyListIn(Exact):
    title: Line
    classes: list[ClassKey] = Field(default_factory=list, max_length=300)
    regions: list[Code] = Field(default_factory=list, max_length=300)
    case_nos: list[Line] = Field(default_factory=list, max_length=300)
    begins: Begins
    level: int
    requirement: Words
    reply: RegisterLimitShape
    valid_from: DayIn
    valid_to: DayIn | None = None


def epoch(at: datetime | None) -> int | None:
    return None if at is None else int(at.timestamp())
