"""Commands of the proof: verify, proof now, proof status, proof export; and the log as a file."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import IO, Any

import click
from django.conf import settings
from django.db import Error, transaction

from gezhi.cases.rules.entries import line_of
from gezhi.kernel.problems import Problem
from gezhi.plumbing.clock import system_clock
from gezhi.plumbing.gateways.whole_file import writing
from gezhi.plumbing.limits.disk import has_no_room
from gezhi.plumbing.problem_json import DiskFull
from gezhi.plumbing.terminal import json_option, progress, show
from gezhi.proof.actions import export_proof, hand_to_folder, hand_to_witness, keep_up
from gezhi.proof.gateways.elsewhere import read_elsewhere, read_signer
from gezhi.proof.gateways.receivers import FolderReceiver, receivers_of
from gezhi.proof.gateways.signer_socket import SocketSigner
from gezhi.proof.queries.standing import Standing, get_standing
from gezhi.proof.queries.verification import Verifier
from gezhi.proof.queries.whole_log import stream_texts
from gezhi.proof.rules.keys import VerifierKey, parse_verifier_key
from gezhi.proof.rules.report import Outcome, Report, report_lines
from gezhi.proof.rules.verify_checkpoint import Trust

MOST_SHOWN = 20


class _Key(click.ParamType[VerifierKey]):
    name = "key"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> VerifierKey:
        try:
            return parse_verifier_key(str(value))
        except ValueError as error:
            self.fail(str(error), param, ctx)


@click.command()
@click.option("--anchors", multiple=True, metavar="FOLDER|URL", help="Places elsewhere; GEZHI_ANCHOR_TO if left out.")
@click.option("--key", "keys", multiple=True, type=_Key(), help="Verifier key of the log, as it was written down.")
@click.option("--witness", "witnesses", multiple=True, type=_Key(), help="Verifier key of a witness.")
@json_option
def verify(
    *, anchors: tuple[str, ...], keys: tuple[VerifierKey, ...], witnesses: tuple[VerifierKey, ...], as_json: bool
) -> None:
    """Compare everything with its proof (核验). Ends with 1 if something differs, 2 if something was not looked at."""
    places = [read_elsewhere(place) for place in anchors or settings.GEZHI_ANCHOR_TO]
    known = [parse_verifier_key(text) for text in settings.GEZHI_ANCHOR_KEYS]
    try:
        with progress("核验案件") as done:
            trust = Trust(keys, (*witnesses, *known))
            report = Verifier(places, read_signer(settings.GEZHI_SIGNER_SOCKET), trust, done).verify()
    except Error as error:  # the database went away in the middle
        click.echo(f"未能核验 (could not verify): {error}", err=True)
        sys.exit(Outcome.UNKNOWN)
    show(
        report if not as_json else _told(report),
        as_json=as_json,
        lines=lambda told: list(report_lines(told, MOST_SHOWN)),
    )
    sys.exit(report.outcome)


def _told(report: Report) -> dict[str, Any]:
    """For scripts: the outcome beside the report, and what differs first in each part."""
    return {
        "outcome": report.outcome.name.lower(),
        "differences": sum(len(part.differences) for part in report.parts),
        "parts": report.parts,
        "cover": report.cover,
        "uncovered": report.uncovered,
    }


@click.group()
def proof() -> None:
    """The signed tree over all that is logged (存证)."""


@proof.command()
@json_option
def now(*, as_json: bool) -> None:
    """Make a batch, have it signed and hand it over, now (立即存证)."""
    keep_up(SocketSigner(settings.GEZHI_SIGNER_SOCKET), every_s=0, clock=system_clock)
    keys = [parse_verifier_key(text) for text in settings.GEZHI_ANCHOR_KEYS]
    refused = []
    for receiver in receivers_of(settings.GEZHI_ANCHOR_TO):
        try:
            if isinstance(receiver, FolderReceiver):
                while hand_to_folder(receiver, clock=system_clock):
                    pass
            else:
                hand_to_witness(receiver, keys, clock=system_clock)
        except Problem as refusal:
            refused.append(refusal.text())
    show(get_standing(), as_json=as_json, lines=lambda standing: [*_standing_lines(standing), *refused])
    if refused:
        sys.exit(1)


@proof.command()
@json_option
def status(*, as_json: bool) -> None:
    """How far everything is signed, and who has it (存证状态)."""
    show(get_standing(), as_json=as_json, lines=_standing_lines)


def _standing_lines(standing: Standing) -> list[str]:
    last = standing.checkpoint
    head = f"{last.origin} {last.size}" if last is not None else "尚无检查点 (no checkpoint yet)"
    receipts = [f"{place}: {one.size if one is not None else '–'}" for place, one in standing.receipts.items()]
    return [head, *receipts]


@proof.command()
@click.argument("folder", type=click.Path(file_okay=False, path_type=Path))
def export(folder: Path) -> None:
    """Lines and checkpoints as files; docs/proof-format.md tells how anybody verifies them (导出存证)."""
    click.echo(f"{export_proof(FolderReceiver(folder))} → {folder}")


@click.group("export")
def export_files() -> None:
    """Data out of Gezhi (导出)."""


@export_files.command("log")
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


commands = [verify, proof, export_files]
