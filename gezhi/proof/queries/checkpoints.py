"""What was signed, and who elsewhere has it."""

from __future__ import annotations

import msgspec
from django.db.models import Max

from gezhi.proof.models import ProofCheckpoint, ProofReceipt
from gezhi.proof.rules.notes import Note, Signature, merged, parse_note, parse_signatures


class Kept(msgspec.Struct, frozen=True):
    """A signed checkpoint of this database."""

    tree: int
    size: int
    origin: str
    note: str
    kept_at: int


class Receipt(msgspec.Struct, frozen=True):
    """That somebody elsewhere has it; `line` is empty where nobody signs."""

    receiver: str
    tree: int
    size: int
    line: str
    received_at: int


def get_checkpoint(tree: int, size: int) -> Kept | None:
    row = ProofCheckpoint.objects.filter(tree=tree, size=size).first()
    return _kept(row) if row is not None else None


def get_last_checkpoint(tree: int | None = None) -> Kept | None:
    """The last one of a tree, or of all."""
    rows = ProofCheckpoint.objects.order_by("-tree", "-size")
    row = (rows.filter(tree=tree) if tree is not None else rows).first()
    return _kept(row) if row is not None else None


def list_checkpoints(tree: int, since: int = 0, most: int | None = None) -> list[Kept]:
    rows = ProofCheckpoint.objects.filter(tree=tree, size__gt=since).order_by("size")
    return [_kept(row) for row in rows[:most]]


def list_receipts(tree: int) -> list[Receipt]:
    return [_receipt(row) for row in ProofReceipt.objects.filter(tree=tree).order_by("id")]


def list_last_receipts() -> list[Receipt]:
    """The newest receipt of each receiver."""
    last = ProofReceipt.objects.values("receiver").annotate(last=Max("id")).values_list("last", flat=True)
    return [_receipt(row) for row in ProofReceipt.objects.filter(id__in=list(last)).order_by("receiver")]


def last_received(receiver: str, tree: int) -> int:
    """The largest size that a receiver is known to have."""
    found = ProofReceipt.objects.filter(receiver=receiver, tree=tree).aggregate(most=Max("size"))["most"]
    return int(found or 0)


def with_receipts(kept: Kept) -> Note:
    """The note with the signatures of witnesses under it."""
    lines = ProofReceipt.objects.filter(tree=kept.tree, size=kept.size).exclude(line="").values_list("line", flat=True)
    more: list[Signature] = [one for line in lines for one in parse_signatures(line)]
    return merged(parse_note(kept.note), more)


def _kept(row: ProofCheckpoint) -> Kept:
    return Kept(row.tree, row.size, row.origin, row.note, int(row.kept_at.timestamp()))


def _receipt(row: ProofReceipt) -> Receipt:
    return Receipt(row.receiver, row.tree, row.size, row.line, int(row.received_at.timestamp()))
