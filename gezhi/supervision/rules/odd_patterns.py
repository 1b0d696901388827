"""异常规律提示: what stands out among deeds, compared with what others did under the same circumstances.

It says where a look is worth while and accuses nobody: a share counts only over a basis that is large enough, against
what others have on the same streets or in the same kind of work. Where nobody else works there is nothing to compare.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from enum import StrEnum
from itertools import pairwise
from math import sqrt
from statistics import median

import msgspec

from gezhi.calendars.rules.working_calendar import WorkingCalendar
from gezhi.kernel.moments import DAY_S, MINUTE_S


class Pattern(StrEnum):
    REPORTED_HANDLED = "reported_handled"
    HANDLED_INSPECTED = "handled_inspected"
    ONE_SPOT = "one_spot"
    CLOCK_OUT = "clock_out"
    DEADLINE = "deadline"
    SAME_PICTURES = "same_pictures"
    CAPTURE_FACTS = "capture_facts"


class Of(StrEnum):
    """By whom deeds are counted: each person, or their teams and units."""

    PERSON = "person"
    BODY = "body"


PATTERN_NAMES: dict[str, tuple[str, str]] = {
    Pattern.REPORTED_HANDLED: ("上报与处置常为同一对", "Reporter and handler are often the same pair"),
    Pattern.HANDLED_INSPECTED: ("处置与核查常为同一对", "Handler and inspector are often the same pair"),
    Pattern.ONE_SPOT: ("上报集中在同一地点", "Many reports from one spot"),
    Pattern.CLOCK_OUT: ("办理集中在临下班", "Many deeds right before clock-out"),
    Pattern.DEADLINE: ("反馈集中在临近时限", "Many hand-overs right before the deadline"),
    Pattern.SAME_PICTURES: ("照片重复", "The same pictures again"),
    Pattern.CAPTURE_FACTS: ("照片缺少拍摄信息或经编辑", "Pictures without capture data, or edited"),
}


class Threshold(msgspec.Struct, frozen=True, kw_only=True):
    """提示门槛: from how many deeds on, how many of them, how many times the share of others, how many standard
    deviations above it. `within_s`: how long before the end counts as right before it.
    """

    basis: int
    count: int
    times: float
    deviations: float
    within_s: int = 0


# Presets [U]. With four standard deviations about one person in 30,000 stands out by chance alone.
THRESHOLDS: Mapping[Pattern, Threshold] = {
    Pattern.REPORTED_HANDLED: Threshold(basis=20, count=10, times=2, deviations=4),
    Pattern.HANDLED_INSPECTED: Threshold(basis=20, count=10, times=2, deviations=4),
    Pattern.ONE_SPOT: Threshold(basis=20, count=8, times=3, deviations=4),
    Pattern.CLOCK_OUT: Threshold(basis=20, count=8, times=2.5, deviations=4, within_s=15 * MINUTE_S),
    Pattern.DEADLINE: Threshold(basis=20, count=8, times=2.5, deviations=4, within_s=30 * MINUTE_S),
    Pattern.SAME_PICTURES: Threshold(basis=10, count=3, times=3, deviations=2),
    Pattern.CAPTURE_FACTS: Threshold(basis=20, count=10, times=2, deviations=4),
}
LEAST_OTHERS, LEAST_OF_EACH = 3, 5
"""So many others must have worked under the same circumstances, with so many deeds each: of two, each is the odd one to
the other.
"""


class Tally(msgspec.Struct, frozen=True):
    """What one did under the same circumstances (`among`): all of it, and the part that the pattern is about.

    `key`: with whom or where; empty where the pattern is about the deed alone.
    """

    subject: int
    key: str
    among: str
    hits: int
    total: int


class Oddity(msgspec.Struct, frozen=True):
    """值得一看: so many of so many, and the share that others would have had."""

    subject: int
    key: str
    count: int
    basis: int
    expected: float

    @property
    def deviation(self) -> float:
        """By how many standard deviations it is above what was to be expected."""
        awaited = self.expected * self.basis
        return (self.count - awaited) / sqrt(max(awaited * (1 - self.expected), 1))


def closings_of(calendar: WorkingCalendar, since: int, until: int) -> tuple[int, ...]:
    """When work ended on each day in between: the end of its last working period."""
    ends: dict[int, int] = {}
    for opens, (before, worked) in zip(calendar.opens, pairwise(calendar.seconds_before), strict=True):
        if since <= opens < until:
            ends[(opens + calendar.zone_offset_s) // DAY_S] = opens + worked - before
    return tuple(ends.values())


def find_odd(pattern: Pattern, tallies: Iterable[Tally]) -> list[Oddity]:
    """What stands out, the farthest first."""
    found = _crowds(tallies) if pattern is Pattern.ONE_SPOT else _against_others(tallies, THRESHOLDS[pattern].count)
    odd = [one for one in found if stands_out(one, THRESHOLDS[pattern])]
    return sorted(odd, key=lambda one: (-one.deviation, one.subject, one.key))


def stands_out(one: Oddity, threshold: Threshold) -> bool:
    return (
        one.basis >= threshold.basis
        and one.count >= threshold.count
        and one.count >= threshold.times * one.expected * one.basis
        and one.deviation >= threshold.deviations
    )


def _against_others(tallies: Iterable[Tally], least: int) -> list[Oddity]:
    """Each with the share of others under the same circumstances, weighted as one's own deeds lie."""
    deeds: dict[str, dict[int, int]] = defaultdict(lambda: defaultdict(int))
    hits: dict[tuple[int, str], dict[str, int]] = defaultdict(lambda: defaultdict(int))
    for one in tallies:
        deeds[one.among][one.subject] += one.total
        hits[one.subject, one.key][one.among] += one.hits
    found = []
    for (subject, key), own in list(hits.items()):
        if sum(own.values()) < least:
            continue
        count, basis, awaited = 0, 0, 0.0
        for among, working in deeds.items():
            if subject not in working:
                continue
            others = [
                (hits[who, key][among] if (who, key) in hits else 0, done)
                for who, done in working.items()
                if who != subject and done >= LEAST_OF_EACH
            ]
            share = _share_of(others)
            if share is not None:
                count, basis = count + own.get(among, 0), basis + working[subject]
                awaited += working[subject] * share
        if basis:
            found.append(Oddity(subject, key, count, basis, awaited / basis))
    return found


def _share_of(others: list[tuple[int, int]]) -> float | None:
    """What share others have: of all their deeds together, or the middle one where that is more, so that neither a
    single one of them nor many without any make the rest look odd. None where they are too few.
    """
    if len(others) < LEAST_OTHERS:
        return None
    together = sum(hits for hits, _ in others) / sum(done for _, done in others)
    return max(together, median(hits / done for hits, done in others))


def _crowds(tallies: Iterable[Tally]) -> list[Oddity]:
    """Each with their most frequent key, and the share that the most frequent one has with others."""
    counts: dict[int, dict[str, int]] = defaultdict(lambda: defaultdict(int))
    for one in tallies:
        counts[one.subject][one.key] += one.hits
    tops = {
        subject: (max(sorted(keys), key=lambda key: keys[key]), max(keys.values()), sum(keys.values()))
        for subject, keys in counts.items()
        if sum(keys.values()) >= THRESHOLDS[Pattern.ONE_SPOT].basis
    }
    found = []
    for subject, (key, top, basis) in tops.items():
        share = _share_of([(theirs, done) for who, (_, theirs, done) in tops.items() if who != subject])
        if share is not None:
            found.append(Oddity(subject, key, top, basis, share))
    return found
