"""Commands of cases: verify-log, export log, anchor."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

import click
from django.db import transaction

from gezhi.cases.actions import take_anchor
from gezhi.cases.queries.anchor_copies import copy_of, read_copies
from gezhi.cases.queries.verification import Verification, verify_log
from gezhi.cases.queries.whole_log import count_cases_and_entries, stream_texts
from gezhi.cases.rules.proof.chain import line_of
from gezhi.plumbing.clock import system_clock
from gezhi.plumbing.terminal import json_option, progress, show

MOST_SHOWN = 50


@click.command("verify-log")
@json_option
def verify(*, as_json: bool) -> None:
    """Fold every case log anew and compare it, to the last field and the last anchor (核验案件日志)."""
    cases, _ = count_cases_and_entries()
    with progress("核验案件", cases) as done:
        result = verify_log(read_copies(), done)
    show(result, as_json=as_json, lines=_lines)
    if result.findings:
        sys.exit(1)


def _lines(result: Verification) -> list[str]:
    head = f"案件 {result.cases}，日志 {result.entries} 条，锚 {result.anchors} 个，差异 {len(result.findings)} 处"
    shown = [
        f"{one.no or one.case} 第 {one.seq} 条：{one.zh} ({one.en}) [{one.kind}]"
        for one in result.findings[:MOST_SHOWN]
    ]
    more = (
        [f"… 另有 {len(result.findings) - MOST_SHOWN} 处，用 --json 查看全部"]
        if len(result.findings) > MOST_SHOWN
        else []
    )
    return [head, *shown, *more]


@click.command()
@json_option
def anchor(*, as_json: bool) -> None:
    """Take an anchor now and keep its copy outside the database (生成日志锚)."""
    taken = take_anchor(clock=system_clock)
    result = (
        {
            "number": taken.number,
            "cases": taken.count,
            "file": str(copy_of(taken.number)),
            "digest": bytes(taken.digest).hex(),
        }
        if taken is not None
        else {}
    )
    show(result, as_json=as_json, lines=_anchor_lines)


def _anchor_lines(taken: dict[str, Any]) -> list[str]:
    if not taken:
        return ["没有新的变化"]
    return [f"#{taken['number']}: {taken['cases']} → {taken['file']}", f"sha256 {taken['digest']}"]


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


commands = [verify, anchor, export]
