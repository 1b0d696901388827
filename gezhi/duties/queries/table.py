"""Reads of the duty table, of its rows by page, and of area levels; table and levels are held per process."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from functools import reduce
from operator import and_
from typing import Any

import msgspec
from django.db.models import BooleanField, Q
from django.db.models.expressions import RawSQL

from gezhi.catalog.queries import held_catalog
from gezhi.catalog.rules.catalog import Catalog
from gezhi.duties.models import AreaLevel, DutyRow
from gezhi.duties.rules.area_level import AreaLevelRow, AreaLevels
from gezhi.duties.rules.assign_unit import DutyTable
from gezhi.duties.rules.duty_row import EVERY_CLASS, WHOLE_NODE, Basis, DutyRowData
from gezhi.duties.rules.holes import Hole, find_holes
from gezhi.duties.rules.reason import Bilingual, Names
from gezhi.kernel.searching import any_like, is_named, words_of, writings
from gezhi.people.queries import held_directory
from gezhi.plumbing.versions import Held
from gezhi.regions.queries import held_names, held_regions

DUTY_ROWS = "duties.duty-rows"
AREA_LEVELS = "duties.area-levels"
COMMUNITY_DIGITS = 12
COLUMNS = tuple(name for name in DutyRowData.__struct_fields__ if name not in {"basis_kind", "row_id"})


class DutyFilter(msgspec.Struct, frozen=True, kw_only=True):
    """Which rows a list shows. `class_key` finds every row that speaks for the class, `place_code` for the place;
    `text` is a word of a class, an area, a unit or a basis.
    """

    class_key: str = ""
    text: str = ""
    kind: str = ""
    place_code: str = ""
    area_code: str = ""
    unit_id: int | None = None
    on: date | None = None
    after_id: int = 0


class _Compiled(msgspec.Struct, frozen=True):
    """The table and the very objects that it was compiled from."""

    sources: tuple[Any, ...]
    table: DutyTable
    names: Names


def _load_rows() -> list[DutyRowData]:
    """As plain tuples: of two hundred thousand rows the objects of the database alone would take seconds."""
    bases = {basis.value: basis for basis in Basis}
    rows = DutyRow.objects.order_by("id").values_list(*COLUMNS, "basis_kind", "id")
    return [
        DutyRowData(**dict(zip(COLUMNS, row, strict=False)), basis_kind=bases[row[-2]], row_id=row[-1]) for row in rows
    ]


def _load_levels() -> AreaLevels:
    rows = AreaLevel.objects.values_list("area_code", "level", "valid_from", "valid_to")
    return AreaLevels(
        AreaLevelRow(area_code=code, level=level, valid_from=valid_from, valid_to=valid_to)
        for code, level, valid_from, valid_to in rows
    )


_rows = Held(DUTY_ROWS, _load_rows)
_levels = Held(AREA_LEVELS, _load_levels)
_compiled: list[_Compiled] = []


def held_duty_table() -> DutyTable:
    """The compiled duty table; compiled anew when its rows or one of the registers of names have changed."""
    return _held().table


def held_duty_names() -> Names:
    """The names that reasons are told with: of classes, areas and units."""
    return _held().names


def _held() -> _Compiled:
    sources = (_rows.get(), held_catalog(), held_directory(), held_names())
    if not _compiled or any(old is not new for old, new in zip(_compiled[0].sources, sources, strict=True)):
        rows, catalog, directory, areas = sources
        units = {body.id: (body.name, body.name_en) for body in directory.organisations.values()}
        names = Names(classes=class_names(catalog), areas=areas, units=units)
        _compiled[:] = [_Compiled(sources, DutyTable(rows, names), names)]
    return _compiled[0]


def held_area_levels() -> AreaLevels:
    """The levels of all areas."""
    return _levels.get()


def class_names(catalog: Catalog) -> dict[tuple[str, str, str], Bilingual]:
    """Names of majors and minors by edition, kind and code."""
    names: dict[tuple[str, str, str], Bilingual] = {}
    for entry in catalog.classes.values():
        names[entry.edition, entry.kind, entry.code] = entry.name, entry.name_en
        names[entry.edition, entry.kind, entry.major_code] = entry.major_name, entry.major_name_en
    return names


def duty_row_data(row: DutyRow) -> DutyRowData:
    return DutyRowData(
        edition=row.edition,
        kind=row.kind,
        selector=row.selector,
        area_code=row.area_code,
        unit_id=row.unit_id,
        valid_from=row.valid_from,
        valid_to=row.valid_to,
        platform_level=row.platform_level,
        basis_kind=Basis(row.basis_kind),
        basis=row.basis,
        note=row.note,
        row_id=row.id,
    )


def list_duties(filters: DutyFilter, *, limit: int) -> list[DutyRowData]:
    """Rows of the duty table in the order of their numbers."""
    rows = DutyRow.objects.filter(id__gt=filters.after_id)
    if filters.class_key:
        edition, kind, code = filters.class_key.split("-")
        rows = rows.filter(edition=edition, kind=kind, selector__in=(code, code[:2], EVERY_CLASS))
    if filters.area_code:
        rows = rows.filter(area_code=filters.area_code)
    if filters.place_code:
        rows = rows.filter(area_code__in=(filters.place_code, *codes_above(filters.place_code), WHOLE_NODE))
    if filters.kind:
        rows = rows.filter(kind=filters.kind)
    words = words_of(filters.text)
    if words:
        rows = rows.filter(reduce(and_, map(_means, words)) | _names("".join(words)))
    if filters.unit_id is not None:
        rows = rows.filter(unit_id=filters.unit_id)
    if filters.on is not None:
        rows = rows.filter(Q(valid_to=None) | Q(valid_to__gte=filters.on), valid_from__lte=filters.on)
    return [duty_row_data(row) for row in rows.order_by("id")[:limit]]


def _means(word: str) -> Q:
    """Rows whose class, area, unit or basis a folded word means."""
    patterns = writings(word)
    sql = any_like("duties_duty_row.basis", patterns)
    return _names(word) | Q(RawSQL(sql, patterns, output_field=BooleanField()))  # noqa: S611 - bound values


def _names(word: str) -> Q:
    """Rows whose class, area or unit has a name that a folded word means; names are looked up in memory."""
    names = held_duty_names()
    classes = {key for key, told in names.classes.items() if key[2] == word or is_named(word, *told)}
    areas = [code for code, name in names.areas.items() if code == word or is_named(word, name)]
    units = [unit for unit, told in names.units.items() if is_named(word, *told)]
    condition = Q(area_code__in=areas) | Q(unit_id__in=units)
    for edition, kind in {key[:2] for key in classes}:
        codes = [key[2] for key in classes if key[:2] == (edition, kind)]
        condition |= Q(edition=edition, kind=kind, selector__in=codes)
    return condition


def codes_above(code: str) -> tuple[str, ...]:
    """The regions that contain a region or a grid (隶属), the nearest first; a grid lies in its community."""
    regions = held_regions()
    community = code[:COMMUNITY_DIGITS]
    above = [community] if code not in regions and community in regions else []
    at = regions.get(community if above else code)
    while at is not None and at.within_code:
        above.append(at.within_code)
        at = regions.get(at.within_code)
    return tuple(above)


def list_holes(class_keys: Iterable[str], street_codes: Iterable[str], *, on: date) -> list[Hole]:
    """Classes × streets that no row answers for on a day (责任空白)."""
    return find_holes(held_duty_table(), class_keys, {code: codes_above(code) for code in street_codes}, on=on)
