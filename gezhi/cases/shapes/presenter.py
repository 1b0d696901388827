"""Turns rows and states into what goes out: names from the held registers, clocks as they stand now."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any
from uuid import UUID

from gezhi.calendars.rules.limits import Unit
from gezhi.calendars.rules.office_days import day_of
from gezhi.calendars.rules.remaining import remaining
from gezhi.cases.queries.registers import Registers, held_registers
from gezhi.cases.queries.rows import Row
from gezhi.cases.queries.senders import ReportSender
from gezhi.cases.rules.clocks.clock import Clock, ClockKind
from gezhi.cases.rules.clocks.deadline import Timing, used_by
from gezhi.cases.rules.clocks.lights import leading_clock, light_of
from gezhi.cases.rules.picture_marks import PictureMark, marks_of_case
from gezhi.cases.rules.senders.secrecy import shown_to
from gezhi.cases.rules.stages import FINISHED, STATUSES, Status
from gezhi.cases.rules.state import Assignment, CaseState
from gezhi.cases.shapes.schemas import CasePictureOut, CaseRefOut, CaseRowOut, ClockOut, RegionNamesOut, RemainingOut
from gezhi.catalog.shapes import ClassOut, class_out
from gezhi.kernel.masking import Masking, Secret, Shown
from gezhi.kernel.permissions import Actor
from gezhi.kernel.places import from_e7, metres_between
from gezhi.people.shapes import UnitOut
from gezhi.plumbing.shapes import TextOut, maybe, moment, thumb_url
from gezhi.regions.queries import held_names

PRIORITY = TextOut(zh="群众投诉优先办理", en="Citizens' complaints come first")


def last_leading(state: CaseState) -> Assignment | None:
    """The leading unit now; of a finished case the one that had it last."""
    if state.status not in FINISHED:
        return state.leading
    return state.last_leading


class Presenter:
    """One request's look at the registers, for one reader: what they may not know of senders is hidden here.

    `others`: numbers of the other cases that may be named to the reader, by id. `opened`: the reports whose senders the
    reader gave a reason to see. `remarks`: what is odd about pictures, `brought`: those of merged cases; both by hash.
    """

    def __init__(self, reader: Actor, *, now: int) -> None:
        self.reader, self.now = reader, now
        self.opened: frozenset[UUID] = frozenset()
        self.remarks: Mapping[str, list[TextOut]] = {}
        self.brought: Mapping[str, CasePictureOut] = {}
        self.others: Mapping[str, str] = {}
        self.registers: Registers = held_registers()
        self.names = held_names()
        self.timing = Timing(self.registers.calendars.by_name)

    def class_(self, key: str) -> ClassOut | None:
        entry = self.registers.catalog.classes.get(key)
        return None if entry is None else class_out(entry)

    def unit(self, unit_id: int) -> UnitOut:
        body = self.registers.directory.organisations.get(unit_id)
        return UnitOut(id=unit_id, name=body.name if body is not None else str(unit_id))

    def maybe_unit(self, unit_id: int | None) -> UnitOut | None:
        return None if unit_id is None else self.unit(unit_id)

    def person(self, user_id: int) -> str:
        user = self.registers.directory.users.get(user_id)
        return user.name if user is not None else "系统"

    def maybe_person(self, user_id: int | None) -> str | None:
        return None if user_id is None else self.person(user_id)

    def other(self, case_id: str | None) -> CaseRefOut | None:
        """Another case, where the reader may see it."""
        no = self.others.get(case_id) if case_id is not None else None
        return CaseRefOut(id=UUID(case_id), no=no) if case_id is not None and no is not None else None

    def region(self, state: CaseState) -> RegionNamesOut:
        place = state.place
        return RegionNamesOut(
            county=self.names.get(place.county, place.county),
            street=self.names.get(place.street) if place.street else None,
            community=self.names.get(place.community) if place.community else None,
        )

    def clock(self, clock: Clock) -> ClockOut:
        running = clock.since is not None
        calendar = self.registers.calendars.by_name.get(clock.calendar)
        left = None
        if running and calendar is not None:
            rest = remaining(calendar, now=self.now, due=clock.due, unit=Unit(clock.unit))
            left = RemainingOut(unit=rest.unit, value=rest.value, late=rest.late)
        used = used_by(self.timing, clock, at=self.now) if calendar is not None else clock.used
        return ClockOut(
            kind=clock.kind,
            state="running" if running else "ended" if clock.ended is not None else "paused",
            unit=clock.unit,
            due_at=moment(clock.due),
            warn_at=moment(clock.warn),
            started_at=maybe(clock.since),
            ended_at=maybe(clock.ended),
            remaining=left,
            used_share=round(used / clock.limit, 3) if clock.limit else 0,
            provisional=clock.provisional,
            late=clock.late,
            light=light_of(clock, self.now),
        )

    def secrets(self, senders: Iterable[ReportSender], status: str) -> list[Secret]:
        """The senders of a case with how much this reader sees of each."""
        return [
            Secret(one.name, one.phone, one.words, self.shown(Status(status), one.report_id, secret=one.keep_secret))
            for one in senders
        ]

    def shown(self, status: Status, report_id: UUID, *, secret: bool) -> Shown:
        return shown_to(self.reader, status, keep_secret=secret, opened=report_id in self.opened)

    def masking_of(self, row: Row) -> Masking:
        """What is hidden from this reader in whatever text of the case."""
        return Masking(self.secrets(row.senders, row.state.status))

    def row(self, row: Row, *, near: tuple[float, float] | None = None, deciding: bool = False) -> CaseRowOut:
        """`deciding`: as whoever decides on its application sees it, with the time to decide."""
        return CaseRowOut(**self.row_fields(row, near=near, deciding=deciding))

    def row_fields(
        self, row: Row, *, near: tuple[float, float] | None = None, deciding: bool = False
    ) -> dict[str, Any]:
        state = row.state
        place, leading = state.place, last_leading(state)
        clock = state.clock(ClockKind.APPROVAL) if deciding else leading_clock(state)
        if clock is None:
            handling = state.clock(ClockKind.HANDLING)
            clock = handling if handling is not None and handling.ended is None else None
        shown = self.clock(clock) if clock is not None else None
        lon, lat = from_e7(place.lon), from_e7(place.lat)
        pending = state.pending
        return {
            "id": row.id,
            "no": state.no,
            "status": state.status.value,
            "stage": int(STATUSES[state.status].stage),
            "class_": self.class_(state.subject.class_key),
            "place": self.masking_of(row).wrote(place.address),
            "region": self.region(state),
            "grid_code": None if place.outside else place.area,
            "outside": place.outside,
            "lon": lon,
            "lat": lat,
            "unit": self.unit(leading.unit) if leading is not None else None,
            "channel": state.channel,
            "complaint": row.complaint,
            "priority": PRIORITY if row.complaint else None,
            "reported_at": row.reported_at,
            "closed_at": row.closed_at,
            "due_at": maybe(clock.due) if clock is not None and clock.since is not None else None,
            "warn_at": maybe(clock.warn) if clock is not None else None,
            "clock": shown,
            "light": shown.light if shown is not None else "none",
            "round": state.round,
            "pictures": len(state.before) + len(state.after),
            "picture_marks": list(self.picture_marks(row)),
            "thumb": thumb_url(row.picture) if row.picture else None,
            "report_count": len(state.reports),
            "asking": pending.kind.value if pending is not None else None,
            "deciding": pending.deciding if pending is not None else None,
            "supervision": state.supervision,
            "major": state.major,
            "seq": state.seq,
            "distance_m": round(metres_between(*near, lon, lat)) if near is not None else None,
        }

    def picture_marks(self, row: Row) -> tuple[PictureMark, ...]:
        return marks_of_case(row.pictures, row.state.place, self.registers.policy.on(day_of(self.now)))

    def reason(self, command: str, code: str | None) -> TextOut | None:
        """理由类别: as the list of the command calls it, or called it last."""
        known = self.registers.policy.reasons.get((command, code or ""))
        return TextOut(zh=known.zh, en=known.en) if known is not None else None

    def channel(self, key: str) -> tuple[str, str]:
        channel = self.registers.policy.channels.get(key)
        return (channel.zh, channel.en) if channel is not None else (key, key)
