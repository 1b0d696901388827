"""判定依据: what a decision must know beside the state and the command. Gathered by queries, handed in as plain data."""

from __future__ import annotations

from collections.abc import Mapping

import msgspec

from gezhi.calendars.rules.limits import Limit
from gezhi.cases.rules.applications import ApplicationKind
from gezhi.cases.rules.applications.approval_row import ApprovalRow
from gezhi.cases.rules.clocks.clock import Clock, ClockKind
from gezhi.cases.rules.clocks.deadline import Timing, end_clock, pause_clock, resume_clock, start_clock
from gezhi.cases.rules.commands.command import Command
from gezhi.cases.rules.entries import Charge
from gezhi.cases.rules.missed import Missed
from gezhi.cases.rules.state import CaseState, Place, Subject
from gezhi.kernel.permissions import Actor
from gezhi.policy.rules.local_policy import LocalPolicy
from gezhi.policy.rules.reasons import reason_code


class SameAs(msgspec.Struct, frozen=True):
    """同一照片: a picture in evidence that was made from the same one, with its case; `changed` is the part of the
    picture in which something else stands now.
    """

    sha256: str
    changed: float
    case_id: str
    case: CaseState


class Picture(msgspec.Struct, frozen=True):
    """照片: what the store knows of an uploaded picture; `used_by` is the case that it is already evidence of. What the
    camera wrote into it (`taken`, `lon`, `lat`), and which pictures in evidence are the same. `waits`: it has not been
    looked for yet. `sender`: who sent it in first, nobody where the platform has drawn it; `kept`: something uses it.
    """

    sha256: str
    used_by: str | None = None
    taken: int | None = None
    lon: float | None = None
    lat: float | None = None
    edited_with: str = ""
    same: tuple[SameAs, ...] = ()
    waits: bool = False
    sender: int | None = None
    kept: bool = False


class UnitFact(msgspec.Struct, frozen=True):
    """责任单位: a handling unit that may be given work."""

    unit_id: int
    name: str


class SuggestedUnit(msgspec.Struct, frozen=True):
    """责任清单: whom the duty table names, and why."""

    unit_id: int
    reason: str
    reason_en: str = ""
    row: int | None = None


class UnitShare(msgspec.Struct, frozen=True):
    """占比依据: what a unit was granted of a kind in the days that control looks at, and how many cases it was given."""

    granted: int = 0
    given: int = 0


class Facts(msgspec.Struct, frozen=True, kw_only=True):
    """判定依据 for one command. `moment` is the server's; `happened` the device's; `words` the digest of what a sender
    wrote; `heir` who stands in the place of the unit that led last.
    """

    actor: Actor
    moment: int
    happened: int
    timing: Timing
    policy: LocalPolicy
    node: str
    case_id: str
    words: str | None = None
    matrix: Mapping[ApplicationKind, ApprovalRow]
    number: str | None = None
    place: Place | None = None
    subject: Subject | None = None
    duplicates: tuple[str, ...] = ()
    pictures: Mapping[str, Picture] = {}
    collectors: tuple[int, ...] = ()
    units: Mapping[int, UnitFact] = {}
    suggestion: SuggestedUnit | None = None
    merge_target: CaseState | None = None
    charges: tuple[Charge, ...] = ()
    rostered: Mapping[int, Missed] = {}
    share: UnitShare = UnitShare()
    heir: int | None = None

    def reason_code(self, command: Command) -> str:
        """The code of the city's list that is given with this command."""
        return reason_code(self.policy.reasons, command.word, getattr(command, "reason_code", ""))

    def limit(self, kind: ClockKind) -> Limit:
        return self.policy.stage_limits[kind]

    def start(self, kind: ClockKind) -> Clock:
        return start_clock(self.timing, kind, self.limit(kind), at=self.moment)

    def end(self, state: CaseState, *kinds: ClockKind) -> tuple[Clock, ...]:
        """These clocks of the case, ended now; those that never ran or have ended are left out."""
        clocks = (state.clock(kind) for kind in kinds)
        return tuple(
            end_clock(self.timing, clock, at=self.moment)
            for clock in clocks
            if clock is not None and clock.ended is None
        )

    def pause(self, state: CaseState, kind: ClockKind, *, since: int | None = None) -> tuple[Clock, ...]:
        """Stands still from now on, or from an earlier moment at which it was asked for."""
        clock = state.clock(kind)
        if clock is None or clock.since is None:
            return ()
        at = self.moment if since is None else max(since, clock.since)
        return (pause_clock(self.timing, clock, at=at),)

    def resume(self, state: CaseState, kind: ClockKind, *, give_time_back: bool = True) -> tuple[Clock, ...]:
        clock = state.clock(kind)
        if clock is None or clock.since is not None:
            return ()
        return (resume_clock(self.timing, clock, at=self.moment, give_time_back=give_time_back),)
