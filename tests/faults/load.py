"""People who report and note without a pause, and remember what was acknowledged; and the count afterwards."""

from __future__ import annotations

import time
from abc import ABC, abstractmethod
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from threading import Event
from types import TracebackType
from typing import Self
from uuid import uuid4

from tests.faults.town import Town

NOTES_OF_A_CASE = 1


@dataclass
class Acknowledged:
    """Key of what was sent -> the case that the answer named."""

    reports: dict[str, str] = field(default_factory=dict)
    notes: dict[str, str] = field(default_factory=dict)


class Crowd(ABC):
    """So many people who work until it ends, and say then what went wrong."""

    def __init__(self, town: Town, people: int) -> None:
        self.town = town
        self.ending = Event()
        self.people = ThreadPoolExecutor(people, "people")
        self.working = [self.people.submit(self._work) for _ in range(people)]

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: object, trace: TracebackType | None) -> None:
        self.ending.set()
        self.people.shutdown()
        if kind is None:
            for one in self.working:
                one.result()

    @abstractmethod
    def _work(self) -> None:
        """What each of them does until `ending`."""


class Load(Crowd):
    """Each with a pause after each step; each under one key until it is acknowledged."""

    def __init__(self, town: Town, people: int, pause_s: float = 0.0) -> None:
        self.pause_s = pause_s
        self.acknowledged = Acknowledged()
        super().__init__(town, people)

    def _work(self) -> None:
        while not self.ending.is_set():
            key = str(uuid4())
            self.acknowledged.reports[key] = case_id = self.town.report(key)
            for _ in range(NOTES_OF_A_CASE):
                key = str(uuid4())
                self.town.note(case_id, key)
                self.acknowledged.notes[key] = case_id
            time.sleep(self.pause_s)


@dataclass(frozen=True)
class Count:
    """What became of all that was acknowledged. All figures but the first two should be 0."""

    reports: int
    notes: int
    lost: list[str]
    doubled: list[str]
    orphans: int
    waiting: int
    differences: list[object]

    def is_good(self) -> bool:
        return not (self.lost or self.doubled or self.orphans or self.waiting or self.differences)


def count(town: Town, acknowledged: Acknowledged) -> Count:
    """Looks into the tables themselves, and lets the log prove itself."""
    with town.database() as database:
        reports = database.execute("SELECT description, case_id::text FROM cases_report").fetchall()
        notes = database.execute(
            "SELECT text::jsonb #>> '{step,text}', case_id::text FROM cases_log_entry WHERE text LIKE '%\"note\"%'"
        ).fetchall()
        (orphans,) = database.execute(ORPHANS).fetchone() or (-1,)
        (waiting,) = database.execute(WAITING).fetchone() or (-1,)
    kept = Counter(reports + notes)
    words = Counter(word for word, _ in reports + notes)
    sent = {**acknowledged.reports, **acknowledged.notes}
    return Count(
        reports=len(acknowledged.reports),
        notes=len(acknowledged.notes),
        lost=[key for key, case_id in sent.items() if not kept[key, case_id]],
        doubled=[key for key in sent if words[key] > 1],
        orphans=int(orphans),
        waiting=int(waiting),
        differences=list(town.differences()),
    )


WAITING = "SELECT count(*) FROM plumbing_announced_event WHERE NOT is_done"
ORPHANS = """
SELECT (SELECT count(*) FROM cases_report r WHERE NOT EXISTS (SELECT 1 FROM cases_case c WHERE c.id = r.case_id))
     + (SELECT count(*) FROM cases_case c WHERE NOT EXISTS (SELECT 1 FROM cases_log_entry e WHERE e.case_id = c.id))
     + (SELECT count(*) FROM cases_log_entry e WHERE NOT EXISTS (SELECT 1 FROM cases_case c WHERE c.id = e.case_id))
"""
