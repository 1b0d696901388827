"""What a register shows of the cases behind its rows, in one statement; and the case that somebody acts on."""

from __future__ import annotations

from collections.abc import Iterable
from uuid import UUID

import msgspec
from django.db import connection

from gezhi.cases.queries.scope import scope_condition
from gezhi.cases.queries.senders import SENDERS, ReportSender, senders_of
from gezhi.cases.queries.states import decode_state
from gezhi.cases.rules.state import CaseState
from gezhi.kernel.permissions import Actor
from gezhi.kernel.problems import NotFound

FACES = f"SELECT c.id, c.no, c.address, c.status, c.complaint, {SENDERS} FROM cases_case c WHERE c.id = ANY(%s)"


class CaseFace(msgspec.Struct, frozen=True):
    """案件概况: where it is and how it stands."""

    id: UUID
    no: str
    place: str
    status: str
    complaint: bool
    senders: tuple[ReportSender, ...]


def find_faces(case_ids: Iterable[UUID | None]) -> dict[UUID, CaseFace]:
    ids = sorted({one for one in case_ids if one is not None})
    if not ids:
        return {}
    with connection.cursor() as cursor:
        cursor.execute(FACES, [ids])
        return {
            case_id: CaseFace(case_id, no, place, status, complaint, senders_of(senders))
            for case_id, no, place, status, complaint, senders in cursor.fetchall()
        }


def get_visible_state(case_id: UUID, actor: Actor) -> CaseState:
    """The case as it stands; NotFound outside the scope."""
    (state,) = get_visible_states([case_id], actor).values() or (None,)
    if state is None:
        raise NotFound
    return state


def get_visible_states(case_ids: Iterable[UUID], actor: Actor) -> dict[UUID, CaseState]:
    """Those of these cases that lie in the scope."""
    where, values = scope_condition(actor)
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT c.id, c.state::text FROM cases_case c WHERE c.id = ANY(%s) AND {where}",
            [sorted(set(case_ids)), *values],
        )
        return {case_id: decode_state(text) for case_id, text in cursor.fetchall()}
