"""What a request asks of PostgreSQL, and how long PostgreSQL takes for it."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from django.db import connection

Statement = tuple[str, Any]
TIMES = 7
"""The quickest counts: what else the machine does can only add to it."""


@contextmanager
def statements() -> Iterator[list[Statement]]:
    """Every statement that is sent meanwhile, with its parameters."""
    sent: list[Statement] = []

    def keep(execute: Callable[..., Any], sql: str, params: Any, *rest: Any) -> Any:
        sent.append((sql, params))
        return execute(sql, params, *rest)

    with connection.execute_wrapper(keep):
        yield sent


def milliseconds_of(sent: list[Statement]) -> float:
    """Planning and execution of all together, as PostgreSQL itself measures them."""
    return sum(min(_explained(sql, params) for _ in range(TIMES)) for sql, params in sent)


def _explained(sql: str, params: Any) -> float:
    with connection.cursor() as cursor:
        cursor.execute(f"EXPLAIN (ANALYZE, TIMING OFF, FORMAT JSON) {sql}", params)
        found = cursor.fetchone()[0]
    plan = found[0] if isinstance(found, list) else json.loads(found)[0]
    return float(plan["Planning Time"]) + float(plan["Execution Time"])
