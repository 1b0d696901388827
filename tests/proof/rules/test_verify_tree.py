"""A walk over a tree names what was bent, and finds roots and keys."""

from __future__ import annotations

from functools import partial
from typing import Final

from gezhi.proof.rules.keys import KeyType, SecretKey
from gezhi.proof.rules.leaves import Leaf, LeafKind, Seal
from gezhi.proof.rules.tiles import WIDTH, fold_tile
from gezhi.proof.rules.tree import EMPTY_ROOT, leaf_hash, root_of
from gezhi.proof.rules.verify_tree import KnownBatch, TreeWalk

HASH: Final = bytes(32)
KEYS: Final = [SecretKey("o/1", KeyType.ED25519, bytes([number]) * 32).verifier for number in range(3)]


def grown(*parts: list[Leaf]) -> tuple[list[str], list[KnownBatch]]:
    """Lines and batches, each with its seal."""
    lines: list[str] = []
    batches: list[KnownBatch] = []
    for at, part in enumerate(parts, 1):
        root = root_of(leaf_hash(line.encode()) for line in lines) if lines else EMPTY_ROOT
        lines += [leaf.line for leaf in (*part, Seal(at, len(lines), root).leaf)]
        batches.append(KnownBatch(len(lines), root_of(leaf_hash(line.encode()) for line in lines), at))
    return lines, batches


def head(number: int, seq: int = 1) -> Leaf:
    return Leaf(LeafKind.HEAD, f"case-{number:04d}", seq, HASH)


LINES, BATCHES = grown(
    [head(1), head(2), Leaf(LeafKind.KEY, f"from {KEYS[0].text}")],
    [head(1, 2), Leaf(LeafKind.KEY, f"from {KEYS[1].text}")],
    [Leaf(LeafKind.KEY, f"until {KEYS[0].text}")],
)


def walked(lines: list[str], batches: list[KnownBatch] = BATCHES, **more: set[int]) -> tuple[TreeWalk, list[str]]:
    walk = TreeWalk("tree", batches, more.get("sizes", set()), lambda _level, _number: None)
    return walk, [one.kind for one in walk.walk(enumerate(lines))]


def test_an_untouched_tree_has_no_difference_and_its_roots_are_known() -> None:
    walk, found = walked(LINES, sizes={2})
    assert found == []
    assert [walk.roots[batch.size] for batch in BATCHES] == [batch.root for batch in BATCHES]
    assert walk.roots[2] == root_of(leaf_hash(line.encode()) for line in LINES[:2])
    assert walk.roots[0] == EMPTY_ROOT


def test_keys_count_from_where_the_tree_names_them_and_the_first_from_its_beginning() -> None:
    walk, _ = walked(LINES)
    first, second = (walk.keys[key] for key in KEYS[:2])
    assert (first.since, first.until, second.since, second.until) == (0, 8, 6, None)
    assert [first.counts(size) for size in (0, 7, 8)] == [True, True, False]
    assert [second.counts(size) for size in (5, 6)] == [False, True]


def test_a_key_that_is_first_named_later_counts_from_the_beginning_too() -> None:
    lines, batches = grown([head(1)], [head(2), Leaf(LeafKind.KEY, f"from {KEYS[0].text}")])
    walk, found = walked(lines, batches)
    assert (found, walk.keys[KEYS[0]].since) == ([], 0)


def test_every_bent_line_is_named() -> None:
    for index in range(len(LINES)):
        lines = list(LINES)
        lines[index] = lines[index][:-1] + ("0" if lines[index][-1] != "0" else "1")
        assert "root" in walked(lines)[1], lines[index]


def test_what_is_no_line_a_key_given_up_that_never_was_and_a_gap_are_named() -> None:
    assert "line" in walked(["rumour", *LINES[1:]])[1]
    assert "line" in walked([LINES[0].rpartition(" ")[0], *LINES[1:]])[1]
    lines, batches = grown([Leaf(LeafKind.KEY, f"until {KEYS[0].text}")])
    assert walked(lines, batches)[1] == ["line"]
    walk = TreeWalk("tree", BATCHES, (), lambda _level, _number: None)
    assert next(one.kind for one in walk.walk((index + 1, line) for index, line in enumerate(LINES))) == "gap"


def test_a_tree_that_is_too_short_or_too_long_is_named() -> None:
    assert walked(LINES[:-1])[1] == ["size"]
    assert walked([*LINES, head(9).line])[1] == ["rest"]


def test_lines_out_of_order_and_seals_that_do_not_fit_are_named() -> None:
    lines, batches = grown([head(2), head(1)])
    assert walked(lines, batches)[1] == ["order"]
    later = [KnownBatch(one.size, one.root, 1) for one in BATCHES]
    assert walked(LINES, later)[1] == ["seal", "seal"]
    back, kept = grown([head(1)], [head(2)])
    earlier = [Leaf(LeafKind.SEAL, "9", 0, EMPTY_ROOT).line if at == 1 else line for at, line in enumerate(back)]
    assert "seal" in walked(earlier, kept)[1]


def differences(lines: list[str], batches: list[KnownBatch] = BATCHES) -> list[tuple[str, ...]]:
    walk = TreeWalk("tree", batches, (), lambda _level, _number: None)
    return [(one.where, one.kind, one.field, one.expected, one.found) for one in walk.walk(enumerate(lines))]


def test_a_difference_of_a_batch_tells_what_must_stand_there_and_what_does() -> None:
    later = [KnownBatch(one.size, one.root, 9) for one in BATCHES[:1]]
    seal = Seal(9, 0, EMPTY_ROOT).leaf.line
    assert differences(LINES[:4], later) == [("tree ≤4", "seal", "seal", seal, LINES[3])]
    assert differences(LINES[:3], BATCHES[:1]) == [("tree", "size", "size", "4", "3")]
    unread = ["rumour"]
    of_it = [KnownBatch(1, root_of([leaf_hash(b"rumour")]), 1)]
    expected = Seal(1, 0, EMPTY_ROOT).leaf.line
    assert differences(unread, of_it) == [
        ("tree #0", "line", "line", "", "rumour"),
        ("tree ≤1", "seal", "seal", expected, ""),
    ]


def kept(tile: tuple[bytes, bytes] | None, level: int, number: int) -> tuple[bytes, bytes] | None:
    assert (level, number) == (0, 0)
    return tile


def test_every_tile_is_compared() -> None:
    lines, batches = grown([head(number) for number in range(WIDTH + 5)])
    hashes = [leaf_hash(line.encode()) for line in lines[:WIDTH]]
    good = b"".join(hashes), fold_tile(hashes)
    for tile, kinds in (
        (good, []),
        ((good[0], HASH), ["tile"]),
        ((HASH, good[1]), ["tile"]),
        (None, ["tile"]),
    ):
        walk = TreeWalk("tree", batches, (), partial(kept, tile))
        assert [one.kind for one in walk.walk(enumerate(lines))] == kinds
