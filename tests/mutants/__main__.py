"""`make mutants`: would the tests notice if a rule were wrong? Every rule file, changed at one place after the other.

Says each file's line as it comes, ends with what is below its floor, and then exits with 1. What survives is either a
missing test, or is looked at by a person and written into `survivors.toml` with a word why. A survivor whose word
begins with "equivalent" changes nothing that anybody could see, and does not count.
"""

from __future__ import annotations

import argparse
import os
import sys
import tomllib
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from functools import partial
from multiprocessing import get_context
from pathlib import Path
from typing import Any, Final

from tests.mutants.trying import tried, warm_up

FORK: Final = get_context("fork")
LOOK_S: Final = 0.5
HERE: Final = Path(__file__).parent
FLOORS: Final[dict[str, int]] = tomllib.loads((HERE / "floors.toml").read_text("utf-8"))
LOOKED_AT: Final[dict[str, dict[str, str]]] = tomllib.loads((HERE / "survivors.toml").read_text("utf-8"))


def floor_of(file: str) -> int:
    """The longest beginning of the path that has a floor says it."""
    return FLOORS[max((start for start in FLOORS if file.startswith(start)), key=len)]


def files_under(beginnings: list[str]) -> list[str]:
    files = [str(path) for path in sorted(Path("gezhi").glob("*/rules/**/*.py"))]
    return [file for file in files if not beginnings or file.startswith(tuple(beginnings))]


def say(line: str) -> None:
    sys.stdout.write(line + "\n")
    sys.stdout.flush()


def tell(file: str, told: dict[str, Any]) -> bool:
    """The file's line and its survivors. True: it is above its floor."""
    if told["red"]:
        say(f"{file}: not tried, {told['red']}")
        return False
    looked_at = LOOKED_AT.get(file, {})
    survivors = [(line, key) for word, line, key in told["results"] if word == "survived"]
    equivalent = sum(looked_at.get(key, "").startswith("equivalent") for _, key in survivors)
    killed = sum(word == "killed" for word, *_ in told["results"])
    valid = killed + len(survivors) - equivalent
    if not valid:
        return True
    rate, floor = 100 * killed / valid, floor_of(file)
    below = "" if rate >= floor else f", BELOW ITS FLOOR OF {floor} %"
    left = f"{len(survivors) - equivalent:3} survived" + (f" ({equivalent} equivalent)" if equivalent else "")
    say(f"{file:58} {valid:4} valid {killed:4} killed {rate:4.0f} % {left}{below}")
    for line, key in survivors:
        say(f"    {line:4} {key}" + (f"  -- {looked_at[key]}" if key in looked_at else ""))
    for key in sorted({key for word, _, key in told["results"] if word == "killed"} & looked_at.keys()):
        say(f"    no longer survives, take it off the list: {key}")
    return bool(rate >= floor)


def apart(work: Callable[[str], dict[str, Any]], file: str) -> dict[str, Any]:
    """Each file in a process of its own, which knows only this file's tests; all begin with what is loaded by now.

    Whether it lives is asked of the system: what it forked may hold its pipe open after it was killed.
    """
    reading, writing = FORK.Pipe(duplex=False)
    child = FORK.Process(target=lambda: writing.send(work(file)))
    child.start()
    writing.close()
    while not reading.poll(LOOK_S) and child.is_alive():
        pass
    with suppress(EOFError):
        if reading.poll():
            told: dict[str, Any] = reading.recv()
            child.join()
            return told
    child.join()
    return {"red": f"its process ended before it had told anything (exit code {child.exitcode})", "results": []}


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.mutants", description=__doc__)
    parser.add_argument("--only", action="append", default=[], help="a file or a folder, as gezhi/cases/rules/steps")
    parser.add_argument("--sites", type=int, default=40, help="so many places of a file, always the same; 0: all")
    parser.add_argument("--jobs", type=int, default=2)
    parser.add_argument("--wide", action="store_true", help="what survives also against all rule tests beside it")
    options = parser.parse_args()
    for name in [name for name in os.environ if name.startswith(("GEZHI_", "DJANGO_"))]:
        del os.environ[name]
    warm_up()
    files = files_under(options.only)
    with ThreadPoolExecutor(options.jobs) as pool:
        told = pool.map(partial(apart, partial(tried, sites=options.sites, wide=options.wide)), files)
        fine = [tell(file, one) for file, one in zip(files, told, strict=True)]
    say(f"{len(files)} files, {fine.count(False)} below their floor")
    return int(not all(fine))


if __name__ == "__main__":
    sys.exit(main())
