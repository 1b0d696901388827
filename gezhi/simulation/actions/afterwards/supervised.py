"""督办与问责: the round of the last moment, the key list, and the ledger of units held to account."""

from __future__ import annotations

from uuid import UUID

from gezhi.calendars.rules.limits import Limit, Unit
from gezhi.cases.queries.states import get_state
from gezhi.kernel.moments import DAY_S, HOUR_S
from gezhi.kernel.permissions import Actor, Role
from gezhi.policy.rules.local_policy import OFFICE
from gezhi.simulation.actions.afterwards.ending import Ending
from gezhi.simulation.queries import list_proposed_by_rule, list_reopened
from gezhi.supervision import actions
from gezhi.supervision.actions.accountability import Conclusion, Proposed, last_unit
from gezhi.supervision.rules.key_lists import Begins, KeyListRow

MOST_ROUNDS = 40
LEVEL_OF_KEY_LIST = 2
STAGES_OF_ENTRY = 4
MEASURES = (("deduct", 50), ("interview", 0), ("admonish", 0))


def supervise_the_last_day(ending: Ending) -> None:
    """重点清单 and 督办巡查, as the job does it."""
    told = ending.told.key_list
    classes = tuple(
        theme.class_key(ending.city.editions[-1].code) for theme in ending.themes if theme.theme in told.themes
    )
    leader = ending.somebody(Role.LEADER)
    row = KeyListRow(
        id=ending.ids(),
        title=told.title,
        classes=classes,
        begins=Begins.REGISTERED,
        level=LEVEL_OF_KEY_LIST,
        requirement=told.requirement,
        reply=Limit(told.reply_hours, Unit.WORK_HOUR, OFFICE),
        valid_from=ending.today,
    )
    actions.set_key_list(row, doing=ending.doing(leader))
    for _ in range(MOST_ROUNDS):
        if not actions.supervise_due(clock=ending.clock, ids=ending.ids):
            break


def hold_to_account(ending: Ending) -> None:
    """问责台账: what supervisors proposed in the weeks before, and what the rules propose now."""
    reopened = list_reopened(ending.until - 4 * DAY_S)
    step = max(1, len(reopened) // ending.told.accountability.by_hand)
    for at, (case_id, moment) in enumerate(reopened[::step]):
        _by_hand(case_id, moment, at % STAGES_OF_ENTRY, ending)
    while actions.propose_accountability(clock=ending.clock, ids=ending.ids):
        pass
    actions.propose_low_rates(clock=ending.clock, ids=ending.ids)
    _judge(ending)


def _by_hand(case_id: UUID, moment: int, stage: int, ending: Ending) -> None:
    """Proposed, confirmed, reported on and closed day by day; the last ones stand at an earlier stage."""
    told, state = ending.told.accountability, get_state(case_id)
    unit = last_unit(state) if state is not None else None
    if state is None or unit is None:
        return
    supervisor = ending.somebody(Role.SUPERVISOR, codes=state.codes, moment=moment)
    leader = ending.somebody(Role.LEADER, codes=state.codes, moment=moment)
    proposed = Proposed(
        unit_id=unit,
        cause=ending.pick("cause", told.causes),
        demand=ending.pick("demand", told.demands),
        case_id=case_id,
    )
    entry = actions.propose_entry(proposed, doing=ending.doing(supervisor, moment + 2 * HOUR_S))
    if stage == 0:
        return
    actions.confirm_entry(entry.id, "", None, doing=ending.doing(leader, moment + DAY_S))
    if stage == 1:
        return
    handler = ending.staff.handler_of(unit, stage)
    reporting = ending.doing(handler, moment + 2 * DAY_S)
    actions.report_result(entry.id, ending.pick("result", told.results), (), doing=reporting)
    _close(entry.id, leader, moment + 3 * DAY_S, ending)


def _close(entry_id: UUID, leader: Actor, moment: int, ending: Ending) -> None:
    told = ending.told.accountability
    measure, points = ending.pick("measure", MEASURES)
    outcome = Conclusion(measure=measure, points=points, effect=ending.pick("effect", told.effects) if points else "")
    actions.close_entry(entry_id, ending.pick("closing", told.closings), outcome, doing=ending.doing(leader, moment))


def _judge(ending: Ending) -> None:
    """核定: some of what the rules have proposed."""
    told = ending.told.accountability
    for entry in list_proposed_by_rule():
        leader = ending.somebody(Role.LEADER, codes=(entry.area_code,) if entry.case_id else ())
        if ending.happens("confirmed", told.confirmed):
            demand = ending.pick("confirmation", told.confirmations)
            actions.confirm_entry(entry.id, demand, None, doing=ending.doing(leader))
        elif ending.happens("dismissed", told.dismissed):
            actions.dismiss_entry(entry.id, ending.pick("dismissal", told.dismissals), doing=ending.doing(leader))
