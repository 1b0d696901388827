"""交接班: the desk's own state, the sheet, signatures, and the hand-overs of the past."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated
from uuid import UUID

import msgspec
from django.http import HttpRequest, HttpResponse
from ninja import Query, Status

from gezhi.cases.queries.case_page import visible_case
from gezhi.cases.shapes.faces import FacesPresenter
from gezhi.cases.shapes.presenter import Presenter
from gezhi.desks.actions.shift_handover import (
    HandingOver,
    accept_shift,
    answer_about_shift,
    ask_about_shift,
    hand_over_shift,
)
from gezhi.desks.api.router import router
from gezhi.desks.api.shifts.presenter import (
    handover_fields,
    handover_out,
    maybe_turn,
    said_out,
    sheet_out,
    turn_out,
)
from gezhi.desks.api.shifts.schemas import (
    AcceptingIn,
    DeskDutyOut,
    HandingOverIn,
    HandoverDetailOut,
    HandoverPageOut,
    PassedOnIn,
    SayingIn,
    SheetOut,
    ShiftOut,
)
from gezhi.desks.api.shifts.sheet_paper import DESK_NAMES, print_sheet
from gezhi.desks.queries.handovers import (
    desks_of,
    get_handover,
    get_kept_since,
    get_sheet,
    list_desk_handovers,
    list_handovers,
    list_turns,
    place_after,
)
from gezhi.desks.queries.shift_sheet import draw_sheet
from gezhi.desks.rules.shifts.desk_duty import DeskDuty, Duty, desk_duty, find_waiting, left_out
from gezhi.desks.rules.shifts.handover import (
    DESKS,
    EARLY_S,
    Handover,
    Turn,
    find_next_turn,
    find_turn_to_sign,
    find_turn_to_take,
    is_answerable,
    is_takable,
    sees_desks,
)
from gezhi.desks.rules.shifts.sheet import PassedOn, cases_of
from gezhi.kernel.permissions import Actor, Permission
from gezhi.kernel.problems import NotFound
from gezhi.papers.shapes import say_moment
from gezhi.plumbing.clock import system_clock
from gezhi.plumbing.doors import BadCursor, actor_of, decode_cursor, encode_cursor
from gezhi.plumbing.paper.setting import PDF, pdf_response
from gezhi.plumbing.request_keys import command_id_of
from gezhi.plumbing.shapes import maybe, page_of

AROUND_S = 2 * 86_400


class Desk(msgspec.Struct, frozen=True):
    """One look at the actor's desk: its turns and hand-overs of these days."""

    turns: tuple[Turn, ...]
    handovers: list[Handover]
    kept_since: int | None
    duty: DeskDuty


def look_at_desk(actor: Actor, now: int) -> Desk:
    if actor.role not in DESKS:
        return Desk((), [], None, DeskDuty(Duty.NONE))
    since = now - AROUND_S
    turns = list_turns(actor.organisation_id, actor.role, since=since, until=now + AROUND_S)
    handovers = list_desk_handovers(actor.organisation_id, actor.role, since=since)
    kept = get_kept_since(actor.organisation_id, actor.role)
    duty = desk_duty(turns, handovers, user=actor.user_id, keeps=kept is not None, now=now)
    return Desk(turns, handovers, kept, duty)


def _duty_out(duty: DeskDuty) -> DeskDutyOut:
    turn = duty.turn
    until = None if turn is None else turn.starts_at if duty.duty is Duty.OFF else turn.ends_at
    handover = duty.handover
    return DeskDutyOut(
        duty=duty.duty.value,
        until=maybe(until),
        handover_id=handover.id if handover is not None else None,
    )


@router.get("/shift/duty", permission=Permission.CASES_READ, response=DeskDutyOut)
def read_duty(request: HttpRequest) -> DeskDutyOut:
    """在岗状态: for the top bar of the desk."""
    actor = actor_of(request)
    return _duty_out(look_at_desk(actor, system_clock()).duty)


@router.get("/shift", permission=Permission.CASES_READ, response=ShiftOut)
def read_shift(request: HttpRequest) -> ShiftOut:
    """The actor's desk: turn, sheet so far, what waits to be taken, what was left out."""
    actor, now = actor_of(request), system_clock()
    desk, presenter = look_at_desk(actor, now), Presenter(actor, now=now)
    handed = frozenset(one.starts_at for one in desk.handovers)
    turn = find_turn_to_sign(desk.turns, actor.user_id, handed, now)
    taking = find_turn_to_take(desk.turns, actor.user_id, now)
    waiting = find_waiting(desk.handovers, taking) if taking is not None else None
    before = next((one for one in desk.handovers if turn is not None and one.ends_at <= turn.starts_at), None)
    since = desk.kept_since if desk.kept_since is not None else now
    return ShiftOut(
        duty=_duty_out(desk.duty),
        organisation=presenter.unit(actor.organisation_id).name,
        turn=maybe_turn(turn, presenter),
        following=maybe_turn(find_next_turn(desk.turns, turn), presenter) if turn is not None else None,
        sheet=_drawn(actor, turn, before, now) if turn is not None else None,
        may_sign=turn is not None and now >= turn.ends_at - EARLY_S,
        sign_from=maybe(turn.ends_at - EARLY_S if turn is not None else None),
        waiting=handover_out(waiting, presenter) if waiting is not None else None,
        left_out=[turn_out(one, presenter) for one in left_out(desk.turns, desk.handovers, since=since, now=now)],
    )


def _drawn(actor: Actor, turn: Turn, before: Handover | None, now: int) -> SheetOut:
    sheet = draw_sheet(actor, turn, before, now=now)
    return sheet_out(sheet, FacesPresenter(actor, cases_of(sheet), now=now))


