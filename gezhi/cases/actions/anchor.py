"""日志锚: taken once a day and at the end of a simulation; covers every case that changed since the one before."""

from __future__ import annotations

import os

from django.db import transaction

from gezhi.cases.models import Anchor
from gezhi.cases.queries.anchor_copies import copy_of
from gezhi.cases.queries.changes import get_change_cursor
from gezhi.cases.queries.whole_log import get_last_anchor, list_tails
from gezhi.cases.rules.proof.anchoring import FIRST_DIGEST, Anchored, digest_of, pack
from gezhi.people.queries import as_datetime
from gezhi.plumbing.clock import Clock


@transaction.atomic
def take_anchor(*, clock: Clock) -> Anchor | None:
    """The next anchor, or None where nothing changed. Its copy outside the database is written once it is committed."""
    last = get_last_anchor()
    cursor = get_change_cursor()
    tails = list_tails(last.changed_before if last is not None else 0)
    if not tails:
        return None
    body = pack(Anchored(*one) for one in tails)
    anchor = Anchor.objects.create(
        number=last.number + 1 if last is not None else 1,
        taken_at=as_datetime(clock()),
        changed_before=cursor,
        count=len(tails),
        body=body,
        digest=digest_of(bytes(last.digest) if last is not None else FIRST_DIGEST, body),
    )
    transaction.on_commit(lambda: _keep_copy(anchor.number, body))
    return anchor


def _keep_copy(number: int, body: bytes) -> None:
    """Whole or not there, also when the power fails."""
    file = copy_of(number)
    file.parent.mkdir(parents=True, exist_ok=True)
    half = file.with_suffix(".half")
    with half.open("wb") as out:
        out.write(body)
        out.flush()
        os.fsync(out.fileno())
    half.replace(file)
