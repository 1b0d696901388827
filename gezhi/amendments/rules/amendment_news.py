"""修订通知: whoever may decide a proposal is told that it waits, and who proposed it what was decided."""

from __future__ import annotations

from gezhi.amendments.rules.amended_rules import AmendedRule
from gezhi.amendments.rules.amendment import Amendment, AmendmentState
from gezhi.notices.rules.news import About, NewNotice, Words

RULE_NAMES: dict[AmendedRule, tuple[str, str]] = {
    AmendedRule.APPROVAL_MATRIX: ("审批规定", "approval matrix"),
    AmendedRule.LOCAL_POLICY: ("地方规定", "local policy"),
    AmendedRule.SUPERVISION: ("督办规定", "rules of supervision"),
    AmendedRule.ACCOUNTABILITY: ("问责规定", "rules of accountability"),
    AmendedRule.EDITION: ("目录版本", "edition of the catalogue"),
    AmendedRule.SUCCESSION: ("机构承接", "succession of a unit"),
    AmendedRule.STANDARD_ROW: ("立案结案规范", "standard of filing and closing"),
}


def waiting(amendment: Amendment, *, by: str, readers: tuple[int, ...]) -> NewNotice:
    """To each who may decide it."""
    zh, en = RULE_NAMES[amendment.rule]
    return NewNotice(
        key=f"amendment-waits:{amendment.id}",
        readers=readers,
        kind="amendment_waits",
        about=_about(amendment),
        title=Words(f"{zh}的修订等待审批", f"A change of the {en} waits for approval"),
        text=Words(
            f"{by}提出，拟自{amendment.valid_from:%Y年%m月%d日}起施行。理由：{amendment.reason}",
            f"Proposed by {by}, to hold from {amendment.valid_from} on. Reason: {amendment.reason}",
        ),
        at=amendment.proposed_at,
    )


def answered(amendment: Amendment, *, by: str, text: str, at: int) -> NewNotice:
    """To who proposed it."""
    zh, en = RULE_NAMES[amendment.rule]
    granted = amendment.state is AmendmentState.APPROVED
    return NewNotice(
        key=f"amendment-decided:{amendment.id}",
        readers=(amendment.proposed_by,),
        kind="amendment_decided",
        about=_about(amendment),
        title=Words(
            f"{zh}的修订{'已批准' if granted else '未批准'}",
            f"The change of the {en} was {'approved' if granted else 'refused'}",
        ),
        text=Words(f"{by}：{text}", f"{by}: {text}"),
        at=at,
    )


def taken_back(amendment: Amendment, *, by: str, text: str, readers: tuple[int, ...], at: int) -> NewNotice:
    """To those who know of it."""
    zh, en = RULE_NAMES[amendment.rule]
    return NewNotice(
        key=f"amendment-withdrawn:{amendment.id}",
        readers=readers,
        kind="amendment_decided",
        about=_about(amendment),
        title=Words(f"{zh}的修订已撤回", f"The change of the {en} was withdrawn"),
        text=Words(f"{by}：{text}", f"{by}: {text}"),
        at=at,
    )


def _about(amendment: Amendment) -> About:
    """The rule is the kind of the subject: the notice leads to its page."""
    return About(kind=amendment.rule.value, id=amendment.id, no="", area="")
