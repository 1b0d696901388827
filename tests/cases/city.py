"""The invented city in the database, with helpers that work cases through `perform` as its people do."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime
from functools import cached_property
from typing import Any
from uuid import UUID

from gezhi.cases.actions import Outcome, perform, perform_one
from gezhi.cases.models import ApprovalRowVersion
from gezhi.cases.queries.case_page import list_entries
from gezhi.cases.queries.registers import MATRIX_ROWS
from gezhi.cases.queries.states import get_state
from gezhi.cases.rules import commands
from gezhi.cases.rules.commands import Command, Sender, Submission
from gezhi.cases.rules.entries import Result
from gezhi.cases.rules.stages import Status
from gezhi.cases.rules.state import CaseState
from gezhi.cases.rules.suggestion import has_sent_back
from gezhi.kernel.permissions import Actor, Role, Scope
from gezhi.kernel.places import to_e7
from gezhi.people.queries import get_actor, held_directory
from gezhi.plumbing.clock import system_clock
from gezhi.plumbing.models import Picture
from gezhi.plumbing.versions import bump
from gezhi.simulation.actions import CityToBuild, create_city
from gezhi.simulation.queries import list_spots
from gezhi.simulation.rules.demand import Spot
from gezhi.simulation.rules.duty_plan import period_until
from tests.fixtures import FixedClock, FixedIds

LITTER, LITTER_ROW = "2026-matter-06010", "2026-matter-06010-1"  # the cleaning company of the bank answers for it
ROAD, ROAD_ROW = "2026-matter-06013", "2026-matter-06013-1"  # the works office
WEST, EAST = "990101", "990102"
PASSWORD = "lantern-harbour-52"
SALT = "5a" * 32
SYSTEM = Actor(user_id=0, post_id=0, role=Role.SYSTEM, organisation_id=0, scope=Scope(regions=("",)))


class City:
    """Who works there, where, and what they do."""

    def __init__(self, clock: FixedClock, *, begun: City | None = None, beside_doors: bool = False) -> None:
        """`begun`: the same city as it was left by somebody else; ids and pictures go on from there.

        `beside_doors`: a door that is asked in between looks at the system's clock, and no entry may come before it.
        """
        self.clock = clock
        self.beside_doors = beside_doors
        self.ids = FixedIds()
        self.ids.given = begun.ids.given if begun is not None else 0
        self._pictures: int = begun._pictures if begun is not None else 0

    @cached_property
    def spots(self) -> list[Spot]:
        return list_spots()

    def spot(self, region: str = "990101001", number: int = 0) -> Spot:
        """A point inside the so-many-th unit grid of a region."""
        return [spot for spot in self.spots if spot.code.startswith(region)][number]

    def people(self, role: Role, *, unit: str = "", region: str = "") -> list[Actor]:
        """Everybody in posts of this role, in this body, whose scope reaches into the region."""
        directory, found = held_directory(), []
        for user in sorted(directory.users):
            actor = get_actor(user, now=self.clock())
            body = directory.organisations[actor.organisation_id].code
            regions = actor.scope.regions
            fits = actor.role is role and unit in {"", body}
            if fits and (not region or any(region.startswith(code) for code in regions)):
                found.append(actor)
        return found

    def actor(self, role: Role, *, unit: str = "", region: str = "") -> Actor:
        return self.people(role, unit=unit, region=region)[0]

    def unit(self, code: str) -> int:
        return held_directory().organisation_ids[code]

    def handler_of(self, unit: int) -> Actor:
        return next(actor for actor in self.people(Role.HANDLER) if actor.organisation_id == unit)

    def collector(self, region: str = "990101001") -> Actor:
        return self.actor(Role.COLLECTOR, region=region)

    def picture(self, sender: Actor | None = None) -> str:
        """A new picture in the store, as if this person had uploaded it; else as if it were drawn."""
        self._pictures += 1
        sha = f"{self._pictures:064x}"
        stored, by = datetime.fromtimestamp(self.clock(), UTC), sender.user_id if sender is not None else None
        Picture.objects.create(sha256=sha, width=4, height=3, mime="image/jpeg", size=9, stored_at=stored, actor_id=by)
        return sha

    def submission(self, command: Command, actor: Actor, case_id: UUID | None = None, **more: Any) -> Submission:
        given = {"case_id": case_id or self.ids(), "command_id": self.ids(), **more}
        return Submission(command=command, actor=actor, **given)

    def reported(self, spot: Spot | None = None, **changes: Any) -> commands.Report:
        """A collector's report of litter."""
        spot = spot or self.spot()
        sent: dict[str, Any] = {
            "report_id": str(self.ids()),
            "channel": "collector",
            "lon": to_e7(spot.lon),
            "lat": to_e7(spot.lat),
            "address": "鹭桥路口",
            "class_key": LITTER,
            "row_key": LITTER_ROW,
            **changes,
        }
        if "pictures" not in sent:
            sent["pictures"] = (self.picture(),)
        return commands.Report(**sent)

    def call(self, spot: Spot | None = None, **changes: Any) -> commands.Report:
        """A citizen's call without a picture."""
        changes = {
            "channel": "hotline",
            "pictures": (),
            "reachable": True,
            "class_key": None,
            "row_key": None,
            **changes,
        }
        return self.reported(spot, **changes)

    def begin(self, command: commands.Report | None = None, actor: Actor | None = None, **more: Any) -> UUID:
        sender = Sender(salt=SALT, description="路边有一堆垃圾", name="王小明", phone="13800001234", wants_answer=True)
        one = self.submission(command or self.reported(), actor or self.collector(), **{"sender": sender, **more})
        return perform_one(one, clock=self.clock).case_id

    def do(self, case_id: UUID, command: Command, actor: Actor, **more: Any) -> Outcome:
        before = self.clock()
        self.clock.advance(60)
        if self.beside_doors:
            latest = list_entries(case_id)[-1].recorded
            self.clock.now = max(min(self.clock(), system_clock()), before, latest)
        return perform_one(self.submission(command, actor, case_id, **more), clock=self.clock)

    def perform(self, *batch: Submission) -> list[Outcome]:
        return perform(batch, clock=self.clock)

    def state(self, case_id: UUID) -> CaseState:
        state = get_state(case_id)
        assert state is not None
        return state

    def lead(self, case_id: UUID, to: Status) -> UUID:
        """Take a case on by the ordinary way until it stands at this status."""
        while self.state(case_id).status is not to:
            self.do(case_id, *self.next_move(case_id))
        return case_id

    def at(self, status: Status, **changes: Any) -> UUID:
        return self.lead(self.begin(self.reported(**changes)), status)

    def next_move(self, case_id: UUID) -> tuple[Command, Actor]:
        """What the next desk ordinarily does with a case."""
        return _ORDINARY[self.state(case_id).status](self, self.state(case_id))

    def seen(self, state: CaseState) -> dict[str, Any]:
        return {"pictures": (self.picture(),), "lon": state.place.lon, "lat": state.place.lat}


