"""案件概况的样子: the case behind a row of some register, for a page of rows in one statement."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TypeVar
from uuid import UUID

from pydantic import BaseModel, Field

from gezhi.cases.queries.case_faces import CaseFace, find_faces
from gezhi.cases.rules.stages import Status
from gezhi.cases.shapes.masked import masked
from gezhi.cases.shapes.presenter import Presenter
from gezhi.catalog.shapes import ClassOut
from gezhi.kernel.masking import Masking
from gezhi.kernel.permissions import Actor

T = TypeVar("T")


class CaseOut(BaseModel):
    """The case behind a row."""

    id: UUID
    no: str
    class_: ClassOut | None = Field(serialization_alias="class")
    place: str
    area: str
    status: Status | None
    complaint: bool


class FacesPresenter(Presenter):
    """One request's look at the registers and at the cases of its page."""

    def __init__(self, reader: Actor, case_ids: Iterable[UUID | None] = (), *, now: int) -> None:
        super().__init__(reader, now=now)
        self.faces: dict[UUID, CaseFace] = find_faces(case_ids)

    def masking_about(self, *case_ids: UUID | None) -> Masking:
        """What is hidden in texts about these cases of the page; texts about none hide nobody."""
        found = [self.faces[one] for one in case_ids if one in self.faces]
        return Masking(secret for face in found for secret in self.secrets(face.senders, face.status))

    def about(self, shape: T, *case_ids: UUID | None) -> T:
        """A shape that tells of these cases, as this reader may see it."""
        return masked(shape, self.masking_about(*case_ids))

    def case(self, case_id: UUID, no: str, class_key: str, area: str) -> CaseOut:
        face = self.faces.get(case_id)
        place = self.masking_about(case_id).wrote(face.place) if face is not None else ""
        return CaseOut(
            id=case_id,
            no=no,
            class_=self.class_(class_key),
            place=place,
            area=area,
            status=face.status if face is not None else None,
            complaint=face.complaint if face is not None else False,
        )
