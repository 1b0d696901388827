"""/supervision/key-lists: 重点清单."""

from __future__ import annotations

from typing import Annotated
from uuid import UUID

from django.http import HttpRequest
from ninja import Query

from gezhi.calendars.rules.limits import limit_of
from gezhi.kernel.permissions import Permission
from gezhi.people.queries import moment_of
from gezhi.plumbing.clock import system_clock
from gezhi.plumbing.doors import actor_of
from gezhi.plumbing.request_keys import doing_of
from gezhi.plumbing.shapes import after_of, cursor_of, page_of
from gezhi.policy.rules.local_policy import OFFICE
from gezhi.supervision import actions
from gezhi.supervision.api.router import router
from gezhi.supervision.api.schemas_in import DeedReasonIn, KeyListIn, Page
from gezhi.supervision.queries.key_lists import count_given, list_key_lists
from gezhi.supervision.rules.key_lists import KeyListRow
from gezhi.supervision.shapes.key_lists import key_list_out
from gezhi.supervision.shapes.presenter import Presenter
from gezhi.supervision.shapes.schemas import KeyListOut, KeyListPageOut


@router.get("/supervision/key-lists", permission=Permission.SUPERVISION_READ, response=KeyListPageOut)
def get_key_lists(request: HttpRequest, asked: Annotated[Page, Query()]) -> KeyListPageOut:
    """重点清单, the newest first."""
    key_lists = list_key_lists(actor_of(request), after=after_of(asked.cursor), limit=asked.limit + 1)
    page, next_cursor = page_of(key_lists, asked.limit, lambda last: cursor_of(moment_of(last.made_at), last.id))
    presenter = Presenter(actor_of(request), now=system_clock())
    given = count_given(one.id for one in page)
    return KeyListPageOut(
        items=[key_list_out(one, given.get(one.id, 0), presenter) for one in page],
        next_cursor=next_cursor,
    )


@router.post("/supervision/key-lists", permission=Permission.SUPERVISION_WRITE, response=KeyListOut)
def make_key_list(request: HttpRequest, asked: KeyListIn) -> KeyListOut:
    """设立重点清单: cases that fit get an order. Sent again under the same Idempotency-Key: the list that stands."""
    doing = doing_of(request)
    row = KeyListRow(
        id=doing.key,
        title=asked.title,
        classes=tuple(asked.classes),
        regions=tuple(asked.regions),
        case_nos=tuple(asked.case_nos),
        begins=asked.begins,
        level=asked.level,
        requirement=asked.requirement,
        reply=limit_of(asked.reply.value, asked.reply.unit, calendar=OFFICE),
        valid_from=asked.valid_from,
        valid_to=asked.valid_to,
    )
    return key_list_out(actions.set_key_list(row, doing=doing), 0, Presenter(actor_of(request), now=system_clock()))


@router.post("/supervision/key-lists/{uuid:list_id}/end", permission=Permission.SUPERVISION_WRITE, response=KeyListOut)
def end_key_list(request: HttpRequest, list_id: UUID, asked: DeedReasonIn) -> KeyListOut:
    """终止重点清单: orders that it has given stand."""
    row = actions.end_key_list(list_id, asked.reason, doing=doing_of(request))
    return key_list_out(row, count_given([row.id]).get(row.id, 0), Presenter(actor_of(request), now=system_clock()))
