"""A duty table of 200,000 rows in PostgreSQL: pages of it, its matrix and the test bench; the rows go again."""

from __future__ import annotations

import time
from collections.abc import Iterator
from datetime import timedelta
from itertools import cycle, islice, product

from django.db import connection, transaction

from gezhi.catalog.queries import held_catalog
from gezhi.duties.actions import install_duty_rows
from gezhi.duties.queries import held_duty_table
from gezhi.duties.rules.duty_row import DutyRowData
from gezhi.kernel.permissions import Role
from gezhi.people.queries import day_of, held_directory
from gezhi.people.rules.organisation_kinds import OrganisationKind
from gezhi.plumbing.clock import system_clock
from gezhi.plumbing.versions import forget_all
from gezhi.regions.queries import list_codes_of_level
from gezhi.regions.rules.levels import Level
from tests.bench.city import somebody, token_of
from tests.bench.measures import Measure, percentile
from tests.fixtures import ApiClient, count_statements

MOST_MS, MOST_STATEMENTS, WARM = 100.0, 6, 2
GRIDS_EACH = 4
"""Made-up grids of a community, for a table that is larger than city and catalogue."""


def measure_duty_table(rows: int, calls: int) -> Iterator[Measure]:
    dispatcher = somebody(Role.DISPATCHER)
    token = token_of(dispatcher)
    with transaction.atomic():
        install_duty_rows(list(_rows(rows)), clock=system_clock)
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE duties_duty_row")
        started = time.perf_counter()
        held_duty_table()
        read = time.perf_counter() - started
        slowest, most, notes = 0.0, 0, []
        for name, path in _pages():
            took, statements = _measured(path, token, calls)
            slowest, most = max(slowest, took), max(most, statements)
            notes.append(f"{name}: {took:.0f} ms, {statements} statements")
        transaction.set_rollback(True)
    forget_all()
    how = "ms, 95th percentile of the slowest page"
    yield Measure(f"pages of {rows:,} duty rows", slowest, MOST_MS, "at most", how, "\n".join(notes))
    yield Measure("statements of such a page", most, MOST_STATEMENTS, "at most", "count, the session among them")
    yield Measure("that table read anew after a change", read, 5.0, "at most", "seconds, once in each process")


def _rows(many: int) -> Iterator[DutyRowData]:
    today = day_of(system_clock())
    catalog = held_catalog()
    classes = catalog.listed(catalog.edition_on(today))
    levels = (Level.COUNTY, Level.STREET, Level.COMMUNITY)
    areas = [code for level in levels for code in list_codes_of_level(level, "", on=today)]
    grids = [f"{code}{one:03}" for code in areas if len(code) == 12 for one in range(1, GRIDS_EACH + 1)]
    units = [body.id for body in held_directory().organisations.values() if body.kind is OrganisationKind.DEPARTMENT]
    turn = cycle(units)
    every = ((entry, area, day) for day in range(400) for area, entry in product([*areas, *grids], classes))
    for number, (entry, area, day) in enumerate(islice(every, many)):
        yield DutyRowData(
            edition=entry.edition,
            kind=entry.kind,
            selector=entry.code,
            area_code=area,
            unit_id=next(turn),
            valid_from=today - timedelta(days=number % 3 + 3 * day),
        )


def _pages() -> Iterator[tuple[str, str]]:
    today = day_of(system_clock())
    catalog = held_catalog()
    entries = catalog.listed(catalog.edition_on(today), "matter")
    majors = [entry.major_code for entry in entries]
    largest = max(set(majors), key=majors.count)
    before = today - timedelta(days=1)
    unit = held_duty_table().areas_of(entries[0].key)[0]
    some = next(iter(unit.values()))[0].unit_id
    for level in ("county", "street", "community"):
        yield f"matrix, major classes × {level}", f"/duties/matrix?kind=matter&level={level}&most=24"
        yield f"matrix, minor classes × {level}", f"/duties/matrix?kind=matter&level={level}&major={largest}&most=24"
    yield "matrix, two days", f"/duties/matrix?kind=matter&level=street&against={before}&most=24"
    yield "matrix, one unit", f"/duties/matrix?kind=matter&level=street&unit_id={some}&most=24"
    yield "conflicts", "/duties/conflicts?limit=50"
    yield "rows", "/duties?limit=50"
    yield "rows of a class", f"/duties?limit=50&class_key={entries[0].key}"
    yield "test bench", f"/duties/trial?class_key={entries[0].key}&code={next(code for code in unit if code)}"


def _measured(path: str, token: str, calls: int) -> tuple[float, int]:
    client = ApiClient()
    took, statements = list[float](), 0
    for turn in range(WARM + calls):
        with count_statements() as counted:
            started = time.perf_counter()
            answer = client.call("GET", path, Authorization=f"Bearer {token}")
            ended = time.perf_counter() - started
        if answer.status_code != 200:
            raise RuntimeError(f"{path}: {answer.content[:400]!r}")
        if turn >= WARM:
            took.append(ended * 1_000)
            statements = max(statements, counted.total)
    return percentile(took, 0.95), statements
