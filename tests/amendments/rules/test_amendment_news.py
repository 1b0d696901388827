"""What those who decide and who proposed read of a change of a rule."""

from __future__ import annotations

from datetime import date
from uuid import UUID

import pytest
from msgspec.structs import replace

from gezhi.amendments.rules.amended_rules import AmendedRule
from gezhi.amendments.rules.amendment import Amendment, AmendmentState
from gezhi.amendments.rules.amendment_news import RULE_NAMES, answered, waiting

PROPOSED = Amendment(
    id=UUID(int=7),
    seq=1,
    rule=AmendedRule.LOCAL_POLICY,
    row_key="",
    before={"undo_seconds": 60},
    after={"undo_seconds": 90},
    valid_from=date(2026, 12, 8),
    reason="试行",
    proposed_by=3,
    proposed_at=1_000,
)


def test_whoever_may_decide_reads_by_whom_from_when_and_why() -> None:
    news = waiting(PROPOSED, by="安然", readers=(4, 5))
    assert (news.readers, news.at, news.about.kind, news.about.id) == ((4, 5), 1_000, "local-policy", UUID(int=7))
    assert (news.title.zh, news.title.en) == (
        "地方规定的修订等待审批",
        "A change of the local policy waits for approval",
    )
    assert news.text.zh == "安然提出，拟自2026年12月08日起施行。理由：试行"


@pytest.mark.parametrize(
    ("state", "zh", "en"),
    [(AmendmentState.APPROVED, "已批准", "approved"), (AmendmentState.REFUSED, "未批准", "refused")],
)
def test_who_proposed_it_reads_what_was_decided(state: AmendmentState, zh: str, en: str) -> None:
    news = answered(replace(PROPOSED, state=state), by="方圆", text="同意", at=2_000)
    assert (news.readers, news.at) == ((3,), 2_000)
    assert (news.title.zh, news.title.en) == (f"地方规定的修订{zh}", f"The change of the local policy was {en}")
    assert (news.text.zh, news.text.en) == ("方圆：同意", "方圆: 同意")
    assert set(RULE_NAMES) == set(AmendedRule)
