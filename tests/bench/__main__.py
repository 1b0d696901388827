"""`make bench`: every speed budget as a ratio measured in one run, in a temporary home with durable settings.

`python -m tests.bench [--cases N] [--only intake,lists,…] [--json]`
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Iterable, Iterator

from tests.bench.measures import Measure, table
from tests.bench.place import temporary_home, web_server

PARTS = ("steps", "points", "deadlines", "log", "clocks", "intake", "lists")
ROUNDS, SECONDS = 5, 5


def read_words() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="make bench", description=__doc__)
    parser.add_argument("--cases", type=int, default=1_000_000, help="cases in the table for lists and map windows")
    parser.add_argument("--days", type=int, default=6, help="days of the city that are lived through the real actions")
    parser.add_argument("--rounds", type=int, default=ROUNDS, help="turns of reports and pgbench")
    parser.add_argument("--only", default=",".join(PARTS), help=f"some of {', '.join(PARTS)}")
    parser.add_argument("--json", action="store_true", help="the result as JSON")
    words = parser.parse_args()
    words.only = words.only.split(",")
    if unknown := set(words.only) - set(PARTS):
        parser.error(f"unknown: {', '.join(sorted(unknown))}")
    return words


def measure(words: argparse.Namespace, say: Saying) -> Iterator[Measure]:
    """The parts in an order in which none disturbs the next: small things first, the million at the end."""
    from tests.bench import city, clocks, deadlines, ground, intake, lists, many_cases, steps, whole_log

    say(f"building a city of {words.days} days ...")
    built = city.build_city(words.days)
    say(f"{built.name}: {built.happenings:,} problems, {built.entries:,} log entries")
    quick = {
        "steps": lambda: steps.measure_steps(built.counting),
        "points": ground.measure_points,
        "deadlines": deadlines.measure_deadlines,
        "log": whole_log.measure_whole_log,
        "clocks": clocks.measure_clocks,
    }
    for name, part in quick.items():
        if name in words.only:
            yield from part()
    if "intake" in words.only:
        with web_server() as port:
            yield from intake.measure_intake(port, rounds=words.rounds, seconds=SECONDS, cases=built.happenings)
    if "lists" in words.only:
        say(f"filling the table up with {words.cases:,} cases ...")
        many_cases.multiply_cases(words.cases)
        with web_server() as port:
            yield from lists.measure_lists(port, words.cases)


class Saying:
    """Tells people what goes on, on standard error, so that --json stays clean."""

    def __call__(self, line: str) -> None:
        sys.stderr.write(f"{line}\n")
        sys.stderr.flush()

    def each(self, measures: Iterable[Measure]) -> list[Measure]:
        found = []
        for one in measures:
            found.append(one)
            self(f"  {one.name}: {'kept' if one.kept else 'MISSED'}")
        return found


def main() -> int:
    words, say = read_words(), Saying()
    with temporary_home():
        from tests.bench.machine import describe_machine

        machine = describe_machine()
        measures = say.each(measure(words, say))
    if words.json:
        result = {"machine": machine, "measures": [one.as_dict() for one in measures]}
        sys.stdout.write(json.dumps(result, ensure_ascii=False, indent=1) + "\n")
    else:
        lines = [*(f"{name:<14}{value}" for name, value in machine.items()), "", *table(measures)]
        sys.stdout.write("\n".join(lines) + "\n")
    return 0 if all(one.kept for one in measures) else 1


if __name__ == "__main__":
    sys.exit(main())
