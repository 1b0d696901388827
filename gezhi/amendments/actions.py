"""提出、审批规定修订: asked for by one, put in force by another; both stay on record."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any
from uuid import UUID

import msgspec
from django.db import transaction

from gezhi.amendments.queries import BOOK, EVERYBODY, standing_row
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
from gezhi.amendments.rules.amendment import (
    Amendment,
    AmendmentState,
    RuleHasMoved,
    check_proposed,
    check_reach,
    decided,
    earliest_day,
    first_day,
    why_not_decide,
    why_not_withdraw,
    withdrawn,
)
from gezhi.amendments.rules.amendment_news import answered, taken_back, waiting
from gezhi.calendars.rules.office_days import day_of
from gezhi.cases.actions import put_approval_row_in_force
from gezhi.cases.rules.applications import matrix
from gezhi.cases.rules.applications.approval_row import ApprovalRow
from gezhi.catalog.actions import (
    check_condition_words,
    put_amended_row,
    switch_edition,
    withdraw_amended_row,
    withdraw_edition,
)
from gezhi.catalog.queries import held_catalog, list_known_editions
from gezhi.catalog.rules.amended_row import AmendedRow, check_amended_row
from gezhi.catalog.rules.editions import EditionSwitch, check_switch
from gezhi.duties.queries.rows_of_unit import list_rows_of_unit
from gezhi.kernel.deeds import begin
from gezhi.kernel.permissions import Actor, Permission, Role
from gezhi.kernel.words import require_words
from gezhi.notices.actions import notify
from gezhi.people.actions import settle_succession, withdraw_succession
from gezhi.people.queries import held_directory
from gezhi.people.rules.check_succession import check_succession
from gezhi.people.rules.policy import GRANTS
from gezhi.people.rules.succession import UnitSuccession
from gezhi.plumbing.register_rows import Doing, done_before, lock_record, write_one
from gezhi.policy.actions import check_local_policy, put_local_policy_in_force
from gezhi.policy.queries import PRESET_REASONS, held_policy
from gezhi.policy.rules.local_policy import LocalPolicy
from gezhi.policy.rules.reasons import own_lists
from gezhi.successions.rules.row_shares import check_rows
from gezhi.supervision.actions import put_rules_in_force
from gezhi.supervision.queries.rules import held_rules
from gezhi.supervision.rules import accountability_rules
from gezhi.supervision.rules.automatic import LevelRow, check_levels


@transaction.atomic
def propose_row(row: Row, *, valid_from: date, reason: str, doing: Doing) -> Amendment:
    """提出修订 of one row. Sent again under the same key: the proposal that stands."""
    if (before := done_before(BOOK, Amendment, doing.key)) is not None:
        return before
    _check_row(row, valid_from, day_of(doing.clock()))
    rule, key = rule_of(row)
    standing = words_of(standing_row(rule, key, valid_from))
    return _propose(rule, key, standing, words_of(row), valid_from=valid_from, reason=reason, doing=doing)


@transaction.atomic
def propose_settings(settings: Mapping[str, Any], *, valid_from: date, reason: str, doing: Doing) -> Amendment:
    """提出修订 of settings of the local policy; of reasons the lists of the commands that are named."""
    if (before := done_before(BOOK, Amendment, doing.key)) is not None:
        return before
    standing = held_policy().on(valid_from)
    if "reasons" in settings:
        lists = own_lists(standing.reasons, with_settings(LocalPolicy(), settings).reasons)
        settings = {**settings, "reasons": msgspec.to_builtins(lists)}
    old, new = changed_settings(standing, settings)
    check_local_policy(with_settings(standing, new))
    return _propose(AmendedRule.LOCAL_POLICY, "", old, new, valid_from=valid_from, reason=reason, doing=doing)


def _propose(
    rule: AmendedRule,
    key: str,
    before: dict[str, Any],
    after: dict[str, Any],
    *,
    valid_from: date,
    reason: str,
    doing: Doing,
) -> Amendment:
    now = doing.clock()
    check_reach(held_policy().node, doing.actor)
    amendment = Amendment(
        id=doing.ids(),
        rule=rule,
        row_key=key,
        before=before,
        after=after,
        valid_from=valid_from,
        reason=require_words("reason", reason),
        proposed_by=doing.actor.user_id,
        proposed_at=now,
    )
    check_proposed(amendment, today=day_of(now))
    notify([waiting(amendment, by=doing.actor.name, readers=_deciders(doing.actor, day_of(now)))])
    return write_one(BOOK, amendment, begin("proposed", amendment, amendment.reason), doing, at=now)


def _deciders(proposer: Actor, day: date) -> tuple[int, ...]:
    """可审批的人: whoever has the right to and answers for the whole city, but for who proposes."""
    directory, node = held_directory(), held_policy().node
    roles = [role for role in Role if Permission.RULES_APPROVE in GRANTS[role]]
    found = {one.user.id for role in roles for one in directory.find_holders(role, on=day, place_code=node)}
    return tuple(sorted(found - {proposer.user_id}))


@transaction.atomic
def decide_amendment(amendment_id: UUID, text: str, *, granted: bool, doing: Doing) -> Amendment:
    """审批修订: approved it is in force from its day on; refused it stays with its reason."""
    amendment = lock_record(BOOK, Amendment, amendment_id, EVERYBODY)
    if done_before(BOOK, Amendment, doing.key, only=amendment_id) is not None:
        return amendment
    if (problem := why_not_decide(amendment, doing.actor, held_policy().node)) is not None:
        raise problem
    now = doing.clock()
    deed = decided(amendment, doing.actor, granted=granted, text=text, now=now, today=day_of(now))
    if granted:
        _put_in_force(amendment, doing, first_day(amendment, day_of(now)))
    written = write_one(BOOK, amendment, deed, doing, at=now)
    notify([answered(written, by=doing.actor.name, text=text.strip(), at=now)])
    return written


@transaction.atomic
def withdraw_amendment(amendment_id: UUID, text: str, *, doing: Doing) -> Amendment:
    """撤回修订: while it waits, or before the day from which it holds: then the rule stays as it was."""
    amendment = lock_record(BOOK, Amendment, amendment_id, EVERYBODY)
    if done_before(BOOK, Amendment, doing.key, only=amendment_id) is not None:
        return amendment
    now = doing.clock()
    if (problem := why_not_withdraw(amendment, doing.actor, held_policy().node, day_of(now))) is not None:
        raise problem
    deed = withdrawn(text)
    if amendment.state is AmendmentState.APPROVED and amendment.in_force_from is not None:
        _take_back(amendment, doing, amendment.in_force_from)
    written = write_one(BOOK, amendment, deed, doing, at=now)
    concerned = {*_deciders(doing.actor, day_of(now)), amendment.proposed_by} - {doing.actor.user_id}
    readers = tuple(sorted(concerned))
    notify([taken_back(written, by=doing.actor.name, text=text.strip(), readers=readers, at=now)])
    return written


def _check_row(row: Row, day: date, today: date) -> None:
    match row:
        case ApprovalRow():
            matrix.check_row(row)
        case LevelRow():
            check_levels({**held_rules().levels(day), row.level: row})
        case EditionSwitch():
            known = {one.code for one in list_known_editions()}
            check_switch(held_catalog().periods, row.edition, known=known, valid_from=day, today=today)
        case UnitSuccession():
            check_succession(row, held_directory(by_now=True), on=day, today=today)
            check_rows(row, {one.row_id for one in list_rows_of_unit(row.unit, day)} if row.rows else ())
        case AmendedRow():
            check_amended_row(row, held_catalog(), on=max(day, earliest_day(AmendedRule.STANDARD_ROW, today)))
            check_condition_words(row)
        case _:
            accountability_rules.check_row(row)


def _put_in_force(amendment: Amendment, doing: Doing, start: date) -> None:
    by: dict[str, Any] = {
        "changed_by": amendment.proposed_by,
        "approved_by": doing.actor.user_id,
        "reason": amendment.reason,
    }
    if amendment.rule is AmendedRule.LOCAL_POLICY:
        _put_settings(amendment, start, by)
        return
    kind = ROWS[amendment.rule]
    if msgspec.convert(amendment.before, kind) != standing_row(amendment.rule, amendment.row_key, start):
        raise RuleHasMoved
    row = msgspec.convert(amendment.after, kind)
    if isinstance(row, ApprovalRow):
        put_approval_row_in_force(held_policy().node, row, valid_from=start, clock=doing.clock, **by)
    elif isinstance(row, EditionSwitch):
        switch_edition(row.edition, valid_from=start)
    elif isinstance(row, UnitSuccession):
        settle_succession(amendment.id, row, on=start, reason=amendment.reason, clock=doing.clock)
    elif isinstance(row, AmendedRow):
        check_amended_row(row, held_catalog(), on=start)
        put_amended_row(row, valid_from=start)
    else:
        put_rules_in_force([row], valid_from=start, clock=doing.clock, **by)


def _take_back(amendment: Amendment, doing: Doing, start: date) -> None:
    """What was settled for this day is as it was before; a version of the same day is entered over it."""
    if amendment.rule is AmendedRule.EDITION:
        withdraw_edition(amendment.after["edition"], valid_from=start)
        return
    if amendment.rule is AmendedRule.SUCCESSION:
        withdraw_succession(amendment.id, clock=doing.clock)
        return
    if amendment.rule is AmendedRule.STANDARD_ROW:
        withdraw_amended_row(msgspec.convert(amendment.after, AmendedRow), valid_from=start)
        return
    back = msgspec.structs.replace(amendment, before=amendment.after, after=amendment.before)
    _put_in_force(back, doing, start)


def _put_settings(amendment: Amendment, start: date, by: dict[str, Any]) -> None:
    """From this day on, and in every later version that does not set the same otherwise itself."""
    held = held_policy()
    standing, before, after = held.on(start), amendment.before, amendment.after
    if any(words_of(standing)[name] != value for name, value in before.items()):
        raise RuleHasMoved
    later = {day: carried_on(policy, before, after) for day, policy in held.versions if day > start}
    moved = {day: policy for day, policy in later.items() if policy != held.on(day)}
    for day, policy in {start: with_settings(standing, after), **moved}.items():
        own = msgspec.structs.replace(policy, reasons=own_reasons(PRESET_REASONS, policy.reasons))
        put_local_policy_in_force(held.node, own, valid_from=day, **by)
