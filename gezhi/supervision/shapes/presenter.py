"""One request's look at the registers, at the cases of its page, and at what was done to its rows."""

from __future__ import annotations

from collections.abc import Iterable

from gezhi.cases.shapes.faces import FacesPresenter
from gezhi.kernel.permissions import Role
from gezhi.kernel.role_names import ROLE_NAMES
from gezhi.plumbing.shapes import Names, WordOut, picture_out, word_out
from gezhi.supervision.models import Event
from gezhi.supervision.rules.orders import LEVEL_NAMES
from gezhi.supervision.shapes.schemas import EventOut

LEVEL_WORDS = {str(level): names for level, names in LEVEL_NAMES.items()}


def level_out(level: int) -> WordOut:
    return word_out(LEVEL_WORDS, str(level))


class Presenter(FacesPresenter):
    def events(self, rows: Iterable[Event], names: Names) -> list[EventOut]:
        return [self._event(row, names) for row in rows]

    def _event(self, row: Event, names: Names) -> EventOut:
        return EventOut(
            seq=row.seq,
            kind=word_out(names, row.kind),
            at=row.at,
            person=self.person(row.user_id),
            role=ROLE_NAMES[Role(row.role)][0],
            organisation=self.unit(row.organisation_id).name if row.organisation_id else "",
            text=row.text,
            pictures=[picture_out(sha) for sha in row.pictures],
        )
