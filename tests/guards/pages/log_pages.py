"""`docs/log-entry.schema.json` and `docs/log-words.md`: what an entry of the log may hold, for readers from outside."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

import msgspec

from gezhi.cases.rules.applications.application import UNIT
from gezhi.cases.rules.entries import Entry
from gezhi.cases.rules.entry_kinds import EntryKind
from gezhi.cases.rules.stages import COMMANDS, STATUSES, transitions_of
from gezhi.cases.rules.steps.dispatching import MANNERS
from gezhi.cases.rules.steps.inspection import CLOSING_KINDS
from gezhi.duties.rules.area_level import LEVELS
from gezhi.kernel.permissions import Role
from gezhi.kernel.role_names import ROLE_NAMES
from gezhi.policy.rules.clock_kinds import CLOCK_NAMES

DECIDER = {"$ref": "#/$defs/Decider"}
HEAD = """\
# The words of the case log

Every closed list of words that an entry may hold, by its name in [log-entry.schema.json](log-entry.schema.json). How a
log is verified is told in [log-format.md](log-format.md).

Written by `make generated`; do not edit.
"""


def log_entry_schema() -> dict[str, Any]:
    """The schema of an entry, with the closed lists that the types of the code do not say."""
    schema = msgspec.json.schema(Entry)
    schema["$schema"] = "https://json-schema.org/draft/2020-12/schema"
    parts = schema["$defs"]
    parts["Entry"]["properties"]["command"] = {"enum": sorted(COMMANDS)}
    parts["Decider"] = {"enum": [*sorted(Role), UNIT], "description": "Who decides a step: a post, or the crew's unit."}
    parts["Place"]["properties"]["level"] = {"enum": [*LEVELS, None], "default": None}
    parts["Opinion"]["properties"]["step"] = parts["Application"]["properties"]["steps"]["items"] = DECIDER
    return schema


def log_entry_text() -> str:
    return json.dumps(log_entry_schema(), ensure_ascii=False, indent=1, sort_keys=True) + "\n"


def log_words_page() -> str:
    lines = [HEAD, "## `EntryKind`: kinds of entries 条目种类", ""]
    lines += [
        "After a remark what somebody saw before is still good to act on. `sets`: the moment of the case that it sets.",
        "",
    ]
    lines += ["| word | 中文 | English | remark | sets |", "|---|---|---|---|---|"]
    for kind in EntryKind:
        lines.append(f"| `{kind}` | {kind.zh} | {kind.en} | {'yes' if kind.is_remark else ''} | {kind.moment or ''} |")
    lines += _table("Status", "statuses 状态", {status: (named.zh, named.en) for status, named in STATUSES.items()})
    commands = {word: (transitions_of(word)[0].zh, transitions_of(word)[0].en) for word in COMMANDS}
    lines += _table("command", "commands 操作", commands)
    lines += _table("Role", "posts 岗位", ROLE_NAMES)
    lines += _table("ClockKind", "clocks 计时", CLOCK_NAMES)
    lines += _table("ClosingKind", "closing kinds 结案方式", CLOSING_KINDS)
    lines += _table("Manner", "how an owner was settled 确权方式", MANNERS)
    told = {"EntryKind", "Status", "Role", "ClockKind", "ClosingKind", "Manner"}
    lines += ["", "## The others", "", "| list | words |", "|---|---|"]
    for name, part in sorted(log_entry_schema()["$defs"].items()):
        if "enum" in part and name not in told:
            lines.append(f"| `{name}` | {', '.join(f'`{word}`' for word in part['enum'])} |")
    return "\n".join(lines) + "\n"


def _table(name: str, title: str, words: Mapping[Any, tuple[str, str]]) -> list[str]:
    rows = [f"| `{word}` | {zh} | {en} |" for word, (zh, en) in words.items()]
    return ["", f"## `{name}`: {title}", "", "| word | 中文 | English |", "|---|---|---|", *rows]
