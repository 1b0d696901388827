"""`docs/errors.md`: every expected problem with its code, as an administrator or an integrator looks it up."""

from __future__ import annotations

import importlib
import pkgutil
from functools import cache
from pathlib import Path

import gezhi
from gezhi.kernel.problems import Problem

HEAD = """\
# Problems 问题代码

Every refusal is `application/problem+json` (RFC 9457) with `code`, `title` in the user's language, `title_zh`,
`title_en`, `status`, `field` where one input is at fault, `details` and `request_id`. Codes never change; `{words}` are
filled in from `details`.

Written by `make generated`; do not edit.
"""


@cache
def all_problems() -> tuple[type[Problem], ...]:
    """Every subclass of Problem in the package, after each of its modules was loaded."""
    for module in pkgutil.walk_packages(gezhi.__path__, "gezhi."):
        if ".migrations" not in module.name and not module.name.endswith((".manage", ".wsgi", "__main__")):
            importlib.import_module(module.name)
    found: list[type[Problem]] = []
    waiting = Problem.__subclasses__()
    while waiting:
        one = waiting.pop()
        waiting += one.__subclasses__()
        if one.__module__.startswith("gezhi.") and "code" in vars(one):
            found.append(one)
    return tuple(sorted(found, key=lambda one: (one.code, one.__module__)))


def problem_page() -> str:
    lines = [HEAD]
    capability = ""
    for one in all_problems():
        owner = one.code.split(".", 1)[0]
        if owner != capability:
            capability = owner
            lines += ["", f"## {owner}", "", "| code | status | 中文 | English | raised by |", "|---|---|---|---|---|"]
        module = importlib.import_module(one.__module__)
        file = Path(str(module.__file__)).relative_to(Path(gezhi.__path__[0]).parent).as_posix()
        lines.append(f"| `{one.code}` | {one.status} | {_cell(one.title)} | {_cell(one.title_en)} | `{file}` |")
    return "\n".join(lines) + "\n"


def _cell(text: str) -> str:
    return text.replace("\n", " ").replace("|", "\\|")
