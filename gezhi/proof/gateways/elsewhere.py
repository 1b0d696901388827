"""Reads what second places keep, for a verification. Nothing here ends in an error: what cannot be read is told."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from pathlib import Path

from gezhi.kernel.problems import Problem
from gezhi.plumbing.gateways.plain_file import read_plain
from gezhi.proof.gateways.receivers import FolderReceiver, HttpWitness, receivers_of
from gezhi.proof.gateways.signer_socket import SocketSigner
from gezhi.proof.rules.checkpoint import Checkpoint
from gezhi.proof.rules.elsewhere import Bundle, Elsewhere, LastSigned
from gezhi.proof.rules.leaves import LONGEST_LINE
from gezhi.proof.rules.receivers import ReceiverAway
from gezhi.proof.rules.tiles import WIDTH
from gezhi.proof.rules.tree import HASH_SIZE

LONGEST_NOTE = 100_000
LONGEST_TILE = WIDTH * HASH_SIZE
LONGEST_BUNDLE = WIDTH * (2 + LONGEST_LINE)
NAME = re.compile(r"(entries|\d{1,2})/((?:x\d{3}/)*\d{3})(?:\.p/([1-9]\d{0,2}))?")


def read_elsewhere(place: str) -> Elsewhere:
    """A folder as it was handed over or exported, or the last checkpoint of a witness."""
    (receiver,) = receivers_of([place])
    try:
        return _read_witness(receiver) if isinstance(receiver, HttpWitness) else _read_folder(receiver)
    except ReceiverAway as away:
        return Elsewhere(_written(place), failed=_written(away.text("zh")))


def _read_witness(witness: HttpWitness) -> Elsewhere:
    return Elsewhere(witness.name, notes=((witness.name, witness.get_checkpoint().encode()),))


def _read_folder(receiver: FolderReceiver) -> Elsewhere:
    try:
        is_there = receiver.folder.is_dir()
    except OSError as error:
        raise ReceiverAway(receiver=receiver.name, reason=error.strerror) from error
    if not is_there:
        raise ReceiverAway(receiver=receiver.name, reason="no folder")
    notes, unreadable = [], []
    for origin in receiver.origins():
        for _, file in receiver.checkpoints(origin):
            where = _written(file.relative_to(receiver.folder).as_posix())
            try:
                notes.append((where, read_plain(file, LONGEST_NOTE)))
            except OSError as error:
                unreadable.append((where, str(error.strerror)))
    if not notes and not unreadable:
        raise ReceiverAway(receiver=receiver.name, reason="no checkpoint")
    return Elsewhere(_written(receiver.name), tuple(notes), lambda: _bundles(receiver), tuple(unreadable))


def _bundles(receiver: FolderReceiver) -> Iterator[Bundle]:
    for origin in receiver.origins():
        folder = receiver.folder / origin / "tile"
        for file in sorted(folder.rglob("*")):
            name = NAME.fullmatch(file.relative_to(folder).as_posix())
            if name is not None and not file.is_dir():
                number = int(name[2].replace("/", "").replace("x", ""))
                level = None if name[1] == "entries" else int(name[1])
                body, unreadable = b"", ""
                try:
                    body = read_plain(file, LONGEST_BUNDLE if level is None else LONGEST_TILE)
                except OSError as error:
                    unreadable = str(error.strerror)
                yield Bundle(_written(origin), number, int(name[3] or WIDTH), body, level, unreadable)


def _written(name: str) -> str:
    """A name as it can be written out: a file's may hold bytes that are no text."""
    return os.fsencode(name).decode(errors="backslashreplace")


def read_signer(socket: Path) -> LastSigned:
    try:
        head = SocketSigner(socket, timeout_s=3.0).ask().head
    except (Problem, RecursionError):  # away, or it answers something else
        return LastSigned()
    return LastSigned(Checkpoint(head.origin, head.size, head.root))
