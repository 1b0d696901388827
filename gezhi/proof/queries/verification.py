"""核验: runs the rules over everything, part by part. What breaks in one part leaves the others standing."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import suppress
from functools import partial
from itertools import groupby
from traceback import clear_frames
from typing import Any

import msgspec
from django.db import connection, transaction

from gezhi.plumbing.journal.reads import stream_journal
from gezhi.plumbing.journal.verify import verify_registers
from gezhi.plumbing.media import verify_originals
from gezhi.proof.models import ProofBatch, ProofCheckpoint, ProofLeaf, ProofReceipt, ProofTile
from gezhi.proof.queries.case_logs import Named, one_moment, verify_log
from gezhi.proof.queries.changed import register_subject
from gezhi.proof.queries.trees import CHUNK, get_followed, list_hashes
from gezhi.proof.rules.elsewhere import Bundle, Elsewhere, LastSigned, sizes_told
from gezhi.proof.rules.report import (
    ALWAYS,
    NO_CHECKPOINT,
    NO_KEY,
    NO_SECOND_PLACE,
    NO_SIGNER,
    Cover,
    Difference,
    Part,
    PartName,
    Report,
    Uncovered,
    lost_tree,
    unnamed_tail,
    unsigned_tail,
)
from gezhi.proof.rules.tiles import WIDTH, unbundle
from gezhi.proof.rules.tree import leaf_hash
from gezhi.proof.rules.verify_checkpoint import SignedTree, Trust, difference, verify_note, verify_receipt
from gezhi.proof.rules.verify_tree import KnownBatch, TreeWalk

Done = Callable[[int], Any]

LINES = """
SELECT index, concat_ws(' ', kind || '/1', subject, number::text, encode(hash, 'hex')) FROM proof_leaf
WHERE tree = %s AND index >= %s AND index < %s ORDER BY index
"""
FAR = 2**63 - 1
BATCHES = """
SELECT size, root, CASE WHEN isfinite(sealed_at) THEN extract(epoch FROM sealed_at)::bigint ELSE 0 END
FROM proof_batch WHERE tree = %s ORDER BY size
"""
NAMED = """
SELECT subject, number, hash FROM proof_leaf WHERE kind = 'head' AND number IS NOT NULL AND hash IS NOT NULL
ORDER BY subject, number, tree
"""
UNNAMED = """
SELECT c.id::text, c.no, c.seq FROM cases_case c
WHERE c.changed < (
    SELECT changed_before::text::xid8 FROM proof_batch ORDER BY tree DESC, size DESC LIMIT 1)
AND NOT EXISTS (
    SELECT FROM proof_leaf l WHERE l.kind = 'head' AND l.subject = c.id::text AND l.number = c.seq
    AND l.hash = c.last_hash)
