"""查看举报人: name and phone of a sender are shown to whoever may know them and says why; the reason stays."""

from __future__ import annotations

from datetime import UTC, datetime
from uuid import UUID

import msgspec
from django.db import transaction

from gezhi.cases.queries.case_page import visible_case
from gezhi.cases.queries.senders import find_opened
from gezhi.cases.rules.senders.secrecy import Look, Opening, opening_of
from gezhi.kernel.problems import NotFound
from gezhi.plumbing.clock import Clock
from gezhi.plumbing.database import insert_rows, take_turns
from gezhi.plumbing.ids import Ids


@transaction.atomic
def open_sender(case_id: UUID, report_id: UUID, look: Look, *, clock: Clock, ids: Ids) -> None:
    """Sent again while the first reason still counts, nothing more is put on record."""
    state, now = visible_case(case_id, look.actor).state, clock()
    if str(report_id) not in {report.id for report in state.reports}:
        raise NotFound
    opening = opening_of(look, case_id, report_id, state, opening_id=ids(), now=now)
    take_turns(f"cases.opening:{look.actor.user_id}:{report_id}")
    if not find_opened(look.actor, [report_id], now=now):
        insert_rows("cases_sender_opening", [_row(opening)])


def _row(opening: Opening) -> dict[str, object]:
    at, until = (datetime.fromtimestamp(one, UTC) for one in (opening.opened_at, opening.until_at))
    return {**msgspec.structs.asdict(opening), "opened_at": at, "until_at": until}
