"""案卷行: a case as one line of a list, out of the columns that every list selects."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID

import msgspec

from gezhi.cases.queries.senders import SENDERS, ReportSender, senders_of
from gezhi.cases.queries.states import decode_state
from gezhi.cases.queries.used_pictures import USED_PICTURES, used_pictures_of
from gezhi.cases.rules.picture_marks import UsedPicture
from gezhi.cases.rules.state import CaseState

COLUMNS = (
    f"c.id, c.complaint, c.due_at, c.reported_at, c.closed_at, c.picture, c.state::text, {SENDERS}, {USED_PICTURES}"
)


class Row(msgspec.Struct, frozen=True):
    """One line of the list: the state, with what is not in it."""

    id: UUID
    complaint: bool
    due_at: datetime | None
    reported_at: datetime
    closed_at: datetime | None
    picture: str | None
    state: CaseState
    senders: tuple[ReportSender, ...]
    pictures: tuple[UsedPicture, ...] = ()


def row_of(values: tuple[Any, ...]) -> Row:
    """A line from the values of COLUMNS, and whatever was selected behind them."""
    id_, complaint, due_at, reported_at, closed_at, picture, state, senders, pictures, *_ = values
    known = decode_state(state), senders_of(senders), used_pictures_of(pictures)
    return Row(id_, complaint, due_at, reported_at, closed_at, picture, *known)
