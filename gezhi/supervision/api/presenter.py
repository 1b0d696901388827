"""Turns records into what goes out: names from the held registers, cases from one statement for a page."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import UTC, datetime
from uuid import UUID

from gezhi.cases.queries.registers import held_registers
from gezhi.cases.rules.stages import STATUSES, Status
from gezhi.kernel.permissions import Role
from gezhi.kernel.role_names import ROLE_NAMES
from gezhi.plumbing.clock import system_clock
from gezhi.regions.queries import held_names
from gezhi.supervision.api.schemas import (
    CaseOut,
    EventOut,
    RegisterClassOut,
    RegisterPictureOut,
    RegisterUnitOut,
    RegisterWordOut,
)
from gezhi.supervision.models import Event
from gezhi.supervision.queries.case_faces import CaseFace, find_faces

Names = Mapping[str, tuple[str, str]]


def moment(at: int) -> datetime:
    return datetime.fromtimestamp(at, UTC)


def maybe(at: int | None) -> datetime | None:
    return None if at is None else moment(at)


def word(names: Names, key: str) -> RegisterWordOut:
    zh, en = names.get(key, (key, key))
    return RegisterWordOut(key=key, zh=zh, en=en)


def words(names: Names) -> list[RegisterWordOut]:
    return [word(names, key) for key in names]


class Presenter:
    """One request's look at the registers and at the cases of its page."""

    def __init__(self, case_ids: Iterable[UUID | None] = ()) -> None:
        self.now = system_clock()
        self.registers = held_registers()
        self.names = held_names()
        self.faces: dict[UUID, CaseFace] = find_faces(case_ids)

    def class_(self, key: str) -> RegisterClassOut | None:
        entry = self.registers.catalog.classes.get(key)
        return (
            None if entry is None else RegisterClassOut(key=key, name=entry.name, name_en=entry.name_en or entry.name)
        )

    def unit(self, unit_id: int) -> RegisterUnitOut:
        body = self.registers.directory.organisations.get(unit_id)
        return RegisterUnitOut(id=unit_id, name=body.name if body is not None else str(unit_id))

    def maybe_unit(self, unit_id: int | None) -> RegisterUnitOut | None:
        return None if unit_id is None else self.unit(unit_id)

    def person(self, user_id: int) -> str:
        user = self.registers.directory.users.get(user_id)
        return user.name if user is not None else "系统"

    def maybe_person(self, user_id: int | None) -> str | None:
        return None if user_id is None else self.person(user_id)

    def case(self, case_id: UUID, no: str, class_key: str, area: str) -> CaseOut:
        face = self.faces.get(case_id)
        status = None
        if face is not None:
            named = STATUSES[Status(face.status)]
            status = RegisterWordOut(key=face.status, zh=named.zh, en=named.en)
        return CaseOut(
            id=case_id,
            no=no,
            class_=self.class_(class_key),
            place=face.place if face is not None else "",
            area=area,
            status=status,
            complaint=face.complaint if face is not None else False,
        )

    def events(self, rows: Iterable[Event], names: Names) -> list[EventOut]:
        return [self._event(row, names) for row in rows]

    def _event(self, row: Event, names: Names) -> EventOut:
        return EventOut(
            seq=row.seq,
            kind=word(names, row.kind),
            at=row.at,
            person=self.person(row.user_id),
            role=ROLE_NAMES[Role(row.role)][0],
            organisation=self.unit(row.organisation_id).name if row.organisation_id else "",
            text=row.text,
            pictures=[picture(sha) for sha in row.pictures],
        )


def picture(sha: str) -> RegisterPictureOut:
    return RegisterPictureOut(url=f"/api/v1/media/{sha}", thumb_url=f"/api/v1/media/{sha}/thumb")
