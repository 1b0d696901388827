"""检查点核验: a signed note against the tree that it speaks of, whoever kept it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

import msgspec

from gezhi.proof.rules.checkpoint import Checkpoint, parse_checkpoint
from gezhi.proof.rules.keys import VerifierKey
from gezhi.proof.rules.notes import Note, is_cosignature, parse_note, parse_signatures
from gezhi.proof.rules.report import Difference
from gezhi.proof.rules.verify_tree import KeySpan

KINDS: dict[str, tuple[str, str]] = {
    "note": ("不是有效的检查点", "this is no checkpoint"),
    "signature": ("签名不符", "the signature does not fit"),
    "unsigned": ("没有当时有效的密钥的签名", "no key that counted then has signed it"),
    "distrusted": ("签名不是另行给出的公钥所作", "none of the keys given from outside has signed it"),
    "origin": ("不属于本库的任何一棵存证树", "it is of no tree of this database"),
    "cut": ("存证树在已签署的末条之前中断", "the tree ends before what was signed"),
    "root": ("已签署的内容被改动", "what was signed has been changed"),
    "place": ("检查点与其登记的位置不符", "the checkpoint is not the one of its place"),
    "receipt": ("回执不是该检查点的有效回执", "this is no receipt for the checkpoint"),
    "bundle": ("第二处保存的条目与存证树不符", "the lines kept elsewhere are not those of the tree"),
    "file": ("第二处的文件读不出来", "the file elsewhere cannot be read"),
}


def difference(
    kind: str, where: str, *, seq: int | None = None, field: str = "", expected: str = "", found: str = ""
) -> Difference:
    zh, en = KINDS[kind]
    return Difference(where, kind, zh, en, seq, field, expected, found)


class SignedTree(msgspec.Struct, frozen=True):
    """What the walk over a tree has found: its roots, its keys, its size."""

    origin: str
    size: int
    roots: Mapping[int, bytes]
    keys: Sequence[KeySpan]
    followed: bool = False


class Trust(msgspec.Struct, frozen=True):
    """Keys from outside: of the log, empty where none was given, and of witnesses."""

    log: tuple[VerifierKey, ...] = ()
    witnesses: tuple[VerifierKey, ...] = ()


def verify_note(where: str, raw: bytes | str, trees: Mapping[str, SignedTree], trust: Trust) -> Iterator[Difference]:
    """Everything that differs between a note and the tree of its origin."""
    try:
        note = parse_note(raw)
        checkpoint = parse_checkpoint(note.text)
    except ValueError as error:
        yield difference("note", where, field="note", found=str(error))
        return
    tree = trees.get(checkpoint.origin)
    if tree is None:
        yield difference("origin", where, field="origin", found=checkpoint.origin)
        return
    yield from _verify_signatures(where, note, checkpoint, tree, trust)
    if checkpoint.size > tree.size:
        if not tree.followed:
            yield difference("cut", where, field="size", expected=str(checkpoint.size), found=str(tree.size))
    elif tree.roots.get(checkpoint.size) != checkpoint.root:
        own = tree.roots.get(checkpoint.size, b"").hex()
        yield difference("root", where, field=f"root {checkpoint.size}", expected=checkpoint.root.hex(), found=own)


def _verify_signatures(
    where: str, note: Note, checkpoint: Checkpoint, tree: SignedTree, trust: Trust
) -> Iterator[Difference]:
    counting = [span.key for span in tree.keys if span.counts(checkpoint.size)]
    # A tree that was written anew names other keys than the note: then only trust from outside can tell.
    known = counting or list(trust.log)
    try:
        good = note.good_keys(known)
        trusted = note.good_keys(trust.log)
    except ValueError as error:
        yield difference("signature", where, field="signature", found=str(error))
        return
    if not good:
        yield difference("unsigned", where, field="keys", found=", ".join(one.name for one in note.signatures))
    names = {(key.type, key.public) for key in trust.log}
    if trust.log and not trusted and not names & {(key.type, key.public) for key in good}:
        yield difference("distrusted", where, field="keys", found=", ".join(key.text for key in good))


def verify_receipt(where: str, note: str, line: str, trust: Trust) -> Iterator[Difference]:
    """A stored receipt against its checkpoint."""
    known = [key for key in trust.witnesses if is_cosignature(key)]
    try:
        good = Note(parse_note(note).text, parse_signatures(line)).good_keys(known)
    except ValueError as error:
        yield difference("receipt", where, field="receipt", found=str(error))
        return
    if not good:
        yield difference("receipt", where, field="receipt", found=line.strip()[:120])
