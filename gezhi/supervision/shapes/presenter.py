"""One request's look at the registers, at the cases of its page, and at what was done to its rows."""

from __future__ import annotations

from collections.abc import Iterable

from gezhi.cases.shapes.faces import FacesPresenter
from gezhi.plumbing.shapes import Names, TextOut, picture_out
from gezhi.supervision.models import Event
from gezhi.supervision.shapes.schemas import EventOut


class Presenter(FacesPresenter):
    def events(self, rows: Iterable[Event], names: Names) -> list[EventOut]:
        return [self._event(row, names) for row in rows]

    def _event(self, row: Event, names: Names) -> EventOut:
        zh, en = names[row.kind]
        return EventOut(
            seq=row.seq,
            kind=row.kind,
            title=TextOut(zh=zh, en=en),
            at=row.at,
            person=self.person(row.user_id),
            role=row.role,
            organisation=self.unit(row.organisation_id).name if row.organisation_id else "",
            text=row.text,
            pictures=[picture_out(sha) for sha in row.pictures],
        )
