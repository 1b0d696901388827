"""Gathers the facts of a batch: everything that is asked of the database is asked once for all commands together."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import Any
from uuid import UUID

import msgspec

from gezhi.calendars.rules.office_days import day_of
from gezhi.cases.actions.duplicates import LikelyDuplicates
from gezhi.cases.actions.serials import take_serials
from gezhi.cases.actions.shares import Shares, States
from gezhi.cases.queries.candidates import collectors_at, is_handling_unit, rostered_at, suggested_unit, units_below
from gezhi.cases.queries.charging import charges_of
from gezhi.cases.queries.registers import Registers
from gezhi.cases.queries.states import find_pictures
from gezhi.cases.rules.allowed import part_of
from gezhi.cases.rules.applications.asking import asking_unit
from gezhi.cases.rules.applications.deciding import DecideApplication
from gezhi.cases.rules.applications.kinds import KIND_OF_COMMAND
from gezhi.cases.rules.applications.share import ShareAsked
from gezhi.cases.rules.clocks.deadline import Timing
from gezhi.cases.rules.commands import (
    Accept,
    Amend,
    Assign,
    Command,
    Dispatch,
    FindMissed,
    ListMajor,
    Merge,
    Reopen,
    Report,
    RequireVerification,
    RerouteTask,
    RunOut,
    SelfHandle,
    SendInspection,
    SettleOwner,
    Submission,
)  # fmt: skip
from gezhi.cases.rules.facts import Facts, Picture, UnitFact
from gezhi.cases.rules.state import CaseState, Place, Subject
from gezhi.cases.rules.steps.subject_of_class import subject_of
from gezhi.cases.rules.unit_line import last_unit
from gezhi.duties.rules.area_level import level_of
from gezhi.kernel.moments import DAY_S
from gezhi.kernel.permissions import Actor
from gezhi.kernel.places import from_e7
from gezhi.people.queries.roster import Spot, find_rostered
from gezhi.people.rules.roster import RosterFacts
from gezhi.people.rules.succession import heir_of
from gezhi.plumbing.media import find_foreign
from gezhi.plumbing.same_pictures.register import find_same
from gezhi.policy.rules.case_number import case_number

BEGINS = (Report, SelfHandle)


class Gathered(msgspec.Struct, frozen=True):
    """What holds for the whole batch."""

    registers: Registers
    pictures: dict[str, Picture]
    duplicates: LikelyDuplicates
    serials: Iterator[int]
    shares: Shares
    rosters: Mapping[Spot, list[RosterFacts]]
    foreign: frozenset[tuple[int, str]] = frozenset()
    """(user, picture) where the picture is none of theirs."""

    def pictures_for(self, one: Submission) -> dict[str, Picture]:
        """What is known of the pictures of a command; of a foreign one nothing."""
        return {
            sha: self.pictures[sha]
            for sha in _pictures_of(one.command)
            if sha in self.pictures and (one.actor.user_id, sha) not in self.foreign
        }


def gather_batch(
    batch: Sequence[tuple[Submission, int]],
    registers: Registers,
    states: States,
) -> Gathered:
    """The facts of a batch of commands with their moments, for cases in these states."""
    pictures = _known_pictures({sha for one, _ in batch for sha in _pictures_of(one.command)})
    duplicates = LikelyDuplicates(batch, registers.policy)
    shares = Shares(
        {
            asked
            for one, moment in batch
            if one.case_id in states
            and (asked := _share_asked(one, states[one.case_id][0], registers, moment=moment)) is not None
        },
        states,
    )
    serials = iter(take_serials(sum(isinstance(one.command, BEGINS) and one.serial is None for one, _ in batch)))
    missed = [
        states[one.case_id][0] for one, _ in batch if isinstance(one.command, FindMissed) and one.case_id in states
    ]
    rosters = find_rostered({(state.place.area, state.reported) for state in missed})
    return Gathered(registers, pictures, duplicates, serials, shares, rosters, _foreign_pictures(batch, pictures))


def _foreign_pictures(
    batch: Sequence[tuple[Submission, int]], pictures: Mapping[str, Picture]
) -> frozenset[tuple[int, str]]:
    """Who names a picture that they neither sent in nor see used. One in evidence is refused as used, whoever names
    it; only of what is left the store is asked, once for each person.
    """
    doubtful: dict[Actor, set[str]] = {}
    for one, _ in batch:
        for sha in _pictures_of(one.command):
            known = pictures.get(sha)
            if known is None or known.used_by is not None or known.sender == one.actor.user_id:
                continue
            if known.sender is not None or known.kept:
                doubtful.setdefault(one.actor, set()).add(sha)
    return frozenset((actor.user_id, sha) for actor, shas in doubtful.items() for sha in find_foreign(shas, actor))


def _known_pictures(shas: set[str]) -> dict[str, Picture]:
    """Who hands a picture in before it has been looked for, waits for that."""
    known = find_pictures(shas)
    waiting = [sha for sha, picture in known.items() if picture.waits]
    if waiting:
        find_same(waiting)
        known = find_pictures(shas)
    return known


def _share_asked(one: Submission, state: CaseState, registers: Registers, *, moment: int) -> ShareAsked | None:
    """占比: of what is asked for, and of what is decided, in the days that control looks at."""
    if isinstance(one.command, DecideApplication):
        whose = (state.pending.unit, state.pending.kind) if state.pending is not None else None
    else:
        kind = KIND_OF_COMMAND.get(type(one.command))
        whose = (asking_unit(state, one.actor), kind) if kind is not None else None
    if whose is None:
        return None
    days = registers.matrix.on(day_of(moment))[whose[1]].share_days
    return (*whose, moment - days * DAY_S, moment)


def _pictures_of(command: Command) -> tuple[str, ...]:
    return (*getattr(command, "pictures", ()), *getattr(command, "after", ()))


def facts_for(
    one: Submission, state: CaseState | None, gathered: Gathered, *, moment: int, target: CaseState | None = None
) -> Facts:
    """The facts of one command. `target` is the case that a merge goes into."""
    registers, command = gathered.registers, one.command
    day = day_of(moment)
    policy = registers.policy.on(day)
    extra: dict[str, Any] = {}
    place = _place(command, state, registers, day)
    subject = _subject(command, state, registers, place, day)
    if isinstance(command, BEGINS):
        extra["number"] = case_number(policy.number_prefix, at=moment, serial=one.serial or next(gathered.serials))
    if isinstance(command, Report) and place is not None:
        extra["duplicates"] = gathered.duplicates.of(one, command, moment=moment)
    if state is not None:
        extra.update(_facts_of_people(command, state, registers, day, moment, one.actor))
        if isinstance(command, FindMissed):
            spot = state.place.area, state.reported
            shifts = gathered.rosters[spot] if spot in gathered.rosters else find_rostered([spot])[spot]
            extra["rostered"] = rostered_at(state, shifts, one.actor.user_id)
        asked = _share_asked(one, state, registers, moment=moment)
        if asked is not None:
            extra["share"] = gathered.shares.of(asked)
    return Facts(
        actor=one.actor,
        moment=moment,
        happened=min(one.happened if one.happened is not None else moment, moment),
        timing=Timing(registers.calendars.by_name, policy.warn_percent),
        policy=policy,
        node=registers.policy.node,
        case_id=str(one.case_id),
        words=one.sender.digest if one.sender is not None else None,
        place=place,
        subject=subject,
        pictures=gathered.pictures_for(one),
        merge_target=target,
        matrix=registers.matrix.on(day),
        **extra,
    )


def _place(command: Command, state: CaseState | None, registers: Registers, day: date) -> Place | None:
    """The place that the command names, located; else that of the case, under a new address if one is given."""
    if not isinstance(command, (*BEGINS, Accept, Amend)):
        return None
    address = command.address
    if command.lon is None or command.lat is None:
        if state is None or address is None:
            return state.place if state is not None and isinstance(command, Amend) else None
        return msgspec.structs.replace(state.place, address=address)
    spot = registers.ground.at(day).locate(from_e7(command.lon), from_e7(command.lat))
    codes = tuple(code for code in (spot.grid_code, spot.community_code, spot.street_code, spot.county_code) if code)
    area = codes[0] if codes else spot.city_code or registers.policy.node
    kept = address if address is not None else (state.place.address if state is not None else "")
    return Place(
        lon=command.lon,
        lat=command.lat,
        area=area,
        county=spot.county_code or area,
        street=spot.street_code,
        community=spot.community_code,
        address=kept,
        outside=spot.outside,
        level=level_of(registers.levels, codes, day),
    )


def _subject(
    command: Command, state: CaseState | None, registers: Registers, place: Place | None, day: date
) -> Subject | None:
    if not isinstance(command, (*BEGINS, Accept, Amend)):
        return None
    class_key = command.class_key or (
        state.subject.class_key if state is not None and isinstance(command, Amend) else None
    )
    if not class_key:
        return None
    row_key = command.row_key
    if row_key is None and state is not None and class_key == state.subject.class_key and isinstance(command, Amend):
        row_key = state.subject.row_key
        if row_key is None:  # a gap stays as the duty officer has filled it
            return state.subject
    spot = place or (state.place if state is not None else None)
    level, begun = spot.level if spot is not None else None, day_of(state.reported) if state is not None else day
    return subject_of(registers.catalog, class_key, row_key, level=level, on=day, begun=begun)


def _facts_of_people(
    command: Command, state: CaseState, registers: Registers, day: date, moment: int, actor: Actor
) -> dict[str, Any]:
    directory = registers.directory
    if isinstance(command, RequireVerification | SendInspection | RerouteTask):
        return {"collectors": collectors_at(registers, state.place.area, day)}
    if isinstance(command, Assign):
        return {"units": units_below(registers.directory, part_of(actor, state), day)}
    if isinstance(command, Reopen):
        return {"heir": heir_of(last_unit(state) or 0, directory.successions, day)}
    if isinstance(command, ListMajor):
        return {"units": {part.unit: UnitFact(part.unit, "") for part in state.open_assignments}}
    if isinstance(command, Dispatch | SettleOwner):
        unit_ids, suggestion = (
            (command.unit_id, *getattr(command, "helpers", ())),
            suggested_unit(state, registers, day),
        )
        # the duty table may name a unit from elsewhere, and whoever had the case may have it again
        named = {part.unit for part in state.assignments} | {state.settled_unit}
        named |= {suggestion.unit_id} if suggestion is not None else set()
        units = {
            unit: UnitFact(unit, directory.organisations[unit].name)
            for unit in unit_ids
            if is_handling_unit(directory, unit, day, area="" if unit in named else state.place.area)
        }
        return {"units": units, "suggestion": suggestion}
    if isinstance(command, RunOut):
        return {"charges": charges_of(state, registers, moment=moment)}
    return {}


def merge_target_of(one: Submission) -> UUID | None:
    return UUID(one.command.into) if isinstance(one.command, Merge) else None
