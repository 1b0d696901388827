"""Reads of the registers as tables: every row as a file would say it, and what files last said of it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Sequence
from datetime import date
from hashlib import sha256
from typing import Any

import msgspec
from django.contrib.auth.hashers import is_password_usable
from django.db.models import F

from gezhi.calendars.models import DayOverride
from gezhi.catalog.queries import held_catalog, list_condition_words
from gezhi.catalog.rules.class_key import row_number
from gezhi.duties.models import AreaLevel, DutyRow
from gezhi.duties.queries.table import class_names
from gezhi.duties.rules.area_level import AreaLevelRow
from gezhi.founding.models import AppliedRow
from gezhi.founding.rules.cells import Row
from gezhi.founding.rules.changes.import_checks import Surroundings
from gezhi.founding.rules.changes.planned_kinds import PLANNED, Applied, Standing, Stands, base_key
from gezhi.founding.rules.standard.condition_words import Vocabulary
from gezhi.founding.rules.standard.standard_rows import same_of, values_of
from gezhi.people.models import Appointment, Officer, Organisation, Post, User
from gezhi.people.queries.care import list_changes
from gezhi.people.rules.care.bodies import BODY_VALUES, POST_VALUES
from gezhi.people.rules.care.plan import Table, values_on


class Registers(msgspec.Struct, frozen=True):
    """What stands, and what was last applied, by the name of each kind."""

    standing: dict[str, list[Standing]]
    applied: dict[str, list[Applied]]

    def first_days(self, name: str) -> dict[str, date]:
        """The first day of every row that stands, by its key and by the key that a file gave it."""
        by_entity = {one.entity: one.first for one in self.standing[name]}
        days = {one.key: one.first for one in self.standing[name]}
        told = self.applied[name]
        return days | {one.key: by_entity[one.entity] for one in told if one.entity in by_entity}

    @property
    def basis(self) -> str:
        """The same as long as no row of these kinds has changed."""
        return sha256(msgspec.json.encode([self.standing, self.applied])).hexdigest()


def read_registers(names: Sequence[str], *, on: date) -> Registers:
    applied: dict[str, list[Applied]] = {name: [] for name in names}
    rows = AppliedRow.objects.filter(kind__in=names).order_by("id")
    for kind, key, values, entity, withdrawn in rows.values_list("kind", "key", "values", "entity", "withdrawn"):
        applied[kind].append(Applied(key=key, values=values, entity=entity, withdrawn=withdrawn))
    return Registers({name: READERS[name](on) for name in names}, applied)


def read_stands(*, on: date) -> Stands:
    """What a folder is checked beside when its city is founded already."""
    registers = read_registers(list(PLANNED), on=on)
    known = {
        kind.file: {one.key for one in registers.standing[name]}
        for name, kind in PLANNED.items()
        if len(kind.key) == 1 and not kind.dated
    }
    return Stands({name: registers.first_days(name) for name in PLANNED}, known)


def read_surroundings(*, on: date) -> Surroundings:
    """What an imported row may name, and who can sign in."""
    catalog = held_catalog()
    able = [name for name, hashed in User.objects.values_list("username", "password") if is_password_usable(hashed)]
    return Surroundings(frozenset(class_names(catalog)), catalog.edition_on(on), frozenset(able))


def read_vocabulary(*, on: date) -> Vocabulary:
    """What a standard row may name."""
    catalog, words = held_catalog(), list_condition_words()
    return Vocabulary(catalog, {"closing": words["closing"], "defects": words["defect"]}, catalog.edition_on(on))


def _as_it_will_be(table: Table, rows: Sequence[Any], names: tuple[str, ...]) -> list[Any]:
    """The rows with the changes that are entered and not yet in force."""
    changes = list_changes()
    touched = {row.id for deed in changes for row in deed.rows if row.table is table}
    return [
        {**row, **values_on(changes, table, row["id"], {name: row[name] for name in names}, date.max)}
        if row["id"] in touched
        else row
        for row in rows
    ]


def _organisations(on: date) -> list[Standing]:  # noqa: ARG001
    rows = list(Organisation.objects.order_by("id").values())
    codes = {row["id"]: row["code"] for row in rows}
    return [
        Standing(
            key=row["code"],
            values={
                "key": row["code"],
                "name": row["name"],
                "name_en": row["name_en"],
                "kind": row["kind"],
                "level": str(row["platform_level"]),
                "parent": codes.get(row["parent_id"], ""),
                "region": row["region_code"],
                "from": row["valid_from"],
                "to": row["valid_to"],
            },
            first=row["valid_from"],
            last=row["valid_to"],
            entity=row["id"],
        )
        for row in _as_it_will_be(Table.BODY, rows, BODY_VALUES)
    ]


def _posts(on: date) -> list[Standing]:  # noqa: ARG001
    rows = list(Post.objects.order_by("id").annotate(body=F("organisation__code")).values())
    return [
        Standing(
            key=row["code"],
            values={
                "key": row["code"],
                "organisation": row["body"],
                "role": row["role"],
                "title": row["title"],
                "title_en": row["title_en"],
                "regions": tuple(row["region_codes"]),
                "from": row["valid_from"],
                "to": row["valid_to"],
            },
            first=row["valid_from"],
            last=row["valid_to"],
            entity=row["id"],
        )
        for row in _as_it_will_be(Table.POST, rows, POST_VALUES)
    ]


def _people(on: date) -> list[Standing]:
    """With the posts that they hold on that day or later."""
    posts: dict[str, list[str]] = defaultdict(list)
    held = Appointment.objects.exclude(valid_to__lt=on).filter(acting_for=None).order_by("id")
    for username, post in held.values_list("user__username", "post__code"):
        posts[username].append(post)
    rows = User.objects.order_by("id").values_list(
        "id", "username", "display_name", "phone", "language", "active_from", "active_to"
    )
    return [
        Standing(
            key=username,
            values={
                "username": username,
                "name": name,
                "posts": tuple(dict.fromkeys(posts[username])),
                "phone": phone,
                "language": language,
                "from": first,
                "to": last,
            },
            first=first,
            last=last,
            entity=id_,
        )
        for id_, username, name, phone, language, first, last in rows
    ]


def _officers(on: date) -> list[Standing]:  # noqa: ARG001
    rows = Officer.objects.order_by("id").values_list(
        "id", "organisation__code", "kind", "user__username", "valid_from", "valid_to"
    )
    return [
        Standing(
            key=f"{organisation}/{kind}/{username}",
            values={"organisation": organisation, "kind": kind, "username": username, "from": first},
            first=first,
            last=last,
            entity=id_,
        )
        for id_, organisation, kind, username, first, last in rows
    ]


def _duties(on: date) -> list[Standing]:  # noqa: ARG001
    rows = DutyRow.objects.order_by("id").values_list(
        "id", "edition", "kind", "selector", "area_code", "unit__code", "basis_kind", "basis", "valid_from", "valid_to"
    )
    return [
        Standing(
            key=f"{edition}/{kind}/{selector}/{area}",
            values={
                "edition": edition,
                "kind": kind,
                "classes": (selector,),
                "area": (area,) if area else (),
                "unit": unit,
                "basis_kind": basis_kind,
                "basis": basis,
                "from": first,
                "to": last,
            },
            first=first,
            last=last,
            entity=id_,
        )
        for id_, edition, kind, selector, area, unit, basis_kind, basis, first, last in rows
    ]


def _area_levels(on: date) -> list[Standing]:  # noqa: ARG001
    rows = AreaLevel.objects.order_by("id").values_list("id", "area_code", "level", "valid_from", "valid_to")
    return [
        Standing(
            key=area,
            values={"area": area, "level": level, "from": first, "to": last},
            first=first,
            last=last,
            entity=id_,
        )
        for id_, area, level, first, last in rows
    ]


def get_area_level(entity: int) -> AreaLevelRow:
    row = AreaLevel.objects.get(id=entity)
    return AreaLevelRow(area_code=row.area_code, level=row.level, valid_from=row.valid_from, valid_to=row.valid_to)


def _holidays(on: date) -> list[Standing]:  # noqa: ARG001
    """Own days and those of entered years, as they hold now."""
    rows = DayOverride.objects.filter(superseded_at=None).order_by("id")
    return [
        Standing(
            key=f"{calendar}/{day}",
            values={"calendar": calendar, "date": day, "kind": kind, "hours": hours, "name": name},
            first=date.min,
            entity=id_,
        )
        for id_, calendar, day, kind, hours, name in rows.values_list(
            "id", "calendar__name", "on", "kind", "windows", "name"
        )
    ]


def _standard_rows(on: date) -> list[Standing]:  # noqa: ARG001
    catalog, kind = held_catalog(), PLANNED["standard_rows"]
    found = []
    for group in catalog.rows_by_class.values():
        rows = [row for row in group if not row.is_gap_default]
        same = same_of(rows)
        for row in rows:
            values = {**values_of(row, catalog), "same": same[row.key]}
            key, number = base_key(kind, Row(0, values)), row_number(row.key)
            found.append(Standing(key=key, values=values, first=row.valid_from, last=row.valid_to, entity=number))
    return found


READERS: dict[str, Callable[[date], list[Standing]]] = {
    "organisations": _organisations,
    "posts": _posts,
    "people": _people,
    "officers": _officers,
    "duties": _duties,
    "area_levels": _area_levels,
    "holidays": _holidays,
    "standard_rows": _standard_rows,
}
