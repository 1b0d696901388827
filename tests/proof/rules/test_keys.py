"""Signatures of three kinds against the vectors of their standards; keys are read only as they are written."""

from __future__ import annotations

from base64 import b64encode
from typing import Final

import pytest

from gezhi.proof.rules.keys import KeyType, SecretKey, VerifierKey, cosigned, parse_verifier_key

PETER: Final = "PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW"
SM2_SECRET: Final = bytes.fromhex("3945208F7B2144B13F36E38AC6D39F95889393692860B51A42FB81EF4DF7C5B8")
SM2_CHANCE: Final = 0x59276E27D506861A16680F3AD9C02DCCEF3CC1FA3CDBE4CE6D54B80DEAC1BC21
SM2_SIGNATURE: Final = (
    "f5a03b0648d2c4630eeac513e1bb81a15944da3827d5b74143ac7eaceee720b3"
    "b1b6aa29df212fd8763182bc0d421ca1bb9038fd1f7f42d4840b69c485bbc1aa"
)
NAME: Final = "gezhi-00000000/1"


def key(kind: KeyType) -> SecretKey:
    return SecretKey(NAME, kind, SM2_SECRET if kind is KeyType.SM2 else bytes(range(32)))


def signed(kind: KeyType, text: str) -> bytes:
    return key(kind).sign(text, at=1_700_000_000, draw=lambda _: SM2_CHANCE)


def test_a_key_of_the_standard_has_its_id() -> None:
    assert parse_verifier_key(PETER).text == PETER
    assert parse_verifier_key(PETER).id.hex() == "c74f20a3"


def test_sm2_signs_as_the_example_of_its_standard() -> None:
    assert signed(KeyType.SM2, "message digest").hex() == SM2_SIGNATURE


@pytest.mark.parametrize("kind", KeyType)
def test_a_signature_fits_its_text_and_its_key_and_nothing_else(kind: KeyType) -> None:
    signature, verifier = signed(kind, "a\n"), key(kind).verifier
    assert verifier.verifies(signature, "a\n")
    assert not verifier.verifies(signature, "b\n")
    assert not verifier.verifies(signature[:-1], "a\n")
    assert not verifier.verifies(b"", "a\n")
    for at in range(0, len(signature), 7):
        forged = bytearray(signature)
        forged[at] ^= 1
        assert not verifier.verifies(bytes(forged), "a\n")
    other = SecretKey(NAME, kind, bytes([1]) * 32).verifier
    assert not other.verifies(signature, "a\n")


@pytest.mark.parametrize("kind", KeyType)
def test_a_public_key_that_is_no_point_verifies_nothing(kind: KeyType) -> None:
    public = key(kind).verifier.public
    broken = VerifierKey(NAME, kind, b"\x04" + b"\xff" * (len(public) - 1))
    assert not broken.verifies(signed(kind, "a\n"), "a\n")


@pytest.mark.parametrize("kind", KeyType)
def test_a_public_key_of_another_length_verifies_nothing(kind: KeyType) -> None:
    for public in (b"", key(kind).verifier.public[:-1]):
        assert not VerifierKey(NAME, kind, public).verifies(signed(kind, "a\n"), "a\n")


@pytest.mark.parametrize("mark", [0, 2, 5])
def test_an_sm2_key_that_is_not_written_as_a_point_in_full_verifies_nothing(mark: int) -> None:
    infinite = VerifierKey(NAME, KeyType.SM2, bytes([mark]) + bytes(64))
    assert not infinite.verifies(signed(KeyType.SM2, "a\n"), "a\n")


def test_a_cosignature_without_a_time_says_nought() -> None:
    assert key(KeyType.COSIGNATURE).sign("a\n")[:8] == bytes(8)


def test_a_cosignature_stands_under_its_time() -> None:
    signature = signed(KeyType.COSIGNATURE, "origin\n1\nroot\n")
    assert int.from_bytes(signature[:8], "big") == 1_700_000_000
    assert cosigned(9, "origin\n1\nroot\n") == b"cosignature/v1\ntime 9\norigin\n1\nroot\n"
    later = (1_700_000_001).to_bytes(8, "big") + signature[8:]
    assert not key(KeyType.COSIGNATURE).verifier.verifies(later, "origin\n1\nroot\n")


@pytest.mark.parametrize("kind", KeyType)
def test_a_key_is_read_as_it_is_written(kind: KeyType) -> None:
    verifier = key(kind).verifier
    assert parse_verifier_key(verifier.text) == verifier


def test_the_same_key_of_another_kind_or_name_has_another_id() -> None:
    public = key(KeyType.ED25519).verifier.public
    ids = {VerifierKey(NAME, kind, public).id for kind in (KeyType.ED25519, KeyType.COSIGNATURE)}
    assert len(ids | {VerifierKey("other", KeyType.ED25519, public).id}) == 3


@pytest.mark.parametrize(
    "text",
    [
        "",
        "name",
        "name+00000000",
        "name+00000000+?",
        "name+00000000+密",
        VerifierKey(NAME, KeyType.ED25519, bytes(31)).text,
        VerifierKey("a name", KeyType.ED25519, bytes(32)).text,
        "name+00000000+" + b64encode(b"\x01" + bytes(32)).decode(),
        "+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW",
        "Peter Neumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW",
        PETER.replace("AR", "Aw"),
        PETER.replace("AR", "AQ"),
        PETER + "\n",
        "密" + PETER,
    ],
)
def test_what_is_no_key_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="no verifier key"):
        parse_verifier_key(text)
