"""/supervision/rules: 督办规定 and 问责规定."""

from __future__ import annotations

from datetime import date

import msgspec
from django.http import HttpRequest

from gezhi.calendars.rules.limits import Limit, limit_of
from gezhi.calendars.rules.office_days import day_of
from gezhi.calendars.shapes import limit_out
from gezhi.cases.rules.local_policy import OFFICE
from gezhi.kernel.permissions import Permission
from gezhi.plumbing.clock import system_clock
from gezhi.plumbing.doors import actor_of
from gezhi.supervision import actions
from gezhi.supervision.api.router import router
from gezhi.supervision.api.schemas_in import AccountabilityRowIn, LevelRowIn, RegisterLimitShape, RulesIn
from gezhi.supervision.queries.rules import held_rules, key_of
from gezhi.supervision.rules.accountability import HUNDREDTHS
from gezhi.supervision.rules.accountability_rules import AccountabilityRow
from gezhi.supervision.rules.addressees import ADDRESSEES
from gezhi.supervision.rules.automatic import LevelRow
from gezhi.supervision.shapes.schemas import AccountabilityRowOut, LevelRowOut, RulesOut


def _level(row: LevelRow, valid_from: date | None) -> LevelRowOut:
    return LevelRowOut(
        level=row.level,
        addressee=ADDRESSEES[row.level],
        active=row.active,
        share=row.share,
        hours=row.hours,
        reply=limit_out(row.reply),
        requirement=row.requirement,
        valid_from=valid_from,
    )


def _accountability(row: AccountabilityRow, valid_from: date | None) -> AccountabilityRowOut:
    return AccountabilityRowOut(
        kind=row.kind,
        active=row.active,
        threshold=row.threshold,
        days=row.days,
        months=row.months,
        base=row.base,
        most_points=row.most_points / HUNDREDTHS,
        correct=limit_out(row.correct),
        demand=row.demand,
        valid_from=valid_from,
    )


@router.get("/supervision/rules", permission=Permission.SUPERVISION_READ, response=RulesOut)
def get_rules(request: HttpRequest) -> RulesOut:  # noqa: ARG001
    """督办规定、问责规定 in force today, and what comes."""
    today, held = day_of(system_clock()), held_rules()
    since = {key: one.valid_from for key, one in reversed(held.versions) if one.valid_from <= today}
    coming = [one for _, one in held.versions if one.valid_from > today]
    return RulesOut(
        levels=[_level(row, since.get(key_of(row))) for row in held.levels(today).values()],
        accountability=[_accountability(row, since.get(key_of(row))) for row in held.accountability(today).values()],
        coming_levels=[_level(one.row, one.valid_from) for one in coming if isinstance(one.row, LevelRow)],
        coming_accountability=[
            _accountability(one.row, one.valid_from) for one in coming if isinstance(one.row, AccountabilityRow)
        ],
    )


@router.put(
    "/supervision/rules",
    permission=Permission.SETTINGS_WRITE,
    response=RulesOut,
    repeats="the same version of a row is kept once",
)
def change_rules(request: HttpRequest, asked: RulesIn) -> RulesOut:
    """New versions of rows from a day on; sent again they stay as they are."""
    rows: list[LevelRow | AccountabilityRow] = [
        *map(_level_row, asked.levels),
        *map(_accountability_row, asked.accountability),
    ]
    actions.change_rules(
        rows,
        valid_from=asked.valid_from,
        reason=asked.reason,
        clock=system_clock,
        actor=actor_of(request),
    )
    return get_rules(request)


def _level_row(row: LevelRowIn) -> LevelRow:
    fields = row.model_dump(exclude={"reply"})
    return msgspec.convert({**fields, "reply": _limit_of(row.reply)}, LevelRow)


def _accountability_row(row: AccountabilityRowIn) -> AccountabilityRow:
    fields = row.model_dump(exclude={"correct", "most_points"})
    most = round(row.most_points * HUNDREDTHS)
    return msgspec.convert({**fields, "correct": _limit_of(row.correct), "most_points": most}, AccountabilityRow)


def _limit_of(shape: RegisterLimitShape) -> Limit:
    return limit_of(shape.value, shape.unit, calendar=OFFICE)
