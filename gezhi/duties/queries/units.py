"""What the duty table asks of units: who is named without an account, what nobody answers for, what one unit has."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import msgspec
from django.db.models import Count, Q

from gezhi.catalog.queries import held_catalog
from gezhi.duties.models import DutyRow
from gezhi.duties.queries.table import codes_above, held_duty_table
from gezhi.duties.rules.assign_unit import find_unit
from gezhi.kernel.permissions import Role
from gezhi.people.queries import held_directory
from gezhi.people.rules.directory import OrganisationFacts
from gezhi.regions.queries import held_regions
from gezhi.regions.rules.levels import Level


class UnitWithoutAccount(msgspec.Struct, frozen=True):
    """无账号单位: named in rows in force, but nobody in it or below it could take an order."""

    unit: OrganisationFacts
    rows: int


class ClassHoles(msgspec.Struct, frozen=True):
    """责任空白: a class and the streets in which no row answers for it."""

    class_key: str
    street_codes: tuple[str, ...]


def list_units_without_account(on: date, *, after_id: int = 0, limit: int | None = None) -> list[UnitWithoutAccount]:
    """Units of rows in force without an active handler in their own subtree, in the order of their ids (R02)."""
    directory = held_directory()
    staffed: set[int] = set()
    for holder in directory.find_holders(Role.HANDLER, on=on):
        staffed.update((holder.post.organisation_id, *directory.ancestors(holder.post.organisation_id)))
    named = (
        DutyRow.objects.filter(Q(valid_to=None) | Q(valid_to__gte=on), valid_from__lte=on, unit_id__gt=after_id)
        .values_list("unit_id")
        .annotate(rows=Count("id"))
        .order_by("unit_id")
    )
    units = [UnitWithoutAccount(directory.organisations[unit], rows) for unit, rows in named if unit not in staffed]
    return units[:limit]


def count_rows_of_unit(unit_id: int, after: date) -> int:
    """How many rows of the duty table still name a unit after a day."""
    return DutyRow.objects.filter(Q(valid_to=None) | Q(valid_to__gt=after), unit_id=unit_id).count()


def list_holes_by_class(
    regions: tuple[str, ...], *, on: date, kind: str | None = None, after: str = "", limit: int
) -> list[ClassHoles]:
    """Classes of the edition in force, each with the streets of these regions that nobody answers in."""
    catalog = held_catalog()
    keys = sorted(entry.key for entry in catalog.listed(catalog.edition_on(on), kind, on))
    streets = {code: codes_above(code) for code in street_codes(regions)}
    holes: list[ClassHoles] = []
    for class_key in keys:
        if class_key > after and (codes := tuple(_holes_of(class_key, streets, on))):
            holes.append(ClassHoles(class_key, codes))
            if len(holes) == limit:
                break
    return holes


def street_codes(regions: tuple[str, ...]) -> list[str]:
    """The streets and towns in these regions, by code."""
    return sorted(
        code
        for code, region in held_regions().items()
        if region.level is Level.STREET and any(code.startswith(one) for one in regions)
    )


def _holes_of(class_key: str, streets: dict[str, tuple[str, ...]], on: date) -> Iterator[str]:
    table = held_duty_table()
    for code, above in streets.items():
        if find_unit(table, class_key, codes=(code, *above), on=on) is None:
            yield code
