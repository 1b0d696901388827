"""`make fuzz`: the real server under requests that its description allows and forbids, in every role.

An error where an answer is a 500, is documented nowhere or has another shape. Alone on a machine some 50,000 requests
take half an hour; `--examples` says how many each operation gets in each role.
"""

from __future__ import annotations

import re
import subprocess
import sys
import time
from datetime import UTC, datetime

import click

from tests.bench.place import temporary_home, web_server
from tests.fuzz.checking import CHECKS, FORGED, forged_cursors, tokens_by_role

GENERATED = re.compile(r"(\d[\d,]*) generated")


def say(words: str) -> None:
    click.echo(f"{time.strftime('%H:%M:%S')} {words}")
    sys.stdout.flush()


def make_city(days: int) -> dict[str, str]:
    """A small invented city, and a token of one person in each role."""
    command = [sys.executable, "-m", "gezhi.assembly.command_line", "demo", "--city", "yunting"]
    subprocess.run([*command, "--days", str(days), "--no-serve"], check=True, stdout=subprocess.DEVNULL)
    return tokens_by_role(datetime.now(UTC).date())


def run(port: int, role: str, token: str, examples: int, seed: int) -> tuple[int, bool]:
    """How many requests were sent in this role, and whether every answer was a documented one."""
    command = [sys.executable, "-m", "schemathesis.cli", "run", f"http://127.0.0.1:{port}/api/v1/openapi.json"]
    options = ["--checks", ",".join(CHECKS), "--phases", "examples,coverage,fuzzing", "--max-examples", str(examples)]
    done = subprocess.run(
        [*command, *options, "--seed", str(seed), "--continue-on-failure", "-H", f"Authorization: Bearer {token}"],
        capture_output=True,
        text=True,
        check=False,
    )
    found = GENERATED.search(done.stdout)
    if done.returncode:
        click.echo(done.stdout[-20_000:] + done.stderr[-2_000:])
    say(f"{role}: {found[1] if found else '?'} requests, {'clean' if done.returncode == 0 else 'NOT CLEAN'}")
    return int(found[1].replace(",", "")) if found else 0, done.returncode == 0


@click.command()
@click.option("--examples", default=20, show_default=True, help="Of each operation in each role.")
@click.option("--roles", default="", help="Only these, comma between.")
@click.option("--days", default=3, show_default=True, help="Of the city's life.")
@click.option("--seed", default=1, show_default=True)
def main(examples: int, roles: str, days: int, seed: int) -> None:
    with temporary_home():
        tokens = make_city(days)
        chosen = [role for role in tokens if not roles or role in roles.split(",")]
        with web_server() as port:
            faults = forged_cursors(port, tokens["administrator"])
            say(f"forged cursors: {len(FORGED)} in every list, {len(faults)} faults {faults[:5]}")
            told = [run(port, role, tokens[role], examples, seed + at) for at, role in enumerate(chosen)]
    say(f"{sum(count for count, _ in told)} requests in {len(told)} roles")
    if faults or not all(good for _, good in told):
        sys.exit(1)


if __name__ == "__main__":
    main()
