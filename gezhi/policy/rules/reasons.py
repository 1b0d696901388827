"""理由目录: the closed lists of reasons beside the free text, and the wording proposed for answers. Rows of data: the
presets are a table of the package, and the local policy with its versions gives a command a city's own list.

Figures are told apart by the code, so it stands in the entry and is always chosen: nothing stands in for it.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence

import msgspec

from gezhi.kernel.problems import Problem
from gezhi.kernel.words import is_blank
from gezhi.policy.rules.channels import CODE

OTHER = "other"
CLOSE = "close"
"""The command whose rows are no reasons: their codes are the closing kinds, and only their answers are proposed."""


class Reason(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """理由. `command` is what it is given with; `answer` is proposed as the answer to those who reported the case."""

    command: str
    code: str
    zh: str
    en: str
    answer: str = ""


class UnknownReason(Problem):
    code = "policy.reasons.unknown-reason"
    status = 422
    title = "请从理由目录中选择：{listed}。"
    title_en = "Choose one of the list of reasons: {listed_en}."


class BadReasons(Problem):
    code = "policy.reasons.bad-reasons"
    status = 422
    title = "理由目录无效：{what}。"
    title_en = "The list of reasons is not valid: {what_en}."


def reason_code(reasons: Iterable[Reason], command: str, code: str) -> str:
    """The code as the entry has it: one of the command's list. The refusal names all of them."""
    known = {one.code: one.zh for one in reasons if one.command == command}
    if code not in known:
        listed = "、".join(f"{one}（{zh}）" for one, zh in known.items())
        raise UnknownReason(field="reason_code", listed=listed, listed_en=", ".join(known))
    return code


def check_reasons(presets: Sequence[Reason], own: Sequence[Reason]) -> None:
    """The lists with a city's own: each command of the presets has one with `other` in it, and no command is added;
    codes are unique, names stand in both languages.
    """
    reasons, commands = own_lists(presets, own), {one.command for one in presets}
    keys = [(one.command, one.code) for one in reasons]
    listed = {command for command, code in keys if code == OTHER}
    faults = (
        (
            any(one.command not in commands or not CODE.fullmatch(one.code) for one in reasons),
            "操作不存在，或代码不是由小写字母、数字和连字符组成",
            "an unknown command, or a code of other characters than a-z, 0-9 and -",
        ),
        (len(set(keys)) < len(keys), "同一操作的代码重复", "a code stands twice for one command"),
        (any(is_blank(one.zh) or is_blank(one.en) for one in reasons), "缺少名称", "a name is missing"),
        (not commands - {CLOSE} <= listed, "每个操作都须有“其他”（other）", "every command needs “other”"),
    )
    for wrong, what, what_en in faults:
        if wrong:
            raise BadReasons(field="reasons", what=what, what_en=what_en)


def own_lists(presets: Iterable[Reason], own: Sequence[Reason]) -> tuple[Reason, ...]:
    """These lists with a city's own: whatever command it names, its list takes the place of the preset one."""
    named = {one.command for one in own}
    return (*(one for one in presets if one.command not in named), *own)


def read_reasons(text: str) -> tuple[Reason, ...]:
    """The rows of a table of reasons (CSV)."""
    return tuple(Reason(**row) for row in csv.DictReader(io.StringIO(text)))
