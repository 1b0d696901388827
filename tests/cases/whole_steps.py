"""What every command does, whole, as a page to read: `python -m tests.cases.whole_steps` writes it anew.

The ways are those of the golden log, decided by the rules as they are now, and those of `more_ways`. A changed rule
shows here as changed lines: read them before you write the page anew.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, Final

import msgspec

from gezhi.cases.rules.available import available, expected
from gezhi.cases.rules.clocks.stage_spans import stage_spans
from gezhi.cases.rules.columns import application_columns_of, columns_of, first_columns_of
from gezhi.cases.rules.evolve import evolve
from gezhi.cases.rules.state import CaseState
from tests.cases.golden.cases import WAYS, Golden
from tests.cases.more_ways import MORE_WAYS
from tests.cases.world import CREW_MAN, HOUR, PEOPLE, POWER_MAN

PAGE: Final = Path(__file__).parent / "rules" / "whole_steps.txt"
MOMENTS: Final = range(1_700_000_000, 2_000_000_000)


def walked() -> dict[str, list[str]]:
    """Each way by its name, with the lines of its steps."""
    pages = {}
    for number, way in enumerate((*WAYS, *MORE_WAYS), 1):
        walk = Golden(number)
        way(walk)
        pages[way.__name__.replace("_", " ")] = [*_steps(walk), *_left(walk)]
    return pages


def written() -> dict[str, list[str]]:
    """The committed page, way by way."""
    pages = PAGE.read_text("utf-8").split("# ")[1:]
    return {name: lines for name, *lines in (page.rstrip("\n").split("\n") for page in pages)}


def _steps(walk: Golden) -> Iterator[str]:
    """Every step, and what is expected next."""
    state: CaseState | None = None
    for entry in walk.entries:
        state = evolve(state, entry)
        step = msgspec.to_builtins(entry.step)
        yield f"{_text(entry.happened)} {entry.command} by {entry.role} → {step.pop('status')}"
        for name, value in step.items():
            for one in value if isinstance(value, tuple) else [value]:
                yield f"    {name}: {_text(one) or 'nothing'}"
        yield f"    next: {' '.join(expected(state)) or 'nothing'}"


def _left(walk: Golden) -> Iterator[str]:
    """An hour later: its stages, its columns and what everybody may do."""
    yield "in the end"
    for span in stage_spans(walk.entries, now=walk.moment + HOUR):
        yield f"    stage {span.stage.value}: {_text(msgspec.to_builtins(span))}"
    for name, value in {**first_columns_of(walk.now), **columns_of(walk.now)}.items():
        if value not in (None, False, "", []):
            yield f"    {name}: {_text(value)}"
    for application in walk.now.applications:
        yield f"    application: {_text(application_columns_of(walk.now, application))}"
    for actor in (*PEOPLE.values(), POWER_MAN, CREW_MAN):
        words = available(walk.now, actor, walk.policy, matrix=walk.matrix)
        yield f"    {actor.role} {actor.user_id} may: {' '.join(words) or 'nothing'}"


def _text(value: Any) -> str:
    match value:
        case dict():
            parts = {name: part for name, part in value.items() if part not in (None, False, "", (), [])}
            return " ".join(f"{name}={_text(part)}" for name, part in parts.items())
        case list() | tuple():
            return f"[{'; '.join(map(_text, value))}]"
        case int() if value in MOMENTS:
            return f"{datetime.fromtimestamp(value, UTC) + timedelta(hours=8):%a %d.%m.%Y %H:%M:%S}"
        case str() if len(value) == 64 and not value.strip("0123456789abcdef"):
            return f"picture {value[:8]}"
        case str():
            return repr(value) if not value.isprintable() or " " in value else value
    return str(value)


def main() -> None:
    PAGE.write_text("\n".join(f"# {name}\n" + "\n".join(lines) + "\n" for name, lines in walked().items()), "utf-8")


if __name__ == "__main__":
    main()
