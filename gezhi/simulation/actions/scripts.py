"""From a move to a submission (提交): who gives which command, with what at hand."""

from __future__ import annotations

from functools import partial
from hashlib import sha256

import msgspec

from gezhi.cases.queries.candidates import rostered_at
from gezhi.cases.rules import commands
from gezhi.cases.rules.applications.deciding import unit_above
from gezhi.cases.rules.commands import Command, Sender, Submission
from gezhi.cases.rules.stages import STATUSES
from gezhi.cases.rules.state import Assignment, CaseState
from gezhi.catalog.queries import held_catalog
from gezhi.duties.queries import held_duty_table
from gezhi.duties.rules.assign_unit import find_unit
from gezhi.kernel.permissions import Actor, Role
from gezhi.kernel.places import to_e7
from gezhi.people.queries import day_of, held_directory
from gezhi.people.queries.roster import find_rostered
from gezhi.regions.queries import held_names
from gezhi.simulation.actions.album import Album
from gezhi.simulation.actions.roads import Road, World
from gezhi.simulation.actions.staff import Staff
from gezhi.simulation.rules.acting import command_for
from gezhi.simulation.rules.at_unit import crew_part
from gezhi.simulation.rules.pace import Move
from gezhi.simulation.rules.place_names import community_name, road_name, road_names
from gezhi.simulation.rules.props import Props
from gezhi.simulation.rules.simulated_id import simulated_id
from gezhi.simulation.rules.who_acts import role_of

FIRST_ROW_SHARE = 0.6
STREET_DIGITS = 9
SEATED = frozenset({"hotline", "media", "transfer-110", "transfer-12345"})


