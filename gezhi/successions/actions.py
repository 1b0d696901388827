"""承接办理: on its day the rows of the duty table go over, then the open cases batch by batch, each with an entry.

Whoever is stopped in the middle begins again where it stopped: a case that has been handed over is not found again.
"""

from __future__ import annotations

from datetime import date
from uuid import UUID

from gezhi.cases.actions import Outcome, perform
from gezhi.cases.queries.candidates import suggested_unit
from gezhi.cases.queries.registers import held_registers
from gezhi.cases.queries.states import read_states
from gezhi.cases.queries.work_of_unit import BEFORE_ALL, list_work_of_unit
from gezhi.cases.rules.commands import Command, RunOut, Submission, Succeed
from gezhi.cases.rules.steps.running_out import NothingRanOut
from gezhi.cases.rules.steps.succeeding import NothingToSucceed
from gezhi.duties.actions import hand_rows_over
from gezhi.kernel.permissions import SYSTEM
from gezhi.people.actions import close_succession
from gezhi.people.queries import day_of, held_directory
from gezhi.people.rules.succession import SuccessionFacts
from gezhi.plumbing.clock import Clock
from gezhi.plumbing.ids import Ids

BATCH = 500
NOTHING = (NothingRanOut, NothingToSucceed)
"""Refused because there is nothing to do; whatever is refused for another reason is tried again."""


def carry_out_successions(*, clock: Clock, ids: Ids, batch: int = BATCH) -> int:
    """Whatever is due today and not done; how many cases went over."""
    today, directory = day_of(clock()), held_directory(by_now=True)
    due = [one for one in directory.successions if one.on <= today and not one.is_carried_out]
    return sum(_carry_out(one, today, clock=clock, ids=ids, batch=batch) for one in due)


def _carry_out(one: SuccessionFacts, today: date, *, clock: Clock, ids: Ids, batch: int) -> int:
    body, to = (held_directory().organisations[unit].name for unit in (one.arranged.unit, one.arranged.successor))
    basis = f"机构承接：{body}自{one.on.isoformat()}起由{to}{'等' if one.arranged.rows else ''}承接"
    reason = f"{basis}（{one.reason}）"
    hand_rows_over(one.arranged, on=one.on, reason=reason[:300], clock=clock)
    moved, stuck, after = 0, False, BEFORE_ALL
    while case_ids := list_work_of_unit(one.arranged.unit, after=after, limit=batch):
        outcomes = perform(_submissions(one, case_ids, basis=reason, today=today, ids=ids), clock=clock)
        moved += sum(_went_over(outcome) for outcome in outcomes)
        stuck = stuck or any(
            outcome.problem is not None and not isinstance(outcome.problem, NOTHING) for outcome in outcomes
        )
        after = case_ids[-1]
    if not stuck:
        close_succession(one.id, clock=clock)
    return moved


def _submissions(one: SuccessionFacts, case_ids: list[UUID], *, basis: str, today: date, ids: Ids) -> list[Submission]:
    """What ran out until now is put on record with the old unit first: a wish that expires is an entry of its own."""
    registers, unit = held_registers(), one.arranged.unit
    told: list[Submission] = []
    for case_id, state in read_states(case_ids).items():
        named = suggested_unit(state, registers, today) if one.arranged.rows else None
        successor = one.arranged.successor_of_case(named.unit_id if named is not None else None)
        commands: tuple[Command, ...] = (
            RunOut(),
            RunOut(),
            Succeed(old_unit_id=unit, successor_id=successor, basis=basis),
        )
        told += [Submission(case_id=case_id, command_id=ids(), command=command, actor=SYSTEM) for command in commands]
    return told


def _went_over(outcome: Outcome) -> bool:
    return outcome.step is not None and outcome.step.kind == "succeeded"
