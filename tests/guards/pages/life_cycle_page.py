"""`docs/life-cycle.md`: every cell of status × command × role, as `gezhi/cases/rules/stages.py` decides it."""

from __future__ import annotations

from gezhi.cases.rules.allowed import NotInThisStatus, RoleMayNot
from gezhi.cases.rules.stages import COMMANDS, STAGE_NAMES, STATUSES, Stage, Status, find_transition, transitions_of
from gezhi.kernel.permissions import Role
from gezhi.kernel.role_names import ROLE_NAMES

HEAD = f"""\
# The life-cycle of a case 案件的生命周期

A case (案件) stands at one status; somebody in a post gives a command; the tables below say whether the post may give
it there and where the case stands afterwards. They are the one table of `gezhi/cases/rules/stages.py`, tried cell by
cell in `tests/cases/rules/test_stages.py`. A cell holds the statuses that the case may stand at afterwards (`=`: it
stays). An empty cell is refused with `{RoleMayNot.code}` ({RoleMayNot.status}); a command that is not listed at a
status is refused there with `{NotInThisStatus.code}` ({NotInThisStatus.status}), whoever gives it. What a command needs
besides (scope, evidence, reasons) stands beside its rule; every refusal is listed in [errors.md](errors.md).

Written by `make generated`; do not edit.
"""


def life_cycle_page() -> str:
    lines = [HEAD, "## Statuses 状态", "", "| stage 环节 | status | 中文 | English | |", "|---|---|---|---|---|"]
    for status, named in STATUSES.items():
        mark = "final 终态" if named.final else "can be reopened 可重新处置" if status is Status.CLOSED else ""
        lines.append(f"| {_stage(named.stage)} | `{status}` | {named.zh} | {named.en} | {mark} |")
    evaluated = "derived from the log 由日志得出"
    lines.append(f"| {_stage(Stage.EVALUATE)} | – | | | {evaluated} |")
    lines += [
        "",
        "## Commands 操作",
        "",
        "| command | 中文 | English | from 起 | to 止 | who 办理岗位 |",
        "|---|---|---|---|---|---|",
    ]
    for word in COMMANDS:
        lines += [_command_row(word, at) for at in range(len(transitions_of(word)))]
    lines += ["", "## Every cell 逐格", ""]
    for status in (None, *Status):
        lines += _cells(status)
    return "\n".join(lines) + "\n"


def _stage(stage: Stage) -> str:
    zh, en = STAGE_NAMES[stage]
    return f"{stage.value} {zh} {en}"


def _command_row(word: str, at: int) -> str:
    row = transitions_of(word)[at]
    before = ", ".join(f"`{status}`" for status in Status if status in row.before) or "–"
    after = ", ".join(f"`{status}`" for status in row.after) or "="
    who = "、".join(ROLE_NAMES[role][0] for role in row.roles)
    return f"| `{word}` | {row.zh} | {row.en} | {before} | {after} | {who} |"


def _cells(status: Status | None) -> list[str]:
    """One table per status: commands down, roles across."""
    title = f"{STATUSES[status].zh} {STATUSES[status].en} `{status}`" if status else "尚未上报 Not yet reported"
    found = [(word, row) for word in COMMANDS if (row := find_transition(word, status)) is not None]
    if not found:
        return [f"### {title}", "", "Final: every command is refused. 终态：不能再办理。", ""]
    heads = " | ".join(f"{zh} {en}" for zh, en in (ROLE_NAMES[role] for role in Role))
    lines = [f"### {title}", "", f"| | {heads} |", "|---" * (len(Role) + 1) + "|"]
    for word, row in found:
        after = ", ".join(f"`{one}`" for one in row.after) or "="
        cells = " | ".join(after if role in row.roles else "" for role in Role)
        lines.append(f"| `{word}` {row.zh} | {cells} |")
    return [*lines, ""]
