"""更正联系方式、电话告知: how a sender is reached, corrected later, and what was told by telephone."""

from __future__ import annotations

import msgspec

from gezhi.cases.rules.commands import CorrectContact, TellByCall
from gezhi.cases.rules.entries import Step
from gezhi.cases.rules.entry_kinds import EntryKind
from gezhi.cases.rules.facts import Facts
from gezhi.cases.rules.stages import FINISHED
from gezhi.cases.rules.state import Answer, CaseState, ReportRef
from gezhi.kernel.problems import NotFound
from gezhi.kernel.words import require_words


def _report(state: CaseState, report_id: str) -> ReportRef:
    report = next((one for one in state.reports if one.id == report_id), None)
    if report is None:
        raise NotFound
    return report


def decide_correct_contact(state: CaseState, command: CorrectContact, facts: Facts) -> Step:
    """更正联系方式: what it was and what it is stand in the table of reports, here only the digest."""
    report = _report(state, command.report_id)
    answered = report.answered
    if command.again and state.status in FINISHED:
        answered = facts.moment if command.reachable and not command.by_call else None
    changed = msgspec.structs.replace(
        report, reachable=command.reachable, by_call=command.by_call, answered=answered, words=facts.words
    )
    reason = require_words("reason", command.reason)
    return Step(kind=EntryKind.CONTACT_CORRECTED, status=state.status, report=changed, reason=reason)


def decide_tell_by_call(state: CaseState, command: TellByCall, _: Facts) -> Step:
    """电话告知: whoever was called about the end of a case counts as answered from then on."""
    text = require_words("text", command.text)
    told = tuple(Answer(_report(state, report_id).id, text) for report_id in command.report_ids)
    return Step(kind=EntryKind.TOLD_BY_CALL, status=state.status, answers=told)
