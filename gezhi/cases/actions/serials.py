"""案件流水号: one running sequence, asked when the report is written, so that numbers follow time. Gaps are allowed."""

from __future__ import annotations

from django.db import connection


def take_serials(count: int) -> list[int]:
    """The next so many numbers."""
    if not count:
        return []
    with connection.cursor() as cursor:
        cursor.execute("SELECT nextval('cases_serial') FROM generate_series(1, %s)", [count])
        return [serial for (serial,) in cursor.fetchall()]
