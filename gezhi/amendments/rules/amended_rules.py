"""可修订的规定: the rules of a city that an administrator edits."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from enum import StrEnum
from typing import Any

import msgspec

from gezhi.cases.rules.applications.approval_row import ApprovalRow
from gezhi.catalog.rules.amended_row import AmendedRow
from gezhi.catalog.rules.editions import EditionSwitch
from gezhi.people.rules.succession import UnitSuccession
from gezhi.policy.rules.local_policy import LocalPolicy
from gezhi.policy.rules.reasons import Reason
from gezhi.supervision.rules.accountability_rules import AccountabilityRow
from gezhi.supervision.rules.automatic import LevelRow


class AmendedRule(StrEnum):
    """Which rule of the city a proposal is about."""

    APPROVAL_MATRIX = "approval-matrix"
    LOCAL_POLICY = "local-policy"
    SUPERVISION = "supervision"
    ACCOUNTABILITY = "accountability"
    EDITION = "edition"
    SUCCESSION = "succession"
    STANDARD_ROW = "standard-row"


Row = ApprovalRow | LevelRow | AccountabilityRow | EditionSwitch | UnitSuccession | AmendedRow
ROWS: Mapping[AmendedRule, type[Row]] = {
    AmendedRule.APPROVAL_MATRIX: ApprovalRow,
    AmendedRule.SUPERVISION: LevelRow,
    AmendedRule.ACCOUNTABILITY: AccountabilityRow,
    AmendedRule.EDITION: EditionSwitch,
    AmendedRule.SUCCESSION: UnitSuccession,
    AmendedRule.STANDARD_ROW: AmendedRow,
}
"""The rules that are changed row by row; of the local policy single settings are."""


def rule_of(row: Row) -> tuple[AmendedRule, str]:
    """Which rule a row belongs to, and what names the row in it."""
    match row:
        case ApprovalRow():
            return AmendedRule.APPROVAL_MATRIX, row.kind.value
        case LevelRow():
            return AmendedRule.SUPERVISION, str(row.level)
        case AccountabilityRow():
            return AmendedRule.ACCOUNTABILITY, row.kind.value
        case EditionSwitch():
            return AmendedRule.EDITION, ""
        case UnitSuccession():
            return AmendedRule.SUCCESSION, str(row.unit)
        case AmendedRow():
            return AmendedRule.STANDARD_ROW, row.row_key or row.class_key


def words_of(row: Row | LocalPolicy) -> dict[str, Any]:
    """A row, or every setting of a policy, as it is stored."""
    words: dict[str, Any] = msgspec.json.decode(msgspec.json.encode(row))
    return words


def changed_settings(standing: LocalPolicy, settings: Mapping[str, Any]) -> tuple[dict[str, Any], dict[str, Any]]:
    """Old and new value of those of these settings that differ. Of a setting with one value per clock those of the
    other clocks stay.
    """
    old = words_of(standing)
    new = {name: {**old[name], **value} if isinstance(value, dict) else value for name, value in settings.items()}
    changed = [name for name, value in new.items() if value != old[name]]
    return {name: old[name] for name in changed}, {name: new[name] for name in changed}


def with_settings(policy: LocalPolicy, settings: Mapping[str, Any]) -> LocalPolicy:
    return msgspec.convert({**words_of(policy), **settings}, LocalPolicy)


def carried_on(policy: LocalPolicy, before: Mapping[str, Any], after: Mapping[str, Any]) -> LocalPolicy:
    """A later version of the policy with a change that comes before it: what it sets otherwise itself stays."""
    standing = words_of(policy)
    return with_settings(policy, {name: value for name, value in after.items() if standing[name] == before[name]})


def own_reasons(presets: Sequence[Reason], reasons: Sequence[Reason]) -> tuple[Reason, ...]:
    """The lists that a city has of its own: those that are not as the package brings them."""
    shipped, held = _by_command(presets), _by_command(reasons)
    return tuple(one for one in reasons if held[one.command] != shipped.get(one.command))


def _by_command(reasons: Iterable[Reason]) -> dict[str, list[Reason]]:
    lists: dict[str, list[Reason]] = {}
    for one in reasons:
        lists.setdefault(one.command, []).append(one)
    return lists
