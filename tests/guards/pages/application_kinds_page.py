"""`docs/application-kinds.md`: what can be asked for in a case, as `gezhi/cases/rules/applications` declares it."""

from __future__ import annotations

import inspect

from gezhi.cases.rules.applications.approval_row import ApprovalRow
from gezhi.cases.rules.applications.kind import KindRule
from gezhi.cases.rules.applications.kinds import KINDS
from gezhi.cases.rules.stages import STATUSES
from gezhi.kernel.permissions import Role
from gezhi.kernel.role_names import ROLE_NAMES

HEAD = """\
# Kinds of application 申请种类

What can be asked for in a case, with the rules that hold where a city has set none of its own (审批规定). Each kind is
one file of `gezhi/cases/rules/applications/`; how all of them are asked for and decided on is told in
[approvals](chapters/approvals.md).

Written by `make generated`; do not edit.
"""


def application_kinds_page() -> str:
    return "\n".join([HEAD, *(line for rule in KINDS.values() for line in _kind(rule))]) + "\n"


def _kind(rule: KindRule) -> list[str]:
    row, (_, effect) = rule.preset, (rule.exempt_effect if rule.preset.exempts else None) or rule.effect
    told = (
        ("what it is", _said(rule.command)),
        ("command", f"`{rule.word}`"),
        ("who asks", _roles(*row.askers)),
        ("where the case stands", "、".join(STATUSES[status].zh for status in row.statuses)),
        ("decided by", _decided(row)),
        ("decided within", f"{row.decide_within.value} {row.decide_within.unit}, {row.decide_within.calendar}"),
        ("bounds", "; ".join(_bounds(rule)) or "none"),
        ("what a grant does", _said(rule.grant)),
        ("in the figures", effect),
        ("entries of the log", f"`{rule.asked}`, `{rule.granted}`, `{rule.refused}`"),
        ("told in", f"`{inspect.getmodule(rule.grant).__name__.replace('.', '/')}.py`"),  # type: ignore[union-attr]
    )
    lines = [f"## `{rule.kind}` {rule.kind.zh} {rule.kind.en}", "", "| | |", "|---|---|"]
    return [*lines, *(f"| {name} | {text} |" for name, text in told), ""]


def _said(thing: object) -> str:
    return " ".join((inspect.getdoc(thing) or "").split())


def _roles(*roles: str) -> str:
    return "、".join(ROLE_NAMES[Role(role)][0] for role in roles)


def _decided(row: ApprovalRow) -> str:
    steps = _roles(*row.steps)
    again = f"; from the second time on {_roles(*row.steps_again)}" if row.steps_again else ""
    above = f"; above the ceiling also {_roles(*row.above_ceiling)}" if row.above_ceiling else ""
    return steps + again + above


def _bounds(rule: KindRule) -> list[str]:
    row = rule.preset
    counts = {"percent": f"at most {row.longest} % of the limit", "days": f"at most {row.longest} days"}
    return [
        text
        for text, holds in (
            (counts.get(rule.longest_in or "", ""), rule.longest_in),
            (f"granted at most {row.most_granted} times", row.most_granted),
            (f"asked for at most {row.most_asked} times", row.most_asked),
            ("before the deadline", row.before_deadline),
            ("with proof", row.needs_proof),
            (f"share of a month's cases: warning {row.warning / 10} %, ceiling {row.ceiling / 10} %", row.ceiling),
        )
        if holds
    ]
