"""信息收集: a report begins a case, joins one, or tells of what was put right on the spot."""

from __future__ import annotations

import msgspec

from gezhi.cases.rules.clocks.clock import Clock, ClockKind
from gezhi.cases.rules.commands import AddReport, Report, SelfHandle
from gezhi.cases.rules.entries import Step
from gezhi.cases.rules.entry_kinds import EntryKind
from gezhi.cases.rules.facts import Facts
from gezhi.cases.rules.stages import Status
from gezhi.cases.rules.state import CaseState, ReportRef, Subject
from gezhi.cases.rules.steps.evidence import check_pictures, check_proof
from gezhi.kernel.moments import DAY_S, MINUTE_S
from gezhi.kernel.permissions import Role
from gezhi.kernel.problems import Problem
from gezhi.kernel.words import limit_words
from gezhi.policy.rules.channels import Channel, channel_for

AHEAD_S, BACK_S = 10 * MINUTE_S, 366 * DAY_S
"""How far a device's clock may be ahead, and how long ago something may have happened that is reported now."""

UNCLASSED = Subject(class_key="")


class PlaceMissing(Problem):
    code = "cases.reporting.place-missing"
    status = 422
    title = "请在地图上标出问题位置。"
    title_en = "Mark the place on the map."


class ClassMissing(Problem):
    code = "cases.reporting.class-missing"
    status = 422
    title = "采集员上报须选定类别，请选择部件或事件小类。"
    title_en = "A collector's report names its class; choose one."


class HappenedElsewhen(Problem):
    code = "cases.reporting.happened-elsewhen"
    status = 422
    title = "发生时间应在最近一年之内，且不晚于现在；请核对设备的日期和时间。"
    title_en = "The moment lies within the last year and not in the future; check date and time of the device."


def check_happened(happened: int, *, now: int) -> int:
    """The moment that a device says, if a report can tell of it."""
    if not now - BACK_S <= happened <= now + AHEAD_S:
        raise HappenedElsewhen(field="happened_at")
    return happened


def needs_verification(channel: Channel, pictures: tuple[str, ...]) -> bool:
    """核实规则: a report of the public that comes without a picture is looked at before it is accepted."""
    return channel.verify and not pictures


def _channel(command: Report | SelfHandle | AddReport, facts: Facts) -> Channel:
    return channel_for(facts.policy.channels, facts.actor, command.channel)


def _reported(command: Report | SelfHandle | AddReport, channel: Channel, facts: Facts) -> ReportRef:
    return ReportRef(
        id=command.report_id,
        channel=channel.code,
        at=facts.happened,
        group=channel.group,
        complaint=channel.complaint,
        by=facts.actor.user_id or None,
        reachable=command.reachable,
        by_call=command.by_call,
        words=facts.words,
    )


def decide_report(_: CaseState | None, command: Report, facts: Facts) -> Step:
    """上报: starts the acceptance clock, and the clock for sending the verification where one is needed."""
    if facts.place is None:
        raise PlaceMissing(field="lon")
    collector, channel = facts.actor.role is Role.COLLECTOR, _channel(command, facts)
    if collector and facts.subject is None:
        raise ClassMissing(field="class_key")
    pictures = check_pictures(facts, command.pictures, None, least=1 if collector else 0)
    verify = needs_verification(channel, pictures)
    clocks: tuple[Clock, ...] = (facts.start(ClockKind.ACCEPTANCE),)
    if verify:
        clocks = (*clocks, facts.start(ClockKind.SEND_VERIFICATION))
    limit_words("address", command.address)
    return Step(
        kind=EntryKind.REPORTED,
        status=Status.REPORTED,
        number=facts.number,
        node=facts.node,
        place=facts.place,
        subject=facts.subject or UNCLASSED,
        report=_reported(command, channel, facts),
        before=pictures,
        clocks=clocks,
        duplicates=facts.duplicates,
        verify_by_rule=verify,
    )


def decide_self_handle(_: CaseState | None, command: SelfHandle, facts: Facts) -> Step:
    """自行处置: put right on the spot, with a picture before and one after; outside the counts."""
    if facts.place is None:
        raise PlaceMissing(field="lon")
    if facts.subject is None:
        raise ClassMissing(field="class_key")
    limit_words("address", command.address)
    every = check_proof(facts, check_pictures(facts, (*command.pictures, *command.after), None, least=2))
    before, after = every[: len(command.pictures)], every[len(command.pictures) :]
    if not before or not after:
        check_pictures(facts, (), None, least=1)
    return Step(
        kind=EntryKind.SELF_HANDLED,
        status=Status.SELF_HANDLED,
        number=facts.number,
        node=facts.node,
        place=facts.place,
        subject=facts.subject,
        report=_reported(command, _channel(command, facts), facts),
        before=before,
        after=after,
    )


def decide_add_report(state: CaseState, command: AddReport, facts: Facts) -> Step:
    """并入上报: a further sender of the same problem, who hears the outcome too."""
    if command.moved is not None:
        report = msgspec.structs.replace(command.moved, answered=None, words=None)  # proven where it was sent
        return Step(kind=EntryKind.REPORT_ADDED, status=state.status, report=report, moved=command.pictures)
    pictures = check_pictures(facts, command.pictures, state, least=0)
    report = _reported(command, _channel(command, facts), facts)
    return Step(kind=EntryKind.REPORT_ADDED, status=state.status, report=report, before=pictures)
