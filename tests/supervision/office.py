"""Supervisors, leaders and units of the invented city at work on registers."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from gezhi.cases.rules import commands
from gezhi.cases.rules.applications.deciding import DecideApplication
from gezhi.cases.rules.applications.send_back import AskSendBack
from gezhi.cases.rules.stages import Status
from gezhi.kernel.deeds import Record, fold
from gezhi.kernel.permissions import Actor, Role
from gezhi.plumbing.register_rows import record_of
from gezhi.supervision import actions
from gezhi.supervision.actions import Doing
from gezhi.supervision.actions.orders import Asked
from gezhi.supervision.models import Event
from gezhi.supervision.queries.book import BOOK
from gezhi.supervision.rules.orders import Order
from tests.cases.city import City

HOUR, DAY = 3_600, 86_400
LATE_BY_WEEKS = 30 * DAY


class Office:
    """Who supervises, and what is done in their name."""

    def __init__(self, city: City) -> None:
        self.city = city
        self.supervisor = city.actor(Role.SUPERVISOR)
        self.leader = city.actor(Role.LEADER)
        self.dispatcher = city.actor(Role.DISPATCHER)

    def doing(self, actor: Actor, key: UUID | None = None) -> Doing:
        return Doing(actor=actor, key=key or self.city.ids(), clock=self.city.clock, ids=self.city.ids)

    def handler(self, case_id: UUID) -> Actor:
        leading = self.city.state(case_id).leading
        assert leading is not None
        return self.city.handler_of(leading.unit)

    def order(self, case_id: UUID, level: int = 1, *, by: Actor | None = None, **more: Any) -> Order:
        asked = Asked(level=level, requirement=more.pop("requirement", "请今日内清理完毕"), **more)
        return actions.order_supervision(case_id, asked, doing=self.doing(by or self.supervisor))

    def round(self) -> None:
        """The job, until nothing more is due."""
        while actions.supervise_due(clock=self.city.clock, ids=self.city.ids):
            pass

    def overdue(self) -> UUID:
        """A case at its unit, long overdue."""
        case_id = self.city.at(Status.HANDLING)
        self.city.clock.advance(LATE_BY_WEEKS)
        return case_id

    def orders_of(self, case_id: UUID) -> list[Order]:
        table = BOOK.registers[Order].rows
        return [record_of(Order, row) for row in table.filter(case_id=case_id).order_by("ordered_at", "id")]

    def twice_returned(self) -> UUID:
        """A case that two units have sent back."""
        case_id = self.city.at(Status.DISPATCHED)
        self.send_back(case_id, "不属于本单位管养范围")
        other = next(unit for unit in ("990100-works", "990100-parks") if self.city.unit(unit) not in self.had(case_id))
        self.city.do(case_id, commands.Dispatch(unit_id=self.city.unit(other), reason="改派"), self.dispatcher)
        self.send_back(case_id, "管养界线以外")
        return case_id

    def had(self, case_id: UUID) -> list[int]:
        return [part.unit for part in self.city.state(case_id).assignments]

    def send_back(self, case_id: UUID, reason: str) -> None:
        self.city.do(case_id, AskSendBack(reason=reason, reason_code="other"), self.handler(case_id))
        while (pending := self.city.state(case_id).pending) is not None:
            decider = self.city.actor(Role(pending.deciding or ""))
            self.city.do(case_id, DecideApplication(granted=True, reason="情况属实"), decider)


def assert_folds(record: Record) -> None:
    """The row is what its events give, to the last field."""
    events = Event.objects.filter(subject_id=record.id).order_by("seq")
    assert fold(type(record), [event.changes for event in events]) == record
    row = BOOK.registers[type(record)].rows.get(id=record.id)
    assert record_of(type(record), row) == record
