"""Running numbers, taken from the sequence in blocks so that most reports ask the database for none. Gaps are
allowed.
"""

from __future__ import annotations

from collections.abc import Iterator
from threading import Lock

from django.db import connection

BLOCK = 100


class Serials:
    """The numbers that this process still holds, and more when they are used up."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._left: Iterator[int] = iter(())

    def __iter__(self) -> Iterator[int]:
        return self

    def __next__(self) -> int:
        with self._lock:
            number = next(self._left, None)
            if number is None:
                with connection.cursor() as cursor:
                    cursor.execute("SELECT nextval('cases_serial_block')")
                    (block,) = cursor.fetchone()
                self._left = iter(range((block - 1) * BLOCK + 1, block * BLOCK + 1))
                number = next(self._left)
            return number


SERIALS = Serials()
