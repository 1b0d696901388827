"""Commands of cases: the log as a file."""

from __future__ import annotations

import sys
from pathlib import Path

import click
from django.db import transaction

from gezhi.cases.queries.whole_log import stream_texts
from gezhi.cases.rules.proof.chain import line_of


@click.group()
def export() -> None:
    """Data out of Gezhi (导出)."""


@export.command("log")
@click.option("--output", type=click.Path(dir_okay=False, path_type=Path), help="A file; standard output if left out.")
def export_log(output: Path | None) -> None:
    """The case log, one JSON line per entry: algorithm, hash, entry; docs/log-format.md tells all (导出案件日志)."""
    stream = output.open("wb") if output is not None else sys.stdout.buffer
    with transaction.atomic():
        for text, digest, algorithm in stream_texts():
            stream.write(line_of(text, digest, algorithm))
    stream.flush()
    if output is not None:
        stream.close()


commands = [export]
