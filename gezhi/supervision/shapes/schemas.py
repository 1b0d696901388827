"""What goes out."""

from __future__ import annotations

from datetime import date, datetime
from uuid import UUID

from pydantic import BaseModel

from gezhi.calendars.shapes import LimitOut
from gezhi.cases.rules.difficulty import Difficulty
from gezhi.cases.rules.entries import Manner, OrderKind
from gezhi.cases.rules.state import End
from gezhi.cases.shapes.faces import CaseOut
from gezhi.kernel.permissions import Role
from gezhi.people.shapes import UnitOut
from gezhi.plumbing.shapes import PictureOut, TextOut, WordOut
from gezhi.supervision.rules.accountability import AccountabilityKind, EntryState, Measure
from gezhi.supervision.rules.addressees import Addressee
from gezhi.supervision.rules.key_lists import Begins
from gezhi.supervision.rules.major_register import MajorState
from gezhi.supervision.rules.meetings import Decision
from gezhi.supervision.rules.orders import OrderState
from gezhi.supervision.rules.ownerless import Why


class EventOut(BaseModel):
    seq: int
    kind: str
    title: TextOut
    at: datetime
    person: str
    role: Role
    organisation: str
    text: str
    pictures: list[PictureOut]


class OrderOut(BaseModel):
    """督办单. `addressees`: who is named; `overdue`: the reply is due and did not come; `acts`: what this post may do."""

    id: UUID
    no: str
    case: CaseOut
    kind: OrderKind
    level: int
    addressee: Addressee
    addressees: list[str]
    unit: UnitOut | None
    state: OrderState
    requirement: str
    due_at: datetime
    overdue: bool
    ordered_at: datetime
    ordered_by: str
    answered_at: datetime | None
    answer: str
    accepted_at: datetime | None
    late: bool
    missed: int
    returned: int
    escalated: int
    lifted_at: datetime | None
    lifted_by: str | None
    acts: list[str]


class OrderDetailOut(OrderOut):
    events: list[EventOut]


class OrderCountOut(BaseModel):
    """Of what is filtered; counted to 5,000 (`is_more`)."""

    total: int
    open: int
    answered: int
    returned: int
    lifted: int
    late: int
    is_more: bool


class OrderPageOut(BaseModel):
    items: list[OrderOut]
    next_cursor: str | None
    count: OrderCountOut


class LevelFormOut(BaseModel):
    """One level for this case: whom it addresses, by when a reply would be due, and the preset requirement."""

    level: int
    addressee: Addressee
    addressees: list[str]
    due_at: datetime
    requirement: str


class OrderFormOut(BaseModel):
    """What the form of an order on a case begins with: units that have a part, levels, orders that stand."""

    case: CaseOut
    units: list[UnitOut]
    levels: list[LevelFormOut]
    standing: list[OrderOut]


class EntryOut(BaseModel):
    """问责台账条目. `points`: what it takes off the unit's evaluation; `most_points`: what the rules allow."""

    id: UUID
    no: str
    kind: AccountabilityKind
    unit: UnitOut
    case: CaseOut | None
    month: str
    state: EntryState
    cause: str
    demand: str
    due_at: datetime | None
    overdue: bool
    proposed_at: datetime
    proposed_by: str
    confirmed_at: datetime | None
    confirmed_by: str | None
    result: str
    reported_at: datetime | None
    late: bool
    returned: int
    measure: Measure
    measure_text: str
    points: float
    most_points: float
    effect: str
    closed_at: datetime | None
    closed_by: str | None
    acts: list[str]


class EntryDetailOut(EntryOut):
    events: list[EventOut]


class EntryCountOut(BaseModel):
    total: int
    proposed: int
    correcting: int
    reported: int
    closed: int
    dismissed: int
    is_more: bool


class EntryPageOut(BaseModel):
    items: list[EntryOut]
    next_cursor: str | None
    count: EntryCountOut


class MajorOut(BaseModel):
    """重大案件备案. `asked_due_at`: a change that waits for a decision."""

    id: UUID
    no: str
    case: CaseOut
    level: int
    plan: str
    unit: UnitOut
    due_at: datetime
    overdue: bool
    state: MajorState
    listed_at: datetime
    listed_by: str
    progress: str
    progress_at: datetime | None
    progress_count: int
    asked_due_at: datetime | None
    asked_by: str | None
    asked_reason: str
    changes: int
    reported_above_at: datetime | None
    reported_above_count: int
    strike_by: str | None
    strike_at: datetime | None
    struck_by: str | None
    struck_at: datetime | None
    acts: list[str]


class MajorDetailOut(MajorOut):
    events: list[EventOut]


class MajorCountOut(BaseModel):
    total: int
    listed: int
    striking: int
    struck_off: int
    overdue: int
    is_more: bool


class MajorPageOut(BaseModel):
    items: list[MajorOut]
    next_cursor: str | None
    count: MajorCountOut


class HistoryOut(BaseModel):
    """One unit that had the case; `reason`: with which words it sent it back."""

    unit: UnitOut
    dispatched_at: datetime
    ended_at: datetime | None
    end: End | None
    reason: str


class BoardRowOut(BaseModel):
    """A case without owner. Ages in work days, since it was reported and since nobody owns it."""

    case: CaseOut
    difficulty: Difficulty
    why: list[Why]
    reported_at: datetime
    since: datetime
    age_days: float
    waiting_days: float
    overdue: bool
    history: list[HistoryOut]
    suggested: UnitOut | None
    acts: list[str]
    seq: int


class BoardCountOut(BaseModel):
    total: int
    unowned: int
    returned_twice: int


class BoardPageOut(BaseModel):
    items: list[BoardRowOut]
    next_cursor: str | None
    count: BoardCountOut


class ProposalPrefillOut(BaseModel):
    """What a proposal for the duty table (POST /duties/proposals) begins with."""

    class_key: str
    area_code: str
    area_name: str
    unit_id: int
    basis_kind: str
    basis: str
    reason: str
    case_id: UUID
    case_no: str


class SettlementOut(BaseModel):
    """确权记录. `has_row`: the duty table answers for class and place by now; else `prefill` begins the proposal."""

    id: UUID
    case: CaseOut
    manner: Manner
    unit: UnitOut
    cost: int | None
    contractor: str
    basis: str
    reason: str
    meeting_id: UUID | None
    settled_at: datetime
    settled_by: str
    has_row: bool
    row_seen_at: datetime | None
    prefill: ProposalPrefillOut


class SettlementPageOut(BaseModel):
    items: list[SettlementOut]
    next_cursor: str | None


class AgendaItemOut(BaseModel):
    case: CaseOut
    decision: Decision
    text: str


class MeetingOut(BaseModel):
    id: UUID
    no: str
    title: str
    held_on: date
    place: str
    participants: str
    called_at: datetime
    called_by: str
    organisation: str
    agenda: list[AgendaItemOut]
    settled: int
    acts: list[str]


class MeetingDetailOut(MeetingOut):
    events: list[EventOut]


class MeetingPageOut(BaseModel):
    items: list[MeetingOut]
    next_cursor: str | None


class KeyListOut(BaseModel):
    id: UUID
    title: str
    classes: list[WordOut]
    regions: list[WordOut]
    case_nos: list[str]
    begins: Begins
    level: int
    requirement: str
    reply: LimitOut
    valid_from: date
    valid_to: date | None
    in_force: bool
    orders: int
    made_at: datetime
    made_by: str
    ended_at: datetime | None
    ended_by: str | None
    ended_because: str


class KeyListPageOut(BaseModel):
    items: list[KeyListOut]
    next_cursor: str | None
