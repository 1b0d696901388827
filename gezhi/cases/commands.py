"""Commands of cases: the log as a file."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import IO

import click
from django.db import transaction

from gezhi.cases.queries.whole_log import stream_texts
from gezhi.cases.rules.proof.chain import line_of
from gezhi.plumbing.gateways.whole_file import writing
from gezhi.plumbing.limits.disk import has_no_room
from gezhi.plumbing.problem_json import DiskFull


@click.group()
def export() -> None:
    """Data out of Gezhi (导出)."""


@export.command("log")
@click.option("--output", type=click.Path(dir_okay=False, path_type=Path), help="A file; standard output if left out.")
def export_log(output: Path | None) -> None:
    """The case log, one JSON line per entry: algorithm, hash, entry; docs/log-format.md tells all (导出案件日志)."""
    if output is None:
        _write_log(sys.stdout.buffer)
        return
    try:
        with writing(output, halves=output.parent) as stream:
            _write_log(stream)
    except OSError as error:
        if has_no_room(error):
            raise DiskFull from error
        raise


def _write_log(stream: IO[bytes]) -> None:
    with transaction.atomic():
        for text, digest, algorithm in stream_texts():
            stream.write(line_of(text, digest, algorithm))
    stream.flush()


commands = [export]
