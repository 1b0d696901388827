"""The registers that decisions rest on, as held by this process: one look, no statement unless one has changed."""

from __future__ import annotations

from datetime import date

import msgspec

from gezhi.calendars.queries import REGISTER as CALENDARS
from gezhi.calendars.queries import held_calendars
from gezhi.calendars.rules.calendars import Calendars
from gezhi.cases.models import ApprovalRowVersion
from gezhi.cases.rules.applications import ApplicationKind
from gezhi.cases.rules.applications.approval_row import ApprovalRow
from gezhi.cases.rules.applications.matrix import MATRIX
from gezhi.cases.rules.entries import Versions
from gezhi.catalog.queries import REGISTER as CATALOG
from gezhi.catalog.queries import held_catalog
from gezhi.catalog.rules.catalog import Catalog
from gezhi.duties.queries import AREA_LEVELS, DUTY_ROWS, held_area_levels, held_duty_table
from gezhi.duties.rules.area_level import AreaLevels
from gezhi.duties.rules.assign_unit import DutyTable
from gezhi.people.queries import DIRECTORY, held_directory
from gezhi.people.rules.directory import Directory
from gezhi.plumbing.versions import Held, held_numbers
from gezhi.policy.queries import POLICY, HeldPolicy, held_policy
from gezhi.regions.queries import GROUND, Ground, held_ground

MATRIX_ROWS = "cases.approval-rows"


class HeldMatrix(msgspec.Struct, frozen=True):
    """审批矩阵: the versions of all rows, newest first; what was never set stands as the preset."""

    versions: tuple[tuple[date, ApprovalRow], ...]

    def on(self, day: date) -> dict[ApplicationKind, ApprovalRow]:
        rows = dict(MATRIX)
        for valid_from, row in reversed(self.versions):
            if valid_from <= day:
                rows[row.kind] = row
        return rows


def _load_matrix() -> HeldMatrix:
    rows = ApprovalRowVersion.objects.order_by("-valid_from", "kind").values_list("valid_from", "document")
    return HeldMatrix(tuple((valid_from, msgspec.convert(document, ApprovalRow)) for valid_from, document in rows))


_matrix = Held(MATRIX_ROWS, _load_matrix)


def held_matrix() -> HeldMatrix:
    return _matrix.get()


class Registers(msgspec.Struct, frozen=True):
    """One consistent look at everything that a batch is decided with."""

    calendars: Calendars
    catalog: Catalog
    duties: DutyTable
    levels: AreaLevels
    directory: Directory
    ground: Ground
    policy: HeldPolicy
    matrix: HeldMatrix
    versions: Versions


# What an entry calls the version of a register -> the name under which the register is numbered.
REGISTERS = {
    "catalog": CATALOG,
    "calendars": CALENDARS,
    "duties": DUTY_ROWS,
    "levels": AREA_LEVELS,
    "matrix": MATRIX_ROWS,
    "policy": POLICY,
    "ground": GROUND,
    "people": DIRECTORY,
}


def held_registers() -> Registers:
    """All registers with their versions; looked at again where one of them changed meanwhile."""
    names = frozenset(REGISTERS.values())
    while True:
        numbers = held_numbers(names)
        registers = _look(numbers)
        if held_numbers(names) == numbers:
            return registers


def _look(numbers: dict[str, int]) -> Registers:
    return Registers(
        calendars=held_calendars(),
        catalog=held_catalog(),
        duties=held_duty_table(),
        levels=held_area_levels(),
        directory=held_directory(),
        ground=held_ground(),
        policy=held_policy(),
        matrix=held_matrix(),
        versions=Versions(**{name: numbers.get(register, 0) for name, register in REGISTERS.items()}),
    )
