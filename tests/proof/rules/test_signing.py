"""The signer signs what continues its head; keys count from where the tree names them."""

from __future__ import annotations

from typing import Final

import pytest

from gezhi.proof.rules.checkpoint import Checkpoint
from gezhi.proof.rules.keys import KeyType, SecretKey
from gezhi.proof.rules.leaves import Leaf, LeafKind
from gezhi.proof.rules.signing import (
    Head,
    HeldKey,
    KeyProof,
    LogBehindSigner,
    LogForks,
    SignRequest,
    after,
    continue_head,
    needs_ed25519,
    renamed,
    settle_keys,
    state_of,
)
from gezhi.proof.rules.tree import EMPTY_ROOT, Node, consistency_proof, inclusion_proof, root_of, subtree
from tests.proof.rules.test_tree import HASHES, ROOT_AT, node

ORIGIN: Final = "gezhi-0a0b0c0d/1"
OLD: Final = HeldKey(SecretKey(ORIGIN, KeyType.ED25519, bytes(32)), 0)
NEW: Final = HeldKey(SecretKey(ORIGIN, KeyType.ED25519, bytes([1]) * 32))
HEAD: Final = Head(ORIGIN, 5, ROOT_AT[5])


def request(size: int, *, old: int = 5) -> SignRequest:
    return SignRequest(size, ROOT_AT[size], tuple(consistency_proof(old, size, node)))


@pytest.mark.parametrize("size", [5, 6, 8, 9, 70])
def test_what_continues_the_head_becomes_the_head(size: int) -> None:
    assert continue_head(HEAD, request(size)) == Head(ORIGIN, size, ROOT_AT[size])


def test_anything_is_a_continuation_of_nothing() -> None:
    assert continue_head(Head(ORIGIN), SignRequest(3, ROOT_AT[3], ())).size == 3


def test_a_log_that_is_shorter_than_what_was_signed_is_refused() -> None:
    with pytest.raises(LogBehindSigner) as refused:
        continue_head(HEAD, SignRequest(4, ROOT_AT[4], ()))
    assert refused.value.details == {"size": 4, "signed": 5}
    assert "--new-origin" in refused.value.text("zh")


@pytest.mark.parametrize(
    "forged",
    [
        SignRequest(5, ROOT_AT[6], ()),
        SignRequest(9, ROOT_AT[9], ()),
        SignRequest(9, ROOT_AT[8], tuple(consistency_proof(5, 9, node))),
        SignRequest(9, ROOT_AT[9], tuple(consistency_proof(4, 9, node))),
    ],
)
def test_a_log_that_forks_is_refused(forged: SignRequest) -> None:
    with pytest.raises(LogForks):
        continue_head(HEAD, forged)


def tree_with(subjects: list[str]) -> tuple[int, bytes, Node, list[KeyProof]]:
    """Five leaves and then these lines about keys."""
    hashes = [*HASHES[:5], *(Leaf(LeafKind.KEY, subject).hashed for subject in subjects)]

    def own(height: int, index: int) -> bytes:
        return root_of(hashes[index << height : (index + 1) << height])

    size = len(hashes)
    proofs = [
        KeyProof(subject, index, tuple(inclusion_proof(index, size, own))) for index, subject in enumerate(subjects, 5)
    ]
    return size, subtree(0, size, own), own, proofs


def test_a_new_key_signs_once_the_tree_names_it_and_not_before() -> None:
    (subject,) = NEW.subjects
    size, root, own, proofs = tree_with([subject])
    asked = SignRequest(size, root, tuple(consistency_proof(5, size, own)), tuple(proofs))
    old, new = settle_keys([OLD, NEW], asked)
    assert (old, new.since) == (OLD, 6)
    assert [one.signs(size) for one in (old, new)] == [True, True]
    assert not NEW.signs(size)
    forged = SignRequest(size, root, asked.proof, (KeyProof(subject, 4, proofs[0].proof),))
    assert settle_keys([OLD, NEW], forged) == [OLD, NEW]


def test_a_key_that_is_given_up_signs_until_the_tree_says_so() -> None:
    leaving = HeldKey(OLD.key, 0, None, retiring=True)
    staying = HeldKey(NEW.key, 2)
    assert leaving.subjects[1] == f"until {OLD.key.verifier.text}"
    size, root, own, proofs = tree_with(leaving.subjects)
    asked = SignRequest(size, root, tuple(consistency_proof(5, size, own)), tuple(proofs))
    gone, kept = settle_keys([leaving, staying], asked)
    assert (gone.until, kept) == (7, staying)
    assert [leaving.signs(6), gone.signs(6), gone.signs(7), kept.signs(7)] == [True, True, False, True]


def test_the_last_key_stays_whatever_the_tree_says() -> None:
    leaving = HeldKey(OLD.key, 0, None, retiring=True)
    size, root, own, proofs = tree_with(leaving.subjects)
    asked = SignRequest(size, root, tuple(consistency_proof(5, size, own)), tuple(proofs))
    assert settle_keys([leaving], asked) == [leaving]


def test_what_the_tree_must_say_of_the_keys_is_told_apart_from_what_it_says() -> None:
    leaving = HeldKey(OLD.key, 0, None, retiring=True)
    state = state_of(HEAD, [leaving, NEW])
    assert state.subjects == (*leaving.subjects, *NEW.subjects)
    assert state.unsettled == (leaving.subjects[1], *NEW.subjects)


def test_a_new_origin_counts_on_and_names_the_old_one() -> None:
    head = after(HEAD)
    assert head == Head("gezhi-0a0b0c0d/2", 0, EMPTY_ROOT, Checkpoint(ORIGIN, 5, ROOT_AT[5]))
    lost = Checkpoint("gezhi-ffffffff/8", 9, ROOT_AT[9])
    assert after(HEAD, lost) == Head("gezhi-ffffffff/9", 0, EMPTY_ROOT, lost)
    with pytest.raises(ValueError, match="ends with its number"):
        after(HEAD, Checkpoint("somewhere", 9, ROOT_AT[9]))


def test_keys_that_still_sign_go_on_under_the_new_name() -> None:
    gone = HeldKey(OLD.key, 0, 4, retiring=True)
    (kept,) = renamed([gone, NEW, HeldKey(NEW.key, 3)], "gezhi-0a0b0c0d/2")
    assert kept == HeldKey(SecretKey("gezhi-0a0b0c0d/2", KeyType.ED25519, NEW.key.secret), 0)


def test_one_key_that_everybody_can_verify_is_always_there() -> None:
    sm2 = HeldKey(SecretKey(ORIGIN, KeyType.SM2, bytes([1]) * 32), 0)
    assert needs_ed25519([sm2])
    assert needs_ed25519([HeldKey(OLD.key, 0, None, retiring=True), sm2])
    assert not needs_ed25519([OLD, sm2])
