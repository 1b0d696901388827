"""疑似重复: open cases of the same class, of a near one or of none, close by and recent; the database is
asked once for a whole batch.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from itertools import chain
from uuid import UUID

from gezhi.calendars.rules.office_days import day_of
from gezhi.cases.queries.states import MOST_DUPLICATES, Nearby, find_duplicates, near_and_recent
from gezhi.cases.rules.commands import Report, Submission
from gezhi.catalog.rules.class_key import near_classes
from gezhi.kernel.places import from_e7
from gezhi.policy.queries import HeldPolicy


class LikelyDuplicates:
    """What is known beside each report of a batch: cases of the database, and those that the batch itself has begun."""

    def __init__(self, batch: Iterable[tuple[Submission, int]], policy: HeldPolicy) -> None:
        self._policy = policy
        boxes = {
            one.command_id: self._nearby(one.command, moment)
            for one, moment in batch
            if isinstance(one.command, Report)
        }
        self._known = find_duplicates(boxes) if boxes else {}
        self._begun: dict[str, list[tuple[int, int, float, float, str]]] = defaultdict(list)

    def of(self, one: Submission, report: Report, *, moment: int) -> tuple[str, ...]:
        """Newest first, a few at most."""
        box = self._nearby(report, moment)
        alike = self._begun.values() if not box.near else (self._begun[box.near], self._begun[""])
        begun = [
            case
            for _, at, lon, lat, case in sorted(chain(*alike), reverse=True)
            if at > box.since and box.west <= lon <= box.east and box.south <= lat <= box.north
        ]
        return (*begun, *self._known.get(one.command_id, ()))[:MOST_DUPLICATES]

    def add(self, case_id: UUID, report: Report, *, moment: int) -> None:
        """The batch has begun this case."""
        count = sum(map(len, self._begun.values()))
        spot = count, moment, from_e7(report.lon), from_e7(report.lat), str(case_id)
        self._begun[near_classes(report.class_key or "")].append(spot)

    def _nearby(self, report: Report, moment: int) -> Nearby:
        policy = self._policy.on(day_of(moment))
        lon, lat = from_e7(report.lon), from_e7(report.lat)
        return near_and_recent(report.class_key or "", lon, lat, moment=moment, policy=policy)
