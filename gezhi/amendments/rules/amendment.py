"""规定修订: a changed rule waits until a second person has looked at it; old and new words stand side by side."""

from __future__ import annotations

from datetime import date, timedelta
from enum import StrEnum
from typing import Any

from gezhi.amendments.rules.amended_rules import AmendedRule
from gezhi.duties.rules.proposal import AlreadyDecided, OpinionMissing, OwnProposal
from gezhi.kernel.deeds import Deed, Record
from gezhi.kernel.permissions import Actor
from gezhi.kernel.problems import Problem
from gezhi.kernel.words import is_blank
from gezhi.people.rules.region_prefix import is_whole


class AmendmentState(StrEnum):
    PENDING = "pending"
    APPROVED = "approved"
    REFUSED = "refused"
    WITHDRAWN = "withdrawn"


class AmendmentOpinion(StrEnum):
    PROPOSED = "proposed"
    APPROVED = "approved"
    REFUSED = "refused"
    WITHDRAWN = "withdrawn"


STATE_NAMES: dict[AmendmentState, tuple[str, str]] = {
    AmendmentState.PENDING: ("待审批", "Pending"),
    AmendmentState.APPROVED: ("已批准", "Approved"),
    AmendmentState.REFUSED: ("未批准", "Refused"),
    AmendmentState.WITHDRAWN: ("已撤回", "Withdrawn"),
}
OPINION_NAMES: dict[AmendmentOpinion, tuple[str, str]] = {
    AmendmentOpinion.PROPOSED: ("提出申请", "Proposed"),
    AmendmentOpinion.APPROVED: ("批准", "Approved"),
    AmendmentOpinion.REFUSED: ("不予批准", "Refused"),
    AmendmentOpinion.WITHDRAWN: ("撤回", "Withdrawn"),
}
FROM_MIDNIGHT = frozenset({AmendedRule.EDITION, AmendedRule.SUCCESSION, AmendedRule.STANDARD_ROW})
"""Rules that never change within a day: they hold from tomorrow on at the earliest."""


class InThePast(Problem):
    code = "amendments.amendment.in-the-past"
    status = 422
    title = "规定不能从过去的日期起改变，请选择今天或以后的日期。"
    title_en = "A rule cannot change from a day in the past; choose today or later."


class NotTheWholeCity(Problem):
    code = "amendments.amendment.not-the-whole-city"
    status = 403
    title = "规定对全市有效，只能由管辖全市的管理员提出修订，由管辖全市的领导或者其他管理员审批。"
    title_en = (
        "A rule holds for the whole city: an administrator of the whole city proposes its change, a leader or another"
        " administrator of the whole city decides."
    )


class NothingChanged(Problem):
    code = "amendments.amendment.nothing-changed"
    status = 422
    title = "修订内容与现行规定相同，请改动后再提交。"
    title_en = "Nothing differs from the rule in force; change something first."


class RuleHasMoved(Problem):
    code = "amendments.amendment.rule-has-moved"
    status = 409
    title = "提出以后，这一条规定已经另有改变，不能再按原稿批准。请不予批准，由申请人按现行规定重新提出。"
    title_en = "The rule has been changed since; refuse this and let it be proposed anew on what is in force."


class WithdrawnByOther(Problem):
    code = "amendments.amendment.withdrawn-by-other"
    status = 403
    title = "待审批的修订只能由提出人本人撤回。"
    title_en = "Only who proposed it may withdraw it while it waits."


class HoldsAlready(Problem):
    code = "amendments.amendment.holds-already"
    status = 409
    title = "这项修订自 {day} 起已经施行，不能撤回；如需恢复，请按原规定另行提出修订。"
    title_en = "This change has been in force since {day} and is not withdrawn: propose the rule as it was before."


class NothingToWithdraw(Problem):
    code = "amendments.amendment.nothing-to-withdraw"
    status = 409
    title = "这项修订{state_zh}，没有可以撤回的内容，请刷新。"
    title_en = "This change is {state_en}: there is nothing to withdraw. Refresh."


class Amendment(Record, frozen=True, kw_only=True):
    """规定修订. `row_key`: which row of the rule; `before` and `after`: its words, of settings those that change."""

    rule: AmendedRule
    row_key: str
    before: dict[str, Any]
    after: dict[str, Any]
    valid_from: date
    reason: str
    state: AmendmentState = AmendmentState.PENDING
    proposed_by: int
    proposed_at: int
    decided_by: int | None = None
    decided_at: int | None = None
    in_force_from: date | None = None


def check_proposed(amendment: Amendment, *, today: date) -> None:
    if amendment.valid_from < today:
        raise InThePast(field="valid_from")
    if amendment.before == amendment.after:
        raise NothingChanged(field="change")


def check_reach(node: str, actor: Actor) -> None:
    """A rule holds for the whole city, so it is changed by those who answer for all of it."""
    if not is_whole(node, actor.scope.regions):
        raise NotTheWholeCity


def why_not_decide(amendment: Amendment, actor: Actor, node: str) -> Problem | None:
    """Why this person may not decide it, whatever they would say."""
    try:
        if amendment.state is not AmendmentState.PENDING:
            zh, en = STATE_NAMES[amendment.state]
            raise AlreadyDecided(state_zh=zh, state_en=en)
        check_reach(node, actor)
    except Problem as problem:
        return problem
    return OwnProposal() if amendment.proposed_by == actor.user_id else None


def first_day(amendment: Amendment, today: date) -> date:
    """生效日期: as proposed, but never before the approval."""
    return max(amendment.valid_from, earliest_day(amendment.rule, today))


def earliest_day(rule: AmendedRule, today: date) -> date:
    return today + timedelta(days=1) if rule in FROM_MIDNIGHT else today


def decided(amendment: Amendment, actor: Actor, *, granted: bool, text: str, now: int, today: date) -> Deed:
    """审批: the deed of the second person."""
    if is_blank(text):
        raise OpinionMissing(field="text")
    changes = {"decided_by": actor.user_id, "decided_at": now}
    if not granted:
        return Deed(AmendmentOpinion.REFUSED, text.strip(), {**changes, "state": AmendmentState.REFUSED})
    approved = {"state": AmendmentState.APPROVED, "in_force_from": first_day(amendment, today)}
    return Deed(AmendmentOpinion.APPROVED, text.strip(), {**changes, **approved})


def why_not_withdraw(amendment: Amendment, actor: Actor, node: str, today: date) -> Problem | None:
    """Who proposed it may take it back while it waits; what is settled for a later day, whoever may decide on rules."""
    start = amendment.in_force_from
    if amendment.state is AmendmentState.PENDING:
        return None if amendment.proposed_by == actor.user_id else WithdrawnByOther()
    if amendment.state is not AmendmentState.APPROVED or start is None:
        zh, en = STATE_NAMES[amendment.state]
        return NothingToWithdraw(state_zh=zh, state_en=en.lower())
    if start <= today:
        return HoldsAlready(day=start.isoformat())
    try:
        check_reach(node, actor)
    except Problem as problem:
        return problem
    return None


def withdrawn(text: str) -> Deed:
    """撤回, with a reason; who decided before stays on record."""
    if is_blank(text):
        raise OpinionMissing(field="text")
    return Deed(AmendmentOpinion.WITHDRAWN, text.strip(), {"state": AmendmentState.WITHDRAWN})
