"""What commands share: `--json`, progress on a terminal, plain lines elsewhere, the language of whoever reads."""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any, TypeVar

import click
import msgspec
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

LINE_EVERY_S = 5.0

F = TypeVar("F", bound=Callable[..., Any])


def json_option(command: F) -> F:
    """Adds `--json`, passed as `as_json`: the result as one JSON value on standard output and nothing else there."""
    return click.option("--json", "as_json", is_flag=True, help="The result as JSON, for scripts.")(command)


def show(result: Any, *, as_json: bool, lines: Callable[[Any], Iterator[str] | list[str]]) -> None:
    """The result for a script, or as lines for a reader."""
    if as_json:
        click.echo(msgspec.json.encode(result, enc_hook=str).decode())
        return
    for line in lines(result):
        click.echo(line)


@contextmanager
def progress(what: str, total: int | None = None) -> Iterator[Callable[[int], None]]:
    """`with progress("建网格", 900) as done: done(1)`: a bar on a terminal, a line every few seconds elsewhere.

    Always on standard error, so that `--json` stays clean.
    """
    if sys.stderr.isatty():
        columns = TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn()
        from rich.console import Console  # noqa: PLC0415 - only where somebody looks

        with Progress(*columns, console=Console(stderr=True)) as bars:
            bar = bars.add_task(what, total=total)
            yield lambda count: bars.advance(bar, count)
        return
    done, started, told = 0, time.monotonic(), time.monotonic()
    of_total = f" / {total}" if total is not None else ""

    def advance(count: int) -> None:
        nonlocal done, told
        done += count
        if time.monotonic() - told >= LINE_EVERY_S:
            told = time.monotonic()
            click.echo(f"{what}: {done}{of_total}", err=True)

    yield advance
    click.echo(f"{what}: {done}{of_total} ({time.monotonic() - started:.1f} s)", err=True)


def speaks_english() -> bool:
    """Whether this terminal's owner reads English rather than Chinese."""
    words = [os.environ.get(name, "") for name in ("GEZHI_LANGUAGE", "LC_ALL", "LC_MESSAGES", "LANG")]
    first = next((word for word in words if word and word not in {"C", "POSIX", "C.UTF-8"}), "zh")
    return first.lower().startswith("en")
