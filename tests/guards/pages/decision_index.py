"""`docs/decisions/README.md`: the index of the decision records."""

from __future__ import annotations

from tests.guards.source import ROOT

HEAD = """\
# Decisions

One page each: what was to be decided, what was decided, why, and what it costs. A decision that no longer holds
is marked as replaced and stays.

Written by `make generated`; do not edit.

"""


def decision_index() -> str:
    lines = []
    for path in sorted((ROOT / "docs" / "decisions").glob("[0-9]*.md")):
        title, status = path.read_text(encoding="utf-8").split("\n", 2)[:2]
        lines.append(f"- [{path.stem[:4]}]({path.name}) {title.removeprefix('# ').partition('. ')[2]} — {status}\n")
    return HEAD + "".join(lines)
