"""Queues, lists, and what changed in a list meanwhile."""

from __future__ import annotations

from django.http import HttpRequest
from ninja import Query

from gezhi.calendars.rules.office_days import day_of
from gezhi.cases.shapes.presenter import Presenter
from gezhi.kernel.permissions import Permission
from gezhi.plumbing.clock import system_clock
from gezhi.plumbing.doors import Router, actor_of, encode_cursor
from gezhi.plumbing.ids import system_ids
from gezhi.plumbing.shapes import TextOut, moment, page_of
from gezhi.worklists.actions import record_search
from gezhi.worklists.queries.changes import get_change_cursor, list_changes
from gezhi.worklists.queries.worklist import MOST_COUNTED, count_cases, count_queues, list_cases, place_after
from gezhi.worklists.rules.queues import queues_of
from gezhi.worklists.shapes.filters import ChangesIn, PageIn
from gezhi.worklists.shapes.schemas import CasePageOut, ChangeOut, ChangesOut, QueueOut, QueuesOut

router = Router(tags=["cases"])
CHANGES = 200


@router.get("/queues", permission=Permission.CASES_READ, response=QueuesOut)
def read_queues(request: HttpRequest) -> QueuesOut:
    """The workbench: how much waits in each queue of the acting post."""
    actor = actor_of(request)
    queues = queues_of(actor.role)
    counts = count_queues(queues, actor, now=system_clock())
    items = []
    for queue in queues:
        count = counts.get(queue.key)
        items.append(
            QueueOut(
                queue=queue.key,
                label=TextOut(zh=queue.zh, en=queue.en),
                count=count.count if count else None,
                overdue=count.overdue if count else None,
                soon=count.soon if count else None,
            )
        )
    return QueuesOut(items=items)


@router.get("/cases", permission=Permission.CASES_READ, response=CasePageOut)
def read_cases(request: HttpRequest, asked: Query[PageIn]) -> CasePageOut:
    """One page of cases in the user's scope."""
    actor, now = actor_of(request), system_clock()
    filters = asked.filters(actor, day_of(now))
    after = asked.after()
    record_search(filters.meant, actor, client=request.META["REMOTE_ADDR"], clock=system_clock, ids=system_ids)
    cursor = get_change_cursor()
    rows = list_cases(filters, actor, now=now, sort=asked.sort, after=after, limit=asked.limit + 1)
    page, next_cursor = page_of(
        rows, asked.limit, lambda last: encode_cursor(*place_after(last, filters.order(asked.sort)))
    )
    known = after is None and next_cursor is None
    total = len(page) if known else count_cases(filters, actor, now=now)
    presenter = Presenter(actor, now=now)
    return CasePageOut(
        items=[presenter.row(row, deciding=filters.deciding) for row in page],
        next_cursor=next_cursor,
        total=min(total, MOST_COUNTED),
        total_is_more=total > MOST_COUNTED,
        change_cursor=str(cursor),
        now=moment(now),
    )


@router.get("/cases/changes", permission=Permission.CASES_READ, response=ChangesOut)
def read_changes(request: HttpRequest, asked: Query[ChangesIn]) -> ChangesOut:
    """What changed in the user's scope since the cursor, and whether it belongs to the list that is being read; a case
    may come twice, none is missed.
    """
    actor, now = actor_of(request), system_clock()
    reading = asked.reading(actor, day_of(now))
    changes, following = list_changes(actor, asked.after(), reading, now=now, limit=CHANGES)
    presenter = Presenter(actor, now=now)
    return ChangesOut(
        items=[
            ChangeOut(
                row=presenter.row(one.row, deciding=reading.filters.deciding), belongs=one.belongs, later=one.later
            )
            for one in changes
        ],
        cursor=following.text,
        now=moment(now),
    )
