"""督办对象与期限: one look at the registers for a batch; whom a level addresses is asked once for each unit and county."""

from __future__ import annotations

from gezhi.calendars.rules.limits import Limit
from gezhi.calendars.rules.office_days import day_of
from gezhi.cases.queries.registers import Registers, held_registers
from gezhi.cases.rules.clocks.deadline import Timing
from gezhi.cases.rules.entries import OrderKind
from gezhi.cases.rules.state import CaseState
from gezhi.supervision.queries.rules import held_rules
from gezhi.supervision.rules.addressees import ADDRESSEES, users_addressed
from gezhi.supervision.rules.automatic import Judged, LevelRow, handling_clock, judge, level_above
from gezhi.supervision.rules.orders import HIGHEST, Addressed, Order
from gezhi.supervision.rules.terms import due_by

LOOK_AGAIN_S = 3_600


class Addressing:
    """Calendars, posts and rule rows as they are at a moment."""

    def __init__(self, now: int) -> None:
        self.now = now
        self.registers: Registers = held_registers()
        self.timing = Timing(self.registers.calendars.by_name)
        self.rows: dict[int, LevelRow] = held_rules().levels(day_of(now))
        self._users: dict[tuple[int, int | None, str], tuple[int, ...]] = {}
        self._due: dict[Limit, int] = {}

    def due(self, limit: Limit) -> int:
        """When a limit that begins now passes."""
        if limit not in self._due:
            self._due[limit] = due_by(self.timing, limit, at=self.now)
        return self._due[limit]

    def reply_due(self, level: int) -> int:
        """答复期限 of a level by the office calendar."""
        return self.due(self.rows[level].reply)

    def to(self, level: int, unit: int | None, state: CaseState, *, due: int | None = None) -> Addressed:
        """The people in the posts that a level addresses, and by when they reply."""
        key = (level, unit, state.place.county)
        if key not in self._users:
            directory, on = self.registers.directory, day_of(self.now)
            self._users[key] = users_addressed(directory, level, unit, area=state.place.county, on=on)
        return Addressed(level, ADDRESSEES[level], self._users[key], self.reply_due(level) if due is None else due)

    def level_above(self, order: Order | None) -> int | None:
        """The level that comes after the one of an order; of none the first. Orders by hand rise through all three."""
        if order is not None and order.kind is not OrderKind.AUTOMATIC:
            return order.level + 1 if order.level < HIGHEST else None
        return level_above(self.rows.values(), order.level if order is not None else 0)

    def judge(self, state: CaseState) -> Judged:
        """The level that a case has reached; while its handling clock stands still, it is looked at again later."""
        clock = handling_clock(state)
        if clock is None:
            return Judged(0, self.now + LOOK_AGAIN_S)
        return judge(self.rows.values(), clock, self.timing, now=self.now)


def leading_unit(state: CaseState) -> int | None:
    return state.leading.unit if state.leading is not None else None
