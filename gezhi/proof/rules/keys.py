"""验签公钥 and signatures: Ed25519 (0x01), its cosignatures of witnesses (0x04), and SM2 with SM3 (0xff, by a longer name).

A verifier key is written `<name>+<id, 8 hexadecimal digits>+<base64 of type and public key>`. The id only tells keys of
one name apart: four bytes are no proof of anything.
"""

from __future__ import annotations

import re
from base64 import b64decode, b64encode
from collections.abc import Callable
from enum import StrEnum
from hashlib import sha256

import gmalg
import gmalg.errors
import msgspec
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

NAME = re.compile(r"[^\s+\x00-\x1f]+")
SM2_USER = b"1234567812345678"
"""The user id of GB/T 35276: with another one, or none, no other program accepts a signature."""
SM2_HALF, SM2_PUBLIC = 32, 65
IN_FULL = b"\x04"
"""Begins a public key that is written with both coordinates."""
STAMP = 8
"""Bytes of the time before a cosignature."""


class KeyType(StrEnum):
    """Kinds of signatures."""

    ED25519 = "ed25519"
    COSIGNATURE = "cosignature"
    SM2 = "sm2"

    @property
    def mark(self) -> bytes:
        """The bytes that name it before a public key."""
        return MARKS[self]


MARKS = {KeyType.ED25519: b"\x01", KeyType.COSIGNATURE: b"\x04", KeyType.SM2: b"\xffsm2-sm3\x00"}
PUBLIC_SIZE = {KeyType.ED25519: 32, KeyType.COSIGNATURE: 32, KeyType.SM2: SM2_PUBLIC}


class VerifierKey(msgspec.Struct, frozen=True):
    """Whose signatures are looked for, and by what they are verified."""

    name: str
    type: KeyType
    public: bytes

    @property
    def id(self) -> bytes:
        return sha256(self.name.encode() + b"\n" + self.type.mark + self.public).digest()[:4]

    @property
    def text(self) -> str:
        return f"{self.name}+{self.id.hex()}+{b64encode(self.type.mark + self.public).decode()}"

    def verifies(self, signature: bytes, text: str) -> bool:
        match self.type:
            case KeyType.ED25519:
                return _verifies_ed25519(self.public, signature, text.encode())
            case KeyType.COSIGNATURE:
                at = int.from_bytes(signature[:STAMP], "big")
                return _verifies_ed25519(self.public, signature[STAMP:], cosigned(at, text))
            case KeyType.SM2:
                return _verifies_sm2(self.public, signature, text.encode())


class SecretKey(msgspec.Struct, frozen=True):
    """A key that signs; it never leaves its folder."""

    name: str
    type: KeyType
    secret: bytes

    @property
    def verifier(self) -> VerifierKey:
        if self.type is KeyType.SM2:
            public = gmalg.SM2(self.secret).generate_pk(self.secret)
        else:
            public = Ed25519PrivateKey.from_private_bytes(self.secret).public_key().public_bytes_raw()
        return VerifierKey(self.name, self.type, public)

    def sign(self, text: str, *, at: int = 0, draw: Callable[[int], int] | None = None) -> bytes:
        """The signature under a text. A cosignature needs the time; SM2 needs chance: a number of so many bits."""
        if self.type is KeyType.SM2:
            signer = gmalg.SM2(self.secret, SM2_USER, self.verifier.public, rnd_fn=draw)
            return b"".join(half.rjust(SM2_HALF, b"\x00") for half in signer.sign(text.encode()))
        key = Ed25519PrivateKey.from_private_bytes(self.secret)
        if self.type is KeyType.COSIGNATURE:
            return at.to_bytes(STAMP, "big") + key.sign(cosigned(at, text))
        return key.sign(text.encode())


def cosigned(at: int, text: str) -> bytes:
    """What a witness signs (C2SP tlog-cosignature)."""
    return f"cosignature/v1\ntime {at}\n{text}".encode()


def parse_verifier_key(text: str) -> VerifierKey:
    """The key of a line, or ValueError: also where its id does not follow from it."""
    name, _, rest = text.partition("+")
    digits, _, encoded = rest.partition("+")
    try:
        raw = b64decode(encoded, validate=True)
    except ValueError as error:
        raise ValueError(f"no verifier key: {text[:200]!r}") from error
    for kind in KeyType:
        if raw.startswith(kind.mark) and len(raw) == len(kind.mark) + PUBLIC_SIZE[kind] and NAME.fullmatch(name):
            key = VerifierKey(name, kind, raw[len(kind.mark) :])
            if key.id.hex() == digits:
                return key
    raise ValueError(f"no verifier key: {text[:200]!r}")


def _verifies_ed25519(public: bytes, signature: bytes, message: bytes) -> bool:
    try:
        Ed25519PublicKey.from_public_bytes(public).verify(signature, message)
    except (InvalidSignature, ValueError):
        return False
    return True


def _verifies_sm2(public: bytes, signature: bytes, message: bytes) -> bool:
    if len(signature) != 2 * SM2_HALF or not public.startswith(IN_FULL):
        return False
    try:
        verifier = gmalg.SM2(uid=SM2_USER, pk=public)
        return bool(verifier.verify(message, signature[:SM2_HALF], signature[SM2_HALF:]))
    except (ValueError, ArithmeticError, gmalg.errors.GMError):  # a point that is on no curve
        return False
