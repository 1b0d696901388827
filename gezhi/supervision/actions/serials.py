"""编号: running numbers of the registers; gaps are allowed."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.db import connection


def next_numbers(count: int) -> Sequence[int]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT nextval('supervision_serial') FROM generate_series(1, %s)", [count])
        numbers: list[Any] = [row[0] for row in cursor.fetchall()]
        return numbers
