"""漏报认定: a problem that a collector should have found: whose beat and shift it was by the roster then, and the proof.

Where no roster tells whose it was, nobody is charged. Whoever may find it may withdraw it; both stay on record.
"""

from __future__ import annotations

import msgspec

from gezhi.cases.rules.commands import FindMissed, WithdrawMissed
from gezhi.cases.rules.entries import Step
from gezhi.cases.rules.entry_kinds import EntryKind
from gezhi.cases.rules.facts import Facts
from gezhi.cases.rules.marks import Mark
from gezhi.cases.rules.missed import Missed
from gezhi.cases.rules.state import CaseState
from gezhi.cases.rules.steps.evidence import check_pictures, check_proof
from gezhi.kernel.moments import DAY_S
from gezhi.kernel.problems import Problem
from gezhi.kernel.words import require_words
from gezhi.policy.rules.local_policy import LocalPolicy


class TooLate(Problem):
    code = "cases.missed.too-late"
    status = 409
    title = "漏报应在上报之日起 {days} 天内认定，本案已超过期限。"
    title_en = "A miss is found within {days} days of the report; that time has passed."


class FoundAlready(Problem):
    code = "cases.missed.found-already"
    status = 409
    title = "本案已经认定漏报；认定有误的，请先撤销。"
    title_en = "The case was found to have been missed already; withdraw that first if it was wrong."


class NotFound(Problem):
    code = "cases.missed.not-found"
    status = 409
    title = "本案没有认定漏报，不必撤销。"
    title_en = "The case was not found to have been missed."


class NotOnThisBeat(Problem):
    code = "cases.missed.not-on-this-beat"
    status = 422
    title = (
        "按值班表，所选人员在问题上报时没有在该责任区当班，或问题正是其上报的，或班次是您本人在上报之后补登的，"
        "不能由您认定其漏报，请重新选择或由其他人员认定。"
    )
    title_en = (
        "By the roster this person did not have the beat on that shift, or reported it themselves, or you entered the "
        "shift after the report; choose another, or let somebody else find it."
    )


class NameTheCollector(Problem):
    code = "cases.missed.name-the-collector"
    status = 422
    title = "当时有采集员在该责任区当班，请选择漏报的采集员。"
    title_en = "By the roster somebody had the beat on that shift: name the collector who missed it."


def why_no_miss(state: CaseState, moment: int, policy: LocalPolicy) -> Problem | None:
    """Why no miss can be found now."""
    if state.missed is not None and not state.missed.withdrawn:
        return FoundAlready()
    late = moment - state.reported > policy.missed_days * DAY_S
    return TooLate(days=policy.missed_days) if late else None


def why_no_withdrawal(state: CaseState) -> Problem | None:
    return None if state.missed is not None and not state.missed.withdrawn else NotFound()


def decide_find_missed(state: CaseState, command: FindMissed, facts: Facts) -> Step:
    """认定漏报: charged to the collector whose beat and shift it was; to nobody where no roster says whose."""
    problem = why_no_miss(state, facts.moment, facts.policy)
    if problem is not None:
        raise problem
    missed = Missed(area=state.place.area)
    if command.collector_id is not None:
        if command.collector_id not in facts.rostered:
            raise NotOnThisBeat(field="collector_id")
        missed = facts.rostered[command.collector_id]
    elif facts.rostered:
        raise NameTheCollector(field="collector_id")
    least = 1 if facts.policy.missed_picture else 0
    return Step(
        kind=EntryKind.FOUND_MISSED,
        status=state.status,
        missed=missed,
        charged_to=missed.collector,
        basis=require_words("basis", command.basis),
        proof=check_proof(facts, check_pictures(facts, command.pictures, state, least=least)),
        reason=require_words("reason", command.reason),
        marks=(Mark.MISSED,),
    )


def decide_withdraw_missed(state: CaseState, command: WithdrawMissed, _: Facts) -> Step:
    """撤销漏报认定: nobody is charged with it any more; that it was found stays on record."""
    problem = why_no_withdrawal(state)
    if problem is not None or state.missed is None:
        raise problem or NotFound()
    return Step(
        kind=EntryKind.MISSED_WITHDRAWN,
        status=state.status,
        missed=msgspec.structs.replace(state.missed, withdrawn=True),
        reason=require_words("reason", command.reason),
        marks=(Mark.MISSED_WITHDRAWN,),
    )
