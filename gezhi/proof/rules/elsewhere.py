"""第二处的内容: what a place elsewhere keeps, as a verification meets it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

import msgspec

from gezhi.proof.rules.checkpoint import SIZE, Checkpoint


class Bundle(msgspec.Struct, frozen=True):
    """A bundle of lines: which one of which origin, how many lines its name says, and its content. With a level it is
    a tile of hashes. `unreadable` says why there is no content.
    """

    origin: str
    number: int
    width: int
    body: bytes
    level: int | None = None
    unreadable: str = ""


def _nothing() -> Iterator[Bundle]:
    yield from ()


class Elsewhere(msgspec.Struct, frozen=True):
    """The notes of one place, and its bundles of lines, which are read when they are asked for.

    `failed` says why it could not be asked; `unreadable` names files that could not be read.
    """

    name: str
    notes: tuple[tuple[str, bytes], ...] = ()
    bundles: Callable[[], Iterator[Bundle]] = _nothing
    unreadable: tuple[tuple[str, str], ...] = ()
    failed: str = ""


def sizes_told(notes: Iterable[bytes], origin: str | None = None) -> Iterator[int]:
    """The sizes of which notes speak, of one origin or of all, whether or not they hold anything else."""
    for note in notes:
        name, size, *_ = (*note.split(b"\n", 2), b"")
        digits = size.decode("ascii", "replace")
        if SIZE.fullmatch(digits) and origin in (None, name.decode(errors="replace")):
            yield int(digits)


class LastSigned(msgspec.Struct, frozen=True):
    """What the signer itself says to have signed last; None where it does not answer."""

    head: Checkpoint | None = None