ORDER BY c.id
"""


class Verifier:
    """One verification. The parts share what the walk over the trees has found."""

    def __init__(self, places: Sequence[Elsewhere], signer: LastSigned, trust: Trust, done: Done) -> None:
        self.places, self.signer, self.trust, self.done = places, signer, trust, done
        self.trees: dict[str, SignedTree] = {}
        self.numbers: dict[str, int] = {}
        self.unnamed = 0

    @one_moment()
    def verify(self) -> Report:
        parts = [
            self._part(PartName.CASES, self._cases),
            self._part(PartName.REGISTERS, self._registers),
            self._part(PartName.PICTURES, self._pictures),
            self._part(PartName.TREE, self._trees),
            self._part(PartName.CHECKPOINTS, self._checkpoints),
            self._part(PartName.RECEIPTS, self._receipts),
            self._part(PartName.SIGNER, self._signer),
            self._part(PartName.ELSEWHERE, self._elsewhere),
        ]
        cover, signed = Cover(unnamed=self.unnamed), 0
        try:
            with transaction.atomic():
                cover, signed = self._cover()
        except Exception as error:  # noqa: BLE001 - the parts have told what they could
            parts.append(Part(PartName.CHECKPOINTS, failed=_reason(error)))
        return Report(tuple(parts), cover, tuple(self._uncovered(cover, signed)))

    def _part(self, name: PartName, look: Callable[[], Iterator[Difference | int]]) -> Part:
        """Numbers count what was looked at. Whatever breaks, the part says so and the next one goes on."""
        checked, differences, failed = 0, list[Difference](), ""
        try:
            with transaction.atomic():
                try:
                    for one in look():
                        if isinstance(one, int):
                            checked += one
                        else:
                            differences.append(one)
                except Exception as error:
                    clear_frames(error.__traceback__)  # a cursor that outlives the savepoint would spoil what follows
                    raise
        except Exception as error:  # noqa: BLE001 - a bent database may break anything; no traceback is a finding
            failed = _reason(error)
        return Part(name, checked, tuple(differences), failed)

    def _cases(self) -> Iterator[Difference | int]:
        result = verify_log(stream_named(), self.done)
        self.unnamed = result.unnamed
        yield result.cases
        for one in result.findings:
            yield Difference(one.no or one.case, one.kind, one.zh, one.en, one.seq, one.field, one.expected, one.found)
        with connection.cursor() as cursor:
            cursor.execute(UNNAMED)
            for _, no, seq in cursor.fetchall():
                zh, en = (
                    "末条未进存证树，变更标记被改动",
                    "the last entry is in no tree: the mark of its change was bent",
                )
                yield Difference(no, "unnamed", zh, en, seq)

    def _registers(self) -> Iterator[Difference | int]:
        for one in verify_registers():
            yield Difference(f"{one.register} {one.row}".strip(), one.kind, one.zh, one.en, one.seq)
        named = _named_registers()
        for entry in stream_journal():
            yield 1
            subject = register_subject(entry.register, entry.row)
            hashed = named.pop((subject, entry.seq), entry.hash)
            if hashed != entry.hash:
                zh, en = (
                    "存证树所载的登记日志被改动",
                    "the entry of the journal, which the signed tree names, was changed",
                )
                where, values = f"{entry.register} {entry.row}", (hashed.hex(), entry.hash.hex())
                yield Difference(where, "named", zh, en, entry.seq, "hash", *values)
        for subject, seq in named:
            zh, en = "存证树所载的登记日志已不存在", "the entry of the journal, which the signed tree names, is gone"
            yield Difference(subject, "cut", zh, en, seq)

    def _pictures(self) -> Iterator[Difference | int]:
        for sha256, actual in verify_originals():
            yield 1
            if actual != sha256:
                zh, en = "照片文件与其校验值不符", "the file of the picture is not what its hash says"
                yield Difference(sha256, "picture", zh, en, field="sha256", expected=sha256, found=actual)

    def _trees(self) -> Iterator[Difference | int]:
        trees = sorted(set(ProofBatch.objects.values_list("tree", flat=True)) | set(_trees_of_leaves()))
        for tree in trees:
            batches = list_known_batches(tree)
            origin = self._origin_of(tree)
            walk = TreeWalk(origin, batches, self._sizes_spoken_of(), partial(_tile, tree))
            yield from walk.walk(_stream_lines(tree))
            yield walk.edge.size
            self.numbers[origin] = tree
            self.trees[origin] = SignedTree(origin, walk.edge.size, walk.roots, tuple(walk.keys.values()))
        for tree in trees:
            followed = None
            with suppress(ValueError):  # its first line is none, as the walk has told
                followed = get_followed(tree)
            if followed is not None and followed.origin in self.trees:
                before = self.trees[followed.origin]
                self.trees[followed.origin] = msgspec.structs.replace(before, followed=True)

    def _origin_of(self, tree: int) -> str:
        origin = ProofCheckpoint.objects.filter(tree=tree).values_list("origin", flat=True).first()
        return origin or f"tree {tree}"

    def _sizes_spoken_of(self) -> set[int]:
        """Sizes that somebody speaks of, whose roots the walk must keep."""
        sizes = sizes_told(note for place in self.places for _, note in place.notes)
        kept = ProofCheckpoint.objects.values_list("size", flat=True)
        return {*sizes, *kept, *([self.signer.head.size] if self.signer.head is not None else [])}

    def _checkpoints(self) -> Iterator[Difference | int]:
        kept = ProofCheckpoint.objects.order_by("tree", "size").values_list("origin", "size", "note")
        for origin, size, note in kept.iterator():
            where = f"{origin} ≤{size}"
            yield 1
            yield from verify_note(where, note, self.trees, self.trust)
            if note.split("\n")[:2] != [origin, str(size)]:
                yield difference("place", where, field="size", expected=str(size), found=note[:80])

    def _receipts(self) -> Iterator[Difference | int]:
        kept = ProofCheckpoint.objects.values_list("tree", "size", "note")
        notes = {(tree, size): note for tree, size, note in kept.iterator()}
        receipts = ProofReceipt.objects.exclude(line="").order_by("id")
        for receiver, tree, size, line in receipts.values_list("receiver", "tree", "size", "line").iterator():
            yield 1
            yield from verify_receipt(f"{receiver} ≤{size}", notes.get((tree, size), ""), line, self.trust)

    def _signer(self) -> Iterator[Difference | int]:
        head = self.signer.head
        if head is None or head.size == 0:
            return
        yield 1
        tree = self.trees.get(head.origin)
        if tree is None:
            yield difference("origin", "signer", field="origin", found=head.origin)
        elif head.size > tree.size:
            yield difference("cut", "signer", field="size", expected=str(head.size), found=str(tree.size))
        elif tree.roots.get(head.size) != head.root:
            root = tree.roots.get(head.size, b"").hex()
            yield difference("root", "signer", field=f"root {head.size}", expected=head.root.hex(), found=root)

    def _elsewhere(self) -> Iterator[Difference | int]:
        failed = []
        for place in self.places:
            for where, note in place.notes:
                yield 1
                yield from verify_note(f"{place.name} {where}", note, self.trees, self.trust)
            for where, reason in place.unreadable:
                yield difference("file", f"{place.name} {where}", field="file", found=reason)
            for bundle in place.bundles():
                yield 1
                yield from self._bundle(f"{place.name} {bundle.origin}", bundle)
            failed += [place.failed] if place.failed else []
        if failed:
            raise LookupError("; ".join(failed))

    def _bundle(self, where: str, bundle: Bundle) -> Iterator[Difference]:
        """The first line of a bundle that differs names the case."""
        first, tree = bundle.number * WIDTH, self.numbers.get(bundle.origin)
        if bundle.unreadable:
            yield difference("file", where, seq=first, field="file", found=bundle.unreadable)
            return
        lines: list[str] = []
        if tree is not None and not bundle.level:
            lines = [line for _, line in _stream_lines(tree, first, first + WIDTH)]
        if bundle.level is not None:
            ours = [leaf_hash(line.encode()) for line in lines]
            if tree is not None and bundle.level:
                ours = list_hashes(tree, bundle.level, first, first + WIDTH)
            if b"".join(ours) != bundle.body:
                yield difference("file", where, seq=first, field=f"tile {bundle.level}/{bundle.number}")
            return
        try:
            theirs = [line.decode(errors="replace") for line in unbundle(bundle.body)]
            if len(theirs) != bundle.width:
                raise ValueError(f"{len(theirs)} lines")
        except ValueError as error:
            yield difference("file", where, seq=first, field="entries", expected=str(bundle.width), found=str(error))
            return
        for index, line in enumerate(theirs):
            own = lines[index] if index < len(lines) else ""
            if line != own:
                yield difference("bundle", where, seq=first + index, field="line", expected=line, found=own)
                return

    def _cover(self) -> tuple[Cover, int]:
        """What is covered, and how many leaves are not signed yet."""
        last = ProofCheckpoint.objects.order_by("-tree", "-size").values_list("tree", "size", "origin").first()
        if last is None:
            return Cover(unnamed=self.unnamed), 0
        tree, size, origin = last
        grown = ProofLeaf.objects.filter(tree=tree, index__gte=size).count()
        receipts = tuple(
            f"{place.name}：{there} 条" for place in self.places if (there := _last_size(place, origin)) is not None
        )
        until = next((batch.sealed_at for batch in list_known_batches(tree) if batch.size == size), 0)
        return Cover(origin, size, until, len(self.places), receipts, self.unnamed), grown

    def _uncovered(self, cover: Cover, grown: int) -> Iterator[Uncovered]:
        if not cover.size:
            yield NO_CHECKPOINT
        if cover.unnamed:
            yield unnamed_tail(cover.unnamed)
        if grown:
            yield unsigned_tail(grown)
        if not cover.receipts:
            yield NO_SECOND_PLACE
        if not self.trust.log:
            yield NO_KEY
        if self.signer.head is None:
            yield NO_SIGNER
        for tree in self.trees.values():
            if tree.followed:
                signed = max((size for place in self.places if (size := _last_size(place, tree.origin))), default=0)
                if signed > tree.size:
                    yield lost_tree(tree.origin, signed, tree.size)
        yield from ALWAYS


def _reason(error: Exception) -> str:
    return f"{type(error).__name__}: {str(error).strip()[:300]}"


def _last_size(place: Elsewhere, origin: str) -> int | None:
    return max(sizes_told((note for _, note in place.notes), origin), default=None)


def list_known_batches(tree: int) -> list[KnownBatch]:
    """What is kept of the batches of a tree, whatever moments stand there."""
    with connection.cursor() as cursor:
        cursor.execute(BATCHES, [tree])
        return [KnownBatch(size, bytes(root), sealed_at) for size, root, sealed_at in cursor.fetchall()]


def _named_registers() -> dict[tuple[str, int], bytes]:
    """What the trees name of the registers: there are few rows beside the cases."""
    rows = ProofLeaf.objects.filter(kind="register").values_list("subject", "number", "hash")
    return {
        (subject, number): bytes(hashed)
        for subject, number, hashed in rows.iterator()
        if number is not None and hashed is not None
    }


def _trees_of_leaves() -> Iterable[int]:
    return ProofLeaf.objects.values_list("tree", flat=True).distinct()


def _tile(tree: int, level: int, number: int) -> tuple[bytes, bytes] | None:
    tile = ProofTile.objects.filter(tree=tree, level=level, number=number).first()
    return (bytes(tile.body), bytes(tile.root)) if tile is not None else None


def _stream(name: str, sql: str, values: Sequence[int] = ()) -> Iterator[tuple[Any, ...]]:
    connection.ensure_connection()
    with connection.connection.cursor(name=name) as cursor:
        cursor.itersize = CHUNK
        cursor.execute(sql, values)
        yield from cursor


def _stream_lines(tree: int, first: int = 0, end: int = FAR) -> Iterator[tuple[int, str]]:
    yield from _stream("proof_lines", LINES, [tree, first, end])


def stream_named() -> Iterator[tuple[str, list[Named]]]:
    """(case, what the trees name of it), in the order of case ids."""
    for case, rows in groupby(_stream("proof_named", NAMED), key=lambda row: row[0]):
        yield str(case), [(int(number), bytes(hashed)) for _, number, hashed in rows]
