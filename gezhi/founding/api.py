"""Doors of founding: what is still missing before the first case, and what would make later steps fail (待完善事项)."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpRequest
from pydantic import BaseModel

from gezhi.duties.queries import node_regions
from gezhi.founding.queries.readiness import gather_first, gather_later
from gezhi.founding.rules.readiness import Item, NeededFor, blocking, first_items, later_items, says
from gezhi.founding.rules.readiness_kinds import KINDS
from gezhi.kernel.permissions import Permission
from gezhi.people.queries import day_of
from gezhi.plumbing.clock import system_clock
from gezhi.plumbing.doors import Router, actor_of
from gezhi.plumbing.health.backups import has_backup
from gezhi.plumbing.shapes import TextOut

router = Router(tags=["founding"])


class FirstCaseOut(BaseModel):
    """`lacking`: what keeps the first case out, by name; empty: a case can be taken."""

    lacking: list[TextOut]


class DoorOut(BaseModel):
    """Where it is mended: a page of the desk with its query, and what is run on the server."""

    page: str
    query: dict[str, str]
    command: str


class ReadinessOut(BaseModel):
    """One item. `count` things are lacking, some of which are the `examples`; nothing: it is done."""

    code: str
    needed_for: NeededFor
    done: bool
    count: int
    title: TextOut
    says: TextOut
    why: TextOut
    examples: list[TextOut]
    door: DoorOut


class ReadinessPage(BaseModel):
    """`blocking`: how many items keep the first case out."""

    items: list[ReadinessOut]
    next_cursor: str | None
    blocking: int


@router.get(
    "/readiness/first-case",
    permission=Permission.SIGNED_IN,
    response=FirstCaseOut,
    summary="能否受理首件案件 · whether a first case can be taken",
)
def get_first_case(request: HttpRequest) -> FirstCaseOut:  # noqa: ARG001
    """What the whole city lacks before it can take its first case; empty lists say so to whoever looks at them."""
    items = first_items(gather_first(node_regions(), day_of(system_clock())))
    return FirstCaseOut(lacking=[_text(*KINDS[item.code].title) for item in blocking(items)])


@router.get(
    "/readiness",
    permission=Permission.SETTINGS_WRITE,
    response=ReadinessPage,
    summary="待完善事项 · what is still missing",
)
def list_readiness(request: HttpRequest) -> ReadinessPage:
    """Each item for the regions of whoever keeps them, derived from the registers as they are now."""
    regions, on = actor_of(request).scope.regions, day_of(system_clock())
    backed_up = has_backup(settings.GEZHI_HOME) if settings.GEZHI_EMBEDDED else None
    first = first_items(gather_first(regions, on))
    items = [*first, *later_items(gather_later(regions, on, backed_up=backed_up))]
    return ReadinessPage(items=[_item_out(item) for item in items], next_cursor=None, blocking=len(blocking(first)))


def _item_out(item: Item) -> ReadinessOut:
    kind = KINDS[item.code]
    return ReadinessOut(
        code=item.code,
        needed_for=item.needed_for,
        done=item.is_done,
        count=item.count,
        title=_text(*kind.title),
        says=_text(says(item, "zh"), says(item, "en")),
        why=_text(*kind.why),
        examples=[_text(*one) for one in item.examples],
        door=DoorOut(page=kind.page, query=kind.query, command=kind.command),
    )


def _text(zh: str, en: str) -> TextOut:
    return TextOut(zh=zh, en=en)
