"""Which rules may be amended, and how settings of the local policy are put together."""

from __future__ import annotations

import msgspec
import pytest

from gezhi.amendments.rules.amended_rules import (
    ROWS,
    AmendedRule,
    Row,
    carried_on,
    changed_settings,
    own_reasons,
    rule_of,
    with_settings,
    words_of,
)
from gezhi.cases.rules.applications.matrix import MATRIX
from gezhi.kernel.application_kinds import ApplicationKind
from gezhi.policy.rules.local_policy import LocalPolicy
from gezhi.policy.rules.reasons import Reason
from gezhi.supervision.rules import accountability_rules
from gezhi.supervision.rules.automatic import LEVELS

POLICY = LocalPolicy()


@pytest.mark.parametrize(
    ("row", "rule", "key"),
    [
        (MATRIX[ApplicationKind.VOID], AmendedRule.APPROVAL_MATRIX, "void"),
        (LEVELS[2], AmendedRule.SUPERVISION, "2"),
        (accountability_rules.ROWS["low_rate"], AmendedRule.ACCOUNTABILITY, "low_rate"),
    ],
)
def test_every_row_knows_its_rule_and_is_stored_whole(row: Row, rule: AmendedRule, key: str) -> None:
    assert rule_of(row) == (rule, key)
    assert msgspec.convert(words_of(row), ROWS[rule]) == row


def test_only_what_differs_is_changed_and_other_clocks_keep_theirs() -> None:
    limits = words_of(POLICY)["stage_limits"]
    dispatch = {**limits["dispatch"], "value": 20}
    before, after = changed_settings(POLICY, {"stage_limits": {"dispatch": dispatch}, "undo_seconds": 60})
    assert before == {"stage_limits": limits}
    assert after == {"stage_limits": {**limits, "dispatch": dispatch}}
    assert with_settings(POLICY, after) == with_settings(POLICY, {"stage_limits": {**limits, "dispatch": dispatch}})


def test_a_later_version_takes_over_a_change_unless_it_sets_the_same_itself() -> None:
    later = msgspec.structs.replace(POLICY, undo_seconds=30, missed_days=9)
    before, after = {"undo_seconds": 60, "warn_percent": 80}, {"undo_seconds": 0, "warn_percent": 70}
    assert carried_on(later, before, after) == msgspec.structs.replace(later, warn_percent=70)


def test_a_citys_own_lists_are_those_that_differ_from_the_shipped_ones() -> None:
    shipped = [Reason(command="merge", code="other", zh="其他", en="Other")]
    own = Reason(command="reopen", code="other", zh="其他", en="Other")
    assert own_reasons(shipped, [*shipped, own]) == (own,)
