"""So many pieces of heavy work at once, so many of them for one holder; who finds no room is refused, nobody waits."""

from __future__ import annotations

from collections import Counter
from collections.abc import Hashable, Iterator
from contextlib import contextmanager
from threading import Lock

from gezhi.kernel.problems import Problem


class Slots:
    def __init__(self, at_once: int, *, per_holder: int) -> None:
        self.at_once = at_once
        self.per_holder = per_holder
        self._held: Counter[Hashable] = Counter()
        self._lock = Lock()

    @contextmanager
    def held_by(self, holder: Hashable, refusal: type[Problem]) -> Iterator[None]:
        with self._lock:
            if self._held.total() >= self.at_once or self._held[holder] >= self.per_holder:
                raise refusal
            self._held[holder] += 1
        try:
            yield
        finally:
            with self._lock:
                self._held[holder] -= 1
                self._held += Counter()  # whoever holds nothing is forgotten
