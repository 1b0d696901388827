"""The registers that decisions rest on, as held by this process: one look, no statement unless one has changed."""

from __future__ import annotations

from datetime import date

import msgspec

from gezhi.calendars.queries import held_calendars
from gezhi.calendars.rules.calendars import Calendars
from gezhi.cases.models import ApprovalRowVersion, LocalPolicyVersion
from gezhi.cases.rules.applications import Kind
from gezhi.cases.rules.approval_matrix import MATRIX, ApprovalRow
from gezhi.cases.rules.entries import Versions
from gezhi.cases.rules.local_policy import LocalPolicy
from gezhi.catalog.queries import held_catalog
from gezhi.catalog.rules.catalog import Catalog
from gezhi.duties.queries import held_area_levels, held_duty_table
from gezhi.duties.rules.area_level import AreaLevels
from gezhi.duties.rules.assign_unit import DutyTable
from gezhi.people.queries import held_directory
from gezhi.people.rules.directory import Directory
from gezhi.plumbing.versions import Held
from gezhi.regions.queries import held_locator
from gezhi.regions.rules.locator import Locator

POLICY = "cases.local-policy"
MATRIX_ROWS = "cases.approval-rows"


class HeldPolicy(msgspec.Struct, frozen=True):
    """The versions of the local policy of this node, newest first."""

    node: str
    versions: tuple[tuple[date, LocalPolicy], ...]

    def on(self, day: date) -> LocalPolicy:
        return next((policy for valid_from, policy in self.versions if valid_from <= day), LocalPolicy())


def _load_policy() -> HeldPolicy:
    rows = list(LocalPolicyVersion.objects.order_by("-valid_from").values_list("node", "valid_from", "document"))
    node = rows[0][0] if rows else ""
    return HeldPolicy(
        node, tuple((valid_from, msgspec.convert(document, LocalPolicy)) for _, valid_from, document in rows)
    )


_policy = Held(POLICY, _load_policy)


def held_policy() -> HeldPolicy:
    return _policy.get()


class HeldMatrix(msgspec.Struct, frozen=True):
    """审批矩阵: the versions of all rows, newest first; what was never set stands as the preset."""

    versions: tuple[tuple[date, ApprovalRow], ...]

    def on(self, day: date) -> dict[Kind, ApprovalRow]:
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
    locator: Locator
    policy: HeldPolicy
    matrix: HeldMatrix

    @property
    def versions(self) -> Versions:
        return Versions(catalog=self.catalog.version, calendars=self.calendars.version)


def held_registers() -> Registers:
    return Registers(
        calendars=held_calendars(),
        catalog=held_catalog(),
        duties=held_duty_table(),
        levels=held_area_levels(),
        directory=held_directory(),
        locator=held_locator(),
        policy=held_policy(),
        matrix=held_matrix(),
    )
