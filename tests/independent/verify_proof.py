"""A second opinion on an exported proof, written from docs/proof-format.md alone: nothing of the product is imported.

python tests/independent/verify_proof.py FOLDER [--log EXPORT] [--key KEY]... [--witness KEY]... [--against FOLDER]...
python tests/independent/verify_proof.py FILE.tlog-proof --key KEY... [--log EXPORT] [--against FOLDER]...

Says for every fault where it is and what is wrong; ends with 1 where anything is.
"""

from __future__ import annotations

import argparse
import base64
import binascii
import hashlib
import json
import re
import sys
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

HASH = r"[0-9a-f]{64}"
NUMBER = r"(?:0|[1-9]\d*)"
FORMS = {
    "head": re.compile(rf"head/1 (\S+) ({NUMBER}) ({HASH})"),
    "register": re.compile(rf"register/1 (\S+ \S+) ({NUMBER}) ({HASH})"),
    "key": re.compile(r"key/1 ((?:from|until) \S+)"),
    "origin": re.compile(rf"origin/1 (\S+) ({NUMBER}) ({HASH})"),
    "seal": re.compile(rf"seal/1 ({NUMBER}) ({NUMBER}) ({HASH})"),
}
BUNDLE = re.compile(r"((?:x\d{3}/)*\d{3})(?:\.p/([1-9]\d{0,2}))?")
SIGNATURE = re.compile(r"— (\S+) (\S+)")
MARK = "c2sp.org/tlog-proof@v1"
WIDTH = 256
NOTHING = hashlib.sha256(b"").digest()
ED25519, COSIGNATURE = b"\x01", b"\x04"


# Ed25519 as RFC 8032 describes it: slow, and short enough to be read.

