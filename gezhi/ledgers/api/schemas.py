"""How the ledgers and share control look, in and out."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Literal
from uuid import UUID

from ninja import Schema
from pydantic import BaseModel, Field

from gezhi.calendars.shapes import first_moment, moment_after
from gezhi.cases.rules.applications import ApplicationKind
from gezhi.cases.rules.stages import Status
from gezhi.cases.shapes.schemas import ApplicationOut, Step
from gezhi.catalog.shapes import ClassOut
from gezhi.kernel.permissions import Role
from gezhi.ledgers.queries.ledger import LedgerFilters
from gezhi.ledgers.queries.register_search import sought
from gezhi.ledgers.rules.share import Fullness
from gezhi.plumbing.shapes import DayIn, TextOut


class LedgerFilterIn(Schema):
    """`since` and `until` are days, both of them belonging to the period in which it was asked."""

    unit: int | None = None
    region: Annotated[str, Field(pattern="^[0-9A-Z]{0,15}$")] = ""
    since: DayIn | None = None
    until: DayIn | None = None
    outcome: Literal["", "pending", "granted", "refused", "withdrawn", "lapsed", "expired"] = ""
    late: bool | None = None
    q: Annotated[str, Field(max_length=100)] = ""

    def filters(self, kind: ApplicationKind, on: date) -> LedgerFilters:
        return LedgerFilters(
            kind=kind,
            unit=self.unit,
            region=self.region,
            since=first_moment(self.since),
            until=moment_after(self.until),
            outcome=self.outcome,
            late=self.late,
            sought=sought(self.q, on=on),
        )


class LedgerPageIn(LedgerFilterIn):
    cursor: str | None = None
    limit: Annotated[int, Field(ge=1, le=200)] = 50


class LedgerRowOut(ApplicationOut):
    """One row of a ledger: the application, its case, and what it does to the figures."""

    case_id: UUID
    case_no: str
    place: str
    status: Status
    class_: ClassOut | None = Field(serialization_alias="class")
    asker_role: Role
    asker_organisation: str
    deciding: Step | None
    effect: TextOut


class LedgerCountOut(BaseModel):
    total: int
    granted: int
    refused: int
    pending: int
    late: int
    is_more: bool


class LedgerPageOut(BaseModel):
    items: list[LedgerRowOut]
    next_cursor: str | None
    count: LedgerCountOut


class ShareKindOut(BaseModel):
    """What the matrix says of a kind: per mille, and who decides, above the ceiling in addition."""

    kind: ApplicationKind
    warning: int
    ceiling: int
    share_base: int
    share_days: int
    steps: list[Step]
    above_ceiling: list[Step]


class KindShareOut(BaseModel):
    """`granted` by the date of the decision, all else by that of asking. `granted_lately` and `given_lately` are of the
    last days, as control looks at them.
    """

    kind: ApplicationKind
    asked: int
    granted: int
    refused: int
    pending: int
    late: int
    share: int
    state: Fullness
    granted_lately: int
    given_lately: int
    next_is_above: bool


class UnitShareOut(BaseModel):
    unit_id: int
    name: str
    level: int
    given: int
    state: Fullness
    kinds: list[KindShareOut]


class SharesOut(BaseModel):
    """`since` and `until` are the days of the month, as the ledgers take them."""

    month: str
    since: date
    until: date
    kinds: list[ShareKindOut]
    items: list[UnitShareOut]
