"""存证树核验: every line hashed anew, every batch, seal and tile compared with what is kept beside it."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Sequence

import msgspec

from gezhi.proof.rules.keys import VerifierKey, parse_verifier_key
from gezhi.proof.rules.leaves import Leaf, LeafKind, Seal, in_order, is_whole, parse_leaf
from gezhi.proof.rules.report import Difference
from gezhi.proof.rules.signing import FROM, UNTIL
from gezhi.proof.rules.tiles import WIDTH, fold_tile
from gezhi.proof.rules.tree import EMPTY_ROOT, CompactRange, leaf_hash

Tile = Callable[[int, int], tuple[bytes, bytes] | None]
"""(level, number) -> body and root of a tile that is kept."""

KINDS: dict[str, tuple[str, str]] = {
    "gap": ("存证树序号不连续", "the numbers of the tree have a gap"),
    "line": ("不是有效的一条", "this is no line of a tree"),
    "order": ("一批之中次序有误", "the lines of a batch are out of order"),
    "seal": ("封条与其前的树不符", "the seal does not fit the tree before it"),
    "root": ("批次的根与其内容不符", "the root of the batch does not follow from its lines"),
    "size": ("存证树短于登记的批次", "the tree is shorter than its batches say"),
    "rest": ("存证树末尾有不属于任何批次的条目", "lines at the end of the tree belong to no batch"),
    "tile": ("分块与存证树不符", "the tile does not follow from the tree"),
}


def difference(kind: str, where: str, *, field: str = "", expected: str = "", found: str = "") -> Difference:
    zh, en = KINDS[kind]
    return Difference(where, kind, zh, en, field=field, expected=expected, found=found)


class KnownBatch(msgspec.Struct, frozen=True):
    """What is kept of a batch."""

    size: int
    root: bytes
    sealed_at: int


class KeySpan(msgspec.Struct, frozen=True):
    """A key that the tree names: it counts for trees of `since` leaves and more, and of fewer than `until`."""

    key: VerifierKey
    since: int
    until: int | None = None

    def counts(self, size: int) -> bool:
        return self.since <= size and (self.until is None or size < self.until)


class TreeWalk:
    """One walk over all lines of a tree. Afterwards it knows the roots that were asked for, and the keys."""

    def __init__(self, name: str, batches: Sequence[KnownBatch], sizes: Collection[int], tile: Tile) -> None:
        self.name, self.batches, self.sizes, self.tile = name, list(batches), set(sizes), tile
        self.edge, self.roots, self.keys = CompactRange(), {0: EMPTY_ROOT}, dict[VerifierKey, KeySpan]()
        self.rows: dict[int, list[bytes]] = {}
        self.batch: list[Leaf] = []
        self.begins = 0
        self.last_seal, self.ended, self.first_named = Seal(0, 0, EMPTY_ROOT), 0, 0

    def walk(self, lines: Iterable[tuple[int, str]]) -> Iterator[Difference]:
        """(index, line), in order."""
        waiting = iter(self.batches)
        batch = next(waiting, None)
        for index, line in lines:
            if index != self.edge.size:
                yield difference("gap", self._at(self.edge.size), field="index", found=str(index))
            yield from self._line(line)
            if batch is not None and self.edge.size == batch.size:
                yield from self._end_of(batch)
                batch = next(waiting, None)
            if self.edge.size in self.sizes:
                self.roots[self.edge.size] = self.edge.root
        if batch is not None:
            yield difference("size", self.name, field="size", expected=str(batch.size), found=str(self.edge.size))
        elif self.batch:
            yield difference("rest", self._at(self.begins))

    def _at(self, index: int) -> str:
        return f"{self.name} #{index}"

    def _line(self, line: str) -> Iterator[Difference]:
        index = self.edge.size
        try:
            leaf = parse_leaf(line)
            if not is_whole(leaf):
                raise ValueError(line)
            self.batch.append(leaf)
            if leaf.kind is LeafKind.KEY:
                self._key(leaf, index)
        except ValueError:
            yield difference("line", self._at(index), field="line", found=line[:200])
        hashed = leaf_hash(line.encode())
        self.edge.append(hashed)
        yield from self._tiles(0, hashed)

    def _seal(self) -> Seal | None:
        try:
            return Seal.of_leaf(self.batch[-1]) if self.batch else None
        except ValueError:
            return None

    def _key(self, leaf: Leaf, index: int) -> None:
        word, _, text = leaf.subject.partition(" ")
        key = parse_verifier_key(text)
        span = self.keys.get(key)
        if word == FROM and span is None:
            # Before the first batch that names keys there was nothing by which one could be announced.
            self.first_named = self.ended if not self.keys else self.first_named
            self.keys[key] = KeySpan(key, 0 if self.first_named == self.ended else index + 1)
        elif word == UNTIL and span is not None and span.until is None:
            self.keys[key] = KeySpan(key, span.since, index + 1)
        else:
            raise ValueError(leaf.line)

    def _tiles(self, level: int, hashed: bytes) -> Iterator[Difference]:
        row = self.rows.setdefault(level, [])
        row.append(hashed)
        if len(row) == WIDTH:
            number = (self.edge.size >> 8 * (level + 1)) - 1
            root = fold_tile(row)
            if self.tile(level, number) != (b"".join(row), root):
                yield difference("tile", f"{self.name} tile {level}/{number}")
            self.rows[level] = []
            yield from self._tiles(level + 1, root)

    def _end_of(self, batch: KnownBatch) -> Iterator[Difference]:
        where = f"{self.name} ≤{batch.size}"
        if self.edge.root != batch.root:
            yield difference("root", where, field="root", expected=self.edge.root.hex(), found=batch.root.hex())
        leaves, seal = self.batch[:-1], self._seal()
        if leaves != in_order(leaves):
            yield difference("order", where)
        expected = Seal(batch.sealed_at, self.begins, self.roots[self.begins])
        if seal != expected or seal.at < self.last_seal.at:
            line = self.batch[-1].line if self.batch else ""
            yield difference("seal", where, field="seal", expected=expected.leaf.line, found=line)
        self.begins = self.edge.size
        self.roots[self.edge.size] = self.edge.root
        self.batch, self.last_seal, self.ended = [], seal or self.last_seal, self.ended + 1
