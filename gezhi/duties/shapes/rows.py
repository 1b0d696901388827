"""责任清单的样子: rows of the duty table with names beside the codes."""

from __future__ import annotations

from datetime import date

from pydantic import BaseModel, Field

from gezhi.catalog.queries import held_catalog
from gezhi.catalog.rules.class_key import CLASS_KIND_NAMES, ClassKind
from gezhi.duties.queries import class_names
from gezhi.duties.rules.duty_row import EVERY_CLASS, WHOLE_NODE, Basis, DutyRowData
from gezhi.duties.rules.reason import Bilingual
from gezhi.people.queries import held_directory
from gezhi.plumbing.shapes import TextOut, WordOut
from gezhi.regions.queries import area_name, held_names


class DutyOut(BaseModel):
    id: int
    edition: str
    kind: ClassKind
    selector: str
    class_: WordOut = Field(serialization_alias="class")
    area_code: str
    area: str
    unit_id: int
    unit: TextOut
    platform_level: int
    valid_from: date
    valid_to: date | None
    basis_kind: Basis
    basis: str
    note: str


class DutyPage(BaseModel):
    items: list[DutyOut]
    next_cursor: str | None


class Namer:
    """The registers of names, looked up once for a page."""

    def __init__(self) -> None:
        self.classes = class_names(held_catalog())
        self.areas = held_names()
        self.directory = held_directory()

    def class_of(self, row: DutyRowData) -> Bilingual:
        if row.selector == EVERY_CLASS:
            zh, en = CLASS_KIND_NAMES[ClassKind(row.kind)]
            return f"全部{zh}", f"all {en}"
        return self.classes.get((row.edition, row.kind, row.selector), (row.selector, ""))

    def area_of(self, code: str) -> str:
        return "" if code == WHOLE_NODE else area_name(self.areas, code)

    def duty(self, row: DutyRowData) -> DutyOut:
        zh, en = self.class_of(row)
        body = self.directory.organisations[row.unit_id]
        return DutyOut(
            id=row.row_id,
            edition=row.edition,
            kind=row.kind,
            selector=row.selector,
            class_=WordOut(key=f"{row.edition}-{row.kind}-{row.selector}", zh=zh, en=en),
            area_code=row.area_code,
            area=self.area_of(row.area_code),
            unit_id=row.unit_id,
            unit=TextOut(zh=body.name, en=body.name_en),
            platform_level=row.platform_level,
            valid_from=row.valid_from,
            valid_to=row.valid_to,
            basis_kind=row.basis_kind.value,
            basis=row.basis,
            note=row.note,
        )
