"""立案: the duty officer makes an accepted report a case, or not; and later corrections of it."""

from __future__ import annotations

import msgspec

from gezhi.calendars.rules.limits import Limit, Unit, limit_of
from gezhi.cases.rules.applications import names_of
from gezhi.cases.rules.applications.asking import ApplicationPending
from gezhi.cases.rules.clocks.clock import Clock, ClockKind
from gezhi.cases.rules.clocks.deadline import change_limit
from gezhi.cases.rules.clocks.whole_case import handling_limit
from gezhi.cases.rules.commands import Amend, GiveBack, Register, Reject
from gezhi.cases.rules.entries import Step
from gezhi.cases.rules.entry_kinds import EntryKind
from gezhi.cases.rules.facts import Facts
from gezhi.cases.rules.marks import Mark
from gezhi.cases.rules.stages import Status
from gezhi.cases.rules.state import CaseState, Subject
from gezhi.cases.rules.steps.acceptance import ClassUnknown, RowMissing, answers_to
from gezhi.kernel.problems import Problem
from gezhi.kernel.words import limit_words, require_words


class LimitMissing(Problem):
    code = "cases.registration.limit-missing"
    status = 422
    title = "该类别没有立案条件，请写明处置时限、单位和结案条件及理由。"
    title_en = "This class has no standard row: state limit, unit, closing conditions and the reason."


class NothingToAmend(Problem):
    code = "cases.registration.nothing-to-amend"
    status = 422
    title = "没有改动任何内容，请修改后再提交。"
    title_en = "Nothing was changed; change something, then send."


def _filled_gap(subject: Subject, command: Register, facts: Facts) -> Subject:
    if command.limit is None or command.unit is None or not command.closing:
        raise LimitMissing(field="limit")
    require_words("reason", command.reason)
    limit = limit_of(command.limit, command.unit, calendar=facts.policy.handling_calendar)
    return msgspec.structs.replace(
        subject, limit=limit.value, unit=limit.unit, calendar=limit.calendar, closing=command.closing
    )


def decide_register(state: CaseState, command: Register, facts: Facts) -> Step:
    """立案: the dispatch clock starts. No registration without a standard row or its stated replacement."""
    subject = _filled_gap(state.subject, command, facts) if handling_limit(state.subject) is None else None
    clocks = (*facts.end(state, ClockKind.REGISTRATION), facts.start(ClockKind.DISPATCH))
    return Step(
        kind=EntryKind.REGISTERED,
        status=Status.REGISTERED,
        subject=subject,
        clocks=clocks,
        reason=limit_words("reason", command.reason) or None,
    )


def decide_reject(state: CaseState, command: Reject, facts: Facts) -> Step:
    """不予立案: with the reason, and an answer to those who can be reached."""
    reason = require_words("reason", command.reason)
    clocks = facts.end(state, ClockKind.REGISTRATION)
    return Step(
        kind=EntryKind.REJECTED,
        status=Status.REJECTED,
        reason=reason,
        answers=answers_to(state, command.answer),
        clocks=clocks,
    )


def decide_give_back(state: CaseState, command: GiveBack, facts: Facts) -> Step:
    """退回: from registration to acceptance, or from dispatch to registration."""
    reason = require_words("reason", command.reason)
    if state.status is Status.ACCEPTED:
        clocks = (*facts.end(state, ClockKind.REGISTRATION), facts.start(ClockKind.ACCEPTANCE))
        return Step(
            kind=EntryKind.GIVEN_BACK, status=Status.REPORTED, reason=reason, clocks=clocks, marks=(Mark.GIVEN_BACK,)
        )
    if state.pending is not None:
        raise ApplicationPending(**names_of(state.pending.kind))
    clocks = (*facts.end(state, ClockKind.DISPATCH), facts.start(ClockKind.REGISTRATION))
    return Step(
        kind=EntryKind.GIVEN_BACK, status=Status.ACCEPTED, reason=reason, clocks=clocks, marks=(Mark.GIVEN_BACK,)
    )


def _moved_handling(state: CaseState, subject: Subject, facts: Facts) -> tuple[Clock, ...]:
    """The handling clock under another limit: what was used stays used, and it runs on if it ran."""
    clock, limit = state.clock(ClockKind.HANDLING), handling_limit(subject)
    if clock is None or limit is None or clock.ended is not None:
        return ()
    return (change_limit(facts.timing, clock, limit, extra=_extension(clock, state.subject, limit, facts)),)


def _extension(clock: Clock, old: Subject, limit: Limit, facts: Facts) -> int:
    """延期: what was granted on top of the old limit stays on top of the new one, where both count the same time."""
    before = handling_limit(old)
    if before is None or before.calendar != limit.calendar or (before.unit in WORKING) != (limit.unit in WORKING):
        return 0
    return clock.limit - facts.timing.calendar(before.calendar).ticks(before)


WORKING = frozenset({Unit.WORK_HOUR, Unit.WORK_DAY})


def _check_row(state: CaseState, subject: Subject) -> None:
    """Once accepted, a case stands on a row; only before registration may it stand on a gap instead."""
    if state.status in (Status.REPORTED, Status.VERIFYING) or handling_limit(subject) is not None:
        return
    if not (subject.gap and state.status is Status.ACCEPTED):
        raise RowMissing(field="row_key")


def decide_amend(state: CaseState, command: Amend, facts: Facts) -> Step:
    """更正案卷: class, row or place; what stood before and the old limit are kept in the entry."""
    reason = require_words("reason", command.reason)
    if command.class_key is not None and facts.subject is None:
        raise ClassUnknown(field="class_key")
    subject = facts.subject if facts.subject != state.subject else None
    place = facts.place if facts.place != state.place else None
    if subject is None and place is None:
        raise NothingToAmend
    clocks: tuple[Clock, ...] = ()
    if subject is not None:
        _check_row(state, subject)
        clocks = _moved_handling(state, subject, facts)
    if place is not None:
        limit_words("address", place.address)
    return Step(
        kind=EntryKind.AMENDED,
        status=state.status,
        subject=subject,
        place=place,
        old_subject=state.subject if subject else None,
        old_place=state.place if place else None,
        reason=reason,
        clocks=clocks,
        marks=(Mark.AMENDED,),
    )
