"""机构承接 before it is settled: which body may take the place of which, from which day on."""

from __future__ import annotations

from datetime import date, timedelta

from gezhi.kernel.problems import Problem
from gezhi.people.rules.directory import Directory, is_valid
from gezhi.people.rules.organisation_kinds import HANDLING_KINDS
from gezhi.people.rules.succession import UnitSuccession


class SuccessionNotBeforeTomorrow(Problem):
    code = "people.succession.not-before-tomorrow"
    status = 422
    title = "承接最早自 {first} 起：当日的案件由原单位办理。"
    title_en = "A succession begins on {first} at the earliest: today's work is the old unit's."


class UnitNotThere(Problem):
    code = "people.succession.unit-not-there"
    status = 422
    title = "原单位在 {day} 不存在或不是处置单位，没有需要承接的事项。"
    title_en = "The unit does not exist on {day} or handles no cases: there is nothing to go on with."


class SuccessorUnfit(Problem):
    code = "people.succession.successor-unfit"
    status = 422
    title = "承接单位“{name}”在 {day} 不存在、不是处置单位或就是原单位，请另选。"
    title_en = "“{name}” does not exist on {day}, handles no cases or is the unit itself: choose another."


class SuccessorEnds(Problem):
    code = "people.succession.successor-ends"
    status = 409
    title = "“{name}”自 {day} 起由其他单位承接，不能再承接别的单位；请直接选择其承接单位。"
    title_en = "From {day} on another body goes on for “{name}”: choose that one instead."


class SucceededAlready(Problem):
    code = "people.succession.succeeded-already"
    status = 409
    title = "“{name}”自 {day} 起已安排由其他单位承接；如需改变，请先撤回原安排。"
    title_en = "“{name}” is to be succeeded from {day} on already: withdraw that first."


class UnitSucceeds(Problem):
    code = "people.succession.unit-succeeds"
    status = 409
    title = "“{name}”自 {day} 起将承接别的单位，此前不能再由其他单位承接；请先撤回那一项。"
    title_en = "“{name}” is to go on for another body from {day} on: withdraw that first."


def check_succession(asked: UnitSuccession, directory: Directory, *, on: date, today: date) -> None:
    """Refuse what cannot be: a day that has come, bodies that are not there then, a ring."""
    if on <= today:
        raise SuccessionNotBeforeTomorrow(first=(today + timedelta(days=1)).isoformat(), field="valid_from")
    for one in directory.successions:
        told = {"day": one.on.isoformat()}
        if one.arranged.unit == asked.unit:
            raise SucceededAlready(name=_name(directory, asked.unit), **told, field="unit_id")
        if one.arranged.unit in asked.successors:
            raise SuccessorEnds(name=_name(directory, one.arranged.unit), **told, field="successor_id")
        if asked.unit in one.arranged.successors and not one.is_carried_out:
            raise UnitSucceeds(name=_name(directory, asked.unit), **told, field="unit_id")
    if not handles_on(directory, asked.unit, on):
        raise UnitNotThere(day=on.isoformat(), field="unit_id")
    for successor in asked.successors:
        if successor == asked.unit or not handles_on(directory, successor, on):
            raise SuccessorUnfit(name=_name(directory, successor), day=on.isoformat(), field="successor_id")


def handles_on(directory: Directory, unit: int, day: date) -> bool:
    """处置单位: whether a body handles cases and is there on this day, and none has taken its place."""
    body = directory.organisations.get(unit)
    if body is None or body.kind not in HANDLING_KINDS or not is_valid(body.valid_from, body.valid_to, day):
        return False
    return not any(one.arranged.unit == unit and one.on <= day for one in directory.successions)


def _name(directory: Directory, unit: int) -> str:
    body = directory.organisations.get(unit)
    return body.name if body is not None else str(unit)
