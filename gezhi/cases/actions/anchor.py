"""日志锚: taken once a day and at the end of a simulation; covers every case that changed since the one before."""

from __future__ import annotations

from django.db import transaction

from gezhi.cases.models import Anchor
from gezhi.cases.queries.whole_log import get_last_anchor, list_tails
from gezhi.cases.queries.worklist import get_change_cursor
from gezhi.cases.rules.anchoring import FIRST_DIGEST, digest_of, pack
from gezhi.people.queries import as_datetime
from gezhi.plumbing.clock import Clock


@transaction.atomic
def take_anchor(*, clock: Clock) -> Anchor | None:
    """The next anchor, or None where nothing changed."""
    last = get_last_anchor()
    cursor = get_change_cursor()
    tails = list_tails(last.changed_before if last is not None else 0)
    if not tails:
        return None
    body = pack(tails)
    return Anchor.objects.create(
        number=last.number + 1 if last is not None else 1,
        taken_at=as_datetime(clock()),
        changed_before=cursor,
        count=len(tails),
        body=body,
        digest=digest_of(bytes(last.digest) if last is not None else FIRST_DIGEST, body),
    )
