"""工作台: what a handling unit has before it today, and what a supervisor or a leader must look at."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from uuid import UUID

from django.http import HttpRequest

from gezhi.calendars.rules.office_days import day_of
from gezhi.cases.queries.rows import Row
from gezhi.cases.rules.allowed import RoleMayNot
from gezhi.cases.rules.difficulty import Difficulty, difficulty_of, ownerless_since
from gezhi.cases.rules.marks import Mark
from gezhi.cases.shapes.masked import masked
from gezhi.cases.shapes.presenter import Presenter
from gezhi.desks.api.dispatching_presenter import load_out, midnight_after
from gezhi.desks.api.router import router
from gezhi.desks.api.schemas_workbench import (
    BandOut,
    CrewOut,
    CrewPartOut,
    FigureOut,
    OverviewOut,
    OwnerlessOut,
    PileOut,
    UnitLineOut,
    UnitOrderOut,
    WorkbenchOut,
)
from gezhi.desks.queries.dispatching import find_loads
from gezhi.desks.queries.workbench import (
    MOST,
    UNITS_SHOWN,
    count_ages,
    count_by_unit,
    count_stock,
    find_crews_words,
    list_own,
    list_ownerless,
)
from gezhi.desks.rules.dispatch_hints import LOAD_DAYS, Load
from gezhi.desks.rules.overview import (
    Figure,
    Waiting,
    bands_of,
    figures_of,
    flows_of,
)
from gezhi.desks.rules.piles import PILE_NAMES, own_part, pile_of
from gezhi.kernel.moments import DAY_S
from gezhi.kernel.permissions import Actor, Permission, Role
from gezhi.kernel.role_names import say_roles
from gezhi.people.rules.region_prefix import region_prefix
from gezhi.plumbing.clock import system_clock
from gezhi.plumbing.doors import actor_of
from gezhi.plumbing.shapes import TextOut, maybe, moment, picture_out
from gezhi.worklists.queries.worklist import count_queues
from gezhi.worklists.rules.queues import TO_DECIDE

OWNERLESS_SHOWN = 8


@router.get("/workbench", permission=Permission.CASES_ACT, response=WorkbenchOut)
def read_workbench(request: HttpRequest) -> WorkbenchOut:
    """The unit's day: what waits to be received, is late or due today, and how its crews stand."""
    actor, now = actor_of(request), system_clock()
    if actor.role is not Role.HANDLER:
        raise RoleMayNot(command_name="处置工作台", command_en="Workbench of units", **say_roles(Role.HANDLER))
    presenter, midnight = Presenter(actor, now=now), midnight_after(now)
    rows = list_own(actor, limit=MOST + 1)
    words = find_crews_words([row.id for row in rows])
    orders = [_order(row, actor, presenter, words, midnight=midnight) for row in rows[:MOST]]
    items = [order for order in orders if order is not None]
    directory, day = presenter.registers.directory, day_of(now)
    units = actor.scope.organisations
    loads = find_loads(units, now=now, midnight=midnight, since=now - LOAD_DAYS * DAY_S)
    counts = Counter(order.pile for order in items)
    body = directory.organisations[actor.organisation_id]
    return WorkbenchOut(
        unit=presenter.unit(actor.organisation_id),
        level=body.platform_level,
        piles=[PileOut(key=pile, zh=zh, en=en, count=counts[pile]) for pile, (zh, en) in PILE_NAMES.items()],
        supervised=sum(order.row.supervision > 0 for order in items),
        items=items,
        more=len(rows) > MOST,
        crews=[
            CrewOut(
                unit=presenter.unit(unit),
                area=region_prefix(directory.organisations[unit].region_code),
                level=directory.organisations[unit].platform_level,
                people=len(directory.find_holders(Role.HANDLER, on=day, organisation_id=unit)),
                load=load_out(loads.get(unit, Load())),
            )
            for unit in units
            if unit != actor.organisation_id
        ],
        load=load_out(loads.get(actor.organisation_id, Load())),
        now=moment(now),
    )


def _order(
    row: Row, actor: Actor, presenter: Presenter, words: Mapping[tuple[UUID, int], str], *, midnight: int
) -> UnitOrderOut | None:
    """None where another unit of the case is meant: the own part of this one has ended."""
    part = own_part(actor, row.state)
    if part is None:
        return None
    order = UnitOrderOut(
        row=presenter.row(row),
        pile=pile_of(row.state, part, now=presenter.now, midnight=midnight),
        again=row.state.round > 1 or Mark.MORE_ASKED in row.state.marks,
        unit=presenter.unit(part.unit),
        leading=part.leading,
        received_at=maybe(part.received),
        handed_over_at=maybe(part.handed_over),
        dispatched_at=moment(part.dispatched),
        crews=[
            CrewPartOut(
                unit=presenter.unit(one.unit),
                received=one.received is not None,
                handed_up_at=maybe(one.handed_over),
                text=words.get((row.id, one.unit), "") if one.handed_over is not None else "",
                pictures=[picture_out(sha256) for sha256 in one.after],
            )
            for one in row.state.parts_below(part)
        ],
    )
    return masked(order, presenter.masking_of(row))


@router.get("/overview", permission=Permission.SUPERVISION_READ, response=OverviewOut)
def read_overview(request: HttpRequest) -> OverviewOut:
    """What needs a supervisor or a leader now, beside the same hours of last week; every figure names its list."""
    actor, now = actor_of(request), system_clock()
    presenter = Presenter(actor, now=now)
    stock, flow = count_stock(actor, now=now, midnight=midnight_after(now) - DAY_S)
    decide = count_queues((TO_DECIDE,), actor, now=now)[TO_DECIDE.key]
    units = count_by_unit(actor, now=now)
    ages, for_a_week = count_ages(actor, now=now)
    waiting = Waiting(decide.count, decide.overdue, for_a_week)
    return OverviewOut(
        needs=[_figure(one) for one in figures_of(actor.role, stock, waiting)],
        today=[_figure(one) for one in flows_of(stock, flow)],
        units=[
            UnitLineOut(unit=presenter.unit(unit), in_hand=in_hand, overdue=overdue)
            for unit, in_hand, overdue in units[:UNITS_SHOWN]
        ],
        all_in_hand=stock.at_units,
        all_overdue=stock.handling_late,
        bands=[BandOut(zh=band.zh, en=band.en, count=band.count) for band in bands_of(ages)],
        ownerless=[_ownerless(row, presenter) for row in list_ownerless(actor, limit=OWNERLESS_SHOWN)],
        now=moment(now),
    )


def _figure(figure: Figure) -> FigureOut:
    return FigureOut(
        key=figure.key,
        zh=figure.zh,
        en=figure.en,
        value=figure.value,
        other=figure.other,
        against=TextOut(zh=figure.other_zh, en=figure.other_en),
        listed=figure.listed,
        bad=figure.is_bad,
    )


def _ownerless(row: Row, presenter: Presenter) -> OwnerlessOut:
    difficulty = difficulty_of(row.state) or Difficulty.UNOWNED
    return OwnerlessOut(row=presenter.row(row), difficulty=difficulty, since=moment(ownerless_since(row.state)))
