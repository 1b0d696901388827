"""`make fuzz`: the real server under requests that its description allows and forbids, in every role.

First every place of every operation with every value of `values`, then what schemathesis makes of the description.
Ends with an error where an answer is a 500, is documented nowhere or has another shape.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from pathlib import Path

import click

from gezhi.plumbing.clock import system_clock
from tests.bench.place import ROOT, temporary_home, web_server
from tests.fuzz.checking import CHECKS, Tally, table
from tests.fuzz.city import ids_by_name, tokens_by_role
from tests.fuzz.hostile import send_hostile

TOLD = 60


def say(words: str) -> None:
    click.echo(f"{time.strftime('%H:%M:%S')} {words}")
    sys.stdout.flush()


def make_city(days: int) -> None:
    command = [sys.executable, "-m", "gezhi.assembly.command_line", "demo", "--city", "yunting"]
    subprocess.run([*command, "--days", str(days), "--no-serve"], check=True, stdout=subprocess.DEVNULL)


def run(port: int, tally: Tally, token: str, examples: int, seed: int, phases: str, home: Path) -> None:
    """What schemathesis sends in one role, counted by `hooks`."""
    role, counted = tally.name, home / f"{tally.name}.json"
    command = [sys.executable, "-m", "schemathesis.cli", "run", f"http://127.0.0.1:{port}/api/v1/openapi.json"]
    options = ["--checks", ",".join(CHECKS), "--phases", phases, "--max-examples", str(examples)]
    options += ["--seed", str(seed), "--continue-on-failure", "--no-shrink", "--generation-database", "none"]
    told = {"ROLE": role, "IDS": str(home / "ids.json"), "COUNTED": str(counted)}
    subprocess.run(
        [*command, *options, "-H", f"Authorization: Bearer {token}"],
        env={
            **os.environ,
            "PYTHONPATH": str(ROOT),
            "SCHEMATHESIS_HOOKS": "tests.fuzz.hooks",
            **{f"GEZHI_FUZZ_{name}": value for name, value in told.items()},
        },
        cwd=home,
        stdout=subprocess.DEVNULL,
        check=False,
    )
    tally.add(counted)


@click.command()
@click.option("--examples", default=20, show_default=True, help="Of each operation in each role.")
@click.option("--phases", default="examples,coverage,fuzzing", show_default=True, help="Of schemathesis.")
@click.option("--days", default=7, show_default=True, help="Of the city's life.")
@click.option("--seed", default=1, show_default=True)
@click.option("--every", default=1, show_default=True, help="Of so many values of each operation one.")
def main(examples: int, phases: str, days: int, seed: int, every: int) -> None:
    began = time.monotonic()
    with temporary_home() as home:
        make_city(days)
        ids = ids_by_name()
        (home / "ids.json").write_text(json.dumps(ids))
        tokens = tokens_by_role(system_clock())
        tallies = {role: Tally(role) for role in tokens}
        with web_server() as port:
            say("every place of every operation with every value that nobody should send")
            send_hostile(port, tokens, ids, tallies, every)
            for at, (role, tally) in enumerate(tallies.items()):
                say(f"{sum(one.sent for one in tallies.values())} requests; schemathesis as {role}")
                run(port, tally, tokens_by_role(system_clock())[role], examples, seed + at, phases, home)
    click.echo("\n".join(sorted({fault for one in tallies.values() for fault in one.undocumented})[:TOLD]))
    click.echo(table(list(tallies.values())))
    say(f"{time.monotonic() - began:.0f} s in all")
    if any(one.crashes or one.undocumented for one in tallies.values()):
        sys.exit(1)


if __name__ == "__main__":
    main()