@router.post("/shift/handovers", permission=Permission.CASES_ACT, response={201: HandoverDetailOut})
def sign_handover(request: HttpRequest, written: HandingOverIn) -> Status[HandoverDetailOut]:
    """交班: the sheet as it stands now is signed together with what is written here."""
    actor = actor_of(request)
    handing = HandingOver(
        weather=written.weather.strip(),
        notes=written.notes.strip(),
        passed_on=tuple(_passed_one(one, actor) for one in written.passed_on),
    )
    handover = hand_over_shift(handing, actor, command_id=command_id_of(request), clock=system_clock)
    return Status(201, _detail(handover, actor))


@router.get("/shift/handovers", permission=Permission.CASES_READ, response=HandoverPageOut)
def read_handovers(
    request: HttpRequest, cursor: str = "", limit: Annotated[int, Query(ge=1, le=200)] = 50
) -> HandoverPageOut:
    """交接班记录, newest first: of the actor's desk; for those who answer for all desks, of all."""
    actor = actor_of(request)
    presenter = Presenter(actor, now=system_clock())
    after = _after(cursor) if cursor else None
    handovers = list_handovers(desks_of(actor), sees_desks(actor), after=after, limit=limit + 1)
    page, next_cursor = page_of(handovers, limit, lambda last: encode_cursor(*place_after(last)))
    return HandoverPageOut(
        items=[handover_out(one, presenter) for one in page],
        next_cursor=next_cursor,
    )


@router.get("/shift/handovers/{uuid:handover_id}", permission=Permission.CASES_READ, response=HandoverDetailOut)
def read_handover(request: HttpRequest, handover_id: UUID) -> HandoverDetailOut:
    actor = actor_of(request)
    return _detail(_visible(handover_id, actor), actor)


@router.get("/shift/handovers/{uuid:handover_id}/sheet.pdf", permission=Permission.CASES_READ, openapi_extra=PDF)
def print_handover(request: HttpRequest, handover_id: UUID) -> HttpResponse:
    """交接班表 for signing on paper and filing."""
    actor = actor_of(request)
    handover, sheet = _visible(handover_id, actor), get_sheet(handover_id)
    assert sheet is not None  # a hand-over begins with its sheet
    presenter = FacesPresenter(actor, cases_of(sheet), now=system_clock())
    name = f"交接班表-{DESK_NAMES[handover.role]}-{say_moment(handover.starts_at)[:10]}"
    return pdf_response(print_sheet(handover, sheet, actor, presenter), name)


@router.post(
    "/shift/handovers/{uuid:handover_id}/questions", permission=Permission.CASES_ACT, response=HandoverDetailOut
)
def ask(request: HttpRequest, handover_id: UUID, saying: SayingIn) -> HandoverDetailOut:
    """提问: by the turn that comes on."""
    actor, key = actor_of(request), command_id_of(request)
    _visible(handover_id, actor)
    return _detail(ask_about_shift(handover_id, saying.text, actor, command_id=key, clock=system_clock), actor)


@router.post("/shift/handovers/{uuid:handover_id}/answers", permission=Permission.CASES_ACT, response=HandoverDetailOut)
def answer(request: HttpRequest, handover_id: UUID, saying: SayingIn) -> HandoverDetailOut:
    """答复: by the turn that went off."""
    actor, key = actor_of(request), command_id_of(request)
    _visible(handover_id, actor)
    return _detail(answer_about_shift(handover_id, saying.text, actor, command_id=key, clock=system_clock), actor)


@router.post(
    "/shift/handovers/{uuid:handover_id}/acceptance", permission=Permission.CASES_ACT, response=HandoverDetailOut
)
def accept(request: HttpRequest, handover_id: UUID, accepting: AcceptingIn) -> HandoverDetailOut:
    """接班: the second signature."""
    actor, key = actor_of(request), command_id_of(request)
    _visible(handover_id, actor)
    return _detail(accept_shift(handover_id, accepting.text, actor, command_id=key, clock=system_clock), actor)


def _passed_one(one: PassedOnIn, actor: Actor) -> PassedOn:
    """A case that is named must be one that the person sees; its number is kept with the words."""
    number = visible_case(one.case_id, actor).state.no if one.case_id is not None else None
    return PassedOn(text=one.text.strip(), case_id=one.case_id, case_no=number)


def _visible(handover_id: UUID, actor: Actor) -> Handover:
    handover = get_handover(handover_id)
    if handover is None or handover.organisation_id not in desks_of(actor) or handover.role not in sees_desks(actor):
        raise NotFound
    return handover


def _after(cursor: str) -> tuple[str, str]:
    at, handover_id = decode_cursor(cursor, str, str)
    try:
        datetime.fromisoformat(at)
        UUID(handover_id)
    except ValueError as error:
        raise BadCursor(field="cursor") from error
    return at, handover_id


def _detail(handover: Handover, actor: Actor) -> HandoverDetailOut:
    now = system_clock()
    sheet = get_sheet(handover.id)
    assert sheet is not None  # a hand-over begins with its sheet
    presenter = FacesPresenter(actor, cases_of(sheet), now=now)
    own = (handover.organisation_id, handover.role) == (actor.organisation_id, actor.role)
    since = min(now, handover.starts_at)
    turns = list_turns(actor.organisation_id, actor.role, since=since, until=now + AROUND_S) if own else ()
    detail = HandoverDetailOut(
        **handover_fields(handover, presenter),
        said=[said_out(one, presenter) for one in handover.said],
        sheet=sheet_out(sheet, presenter),
        may_take=own and is_takable(handover, find_turn_to_take(turns, actor.user_id, now), actor.user_id),
        may_answer=own and is_answerable(handover, turns, actor.user_id),
    )
    return presenter.about(detail, *cases_of(sheet))
