"""`make bench`: every speed budget as a ratio measured in one run, in a temporary home with durable settings.

`python -m tests.bench [--cases N] [--only intake,lists,…] [--small] [--json]`
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace

from gezhi.kernel.permissions import Role
from tests.bench.measures import Measure, lines_of
from tests.bench.place import temporary_home, web_server
from tests.bench.sizes import SMALL, Sizes

PARTS = ("founding", "steps", "points", "deadlines", "log", "duties", "lists", "intake", "clocks")


def read_words() -> argparse.Namespace:
    full = Sizes()
    parser = argparse.ArgumentParser(prog="make bench", description=__doc__)
    parser.add_argument("--cases", type=int, help=f"cases in the table for lists and reports ({full.cases:,})")
    parser.add_argument("--days", type=int, help=f"days of the city lived through the real actions ({full.days})")
    parser.add_argument("--rounds", type=int, help=f"turns of reports and pgbench ({full.rounds})")
    parser.add_argument("--only", default=",".join(PARTS), help=f"some of {', '.join(PARTS)}")
    parser.add_argument("--small", action="store_true", help="everything tiny: whether it runs, not how fast")
    parser.add_argument("--json", action="store_true", help="the result as JSON")
    words = parser.parse_args()
    words.only = words.only.split(",")
    if unknown := set(words.only) - set(PARTS):
        parser.error(f"unknown: {', '.join(sorted(unknown))}")
    return words


def sizes_of(words: argparse.Namespace) -> Sizes:
    asked = {name: getattr(words, name) for name in ("cases", "days", "rounds")}
    return replace(SMALL if words.small else Sizes(), **{name: size for name, size in asked.items() if size})


def measure(sizes: Sizes, only: list[str]) -> Iterator[Measure]:
    """The parts in an order in which none disturbs the next: the founding needs an empty database; the reports come
    when lists have the million that is one in fifty open, the hundred thousand open cases of the clocks last.
    """
    from tests.bench import (
        city,
        clocks,
        deadlines,
        duty_table,
        founding,
        ground,
        intake,
        lists,
        many_cases,
        steps,
        whole_log,
    )

    if "founding" in only:
        yield from founding.measure_founding(sizes.grids)
    if only == ["founding"]:
        return
    say(f"building a city of {sizes.days} days ...")
    built = city.build_city(sizes.days, sizes.preset)
    say(f"{built.name}: {built.happenings:,} problems, {built.entries:,} log entries")
    quick: dict[str, Callable[[], Iterable[Measure]]] = {
        "steps": lambda: steps.measure_steps(built.counting),
        "points": lambda: ground.measure_points(sizes.points),
        "deadlines": lambda: deadlines.measure_deadlines(sizes.starts),
        "log": whole_log.measure_whole_log,
        "duties": lambda: duty_table.measure_duty_table(sizes.duties, sizes.calls),
    }
    for name, part in quick.items():
        if name in only:
            yield from part()
    if "lists" in only:
        say(f"filling the table up with {sizes.cases:,} cases ...")
        many_cases.multiply_cases(sizes.cases)
    if {"lists", "intake"} & set(only):
        token = city.token_of(city.somebody(Role.CHANNEL))  # before the server looks for tokens
        with web_server() as port:
            if "lists" in only:
                yield from lists.measure_lists(port, sizes.calls)
            if "intake" in only:
                yield from intake.measure_intake(port, token, sizes)
    if "clocks" in only:
        yield from clocks.measure_clocks(sizes.open_cases, sizes.due)


def say(line: str) -> None:
    """Tells people what goes on, on standard error, so that --json stays clean."""
    sys.stderr.write(f"{line}\n")
    sys.stderr.flush()


def main() -> int:
    words, measures = read_words(), []
    with temporary_home():
        from tests.bench.machine import describe_machine

        machine = describe_machine()
        show = say if words.json else print
        show("\n".join(f"{name:<14}{value}" for name, value in machine.items()))
        for one in measure(sizes_of(words), words.only):
            measures.append(one)
            show("\n".join(lines_of(one)))
    if words.json:
        result = {"machine": machine, "measures": [one.as_dict() for one in measures]}
        sys.stdout.write(json.dumps(result, ensure_ascii=False, indent=1) + "\n")
    return 0 if all(one.kept for one in measures) else 1


if __name__ == "__main__":
    sys.exit(main())
