"""案件概况的样子: the case behind a row of some register, for a page of rows in one statement."""

from __future__ import annotations

from collections.abc import Iterable
from uuid import UUID

from pydantic import BaseModel, Field

from gezhi.cases.queries.case_faces import CaseFace, find_faces
from gezhi.cases.rules.stages import STATUSES, Status
from gezhi.cases.shapes.presenter import Presenter
from gezhi.catalog.shapes import ClassOut
from gezhi.plumbing.shapes import WordOut


class CaseOut(BaseModel):
    """The case behind a row."""

    id: UUID
    no: str
    class_: ClassOut | None = Field(serialization_alias="class")
    place: str
    area: str
    status: WordOut | None
    complaint: bool


class FacesPresenter(Presenter):
    """One request's look at the registers and at the cases of its page."""

    def __init__(self, case_ids: Iterable[UUID | None] = (), *, now: int) -> None:
        super().__init__(now=now)
        self.faces: dict[UUID, CaseFace] = find_faces(case_ids)

    def case(self, case_id: UUID, no: str, class_key: str, area: str) -> CaseOut:
        face = self.faces.get(case_id)
        status = None
        if face is not None:
            named = STATUSES[Status(face.status)]
            status = WordOut(key=face.status, zh=named.zh, en=named.en)
        return CaseOut(
            id=case_id,
            no=no,
            class_=self.class_(class_key),
            place=face.place if face is not None else "",
            area=area,
            status=status,
            complaint=face.complaint if face is not None else False,
        )
