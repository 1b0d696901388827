"""A million cases: copies of real ones under new ids, numbers, places and times, spread over three years."""

from __future__ import annotations

from django.db import connection, transaction

from gezhi.cases.models import Case
from gezhi.cases.queries.statuses import OPEN_SQL
from gezhi.simulation.queries import list_spots

OPEN_SHARE = 50
"""One case in so many is open."""
YEARS_S, OPEN_S = 3 * 365 * 86_400, 10 * 86_400

# What a copy gets of its own; {back} is how many seconds earlier it happened, `s` its new place, `i` its number.
OWN = {
    "id": "(lpad(to_hex((extract(epoch FROM t.reported_at) - {back})::bigint * 1000 + mod(i, 1000)), 12, '0') || '7'"
    " || substr(md5(i::text), 1, 3) || '8' || substr(md5(i::text), 4, 15))::uuid",
    "no": "'B' || lpad(i::text, 12, '0')",
    "lon": "s.lon",
    "lat": "s.lat",
    "area_code": "s.code",
    "changed": "(1000 + mod(i, 500))::text::xid8",
    **{
        name: f"t.{name} - {{back}} * interval '1 second'"
        for name in ("reported_at", "due_at", "warn_at", "next_due_at", "closed_at")
    },
}
BACK = "mod(('x' || substr(md5(i::text), 1, 7))::bit(28)::bigint, {reach})"
COLUMNS = [field.column for field in Case._meta.local_fields if field.column]
COPY = """
INSERT INTO cases_case ({columns})
SELECT {values} FROM generate_series(%s::bigint, %s::bigint, %s::bigint) AS i
JOIN bench_template t ON t.is_open = {is_open} AND t.place = mod(i / {divided_by}, %s)
JOIN bench_spot s ON s.place = mod(i * 7919, %s)
"""


def _copy(*, is_open: bool, first: int, last: int, step: int, spots: int) -> None:
    back = BACK.format(reach=OPEN_S if is_open else YEARS_S)
    values = [OWN.get(name, f"t.{name}").format(back=back) for name in COLUMNS]
    sql = COPY.format(
        columns=", ".join(COLUMNS), values=", ".join(values), is_open=is_open, divided_by=OPEN_SHARE if is_open else 1
    )
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM bench_template WHERE is_open = %s", [is_open])
        (templates,) = cursor.fetchone()
        cursor.execute(sql, [first, last, step, templates, spots])


def _drop_indexes() -> list[str]:
    """Indexes that are no constraints, to be made again afterwards: a tenth of the time."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT indexname, indexdef FROM pg_indexes WHERE tablename = 'cases_case' AND indexname NOT IN"
            " (SELECT conname FROM pg_constraint WHERE conrelid = 'cases_case'::regclass)"
        )
        found = cursor.fetchall()
        for name, _ in found:
            cursor.execute(f'DROP INDEX "{name}"')
    return [definition for _, definition in found]


def multiply_cases(wanted: int) -> None:
    """Fill the table up with copies and look after it as a running installation does."""
    spots = list_spots()
    with connection.cursor() as cursor:
        cursor.execute(
            f"CREATE TEMP TABLE bench_template AS SELECT c.*, {OPEN_SQL} AS is_open,"
            f" row_number() OVER (PARTITION BY {OPEN_SQL} ORDER BY c.id) - 1 AS place FROM cases_case c"
        )
        cursor.execute("CREATE TEMP TABLE bench_spot (place bigint, code text, lon float8, lat float8)")
        cursor.executemany(
            "INSERT INTO bench_spot VALUES (%s, %s, %s, %s)",
            [(place, spot.code, spot.lon, spot.lat) for place, spot in enumerate(spots)],
        )
        cursor.execute("ANALYZE bench_template")
        cursor.execute("ANALYZE bench_spot")
    with transaction.atomic():
        definitions = _drop_indexes()
        share = wanted // OPEN_SHARE
        _copy(is_open=True, first=OPEN_SHARE, last=share * OPEN_SHARE, step=OPEN_SHARE, spots=len(spots))
        for rest in range(1, OPEN_SHARE):
            _copy(is_open=False, first=rest, last=wanted, step=OPEN_SHARE, spots=len(spots))
        with connection.cursor() as cursor:
            cursor.execute("SET LOCAL maintenance_work_mem = '256MB'")
            for definition in definitions:
                cursor.execute(definition)
    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE cases_case")
        cursor.execute("CHECKPOINT")
