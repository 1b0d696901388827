"""/duties/trial: 责任试算, the rules of record asked about a class at a place before there is a case."""

from __future__ import annotations

from datetime import date
from typing import Annotated

from django.http import HttpRequest
from ninja import Query
from pydantic import BaseModel, Field

from gezhi.calendars.rules.office_days import day_of
from gezhi.calendars.shapes import limit_out
from gezhi.cases.queries.registers import Registers, held_registers
from gezhi.cases.rules.applications.application import UNIT
from gezhi.cases.rules.stages import Stage
from gezhi.catalog.rules.standard_row import limit_of_row
from gezhi.catalog.shapes import class_out, standard_out
from gezhi.desks.api.router import router
from gezhi.desks.api.schemas_trial import (
    AreaLevelOut,
    DecidingPostOut,
    DecidingStepOut,
    PlatformModeOut,
    PlatformStageOut,
    StageLimitOut,
    TrialApprovalOut,
    TrialAreaOut,
    TrialOut,
    TrialPlaceOut,
    TrialStandardOut,
    WeighedRowOut,
)
from gezhi.desks.rules.duty_trial import check_class, check_inside
from gezhi.duties.queries import area_exists, codes_above
from gezhi.duties.rules.area_level import level_of
from gezhi.duties.rules.duty_row import PlaceMissing
from gezhi.duties.rules.proposal import UnknownArea
from gezhi.duties.rules.reason import NOBODY, compose_reason
from gezhi.duties.rules.weighing import Verdict, WeighedRow, check_day, weigh_rows
from gezhi.duties.shapes.rows import Namer
from gezhi.kernel.coordinates import CoordinateSystem, to_cgcs2000
from gezhi.kernel.permissions import Permission, Role
from gezhi.people.rules.directory import OrganisationFacts, PostFacts
from gezhi.plumbing.clock import system_clock
from gezhi.plumbing.shapes import MomentIn, TextOut, moment
from gezhi.policy.rules.clock_kinds import ClockKind
from gezhi.policy.rules.platform_levels import mode_of

MOST_ROWS = 30
MOST_POSTS = 4


class TrialAsked(BaseModel):
    """A point, or the code of a region or a grid; `at`: the moment that is asked about, now if none is named."""

    class_key: str = Field(max_length=20)
    at: MomentIn | None = None
    lon: float | None = Field(None, ge=-180, le=180)
    lat: float | None = Field(None, ge=-180, le=180)
    system: CoordinateSystem = CoordinateSystem.CGCS2000
    code: str = Field("", max_length=15)


@router.get("/duties/trial", permission=Permission.DUTIES_READ, response=TrialOut, summary="责任试算 · test bench")
def read_trial(request: HttpRequest, asked: Annotated[TrialAsked, Query()]) -> TrialOut:  # noqa: ARG001
    """Which unit answers for a class at a place and why the other rows do not, which limits run until when, and who
    decides what is applied for.
    """
    now = system_clock() if asked.at is None else int(asked.at.timestamp())
    on, registers = day_of(now), held_registers()
    entry = check_class(registers.catalog, asked.class_key, on)
    check_day(registers.duties, on)
    namer = Namer()
    codes, outside = _codes_of(asked, registers, on)
    node = registers.policy.node
    check_inside(codes, node, namer.area_of(node))
    weighed = weigh_rows(registers.duties, entry.key, codes=codes, on=on)
    best = weighed[0].row if weighed and weighed[0].verdict is Verdict.DECIDES else None
    level = level_of(registers.levels, codes, on)
    zh, en = NOBODY if best is None else compose_reason(best, registers.duties.names)
    told = None if best is None else namer.duty(best)
    return TrialOut(
        class_=class_out(entry),
        edition=entry.edition,
        on=on,
        at=moment(now),
        place=TrialPlaceOut(
            areas=[TrialAreaOut(code=code, name=namer.area_of(code)) for code in codes],
            outside=outside,
            level=None if level is None else _level(registers, namer, codes, on),
        ),
        unit_id=None if told is None else told.unit_id,
        unit=None if told is None else told.unit,
        why=TextOut(zh=zh, en=en),
        rows=[_weighed(one, namer) for one in weighed[:MOST_ROWS]],
        more_rows=max(0, len(weighed) - MOST_ROWS),
        standards=_standards(registers, entry.key, level, on=on, at=now),
        stages=_stages(registers, on=on, at=now),
        platforms=_platforms(registers, codes, on),
        approvals=_approvals(registers, on),
        deciders=_deciders(registers, codes[0], on),
    )


