"""派遣台的样子: gathers what a page of waiting cases needs in a constant number of statements and lays it out."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from gezhi.calendars.rules.office_days import day_of
from gezhi.cases.queries.candidates import is_handling_unit
from gezhi.cases.queries.rows import Row
from gezhi.cases.rules.facts import SuggestedUnit
from gezhi.cases.rules.state import Assignment, CaseState
from gezhi.cases.rules.suggestion import suggestion_of
from gezhi.cases.shapes.masked import masked
from gezhi.cases.shapes.presenter import Presenter
from gezhi.desks.api.schemas_dispatching import (
    ChoiceOut,
    DispatchCountOut,
    HintOut,
    LoadOut,
    NeighbourOut,
    ReturnOut,
    TraceOut,
    WaitingOut,
)
from gezhi.desks.queries.dispatching import count_returned, find_loads, find_near
from gezhi.desks.rules.dispatch_hints import (
    LOAD_DAYS,
    RETURN_DAYS,
    Hint,
    Load,
    Neighbour,
    Standing,
    hints_of,
    overload_of,
    returns_of,
    trace_of,
)
from gezhi.desks.rules.dispatch_record import DispatchCount
from gezhi.duties.rules.assign_unit import Suggestion as DutySuggestion
from gezhi.duties.rules.assign_unit import find_unit
from gezhi.kernel.moments import CHINA_OFFSET_S, DAY_S
from gezhi.kernel.permissions import Actor, Role
from gezhi.plumbing.shapes import TextOut, maybe, moment


def midnight_after(now: int) -> int:
    """The end of the day on the wall."""
    return (now + CHINA_OFFSET_S) // DAY_S * DAY_S + DAY_S - CHINA_OFFSET_S


class Desk:
    """One page, one look at the registers."""

    def __init__(self, page: Sequence[Row], actor: Actor, presenter: Presenter) -> None:
        self.presenter = presenter
        self.now, self.day = presenter.now, day_of(presenter.now)
        self.near = find_near(page, actor, now=self.now)
        self.suggestions = {row.id: self._suggestions_for(row) for row in page}
        units = {unit for suggestions in self.suggestions.values() for unit in suggestions}
        since = self.now - LOAD_DAYS * DAY_S
        self.loads = find_loads(units, now=self.now, midnight=midnight_after(self.now), since=since)
        classes = {row.state.subject.class_key for row in page}
        self.returned = count_returned(units, classes, since=self.now - RETURN_DAYS * DAY_S)
        self.standing = {unit: self._standing(unit) for unit in units}

    def _suggestions_for(self, row: Row) -> dict[int, tuple[str, SuggestedUnit]]:
        """Unit -> where the idea comes from and why; the suggested one first."""
        state, registers = row.state, self.presenter.registers
        table = find_unit(registers.duties, state.subject.class_key, codes=state.codes, on=self.day)
        rows = [_of_table(one) for one in (table, *table.alternatives)] if table is not None else []
        best = suggestion_of(state, rows[0] if rows else None)
        suggestions: dict[int, tuple[str, SuggestedUnit]] = {}
        if best is not None:
            source = "rework" if state.rework_unit else "settled" if state.settled_unit else "table"
            suggestions[best.unit_id] = source, best
        for one in rows:
            suggestions.setdefault(one.unit_id, ("alternative", one))
        directory, area = self.presenter.registers.directory, row.state.place.area
        for unit, count in _handled_near(self.near.get(row.id, [])).items():
            if not is_handling_unit(directory, unit, self.day, area=area):
                continue
            zh = f"附近办结过同类案件 {count} 件"
            en = f"Finished {count} of this class nearby"
            suggestions.setdefault(unit, ("nearby", SuggestedUnit(unit, zh, en)))
        return suggestions

    def _standing(self, unit: int) -> Standing:
        directory = self.presenter.registers.directory
        return Standing(
            unit=unit,
            is_valid=is_handling_unit(directory, unit, self.day),
            has_handler=bool(directory.find_holders(Role.HANDLER, on=self.day, organisation_id=unit)),
            load=self.loads.get(unit, Load()),
        )

    def waiting(self, row: Row) -> WaitingOut:
        state, near = row.state, self.near.get(row.id, [])
        choices = [self._choice(unit, source, why) for unit, (source, why) in self.suggestions[row.id].items()]
        first = choices[0] if choices and choices[0].source not in {"alternative", "nearby"} else None
        standing = self._standing_for(first.unit.id, state) if first is not None else None
        shown = WaitingOut(
            row=self.presenter.row(row),
            suggested=first.unit.id if first is not None else None,
            choices=choices,
            hints=[_hint(one) for one in hints_of(state, standing, near)],
            trace=[self._trace(part) for part in trace_of(state)],
            returns=[
                ReturnOut(unit=self.presenter.unit(one.unit), at=moment(one.at), reason=one.reason, opinion=one.opinion)
                for one in returns_of(state)
            ],
            near=[self._neighbour(one) for one in near],
        )
        return masked(shown, self.presenter.masking_of(row))

    def _standing_for(self, unit: int, state: CaseState) -> Standing:
        plain = self.standing[unit]
        alike = self.returned.get((unit, state.subject.class_key), 0)
        return Standing(plain.unit, plain.is_valid, plain.has_handler, plain.load, alike)

    def _choice(self, unit: int, source: str, why: SuggestedUnit) -> ChoiceOut:
        standing = self.standing[unit]
        return ChoiceOut(
            unit=self.presenter.unit(unit),
            source=source,
            reason=TextOut(zh=why.reason, en=why.reason_en),
            load=load_out(standing.load),
            overloaded=overload_of(standing.load) is not None,
            usable=standing.is_valid,
        )

    def _trace(self, part: Assignment) -> TraceOut:
        return TraceOut(
            unit=self.presenter.unit(part.unit),
            leading=part.leading,
            round=part.round,
            dispatched_at=moment(part.dispatched),
            received_at=maybe(part.received),
            handed_over_at=maybe(part.handed_over),
            ended_at=maybe(part.ended),
            end=part.end,
        )

    def _neighbour(self, one: Neighbour) -> NeighbourOut:
        unit = self.presenter.unit(one.unit) if one.unit is not None else None
        return NeighbourOut(
            id=UUID(one.case),
            no=one.no,
            open=one.is_open,
            unit=unit,
            metres=one.metres,
            lon=one.lon,
            lat=one.lat,
            light=one.light,
        )


def _of_table(row: DutySuggestion) -> SuggestedUnit:
    return SuggestedUnit(row.unit_id, row.reason_zh, row.reason_en, row.row_id)


def _handled_near(near: Sequence[Neighbour]) -> dict[int, int]:
    counts: dict[int, int] = {}
    for one in near:
        if not one.is_open and one.unit is not None:
            counts[one.unit] = counts.get(one.unit, 0) + 1
    return counts


def _hint(hint: Hint) -> HintOut:
    return HintOut(code=hint.code, zh=hint.zh, en=hint.en, case=UUID(hint.case) if hint.case else None)


def load_out(load: Load) -> LoadOut:
    return LoadOut(in_hand=load.in_hand, overdue=load.overdue, due_today=load.due_today, finished=load.finished)


def count_out(count: DispatchCount) -> DispatchCountOut:
    return DispatchCountOut(
        dispatched=count.dispatched,
        in_time=count.in_time,
        sent_back=count.sent_back,
        recalled=count.recalled,
        to_another=count.to_another,
        wrong=count.wrong,
        accuracy=count.accuracy,
        timeliness=count.timeliness,
        seconds=count.seconds,
    )
