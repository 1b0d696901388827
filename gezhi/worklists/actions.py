"""按电话查找: a search that means a caller stands on record."""

from __future__ import annotations

from gezhi.cases.actions.open_sender import record_caller_search
from gezhi.kernel.permissions import Actor
from gezhi.plumbing.clock import Clock
from gezhi.plumbing.ids import Ids
from gezhi.worklists.queries.meaning import Meanings


def record_search(meant: Meanings, actor: Actor, *, client: str, clock: Clock, ids: Ids) -> None:
    if meant.caller is not None:
        record_caller_search(meant.caller, meant.number, actor, client=client, clock=clock, ids=ids)
