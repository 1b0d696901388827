"""What telling rests on: entries with the state after them, phones of reporters, and who holds a post."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from itertools import groupby
from uuid import UUID

import msgspec
from django.db import connection

from gezhi.calendars.rules.office_days import day_of
from gezhi.cases.models import SentReport
from gezhi.cases.queries.case_page import list_reports
from gezhi.cases.queries.registers import Registers
from gezhi.cases.rules.entries import Entry, entry_of
from gezhi.cases.rules.evolve import evolve
from gezhi.cases.rules.stages import STATUSES
from gezhi.cases.rules.state import CaseState
from gezhi.kernel.problems import NotFound
from gezhi.notices.rules.news import Words
from gezhi.people.rules.directory import Holder
from gezhi.people.rules.organisation_kinds import REGIONAL_KINDS
from gezhi.plumbing.database import prepared_cursor
from gezhi.policy.rules.platform_levels import SEAT_ROLES, mode_of
from gezhi.telling.rules.audiences import Audience
from gezhi.telling.rules.spoken import Names

TOUCHED = "SELECT DISTINCT case_id FROM cases_log_entry WHERE recorded_at >= to_timestamp(%s) ORDER BY case_id"
LOGS = "SELECT case_id, text FROM cases_log_entry WHERE case_id = ANY(%s) ORDER BY case_id, seq"
SENDERS = """
    SELECT id::text, name, phone, description, keep_secret, wants_answer AND phone <> '' AND erased_at IS NULL,
        by_call OR phone !~ '^1[3-9][0-9]{9}$'
    FROM cases_report WHERE id = ANY(%s::uuid[])
"""
NUMBERS = "SELECT id::text, no FROM cases_case WHERE id = ANY(%s::uuid[])"


class ToldSender(msgspec.Struct, frozen=True):
    """Who sent a report, whether they can be told, and what must not be told to others."""

    name: str
    phone: str
    words: str
    secret: bool
    reachable: bool
    by_call: bool


def list_touched(since: int) -> list[UUID]:
    """Cases in which something happened since a moment."""
    with connection.cursor() as cursor:
        cursor.execute(TOUCHED, [since])
        return [case_id for (case_id,) in cursor.fetchall()]


def iterate_told(case_ids: Sequence[UUID], *, since: int) -> Iterator[tuple[Entry, CaseState]]:
    """Every entry since a moment with the state after it; one statement for all these cases."""
    with connection.cursor() as cursor:
        cursor.execute(LOGS, [list(case_ids)])
        rows = cursor.fetchall()
    for _, log in groupby(rows, key=lambda row: row[0]):
        state: CaseState | None = None
        for _, text in log:
            entry = entry_of(text)
            state = evolve(state, entry)
            if entry.recorded >= since:
                yield entry, state


def find_senders(report_ids: Iterable[str]) -> dict[str, ToldSender]:
    """By report id; who was erased, wants no answer or left no number cannot be reached."""
    ids = sorted(set(report_ids))
    if not ids:
        return {}
    with prepared_cursor() as cursor:
        cursor.execute(SENDERS, [ids])
        return {report_id: ToldSender(*values) for report_id, *values in cursor.fetchall()}


def get_report(report_id: UUID) -> SentReport:
    """What its sender wrote, and did not have erased."""
    reports = list_reports([str(report_id)])
    if not reports or reports[0].erased_at is not None:
        raise NotFound
    return reports[0]


def find_numbers(case_ids: Iterable[str]) -> dict[str, str]:
    """The number of each case, by its id."""
    ids = sorted(set(case_ids))
    if not ids:
        return {}
    with connection.cursor() as cursor:
        cursor.execute(NUMBERS, [ids])
        return dict(cursor.fetchall())


def names_in(registers: Registers, numbers: dict[str, str]) -> Names:
    """Names from the registers that are held; the numbers of other cases were read before."""

    def unit(organisation_id: int) -> Words:
        body = registers.directory.organisations[organisation_id]
        return Words(body.name, body.name_en or body.name)

    def class_(key: str) -> Words:
        entry = registers.catalog.classes.get(key)
        return Words(entry.name, entry.name_en or entry.name) if entry is not None else Words("", "")

    return Names(unit=unit, class_=class_, case_no=lambda case_id: numbers.get(case_id, ""))


class Readers:
    """通知对象 as user ids, found once for each audience and place."""

    def __init__(self, registers: Registers) -> None:
        self.registers = registers
        self._found: dict[tuple[object, ...], tuple[int, ...]] = {}

    def of(self, audiences: Iterable[Audience], entry: Entry, state: CaseState) -> tuple[int, ...]:
        """Without who acted, each once."""
        on = day_of(entry.recorded)
        found = dict.fromkeys(user for one in audiences for user in self._users(one, state, on))
        found.pop(entry.user, None)
        return tuple(found)

    def _users(self, audience: Audience, state: CaseState, on: date) -> tuple[int, ...]:
        if audience.user is not None:
            return (audience.user,) if self.registers.directory.is_active(audience.user, on) else ()
        place = (state.place.area, STATUSES[state.status].stage) if audience.organisation is None else ()
        key = (audience, on, *place)
        if key not in self._found:
            holders = (
                self._in_body(audience, on) if audience.organisation is not None else self._at(audience, state, on)
            )
            self._found[key] = tuple(dict.fromkeys(holder.user.id for holder in holders))
        return self._found[key]

    def _in_body(self, audience: Audience, on: date) -> Sequence[Holder]:
        """The body's own people; those below it only where it has none itself."""
        assert audience.role is not None
        directory = self.registers.directory
        if audience.organisation not in directory.organisations:
            return ()
        below = directory.find_holders(audience.role, on=on, organisation_id=audience.organisation)
        return [one for one in below if one.post.organisation_id == audience.organisation] or below

    def _at(self, audience: Audience, state: CaseState, on: date) -> Sequence[Holder]:
        """The centres that answer for the place; of a seat those whose level performs the stage."""
        assert audience.role is not None
        directory = self.registers.directory
        holders = directory.find_holders(audience.role, on=on, place_code=state.place.area)
        bodies = directory.organisations
        central = [one for one in holders if bodies[one.post.organisation_id].kind in REGIONAL_KINDS]
        mode = mode_of(self.registers.policy.on(on).platforms, state.codes) if audience.role in SEAT_ROLES else None
        if mode is None:
            return central
        stage = STATUSES[state.status].stage
        return [one for one in central if mode.performs(bodies[one.post.organisation_id].platform_level, stage)]