P = 2**255 - 19
ORDER = 2**252 + 27742317777372353535851937790883648493
D = -121665 * pow(121666, P - 2, P) % P
ROOT = pow(2, (P - 1) // 4, P)
Point = tuple[int, int, int, int]


def add(one: Point, other: Point) -> Point:
    a = (one[1] - one[0]) * (other[1] - other[0]) % P
    b = (one[1] + one[0]) * (other[1] + other[0]) % P
    c = 2 * one[3] * other[3] * D % P
    d = 2 * one[2] * other[2] % P
    e, f, g, h = b - a, d - c, d + c, b + a
    return e * f % P, g * h % P, f * g % P, e * h % P


def times(number: int, point: Point) -> Point:
    found: Point = (0, 1, 1, 0)
    while number:
        if number & 1:
            found = add(found, point)
        point, number = add(point, point), number >> 1
    return found


def point_of(raw: bytes) -> Point | None:
    y = int.from_bytes(raw, "little")
    odd, y = y >> 255, y & (1 << 255) - 1
    if y >= P:
        return None
    square = (y * y - 1) * pow(D * y * y + 1, P - 2, P) % P
    x = pow(square, (P + 3) // 8, P)
    if x * x % P != square:
        x = x * ROOT % P
    if x * x % P != square or (x == 0 and odd):
        return None
    x = P - x if x & 1 != odd else x
    return x, y, 1, x * y % P


BASE_Y = 4 * pow(5, P - 2, P) % P
BASE = point_of(BASE_Y.to_bytes(32, "little"))


def fits(public: bytes, signature: bytes, message: bytes) -> bool:
    key, commitment = point_of(public), point_of(signature[:32])
    s = int.from_bytes(signature[32:], "little")
    if key is None or commitment is None or BASE is None or len(signature) != 64 or s >= ORDER:
        return False
    drawn = int.from_bytes(hashlib.sha512(signature[:32] + public + message).digest(), "little") % ORDER
    left, right = times(s, BASE), add(commitment, times(drawn, key))
    return (left[0] * right[2] - right[0] * left[2]) % P == 0 == (left[1] * right[2] - right[1] * left[2]) % P


@dataclass(frozen=True)
class Key:
    name: str
    id: bytes
    type: bytes
    public: bytes

    @staticmethod
    def read(text: str) -> Key:
        name, _, rest = text.partition("+")
        digits, _, encoded = rest.partition("+")
        raw = base64.b64decode(encoded, validate=True)
        if not name or hashlib.sha256(name.encode() + b"\n" + raw).digest()[:4].hex() != digits:
            raise ValueError(f"no verifier key: {text}")
        return Key(name, bytes.fromhex(digits), raw[:1], raw[1:])

    def fits(self, signature: bytes, text: str) -> bool | None:
        """None for a kind that cannot be verified here."""
        if self.type == ED25519:
            return fits(self.public, signature, text.encode())
        if self.type == COSIGNATURE:
            at = int.from_bytes(signature[:8], "big")
            return fits(self.public, signature[8:], f"cosignature/v1\ntime {at}\n{text}".encode())
        return None


@dataclass(frozen=True)
class Checkpoint:
    origin: str
    size: int
    root: bytes
    text: str
    signatures: tuple[tuple[str, bytes], ...]

    @staticmethod
    def read(raw: bytes) -> Checkpoint:
        whole = raw.decode()
        text, gap, below = whole.rpartition("\n\n")
        lines = text.split("\n")
        if not gap or len(lines) != 3 or not lines[0] or not re.fullmatch(NUMBER, lines[1]) or not below.endswith("\n"):
            raise ValueError("is no checkpoint")
        root, signatures = base64.b64decode(lines[2], validate=True), []
        if len(root) != 32 or base64.b64encode(root).decode() != lines[2]:
            raise ValueError("has no root")
        for line in below[:-1].split("\n"):
            found = SIGNATURE.fullmatch(line)
            if found is None:
                raise ValueError(f"has a line that is no signature: {line[:60]!r}")
            signatures.append((found[1], base64.b64decode(found[2], validate=True)))
        return Checkpoint(lines[0], int(lines[1]), root, f"{text}\n", tuple(signatures))

    def signed_by(self, keys: list[Key]) -> list[Key]:
        """The keys whose signature fits; ValueError where one of them has signed something else."""
        good = []
        for key in keys:
            for name, raw in self.signatures:
                if (name, raw[:4]) == (key.name, key.id):
                    answer = key.fits(raw[4:], self.text)
                    if answer is False:
                        raise ValueError(f"the signature of {key.name}+{key.id.hex()} does not fit")
                    good += [key] if answer else []
        return good


class Edge:
    """The roots of the perfect subtrees of a growing tree."""

    def __init__(self) -> None:
        self.size, self.roots = 0, list[bytes]()

    def append(self, line: bytes) -> None:
        found, size = hashlib.sha256(b"\x00" + line).digest(), self.size
        while size & 1:
            found, size = hashlib.sha256(b"\x01" + self.roots.pop() + found).digest(), size >> 1
        self.roots.append(found)
        self.size += 1

    def root(self) -> bytes:
        found = self.roots[-1] if self.roots else NOTHING
        for left in reversed(self.roots[:-1]):
            found = hashlib.sha256(b"\x01" + left + found).digest()
        return found


@dataclass
class Tree:
    """What one walk over the lines of an origin has found."""

    roots: dict[int, bytes] = field(default_factory=dict)
    since: dict[Key, int] = field(default_factory=dict)
    until: dict[Key, int] = field(default_factory=dict)
    heads: list[tuple[int, str, int, str]] = field(default_factory=list)
    size: int = 0
    at: int = 0
    followed: str = ""

    def counting(self, size: int) -> list[Key]:
        return [key for key, since in self.since.items() if since <= size < self.until.get(key, size + 1)]

    def walk(self, lines: Iterator[bytes]) -> Iterator[str]:
        edge, batch, before, keyed = Edge(), list[tuple[Any, ...]](), (0, NOTHING), None
        self.roots[0] = NOTHING
        for index, raw in enumerate(lines):
            edge.append(raw)
            self.roots[edge.size] = edge.root()
            kind, parts = read_line(raw)
            if kind is None:
                yield f"line {index} is of no known form: {raw[:80]!r}"
                continue
            batch.append((kind, parts))
            if kind == "head":
                self.heads.append((index, parts[0], int(parts[1]), parts[2]))
            if kind == "origin" and index == 0:
                self.followed = parts[0]
            elif kind == "origin":
                yield f"line {index} names an origin in the middle of the tree"
            if kind == "key":
                keyed = before[0] if keyed is None else keyed
                yield from self._key(index, parts[0], first=keyed == before[0])
            if kind == "seal":
                yield from self._seal(index, batch, before)
                batch, before = [], (edge.size, edge.root())
        self.size = edge.size
        if batch:
            yield f"lines {before[0]} to {self.size - 1} belong to no batch"

    def _key(self, index: int, subject: str, *, first: bool) -> Iterator[str]:
        word, _, text = subject.partition(" ")
        try:
            key = Key.read(text)
        except (ValueError, binascii.Error) as error:
            yield f"line {index}: {error}"
            return
        if word == "from":
            self.since.setdefault(key, 0 if first else index + 1)
        elif key in self.since:
            self.until.setdefault(key, index + 1)
        else:
            yield f"line {index} ends a key that was never named"

    def _seal(self, index: int, batch: list[tuple[Any, ...]], before: tuple[int, bytes]) -> Iterator[str]:
        at, size, root = batch[-1][1]
        if (int(size), root) != (before[0], before[1].hex()) or int(at) < self.at:
            yield f"the seal at line {index} does not fit the tree before its batch"
        self.at = max(self.at, int(at))
        rows = [(kind != "origin", kind, parts[0].encode(), int(parts[1]) if len(parts) > 1 else 0)
                for kind, parts in batch[:-1]]  # fmt: skip
        if rows != sorted(rows):
            yield f"the batch that ends at line {index} is out of order"


def read_line(raw: bytes) -> tuple[str | None, tuple[str, ...]]:
    try:
        line = raw.decode()
    except UnicodeDecodeError:
        return None, ()
    form = FORMS.get(line.partition("/")[0])
    found = form.fullmatch(line) if form is not None else None
    return (line.partition("/")[0], found.groups()) if found is not None else (None, ())


def read_bundles(folder: Path) -> Iterator[tuple[int, int, bytes]]:
    """(number of the first line, how many, content), in order; the widest where there are several."""
    found: dict[int, tuple[int, Path]] = {}
    for path in folder.rglob("*"):
        name = BUNDLE.fullmatch(path.relative_to(folder).as_posix())
        if name is not None and path.is_file():
            number, width = int(name[1].replace("/", "").replace("x", "")), int(name[2] or WIDTH)
            found[number] = max(found.get(number, (0, path)), (width, path))
    for number, (width, path) in sorted(found.items()):
        yield number * WIDTH, width, path.read_bytes()


def lines_of(body: bytes) -> Iterator[bytes]:
    at = 0
    while at < len(body):
        length = int.from_bytes(body[at : at + 2], "big")
        line = body[at + 2 : at + 2 + length]
        if len(line) != length or at + 2 > len(body):
            raise ValueError("ends in the middle of a line")
        yield line
        at += 2 + length


class Proof:
    """One folder of exported trees."""

    def __init__(self, folder: Path, keys: list[Key], witnesses: list[Key]) -> None:
        self.folder, self.keys, self.witnesses = folder, keys, witnesses
        self.trees: dict[str, Tree] = {}
        self.checkpoints = self.receipts = 0

    def verify(self) -> Iterator[str]:
        for origin in origins_of(self.folder):
            tree = self.trees[origin] = Tree()
            faults: list[str] = []
            yield from (f"{origin}: {fault}" for fault in tree.walk(self._lines(origin, faults)))
            yield from faults
        yield from self.compare(self.folder)
        if not self.checkpoints:
            yield f"{self.folder}: there is no checkpoint"

    def _lines(self, origin: str, faults: list[str]) -> Iterator[bytes]:
        expected = 0
        for first, width, body in read_bundles(self.folder / origin / "tile" / "entries"):
            if first != expected:
                faults.append(f"{origin}: the lines from {expected} on are missing")
                return
            try:
                lines = list(lines_of(body))
            except ValueError as error:
                faults.append(f"{origin}: the bundle from line {first} on {error}")
                return
            if len(lines) != width:
                faults.append(f"{origin}: the bundle from line {first} on has {len(lines)} lines instead of {width}")
            yield from lines
            expected = first + len(lines)

    def compare(self, folder: Path) -> Iterator[str]:
        """The checkpoints of a folder, this one or one from elsewhere, with the lines of this one."""
        for origin in origins_of(folder):
            for path in sorted((folder / origin / "checkpoints").iterdir()):
                self.checkpoints += 1
                where = f"{path.relative_to(folder)}"
                try:
                    yield from (f"{where}: {fault}" for fault in self._checkpoint(Checkpoint.read(path.read_bytes())))
                except (ValueError, OSError) as error:
                    yield f"{where}: {error}"

    def _checkpoint(self, found: Checkpoint) -> Iterator[str]:
        tree = self.trees.get(found.origin)
        if tree is None:
            yield f"there is no tree of {found.origin}"
            return
        if not found.signed_by(tree.counting(found.size) or self.keys):
            yield "no key that counted at its size has signed it"
        trusted = {key.public for key in self.keys}
        if trusted and not {key.public for key in found.signed_by([*tree.since, *self.keys])} & trusted:
            yield "no key that was given has signed it"
        self.receipts += len(found.signed_by(self.witnesses))
        if found.size > tree.size:
            followed = any(one.followed == found.origin for one in self.trees.values())
            if not followed:
                yield f"it was signed over {found.size} lines, and {tree.size} are here: the end was cut off"
        elif tree.roots[found.size] != found.root:
            yield f"it was signed over {found.size} other lines: something before was changed"

    def compare_log(self, export: Path) -> Iterator[str]:
        entries = entries_of(export)
        for origin, tree in self.trees.items():
            for index, case, seq, digest in tree.heads:
                yield from (f"{origin} line {index}: {fault}" for fault in compare_head(entries, case, seq, digest))


class OneCase:
    """The proof of one case: its line, the way to a root, the checkpoint."""

    def __init__(self, path: Path) -> None:
        above, gap, below = path.read_bytes().partition(b"\n\n")
        mark, extra, index, *steps = [*above.decode().split("\n"), "", ""]
        number = re.fullmatch(rf"index ({NUMBER})", index)
        if mark != MARK or not extra.startswith("extra ") or number is None or not gap:
            raise ValueError("is no proof of a case")
        self.line = base64.b64decode(extra.removeprefix("extra "), validate=True)
        self.index = int(number[1])
        self.steps = [base64.b64decode(step, validate=True) for step in steps[:-2]]
        self.checkpoint = Checkpoint.read(below)
        self.kind, self.head = read_line(self.line)

    def verify(self, keys: list[Key]) -> Iterator[str]:
        if self.kind != "head":
            yield f"names no case: {self.line[:80]!r}"
        if self.root(self.index, self.checkpoint.size, self.steps) != self.checkpoint.root:
            yield f"the line does not stand at {self.index} under the root that was signed"
        if not self.checkpoint.signed_by(keys):
            yield "no key that was given has signed it"

    def root(self, index: int, size: int, steps: list[bytes]) -> bytes | None:
        """The root of a tree of this size with the line at this place; the last hash is the uppermost."""
        if not 0 <= index < size or (size == 1) != (not steps):
            return None
        if size == 1:
            return hashlib.sha256(b"\x00" + self.line).digest()
        left = 1 << (size - 1).bit_length() - 1
        below = index < left
        found = self.root(*((index, left) if below else (index - left, size - left)), steps[:-1])
        if found is None:
            return None
        return hashlib.sha256(b"\x01" + (found + steps[-1] if below else steps[-1] + found)).digest()

    def compare(self, folder: Path) -> Iterator[str]:
        kept = folder / self.checkpoint.origin / "checkpoints" / f"{self.checkpoint.size:015}"
        if not kept.is_file():
            yield f"there is no checkpoint of {self.checkpoint.size} lines"
        elif Checkpoint.read(kept.read_bytes()).root != self.checkpoint.root:
            yield "the checkpoint there has another root"

    def compare_log(self, export: Path) -> Iterator[str]:
        case, seq, digest = self.head
        yield from compare_head(entries_of(export), case, int(seq), digest)


def verify_one(path: Path, keys: list[Key], log: Path | None, against: list[Path]) -> int:
    """Says what is proved of which case, or what is wrong."""
    try:
        proof = OneCase(path)
        faults = list(proof.verify(keys))
        for folder in against:
            faults += [f"{folder}: {fault}" for fault in proof.compare(folder)]
        if log is not None and proof.kind == "head":
            faults += proof.compare_log(log)
        if not faults:
            case, seq, digest = proof.head
            said = f"case {case} had entry {seq} with hash {digest} when {proof.checkpoint.origin} was signed"
            print(said)  # noqa: T201
    except (ValueError, OSError) as error:
        faults = [str(error)]
    for fault in faults:
        print(f"{path.name}: {fault}")  # noqa: T201
    return 1 if faults else 0


def entries_of(export: Path) -> dict[str, dict[int, str]]:
    """Case -> number -> hash."""
    entries: dict[str, dict[int, str]] = {}
    with export.open("rb") as lines:
        for line in lines:
            digest = line[line.index(b'"hash":"') + 8 :][:64].decode()
            entry = json.loads(line)["entry"]
            entries.setdefault(entry["case"], {})[entry["seq"]] = digest
    return entries


def compare_head(entries: dict[str, dict[int, str]], case: str, seq: int, digest: str) -> Iterator[str]:
    if case not in entries:
        yield f"case {case} is gone"
    elif seq not in entries[case]:
        yield f"case {case} ends before its entry {seq}"
    elif entries[case][seq] != digest:
        yield f"case {case} entry {seq} has another hash"


def origins_of(folder: Path) -> list[str]:
    return sorted(path.parent.relative_to(folder).as_posix() for path in folder.glob("*/*/checkpoints"))


def main(arguments: list[str] | None = None) -> int:
    asked = argparse.ArgumentParser(description="Verify an exported proof (see docs/proof-format.md).")
    asked.add_argument("folder", type=Path, help="what `gezhi proof export` wrote; or the proof of one case")
    asked.add_argument("--log", type=Path, help="what `gezhi export log` wrote")
    asked.add_argument("--key", action="append", default=[], help="verifier key of the log, as it was written down")
    asked.add_argument("--witness", action="append", default=[], help="verifier key of a witness")
    asked.add_argument("--against", action="append", default=[], type=Path, help="folder with checkpoints elsewhere")
    given = asked.parse_args(arguments)
    keys = [Key.read(text) for text in given.key]
    if given.folder.is_file():
        return verify_one(given.folder, keys, given.log, given.against)
    proof = Proof(given.folder, keys, [Key.read(text) for text in given.witness])
    faults = list(proof.verify())
    for folder in given.against:
        faults += [f"{folder}: {fault}" for fault in proof.compare(folder)]
    if given.log is not None:
        faults += proof.compare_log(given.log)
    for fault in faults:
        print(fault)  # noqa: T201
    lines = sum(tree.size for tree in proof.trees.values())
    said = f"{lines} lines, {proof.checkpoints} checkpoints, {proof.receipts} receipts, {len(faults)} faults"
    print(said + ("" if given.key else "; no key was given, so those of the tree itself were believed"))  # noqa: T201
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
