"""The folder of the signer: its keys and its last head, private to whoever runs it, never in the database's folder."""

from __future__ import annotations

import os
from collections.abc import Sequence
from pathlib import Path

import gmalg
import msgspec
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from gezhi.kernel.problems import Problem
from gezhi.proof.rules.checkpoint import Checkpoint, parse_checkpoint
from gezhi.proof.rules.keys import KeyType, SecretKey
from gezhi.proof.rules.notes import parse_note, signature_of
from gezhi.proof.rules.signing import (
    Head,
    HeldKey,
    SignerState,
    SignRequest,
    after,
    continue_head,
    needs_ed25519,
    renamed,
    settle_keys,
    state_of,
)


class SignerFolderBroken(Problem):
    code = "proof.signing.folder-broken"
    status = 500
    title = "签署目录 {folder} 读不出来（{reason}）。请从单独保管的备份恢复该目录；不要删除后重来。"
    title_en = (
        "The signer's folder {folder} cannot be read ({reason}). Restore it from the backup that is kept apart; do not"
        " remove it to begin anew."
    )


class NoSuchKey(Problem):
    code = "proof.signing.no-such-key"
    status = 404
    title = "没有编号为 {key} 的签署密钥，或者它是最后一个人人可验的密钥，不能停用。"
    title_en = "There is no key {key}, or it is the last one that everybody can verify and cannot be given up."


class _Stored(msgspec.Struct):
    """The one file: written whole, beside and over, so that keys and head always fit each other."""

    head: Head
    keys: list[HeldKey]


class SignerFolder:
    def __init__(self, folder: Path) -> None:
        self.folder, self.file = folder, folder / "signer.json"

    def prepare(self, *, with_sm2: bool = False) -> None:
        """Make keys and a name on the first start; add the second kind where it is wanted and missing."""
        self.folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        self.folder.chmod(0o700)
        if not self.file.exists():
            origin = f"gezhi-{os.urandom(4).hex()}/1"
            kinds = [KeyType.ED25519, *([KeyType.SM2] if with_sm2 else [])]
            self._write(Head(origin), [HeldKey(_new_key(origin, kind), 0) for kind in kinds])
        elif with_sm2:
            head, keys = self._read()
            if not any(one.key.type is KeyType.SM2 and not one.retiring for one in keys):
                self._write(head, [*keys, HeldKey(_new_key(head.origin, KeyType.SM2))])

    def state(self) -> SignerState:
        return state_of(*self._read())

    def sign(self, request: SignRequest) -> str:
        """The note; the head lies on the disk before anybody hears of it."""
        head, keys = self._read()
        head, keys = continue_head(head, request), settle_keys(keys, request)
        text = Checkpoint(head.origin, head.size, head.root).text
        signers = [one.key for one in keys if one.signs(head.size)]
        lines = [signature_of(key.verifier, key.sign(text)).line for key in signers]
        self._write(head, keys)
        return f"{text}\n{''.join(lines)}"

    def verifier_keys(self) -> list[str]:
        return [one.key.verifier.text for one in self._read()[1]]

    def new_origin(self, last_note: str | None = None) -> str:
        """Begin a tree that follows the one so far, or the one of this note where the folder was lost."""
        head, keys = self._read()
        head = after(head, parse_checkpoint(parse_note(last_note).text) if last_note is not None else None)
        self._write(head, renamed(keys, head.origin))
        return head.origin

    def new_key(self, kind: KeyType) -> str:
        """A key that signs beside the others once the tree names it."""
        head, keys = self._read()
        key = _new_key(head.origin, kind)
        self._write(head, [*keys, HeldKey(key)])
        return key.verifier.text

    def retire(self, key_id: str) -> None:
        """Give a key up: it signs until the tree says that it does no longer."""
        head, keys = self._read()
        left = [
            HeldKey(one.key, one.since, one.until, retiring=one.retiring or one.key.verifier.id.hex() == key_id)
            for one in keys
        ]
        if left == keys or needs_ed25519(left):
            raise NoSuchKey(key=key_id)
        self._write(head, left)

    def _read(self) -> tuple[Head, list[HeldKey]]:
        try:
            stored = msgspec.json.decode(self.file.read_bytes(), type=_Stored)
        except (OSError, msgspec.DecodeError) as error:
            raise SignerFolderBroken(folder=self.folder, reason=error) from error
        return stored.head, stored.keys

    def _write(self, head: Head, keys: Sequence[HeldKey]) -> None:
        half = self.folder / "signer.half"
        descriptor = os.open(half, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        with os.fdopen(descriptor, "wb") as out:
            out.write(msgspec.json.encode(_Stored(head, list(keys))))
            out.flush()
            os.fsync(out.fileno())
        half.replace(self.file)
        folder = os.open(self.folder, os.O_RDONLY)
        try:
            os.fsync(folder)
        finally:
            os.close(folder)


def _new_key(name: str, kind: KeyType) -> SecretKey:
    if kind is KeyType.SM2:
        secret, _ = gmalg.SM2().generate_keypair()
        return SecretKey(name, kind, secret)
    return SecretKey(name, kind, Ed25519PrivateKey.generate().private_bytes_raw())