def _task_holder(city: City, state: CaseState) -> Actor:
    assert state.open_task is not None
    return get_actor(state.open_task.collector, now=city.clock())


def _unit_man(city: City, state: CaseState) -> Actor:
    assert state.leading is not None
    return city.handler_of(state.leading.unit)


def _inspection(city: City, state: CaseState) -> tuple[Command, Actor]:
    results = tuple(Result(code, passed=True) for code in state.subject.closing)
    return commands.CompleteInspection(results=results, **city.seen(state)), _task_holder(city, state)


def _dispatch(city: City, state: CaseState) -> tuple[Command, Actor]:
    from gezhi.calendars.rules.office_days import day_of
    from gezhi.cases.queries.candidates import suggested_unit
    from gezhi.cases.queries.registers import held_registers

    found = suggested_unit(state, held_registers(), day_of(city.clock()))
    assert found is not None
    reason = "核对职责后仍属该单位" if has_sent_back(state, found.unit_id) else ""
    return commands.Dispatch(unit_id=found.unit_id, reason=reason), city.actor(Role.DISPATCHER)


S = Status
_ORDINARY: dict[Status, Callable[[City, CaseState], tuple[Command, Actor]]] = {
    S.REPORTED: lambda city, state: (
        commands.Accept(class_key=state.subject.class_key or LITTER, row_key=state.subject.row_key or LITTER_ROW),
        city.actor(Role.ACCEPTOR),
    ),
    S.ACCEPTED: lambda city, _: (commands.Register(), city.actor(Role.DUTY_OFFICER)),
    S.REGISTERED: _dispatch,
    S.DISPATCHED: lambda city, state: (commands.Receive(), _unit_man(city, state)),
    S.HANDLING: lambda city, state: (
        commands.HandOver(pictures=(city.picture(),), text="已清理"),
        _unit_man(city, state),
    ),
    S.HANDLED: lambda city, _: (commands.Confirm(), city.actor(Role.DISPATCHER)),
    S.TO_INSPECT: lambda city, _: (commands.SendInspection(), city.actor(Role.ACCEPTOR)),
    S.INSPECTING: _inspection,
    S.VERIFYING: lambda city, state: (
        commands.CompleteVerification(real=True, **city.seen(state)),
        _task_holder(city, state),
    ),
    S.TO_CLOSE: lambda city, _: (
        commands.Close(kind="normal", answer="已清理，感谢您的反映"),
        city.actor(Role.DUTY_OFFICER),
    ),
}


def build(today: date, clock: FixedClock) -> None:
    """The city, in force over three days until today."""
    order = CityToBuild(preset="yunting", period=period_until(today, 3), password=PASSWORD)
    create_city(order, clock=clock)
    ApprovalRowVersion.objects.all().delete()  # cases are tested under the preset matrix, stories under the city's own
    bump(MATRIX_ROWS)


def living_city(seconds: int = 3600) -> City:
    """The city lately, on this very day, for tests that use doors: those look at the system's clock."""
    now = system_clock()
    midnight = now - (now + 8 * 3600) % 86_400
    return City(FixedClock(max(now - seconds, midnight)), beside_doors=True)