def _codes_of(asked: TrialAsked, registers: Registers, on: date) -> tuple[tuple[str, ...], bool]:
    """The codes from the smallest up, and whether a point lies in no unit grid."""
    if asked.lon is not None and asked.lat is not None:
        spot = registers.ground.at(on).locate(*to_cgcs2000(asked.lon, asked.lat, asked.system))
        return spot.codes(), spot.outside
    if not asked.code:
        raise PlaceMissing(field="code")
    if not area_exists(asked.code, on=on):
        raise UnknownArea(field="code", area_code=asked.code)
    return (asked.code, *codes_above(asked.code)), False


def _level(registers: Registers, namer: Namer, codes: tuple[str, ...], on: date) -> AreaLevelOut | None:
    for code in codes:
        level = level_of(registers.levels, (code,), on)
        if level is not None:
            return AreaLevelOut(code=code, name=namer.area_of(code), level=level)
    return None


def _weighed(one: WeighedRow, namer: Namer) -> WeighedRowOut:
    return WeighedRowOut(row=namer.duty(one.row), verdict=one.verdict)


def _standards(registers: Registers, key: str, level: str | None, *, on: date, at: int) -> list[TrialStandardOut]:
    told: list[TrialStandardOut] = []
    for row in registers.catalog.rows_of(key, on):
        limit = limit_of_row(row, level, on)
        due = registers.calendars.deadline(at, limit)
        told.append(
            TrialStandardOut(
                row=standard_out(row, limit),
                by_level=limit != row.limit,
                due_at=moment(due.due),
                provisional=due.provisional,
            )
        )
    return told


def _stages(registers: Registers, *, on: date, at: int) -> list[StageLimitOut]:
    policy = registers.policy.on(on)
    told: list[StageLimitOut] = []
    for clock in ClockKind:
        limit = policy.stage_limits.get(clock)
        if limit is None:
            continue
        due = registers.calendars.deadline(at, limit)
        told.append(
            StageLimitOut(
                clock=clock,
                limit=limit_out(limit),
                due_at=moment(due.due),
                provisional=due.provisional,
                holder=policy.holders[clock],
            )
        )
    return told


def _platforms(registers: Registers, codes: tuple[str, ...], on: date) -> PlatformModeOut | None:
    mode = mode_of(registers.policy.on(on).platforms, codes)
    if mode is None:
        return None
    stages = [PlatformStageOut(stage=stage, levels=list(mode.levels_of(stage))) for stage in Stage]
    return PlatformModeOut(name=mode.name, stages=stages)


def _approvals(registers: Registers, on: date) -> list[TrialApprovalOut]:
    return [
        TrialApprovalOut(
            kind=kind,
            steps=list(row.steps),
            again=list(row.steps_again),
            above=list(row.above_ceiling),
            decide_within=limit_out(row.decide_within),
        )
        for kind, row in registers.matrix.on(on).items()
    ]


def _deciders(registers: Registers, code: str, on: date) -> list[DecidingStepOut]:
    """Of each step that any kind asks for, the posts that are filled and answer for this place."""
    rows = registers.matrix.on(on).values()
    steps = dict.fromkeys(step for row in rows for step in (*row.steps, *row.steps_again, *row.above_ceiling))
    told: list[DecidingStepOut] = []
    for step in steps:
        if step == UNIT:
            continue
        holders = registers.directory.find_holders(Role(step), on=on, place_code=code)
        posts = list({one.post.id: one.post for one in holders}.values())
        named = [_post(one, registers.directory.organisations[one.organisation_id]) for one in posts]
        told.append(DecidingStepOut(step=step, posts=named[:MOST_POSTS], more=max(0, len(named) - MOST_POSTS)))
    return told


def _post(post: PostFacts, body: OrganisationFacts) -> DecidingPostOut:
    return DecidingPostOut(
        title=TextOut(zh=post.title, en=post.title_en), organisation=TextOut(zh=body.name, en=body.name_en)
    )
