"""Reads of the duty table as a matrix: its columns and lines, and the cells of one window of it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

import msgspec

from gezhi.catalog.queries import held_catalog
from gezhi.catalog.rules.catalog import Catalog
from gezhi.catalog.rules.class_key import ClassKind
from gezhi.duties.models import RowProposal
from gezhi.duties.queries.proposals import node_regions, reachable
from gezhi.duties.queries.table import codes_above, held_duty_table
from gezhi.duties.rules.assign_unit import DutyTable
from gezhi.duties.rules.matrix import (
    MatrixArea,
    MatrixCell,
    MatrixLine,
    check_comparable,
    matrix_cells,
    may_answer,
    speaks_for,
)
from gezhi.duties.rules.proposal import ProposalState
from gezhi.kernel.permissions import Actor
from gezhi.people.rules.region_prefix import region_prefix
from gezhi.regions.queries import list_codes_of_level
from gezhi.regions.rules.levels import Level


class MatrixFilter(msgspec.Struct, frozen=True, kw_only=True):
    """Which window is shown. `major`: its minor classes instead of all major classes; `first`: the first column, else
    the page of columns that holds the area `at`.
    """

    kind: ClassKind
    level: Level
    on: date
    against: date | None = None
    within: str = ""
    major: str = ""
    class_key: str = ""
    unit_id: int | None = None
    first: int = 0
    at: str = ""
    most: int


class MatrixWindow(msgspec.Struct, frozen=True):
    """`area_count`: how many columns there are in all; `pending`: classes and areas with a proposal that waits."""

    edition: str
    areas: tuple[MatrixArea, ...]
    first: int
    area_count: int
    lines: tuple[tuple[MatrixLine, tuple[MatrixCell, ...]], ...]
    pending: frozenset[tuple[str, str]]


def read_matrix(filters: MatrixFilter, actor: Actor) -> MatrixWindow:
    """Two statements, however large the table is: the areas of the level, and what waits for a decision."""
    catalog, table = held_catalog(), held_duty_table()
    edition = catalog.edition_on(filters.on)
    if filters.against is not None:
        check_comparable(edition, catalog.edition_on(filters.against), filters.on, filters.against)
    areas, lines = _areas(filters, table), _lines(filters, catalog, edition, table)
    first = _first(filters, areas)
    shown = areas[first : first + filters.most]
    return MatrixWindow(
        edition=edition,
        areas=tuple(shown),
        first=first,
        area_count=len(areas),
        lines=tuple((line, matrix_cells(table, line, shown, on=filters.on, against=filters.against)) for line in lines),
        pending=_pending(edition, filters.kind, shown, actor),
    )


def _first(filters: MatrixFilter, areas: Sequence[MatrixArea]) -> int:
    place = next((n for n, area in enumerate(areas) if area.code == filters.at), None) if filters.at else None
    return filters.first if place is None else place - place % filters.most


def _areas(filters: MatrixFilter, table: DutyTable) -> list[MatrixArea]:
    prefix, node = region_prefix(filters.within), node_regions()
    codes = [code for code in list_codes_of_level(filters.level, prefix, on=filters.on) if code.startswith(node)]
    areas = [MatrixArea(code, codes_above(code)) for code in codes]
    if filters.unit_id is None:
        return areas
    spoken_for = {row.area_code for row in table.rows_by_unit.get(filters.unit_id, ())}
    return [area for area in areas if may_answer(spoken_for, area)]


def _lines(filters: MatrixFilter, catalog: Catalog, edition: str, table: DutyTable) -> list[MatrixLine]:
    """Of a unit only the classes that its rows reach: a major class then counts over those."""
    entries = catalog.listed(edition, filters.kind, filters.on)
    if filters.class_key:
        entries = [entry for entry in entries if entry.key == filters.class_key]
    if filters.unit_id is not None:
        rows = table.rows_by_unit.get(filters.unit_id, ())
        slots = {(row.edition, row.kind, row.selector) for row in rows}
        entries = [entry for entry in entries if speaks_for(slots, entry.key)]
    if filters.major:
        return [MatrixLine(entry.key, (entry.key,)) for entry in entries if entry.major_code == filters.major]
    minors: dict[str, list[str]] = {}
    for entry in entries:
        minors.setdefault(entry.major_code, []).append(entry.key)
    return [MatrixLine(f"{edition}-{filters.kind}-{major}", tuple(keys)) for major, keys in sorted(minors.items())]


def _pending(edition: str, kind: ClassKind, areas: Sequence[MatrixArea], actor: Actor) -> frozenset[tuple[str, str]]:
    waiting = RowProposal.objects.filter(
        reachable(actor),
        state=ProposalState.PENDING,
        edition=edition,
        kind=kind,
        area_code__in=[area.code for area in areas],
    )
    return frozenset(waiting.values_list("selector", "area_code"))
