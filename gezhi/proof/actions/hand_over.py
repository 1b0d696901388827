"""移交: what was signed goes to other places. Asked outside of any transaction; one that was away is caught up with."""

from __future__ import annotations

from collections.abc import Sequence

from gezhi.people.queries import as_datetime
from gezhi.plumbing.clock import Clock
from gezhi.proof.models import ProofReceipt
from gezhi.proof.queries.checkpoints import (
    Kept,
    get_last_checkpoint,
    last_received,
    list_checkpoints,
)
from gezhi.proof.queries.trees import list_hashes, list_leaves, read_nodes
from gezhi.proof.rules.keys import VerifierKey
from gezhi.proof.rules.notes import parse_note
from gezhi.proof.rules.receivers import Folder, ReceiverAway, ReceiverDisagrees, Witness, checkpoint_path
from gezhi.proof.rules.tiles import WIDTH, bundle, full_tiles, tile_path
from gezhi.proof.rules.tree import consistency_proof
from gezhi.proof.rules.witnessing import AddCheckpoint, fitting_receipts, size_told

AT_ONCE = 100
OK, CONFLICT, NO_CONTINUATION = 200, 409, 422
TRIES = 3


def hand_to_folder(folder: Folder, *, clock: Clock) -> bool:
    """Every checkpoint that the folder lacks, after the tiles that it covers. True when more are waiting."""
    last = get_last_checkpoint()
    if last is None:
        return False
    there = folder.last_size(last.origin)
    if there > last.size:
        raise ReceiverDisagrees(receiver=folder.name, reason=f"{there} > {last.size}")
    missing = list_checkpoints(last.tree, there, AT_ONCE)
    for kept in missing:
        for level, number in full_tiles(there, kept.size):
            _put_tile(folder, kept, level, number)
        folder.put(f"{kept.origin}/{checkpoint_path(kept.size)}", kept.note.encode())
        there = kept.size
    if missing:
        _keep_receipt(folder.name, missing[-1], "", clock=clock)
    return len(missing) == AT_ONCE


def _put_tile(folder: Folder, kept: Kept, level: int, number: int) -> None:
    first = number * WIDTH
    hashes = list_hashes(kept.tree, level, first, first + WIDTH)
    if level == 0:
        lines = [leaf.line for leaf in list_leaves(kept.tree, first, first + WIDTH)]
        folder.put(f"{kept.origin}/{tile_path('entries', number)}", bundle(lines))
    folder.put(f"{kept.origin}/{tile_path(level, number)}", b"".join(hashes))


def hand_to_witness(witness: Witness, keys: Sequence[VerifierKey], *, clock: Clock) -> bool:
    """The last checkpoint, with one proof from whatever the witness has. True where a receipt came."""
    last = get_last_checkpoint()
    if last is None or last_received(witness.name, last.tree) >= last.size:
        return False
    note, node = parse_note(last.note), read_nodes(last.tree, last.size)
    old, answer = last_received(witness.name, last.tree), ""
    for _ in range(TRIES):
        proof = consistency_proof(old, last.size, node)
        status, answer = witness.add(AddCheckpoint(old, tuple(proof), note).body)
        if status == OK:
            break
        if status == NO_CONTINUATION:
            raise ReceiverDisagrees(receiver=witness.name, reason=answer[:200].strip())
        if status != CONFLICT:
            raise ReceiverAway(receiver=witness.name, reason=f"HTTP {status} {answer[:200].strip()}")
        told = _size_of(witness, answer)
        if told > last.size or told == old:
            raise ReceiverDisagrees(receiver=witness.name, reason=f"HTTP {CONFLICT}: {told} / {last.size}")
        old = told
    else:
        raise ReceiverAway(receiver=witness.name, reason=f"HTTP {CONFLICT} {answer[:200].strip()}")
    try:
        receipts = fitting_receipts(note, answer, keys)
    except ValueError as error:
        raise ReceiverDisagrees(receiver=witness.name, reason=str(error)) from error
    _keep_receipt(witness.name, last, "".join(one.line for one in receipts), clock=clock)
    return True


def _size_of(witness: Witness, answer: str) -> int:
    try:
        return size_told(answer)
    except ValueError as error:
        raise ReceiverAway(receiver=witness.name, reason=f"HTTP {CONFLICT} {error}") from error


def _keep_receipt(receiver: str, kept: Kept, line: str, *, clock: Clock) -> None:
    ProofReceipt.objects.create(
        receiver=receiver, tree=kept.tree, size=kept.size, line=line, received_at=as_datetime(clock())
    )
