"""采集任务: who is sent to verify or inspect. Nobody inspects own handling, and nobody checks what they themselves
reported if another can.
"""

from __future__ import annotations

from zlib import crc32

import msgspec

from gezhi.cases.rules.facts import Facts
from gezhi.cases.rules.state import CaseState, Task, TaskKind
from gezhi.kernel.problems import Problem


class NoCollector(Problem):
    code = "cases.field-tasks.no-collector"
    status = 409
    title = "该位置目前没有可派的采集员，请指定采集员，或请管理员补充责任区排班。"
    title_en = "No collector covers this place at present; name one, or have the roster completed."


class CollectorUnfit(Problem):
    code = "cases.field-tasks.collector-unfit"
    status = 422
    title = "所选人员不是负责该区域的采集员，或参与过本案处置，请重新选择。"
    title_en = "This person is no collector of the area or took part in the handling; choose another."


def choose_collector(state: CaseState, facts: Facts) -> int:
    """就近派发: a collector of the area, drawn by the case's number and round so that the draw can be repeated and not be
    steered.
    """
    fit = sorted(set(facts.collectors) - set(state.handlers))
    if not fit:
        raise NoCollector(field="collector_id")
    senders = {report.by for report in state.reports}
    others = [collector for collector in fit if collector not in senders] or fit
    return others[crc32(f"{state.no}/{state.round}/{len(state.tasks)}".encode()) % len(others)]


def _check_collector(state: CaseState, facts: Facts, collector: int) -> int:
    if collector not in facts.collectors or collector in state.handlers:
        raise CollectorUnfit(field="collector_id")
    return collector


def issue_task(state: CaseState, facts: Facts, kind: TaskKind, collector: int | None) -> Task:
    """A new task for the named collector, or for the one that the rule chooses."""
    chosen = choose_collector(state, facts) if collector is None else _check_collector(state, facts, collector)
    return Task(no=len(state.tasks) + 1, kind=kind, collector=chosen, issued=facts.moment, round=state.round)


def reroute_task(state: CaseState, facts: Facts, collector: int) -> tuple[Task, Task]:
    """The open task taken from its collector and given to another."""
    task = state.open_task
    assert task is not None  # the statuses verifying and inspecting hold an open task
    return msgspec.structs.replace(task, rerouted=facts.moment), issue_task(state, facts, task.kind, collector)


def answer_task(task: Task, facts: Facts, *, passed: bool) -> Task:
    return msgspec.structs.replace(task, answered=facts.moment, passed=passed)