class Scripts:
    """Writes the submissions of one worker."""

    def __init__(self, world: World, staff: Staff, album: Album) -> None:
        self.world, self.staff, self.album = world, staff, album
        self._names = held_names()
        self._catalog = held_catalog()
        self._duties = held_duty_table()
        self._last_day = day_of(world.moment_of(len(world.happenings) - 1))
        self._roads_of: dict[str, list[str]] = {}
        self._rows: dict[str, tuple[str, ...]] = {}

    def first(self, road: Road) -> Submission:
        """The report that begins a case, or what a collector puts right on the spot."""
        world, at = self.world, road.happening
        channel, moment, theme = world.channel_of(at), world.moment_of(at), world.theme_of(at)
        shares, luck = world.scene.habits.shares, world.luck
        class_key = theme.class_key(world.edition_at(moment))
        public = road.traveller.public
        has_picture = not public or luck.happens(at, "picture", shares["picture_public"])
        command = commands.Report(
            report_id=self._report_id(at),
            channel=channel,
            lon=to_e7(float(world.happenings.lons[at])),
            lat=to_e7(float(world.happenings.lats[at])),
            address=self._address(road),
            class_key=class_key,
            row_key=self.row_of(at, class_key),
            reachable=public and luck.happens(at, "reachable", shares["reachable_public"]),
            pictures=(self.album.take(theme.picture, at, solved=False),) if has_picture else (),
        )
        sent: commands.Report | commands.SelfHandle = command
        if channel == "collector" and luck.happens(at, "self_handled", shares["self_handled"]):
            after = (self.album.take(theme.picture, at, solved=True),)
            sent = commands.SelfHandle(**msgspec.structs.asdict(command), after=after)
        words = self._sender_words(road, command.address, wants_answer=command.reachable)
        begun = self._submission(road, sent, self._sender(road, channel, moment), moment, sender=words)
        return msgspec.structs.replace(begun, serial=world.serials[at])

    def added(self, road: Road, target: Road, moment: int) -> Submission:
        """A repeat that the seat sees at once: it joins the open case."""
        at, channel = road.happening, self.world.channel_of(road.happening)
        public = road.traveller.public
        command = commands.AddReport(report_id=self._report_id(at), channel=channel, reachable=public)
        words = self._sender_words(road, self._address(road), wants_answer=public)
        submission = self._submission(road, command, self._sender(road, channel, moment), moment, sender=words)
        return msgspec.structs.replace(submission, case_id=target.case_id)

    def next(self, road: Road, move: Move, twin: Road | None) -> Submission:
        """The command of a move."""
        state = road.case
        props = self._props(road, move, state, twin)
        return self._submission(road, command_for(move, state, props), self._actor(road, move, state), move.at)

    def suggested(self, road: Road, moment: int) -> int | None:
        """The unit that the duty table names for the case on that day."""
        state = road.case
        suggestion = find_unit(self._duties, state.subject.class_key, codes=state.codes, on=day_of(moment))
        return suggestion.unit_id if suggestion is not None else None

    def row_of(self, at: int, class_key: str) -> str:
        """A standard row of the class; the first one is the most frequent."""
        rows = self._rows.get(class_key)
        if rows is None:
            rows = self._rows[class_key] = tuple(row.key for row in self._catalog.rows_of(class_key))
        if len(rows) == 1 or self.world.luck.happens(at, "first row", FIRST_ROW_SHARE):
            return rows[0]
        return self.world.luck.pick(at, "row", rows[1:])

    def _submission(
        self, road: Road, command: Command, actor: Actor, moment: int, *, sender: Sender | None = None
    ) -> Submission:
        seq = road.state.seq if road.state is not None else 0
        return Submission(
            case_id=road.case_id,
            command_id=simulated_id(moment, f"{self.world.seed}/{road.happening}/{seq}/{command.word}"),
            command=command,
            actor=actor,
            sender=sender,
            happened=moment,
            recorded=moment,
        )

    def has_crews(self, road: Road) -> bool:
        """Whether the leading unit of the case has crews for its place."""
        return road.state is not None and self._crew(road.happening, road.state) is not None

    def _crew(self, at: int, state: CaseState) -> int | None:
        if state.leading is None:
            return None
        crews = self.staff.crews_of(state.leading.unit, state.place.street, state.place.county)
        return self.world.luck.pick(at, f"crew {state.round}", crews) if crews else None

    def _actor(self, road: Road, move: Move, state: CaseState) -> Actor:
        role, case = role_of(move, state), road.happening
        pending = state.pending
        if role is Role.COLLECTOR:
            task = state.open_task
            return self.staff.actor(task.collector if task is not None else 0)
        if move.word == "withdraw_application" and pending is not None:
            return self.staff.actor(pending.asked_by)
        if role is Role.HANDLER:
            return self.staff.handler_of(_unit_of(move, state), case)
        stage = STATUSES[state.status].stage
        asked_by = pending.asked_by if pending is not None else 0
        return self.staff.in_role(role, case, move.at, codes=state.codes, stage=stage, but=asked_by)

    def _sender(self, road: Road, channel: str, moment: int) -> Actor:
        case = road.happening
        if channel == "collector":
            street = self.world.spots[int(self.world.happenings.spots[case])].code[:9]
            return self.staff.actor(self.world.luck.pick(case, "collector", self.staff.collectors_at(street)))
        role = Role.ACCEPTOR if channel in SEATED else Role.LEADER if channel == "leader" else Role.CHANNEL
        return self.staff.in_role(role, case, moment, codes=(self.world.city.code,) if role is Role.LEADER else ())

    def _report_id(self, at: int) -> str:
        return str(simulated_id(self.world.moment_of(at), f"{self.world.seed}/report/{at}"))

    def _sender_words(self, road: Road, address: str, *, wants_answer: bool) -> Sender:
        at, theme = road.happening, self.world.theme_of(road.happening)
        class_key = theme.class_key(self.world.edition_at(self.world.moment_of(at)))
        row = self._catalog.row(self.row_of(at, class_key))
        name = self._catalog.class_of(class_key).name
        details = {"place": address, "class": name, "condition": row.condition_zh or name}
        words = self.world.words.description(at, theme.theme, self.world.channel_of(at), details)
        salt = sha256(f"{self.world.seed}/salt/{at}".encode()).hexdigest()
        if not wants_answer:
            return Sender(salt=salt, description=words)
        name, phone = self.world.words.caller(at)
        secret = self.world.luck.happens(at, "keep_secret", self.world.scene.habits.shares["keep_secret"])
        return Sender(salt=salt, description=words, name=name, phone=phone, wants_answer=True, keep_secret=secret)

    def _address(self, road: Road) -> str:
        code = self.world.spots[int(self.world.happenings.spots[road.happening])].code
        county, street = code[:6], self._names.get(code[:9], "")
        roads = self._roads_of.get(county)
        if roads is None:
            offices = [
                name for known, name in self._names.items() if known.startswith(county) and len(known) == STREET_DIGITS
            ]
            roads = self._roads_of[county] = road_names(offices)
        community = community_name(self._names.get(code[:12], ""))
        return self.world.words.place(road.happening, road_name(street), roads, community=community)

    def _props(self, road: Road, move: Move, state: CaseState, twin: Road | None) -> Props:
        at, world = road.happening, self.world
        theme = world.theme_of(at)
        class_key = state.subject.class_key or theme.class_key(world.edition_at(move.at))
        unit = self.suggested(road, move.at) if move.word == "dispatch" else None
        leading = state.leading.unit if state.leading is not None else None
        names = held_directory().organisations
        return Props(
            case=at,
            words=world.words,
            picture=partial(self._picture, theme.picture, at),
            class_key=class_key,
            row_key=self.row_of(at, class_key),
            class_name=self._catalog.class_of(class_key).name,
            unit_name=names[leading].name if leading is not None else "",
            unit=unit,
            other_unit=self._other_unit(at, state, unit) if move.word == "dispatch" else None,
            fallback_unit=self._fallback(road) if move.word in {"settle_owner", "dispatch"} else None,
            crew=self._crew(at, state) if move.word == "assign" else None,
            matrix=world.scene.matrix,
            collectors=self.staff.collectors_at(state.place.street),
            rostered=self._rostered(state) if move.word == "find_missed" else (),
            twin=str(twin.case_id) if twin is not None else "",
        )

    def _rostered(self, state: CaseState) -> list[int]:
        spot = state.place.area, state.reported
        return sorted(rostered_at(state, find_rostered([spot])[spot], by=0))

    def _picture(self, subject: str, at: int, solved: bool) -> str:  # noqa: FBT001 - a callback of one argument
        return self.album.take(subject, at, solved=solved)

    def _other_unit(self, at: int, state: CaseState, unit: int | None) -> int | None:
        """Some other unit, as a dispatcher might mix up: of the same county, or of the city where the right one is."""
        directory, city = held_directory(), self.world.city.code
        here = {city} if self.world.groups[at] == city else {state.place.county, state.place.street}
        units = (one for one in self.staff.handling_units() if one != unit)
        near = [one for one in units if directory.organisations[one].region_code in here]
        return self.world.luck.pick(at, "other unit", near) if near else None

    def _fallback(self, road: Road) -> int:
        """Whom the joint meeting names: the unit that follows in the duty table, else one of the county."""
        state = road.case
        suggestion = find_unit(self._duties, state.subject.class_key, codes=state.codes, on=self._last_day)
        if suggestion is not None:
            return suggestion.unit_id
        return self._other_unit(road.happening, state, None) or 0


def _unit_of(move: Move, state: CaseState) -> int:
    """In whose name a handler acts: the crew's, a helping unit's, that of the unit above, or the leading one's."""
    parts = [part for part in state.open_assignments if part.handed_over is None]
    if move.word == "decide_application" and state.pending is not None:
        return unit_above(state, state.pending) or 0
    own: Assignment | None = None
    if move.how == "crew":
        own = crew_part(state)
    elif move.how == "helper":
        own = next((part for part in parts if part.received is None and not part.leading), None)
    elif move.word == "hand_over":
        own = next((part for part in parts if not part.leading and part.parent is None), None)
    own = own or state.leading
    return own.unit if own is not None else next(p.unit for p in reversed(state.assignments) if p.leading)
