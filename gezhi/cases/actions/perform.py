"""办理: lock, gather facts, decide, append, evolve, write, announce — for one command or a hundred thousand."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

import msgspec
from django.db import IntegrityError, transaction

from gezhi.cases.actions.gather import BEGINS, Gathered, facts_for, gather_batch, merge_target_of
from gezhi.cases.actions.record import Recorder
from gezhi.cases.actions.timing import refuse_differing_clock, time_batch
from gezhi.cases.queries.registers import held_registers
from gezhi.cases.queries.states import find_begun, find_replays_and_last, lock_states
from gezhi.cases.rules.commands import AddReport, Merge, Report, Submission
from gezhi.cases.rules.decide import decide
from gezhi.cases.rules.entries import Entry, Step
from gezhi.cases.rules.evolve import evolve
from gezhi.cases.rules.facts import Facts, Picture
from gezhi.cases.rules.state import CaseState
from gezhi.cases.rules.steps.after_pictures import REPEATS
from gezhi.kernel.problems import NotFound, Problem
from gezhi.plumbing.clock import Clock
from gezhi.plumbing.clock_guard.verdict import ClockBehind
from gezhi.plumbing.media import keep_pictures


class Outcome(msgspec.Struct, frozen=True):
    """What became of one submission: a step and the state after it, or the Problem; `replayed` where it had been done
    before.
    """

    case_id: UUID
    state: CaseState | None = None
    step: Step | None = None
    problem: Problem | None = None
    replayed: bool = False


class _Work:
    """The cases of a batch while it runs: locked states, evolving with each command."""

    def __init__(self, states: dict[UUID, tuple[CaseState, bytes]], gathered: Gathered) -> None:
        self.states: dict[UUID, tuple[CaseState, bytes]] = dict(states)
        self.gathered = gathered
        self.recorder = Recorder()
        self.pictures: set[str] = set()

    def do(self, one: Submission, *, moment: int) -> Outcome:
        state, digest = self.states.get(one.case_id, (None, None))
        if state is None and not isinstance(one.command, BEGINS):
            return Outcome(one.case_id, problem=NotFound())
        target_id = merge_target_of(one)
        target = self.states.get(target_id, (None, None))[0] if target_id is not None else None
        facts: Facts | None = None
        try:
            facts = facts_for(one, state, self.gathered, moment=moment, target=target)
            step = decide(state, one.command, facts, seen_seq=one.seen_seq)
        except Problem as problem:
            place = state.place if state is not None else facts.place if facts is not None else None
            if isinstance(problem, REPEATS) and place is not None:
                case_id = one.case_id if state is not None else None
                self.recorder.refuse(one.actor, problem, case_id, place, moment=moment)
            return Outcome(one.case_id, state=state, problem=problem)
        entry = _entry_of(
            one, step, seq=state.seq + 1 if state is not None else 1, moment=moment, happened=facts.happened, work=self
        )
        after = evolve(state, entry)
        self.states[one.case_id] = (after, self.recorder.append(one, entry, after, digest))
        self.gathered.shares.add(one.case_id, step, after)
        for sha in (*step.before, *step.after, *step.proof):
            self.pictures.add(sha)
            self.gathered.pictures[sha] = Picture(sha, used_by=entry.case)
        if isinstance(one.command, Report):
            self.gathered.duplicates.add(one.case_id, one.command, moment=moment)
        return Outcome(one.case_id, state=after, step=step)


def _entry_of(one: Submission, step: Step, *, seq: int, moment: int, happened: int, work: _Work) -> Entry:
    actor = one.actor
    return Entry(
        case=str(one.case_id),
        seq=seq,
        command=one.command.word,
        command_id=str(one.command_id),
        happened=happened,
        recorded=moment,
        user=actor.user_id,
        post=actor.post_id,
        role=actor.role,
        organisation=actor.organisation_id,
        versions=work.gathered.registers.versions,
        step=step,
    )


def _follow_ups(one: Submission, outcome: Outcome) -> list[Submission]:
    """并案: the reports of a merged case become reports of the case that goes on; the first brings the pictures along."""
    if not isinstance(one.command, Merge) or outcome.state is None or outcome.problem is not None:
        return []
    return [
        msgspec.structs.replace(
            one,
            case_id=UUID(one.command.into),
            sender=None,
            seen_seq=None,
            command=AddReport(
                report_id=report.id,
                channel=report.channel,
                moved=msgspec.structs.replace(report, came_from=str(one.case_id)),
                pictures=outcome.state.before if at == 0 else (),
            ),
        )
        for at, report in enumerate(outcome.state.reports)
    ]


class _LookAgain(Exception):
    """A report was refused that may have been taken already."""


def _perform(batch: Sequence[Submission], clock: Clock, *, look_for_begun: bool) -> list[Outcome]:
    with transaction.atomic():
        begun = find_begun(batch) if look_for_begun else {}
        standing = [one for one in batch if not isinstance(one.command, BEGINS)]
        ids = {one.case_id for one in standing} | set(begun.values())
        ids |= {target for one in standing if (target := merge_target_of(one)) is not None}
        states = lock_states(ids) if ids else {}
        replays, last = find_replays_and_last(standing, ids) if standing else (set(), {})
        timed, too_early = time_batch(batch, last, clock=clock)
        work = _Work(states, gather_batch(timed, held_registers(), states))
        outcomes: list[Outcome] = []
        for one, moment in timed:
            begins = isinstance(one.command, BEGINS)
            case_id = begun.get(one.command_id) if begins else one.case_id
            if case_id is not None and (begins or (one.command_id, case_id) in replays):
                outcomes.append(Outcome(case_id, state=work.states[case_id][0], replayed=True))
                continue
            if (one.command_id, one.case_id) in too_early:
                outcomes.append(Outcome(one.case_id, state=work.states[one.case_id][0], problem=ClockBehind()))
                continue
            outcome = work.do(one, moment=moment)
            outcomes.append(outcome)
            if outcome.problem is None:
                replays.add((one.command_id, one.case_id))
                begun.update({one.command_id: one.case_id} if begins else {})
            elif begins and not look_for_begun:
                raise _LookAgain
            for follow_up in _follow_ups(one, outcome):
                joined = work.do(follow_up, moment=moment)
                if joined.problem is not None:  # no sender is lost on the way
                    raise joined.problem
        work.recorder.write()
        keep_pictures(work.pictures)
    return outcomes


def perform(batch: Sequence[Submission], *, clock: Clock) -> list[Outcome]:
    """Carry out a batch in one transaction; a refused command leaves the others alone.

    Sent again under the same command id, a command answers as before and changes nothing. Whether a report has been
    taken already is looked up
    only where it is refused (its pictures are in use then) or collides on the key of the table.
    """
    refuse_differing_clock(batch)
    try:
        return _perform(batch, clock, look_for_begun=False)
    except (IntegrityError, _LookAgain):
        return _perform(batch, clock, look_for_begun=True)


def perform_one(one: Submission, *, clock: Clock) -> Outcome:
    """One command for a door: raises its Problem."""
    (outcome,) = perform([one], clock=clock)
    if outcome.problem is not None:
        raise outcome.problem
    return outcome
