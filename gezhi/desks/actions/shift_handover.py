"""交接班: a turn signs its sheet; the next one asks, is answered, and signs. Every step is an entry that stays."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any
from uuid import UUID

import msgspec
from django.db import connection, transaction

from gezhi.cases.queries.registers import held_registers
from gezhi.desks.models import ShiftEntry
from gezhi.desks.queries.handovers import get_handover, list_desk_handovers, list_turns
from gezhi.desks.queries.shift_sheet import draw_sheet
from gezhi.desks.rules.shifts.handover import (
    DESKS,
    LOOK_BACK_S,
    AlreadyHandedOver,
    Handover,
    HandoverKind,
    NoDesk,
    Said,
    Turn,
    check_answer,
    check_sign,
    check_take,
    find_turn_to_sign,
    find_turn_to_take,
)
from gezhi.desks.rules.shifts.sheet import PassedOn
from gezhi.kernel.permissions import Actor
from gezhi.kernel.problems import NotFound
from gezhi.plumbing.clock import Clock
from gezhi.plumbing.ids import Ids, system_ids
from gezhi.plumbing.outbox import announce

AROUND_S = 2 * 86_400
LOCK = "SELECT pg_advisory_xact_lock(hashtextextended('desks.shift:' || %s, 0))"


class HandingOver(msgspec.Struct, frozen=True):
    """What the person who signs writes on the sheet."""

    weather: str = ""
    notes: str = ""
    passed_on: tuple[PassedOn, ...] = ()


@transaction.atomic
def hand_over_shift(
    written: HandingOver, actor: Actor, *, command_id: UUID, clock: Clock, ids: Ids = system_ids
) -> Handover:
    """交班: the sheet of the actor's turn as it stands now, with what they wrote, signed. Sent again: the same."""
    if actor.role not in DESKS:
        raise NoDesk
    now = clock()
    _lock(f"{actor.organisation_id}:{actor.role.value}")
    if (done := _done_before(command_id)) is not None:
        return done
    turns, handovers = _around(actor, now)
    turn = find_turn_to_sign(turns, actor.user_id, frozenset(one.starts_at for one in handovers), now)
    if turn is None:
        _refuse_second(turns, handovers, actor, now)
    turn = check_sign(turn, now)
    before = next((one for one in handovers if one.ends_at <= turn.starts_at), None)
    sheet = msgspec.structs.replace(
        draw_sheet(actor, turn, before, now=now),
        weather=written.weather,
        notes=written.notes,
        passed_on=written.passed_on,
    )
    signed = Said(1, HandoverKind.SIGNED, actor.user_id, actor.post_id, now)
    handover = Handover(ids(), actor.organisation_id, actor.role, turn.starts_at, turn.ends_at, (signed,))
    _append(handover, command_id, sheet=msgspec.to_builtins(sheet))
    return handover


@transaction.atomic
def ask_about_shift(handover_id: UUID, text: str, actor: Actor, *, command_id: UUID, clock: Clock) -> Handover:
    """提问: the turn that comes on wants to know more before it signs."""
    return _add(handover_id, HandoverKind.ASKED, text, actor, command_id=command_id, clock=clock)


@transaction.atomic
def answer_about_shift(handover_id: UUID, text: str, actor: Actor, *, command_id: UUID, clock: Clock) -> Handover:
    """答复: by whoever sat the turn that was handed over."""
    return _add(handover_id, HandoverKind.ANSWERED, text, actor, command_id=command_id, clock=clock)


@transaction.atomic
def accept_shift(handover_id: UUID, text: str, actor: Actor, *, command_id: UUID, clock: Clock) -> Handover:
    """接班: the second signature. Nothing is added after it."""
    return _add(handover_id, HandoverKind.ACCEPTED, text, actor, command_id=command_id, clock=clock)


def _add(handover_id: UUID, kind: HandoverKind, text: str, actor: Actor, *, command_id: UUID, clock: Clock) -> Handover:
    now = clock()
    _lock(str(handover_id))
    if (done := _done_before(command_id)) is not None:
        return done
    handover = get_handover(handover_id)
    if handover is None or (handover.organisation_id, handover.role) != (actor.organisation_id, actor.role):
        raise NotFound
    turns, _ = _around(actor, now, since=handover.starts_at)
    if kind is HandoverKind.ANSWERED:
        check_answer(handover, next((one for one in turns if one.starts_at == handover.starts_at), None), actor.user_id)
    else:
        check_take(handover, find_turn_to_take(turns, actor.user_id, now), actor.user_id, _names(handover))
    said = Said(handover.last.seq + 1, kind, actor.user_id, actor.post_id, now, text)
    handover = msgspec.structs.replace(handover, said=(*handover.said, said))
    _append(handover, command_id)
    return handover


def _append(handover: Handover, command_id: UUID, *, sheet: Any = None) -> None:
    """Keep the last entry of a hand-over, and say that it was made."""
    said = handover.last
    entry = ShiftEntry(
        handover_id=handover.id,
        seq=said.seq,
        kind=said.kind.value,
        command_id=command_id,
        organisation_id=handover.organisation_id,
        role=handover.role.value,
        starts_at=_at(handover.starts_at),
        ends_at=_at(handover.ends_at),
        user_id=said.user_id,
        post_id=said.post_id,
        recorded_at=_at(said.at),
        text=said.text,
        sheet=sheet,
    )
    ShiftEntry.objects.bulk_create([entry])
    announce(f"desks.shift_{said.kind.value}", str(handover.id), {"seq": said.seq})


def _around(actor: Actor, now: int, *, since: int | None = None) -> tuple[tuple[Turn, ...], list[Handover]]:
    earliest = min(now - AROUND_S, since if since is not None else now)
    turns = list_turns(actor.organisation_id, actor.role, since=earliest, until=now + AROUND_S)
    return turns, list_desk_handovers(actor.organisation_id, actor.role, since=earliest)


def _refuse_second(turns: tuple[Turn, ...], handovers: list[Handover], actor: Actor, now: int) -> None:
    """Says who handed the actor's turn over, where that is why there is nothing to sign."""
    mine = {turn.starts_at for turn in turns if actor.user_id in turn.people and turn.starts_at <= now}
    for one in handovers:
        if one.starts_at in mine and now < one.ends_at + LOOK_BACK_S:
            raise AlreadyHandedOver(name=_names(one).get(one.signed.user_id, ""))


def _names(handover: Handover) -> dict[int, str]:
    users = held_registers().directory.users
    return {one.user_id: users[one.user_id].name for one in handover.said if one.user_id in users}


def _done_before(command_id: UUID) -> Handover | None:
    found = ShiftEntry.objects.filter(command_id=command_id).values_list("handover_id", flat=True).first()
    return get_handover(found) if found is not None else None


def _lock(desk: str) -> None:
    """One at a time for a desk or a hand-over; the rows themselves refuse to be changed."""
    with connection.cursor() as cursor:
        cursor.execute(LOCK, [desk])


def _at(moment: int) -> datetime:
    return datetime.fromtimestamp(moment, UTC)
