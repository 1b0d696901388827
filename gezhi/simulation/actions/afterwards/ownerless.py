"""疑难无主: two joint meetings over what is open, and the duty rows that follow from what was settled."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from uuid import UUID

from gezhi.calendars.rules.office_days import day_of
from gezhi.cases.queries.states import get_state
from gezhi.cases.rules.stages import Status
from gezhi.duties.actions import decide_proposal, propose_row
from gezhi.duties.queries import held_duty_table
from gezhi.duties.rules.assign_unit import find_unit
from gezhi.duties.rules.duty_row import Basis, DutyRowData
from gezhi.duties.rules.proposal import Decision, Overlap, Proposed
from gezhi.kernel.moments import DAY_S, HOUR_S
from gezhi.kernel.permissions import Role
from gezhi.simulation.actions.afterwards.ending import Ending
from gezhi.simulation.queries import list_settled, list_unowned
from gezhi.supervision import actions
from gezhi.supervision.actions.ownerless import Called, Decided
from gezhi.supervision.rules.ownerless import Settlement

PUT_OFF, SETTLED = 2, 2
LEAST_OPEN = 6
LOOKED_AT = 30
STATES = ("pending", "approved", "pending", "refused", "pending", "approved", "pending")


def meet(ending: Ending) -> None:
    """联席会议: one of the days before put some off; today's settles some and has the rest before it."""
    waiting = list_unowned()
    early = [case_id for case_id, since in waiting if since < ending.until - 2 * DAY_S][: 2 * PUT_OFF]
    if early:
        called = _call(ending.told.meetings.titles[0], early, ending.until - DAY_S, ending)
        for case_id in early[:PUT_OFF]:
            keeper = ending.doing(ending.somebody(Role.DISPATCHER, moment=ending.until - DAY_S), ending.until - DAY_S)
            actions.put_off_in_meeting(
                called, case_id, ending.pick("put off", ending.told.meetings.put_off), doing=keeper
            )
    if len(waiting) < LEAST_OPEN:
        return
    ids = [case_id for case_id, _ in waiting]
    called = _call(ending.told.meetings.titles[1], ids, ending.until - HOUR_S, ending)
    for case_id in ids[-SETTLED:]:
        _decide(called, case_id, ending)


def _call(title: str, case_ids: Sequence[UUID], moment: int, ending: Ending) -> UUID:
    told, day = ending.told.meetings, day_of(moment)
    called = Called(
        title=f"{day.year}年{day.month}月{title}",
        held_on=day,
        participants=told.participants,
        place=told.place,
        case_ids=tuple(case_ids),
    )
    keeper = ending.somebody(Role.DISPATCHER, moment=moment)
    return actions.call_meeting(called, doing=ending.doing(keeper, moment - 3 * HOUR_S)).id


def _decide(meeting: UUID, case_id: UUID, ending: Ending) -> None:
    """The unit that the duty table names by now."""
    state = get_state(case_id)
    if state is None or state.status is not Status.UNOWNED:
        return
    named = find_unit(held_duty_table(), state.subject.class_key, codes=state.codes, on=ending.today)
    if named is None:
        return
    decided = Decided(
        manner="meeting",
        unit_id=named.unit_id,
        reason=ending.pick("settled", ending.told.meetings.settled),
    )
    actions.decide_in_meeting(meeting, case_id, decided, doing=ending.doing(ending.somebody(Role.LEADER)))


def propose_duty_rows(ending: Ending) -> None:
    """责任清单修订: for what was settled last; some approved, one refused, the rest to be decided on."""
    told, done = ending.told.duty_rows, set[tuple[str, str]]()
    for settled in list_settled(LOOKED_AT * told.count):
        street = settled.area_code[:9]
        if len(done) == told.count or (settled.class_key, street) in done or len(street) < len("410102001"):
            continue
        state = STATES[len(done) % len(STATES)]
        done.add((settled.class_key, street))
        _propose(settled, street, state, ending)
    actions.note_duty_rows(clock=ending.clock, ids=ending.ids)


def _propose(settled: Settlement, street: str, state: str, ending: Ending) -> None:
    told = ending.told.duty_rows
    edition, kind, selector = settled.class_key.split("-", 2)
    moment = min(settled.settled_at + 2 * HOUR_S, ending.until - 2 * HOUR_S)
    proposed = Proposed(
        row=DutyRowData(
            edition=edition,
            kind=kind,
            selector=selector,
            area_code=street,
            unit_id=settled.unit_id,
            valid_from=ending.today + timedelta(days=1),
            basis_kind=Basis.MINUTES,
            basis=settled.basis or told.basis,
        ),
        reason=ending.pick("duty reason", told.reasons),
        overlap=Overlap.KEEP,
        case_id=settled.case_id,
        case_no=settled.case_no,
    )
    proposer = ending.somebody(Role.DISPATCHER, moment=moment)
    proposal = propose_row(proposed, proposer, key=ending.id_at(moment), clock=ending.at(moment), ids=ending.ids)
    if state == "pending":
        return
    leader = ending.somebody(Role.LEADER)
    text = ending.pick(state, told.approvals if state == "approved" else told.refusals)
    decision = Decision(proposal_id=proposal, granted=state == "approved", text=text)
    decide_proposal(decision, leader, key=ending.id_at(moment + HOUR_S), clock=ending.at(moment + HOUR_S))
