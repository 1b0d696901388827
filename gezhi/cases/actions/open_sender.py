"""查看举报人: name and phone of a sender are shown to whoever may know them and says why; the reason stays."""

from __future__ import annotations

from datetime import UTC, datetime
from uuid import UUID

import msgspec
from django.db import transaction

from gezhi.cases.queries.case_page import visible_case
from gezhi.cases.queries.senders import find_callers, find_opened, was_searched
from gezhi.cases.rules.senders.secrecy import OPEN_FOR_S, Look, Opening, OpeningReason, opening_of
from gezhi.kernel.masking import mask_phone
from gezhi.kernel.permissions import Actor
from gezhi.kernel.problems import NotFound
from gezhi.plumbing.clock import Clock
from gezhi.plumbing.database import insert_rows, take_turns
from gezhi.plumbing.ids import Ids

NOBODY = UUID(int=0)


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


@transaction.atomic
def record_caller_search(caller: str, number: str, actor: Actor, *, client: str, clock: Clock, ids: Ids) -> None:
    """按电话查找: who looked for a caller (the digest of the number), and whose reports were found; of a search that
    found none that as well. The number is kept masked. Once in half an hour.
    """
    now, words = clock(), mask_phone(number)
    take_turns(f"cases.search:{actor.user_id}:{caller}")
    if was_searched(actor, words, now=now):
        return
    found = find_callers(caller, actor) or [(NOBODY, NOBODY, "", next(iter(actor.scope.regions), ""))]
    rows = [
        Opening(
            id=ids(),
            report_id=report_id,
            case_id=case_id,
            case_no=no,
            area_code=area,
            user_id=actor.user_id,
            post_id=actor.post_id,
            organisation_id=actor.organisation_id,
            reason=OpeningReason.SEARCH,
            words=words,
            client=client,
            opened_at=now,
            until_at=now + OPEN_FOR_S,
        )
        for report_id, case_id, no, area in found
    ]
    insert_rows("cases_sender_opening", [_row(one) for one in rows])


def _row(opening: Opening) -> dict[str, object]:
    at, until = (datetime.fromtimestamp(one, UTC) for one in (opening.opened_at, opening.until_at))
    return {**msgspec.structs.asdict(opening), "opened_at": at, "until_at": until}
