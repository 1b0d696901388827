"""重大案件: listed with level, plan, leading unit and due date; it cannot end before it is struck off (备案销号)."""

from __future__ import annotations

from gezhi.cases.rules.commands import ChangeMajor, ListMajor, ReportMajor, StrikeOff
from gezhi.cases.rules.entries import Step
from gezhi.cases.rules.entry_kinds import EntryKind
from gezhi.cases.rules.facts import Facts
from gezhi.cases.rules.marks import Mark
from gezhi.cases.rules.state import CaseState
from gezhi.kernel.problems import Problem
from gezhi.kernel.words import require_words

LEVELS = {1: ("一般重大", "Major"), 2: ("较大", "Larger"), 3: ("特别重大", "Most serious")}


class NotStruckOff(Problem):
    code = "cases.major-cases.not-struck-off"
    status = 409
    title = "本案是重大案件，核查通过并销号后才能结案或作废。请先在重大案件台账办理销号。"
    title_en = "This is a major case: it ends only after it was inspected and struck off the register."


class NotListed(Problem):
    code = "cases.major-cases.not-listed"
    status = 409
    title = "本案没有列为重大案件，或已经销号。"
    title_en = "The case is not listed as a major case, or was struck off."


class ListedAlready(Problem):
    code = "cases.major-cases.listed-already"
    status = 409
    title = "本案已列为重大案件，请在重大案件台账中办理。"
    title_en = "The case is listed as a major case already."


class BadTerms(Problem):
    code = "cases.major-cases.bad-terms"
    status = 422
    title = "重大案件须选定级别（1 至 3）、正在承办的牵头单位，销号期限应晚于现在。"
    title_en = "A major case needs a level (1 to 3), a leading unit that has the case and a due date later than now."


def check_struck_off(state: CaseState) -> None:
    """A listed case does not end before it was struck off."""
    if state.major:
        raise NotStruckOff


def _check_listed(state: CaseState) -> None:
    if not state.major:
        raise NotListed


def decide_list_major(state: CaseState, command: ListMajor, facts: Facts) -> Step:
    """列为重大案件: `text` is the plan."""
    if state.major:
        raise ListedAlready
    if command.level not in LEVELS or command.due <= facts.moment or command.unit_id not in facts.units:
        known = command.unit_id in facts.units
        raise BadTerms(field="level" if command.level not in LEVELS else "due" if known else "unit_id")
    return Step(
        kind=EntryKind.MAJOR_LISTED,
        status=state.status,
        major=command.level,
        due=command.due,
        unit=command.unit_id,
        text=require_words("text", command.text),
        marks=(Mark.MAJOR,),
    )


def decide_report_major(state: CaseState, command: ReportMajor, _: Facts) -> Step:
    """报告进展."""
    _check_listed(state)
    return Step(kind=EntryKind.MAJOR_REPORTED, status=state.status, text=require_words("text", command.text))


def decide_change_major(state: CaseState, command: ChangeMajor, facts: Facts) -> Step:
    """调整销号期限: approved by whoever gives this command."""
    _check_listed(state)
    if command.due <= facts.moment:
        raise BadTerms(field="due")
    reason = require_words("reason", command.reason)
    return Step(kind=EntryKind.MAJOR_CHANGED, status=state.status, due=command.due, reason=reason)


def decide_strike_off(state: CaseState, command: StrikeOff, _: Facts) -> Step:
    """销号: after the inspection has passed, signed off by a supervisor or leader; then the case can be closed."""
    _check_listed(state)
    text = require_words("text", command.text)
    return Step(kind=EntryKind.MAJOR_STRUCK_OFF, status=state.status, major=0, text=text, marks=(Mark.STRUCK_OFF,))
