"""签署: the signer signs what continues its last head, and nothing else, whatever it is asked."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Protocol

import msgspec

from gezhi.kernel.problems import Problem
from gezhi.proof.rules.checkpoint import Checkpoint
from gezhi.proof.rules.keys import KeyType, SecretKey
from gezhi.proof.rules.leaves import Leaf, LeafKind
from gezhi.proof.rules.tree import EMPTY_ROOT, is_consistent, is_included

FROM, UNTIL = "from", "until"


class SignerAway(Problem):
    code = "proof.signing.away"
    status = 503
    title = "签署进程没有应答（{reason}）。请检查 gezhi signer 是否在运行，以及 GEZHI_SIGNER_SOCKET 是否正确。"
    title_en = (
        "The signer does not answer ({reason}). See whether `gezhi signer` runs and GEZHI_SIGNER_SOCKET is right."
    )


class LogBehindSigner(Problem):
    code = "proof.signing.log-behind"
    status = 409
    title = (
        "存证树只有 {size} 条，而签署进程已签到 {signed} 条：数据库是从较早的备份恢复的，或末尾被截去。"
        "拒绝签署。若确为恢复备份，请在签署进程所在机器上运行 gezhi signer --new-origin，"
        "新的存证树将从载明旧树的一条开始。"
    )
    title_en = (
        "The tree has {size} leaves, and the signer has signed {signed}: the database was restored from an older"
        " backup, or its end was cut off. Nothing is signed. If a backup was restored, run `gezhi signer --new-origin`"
        " where the signer runs: a new tree begins with a leaf that names the old one."
    )


class LogForks(Problem):
    code = "proof.signing.fork"
    status = 409
    title = "存证树与签署进程最后签署的树（{signed} 条）不相承接：已签署的内容被改动过。拒绝签署，请运行 gezhi verify。"
    title_en = (
        "The tree does not continue the last one that was signed ({signed} leaves): what was signed has been changed."
        " Nothing is signed; please run `gezhi verify`."
    )


class OtherSigner(Problem):
    code = "proof.signing.other-signer"
    status = 409
    title = (
        "签署进程的存证名称是“{found}”，而此前的检查点属于“{wanted}”。请让 GEZHI_SIGNER_HOME 指向原来的目录；"
        "如原目录已丢失，请运行 gezhi signer --new-origin --after 最后的检查点文件。"
    )
    title_en = (
        "The signer's origin is “{found}”, and the checkpoints so far are of “{wanted}”. Let GEZHI_SIGNER_HOME lead to"
        " the folder as it was; where it is lost, run `gezhi signer --new-origin --after FILE_OF_THE_LAST_CHECKPOINT`."
    )


class Head(msgspec.Struct, frozen=True):
    """What the signer signed last, and the tree that its own one follows, if any."""

    origin: str
    size: int = 0
    root: bytes = EMPTY_ROOT
    previous: Checkpoint | None = None


class HeldKey(msgspec.Struct, frozen=True):
    """A key of the signer. It signs trees of `since` leaves and more, and of fewer than `until`; a key whose leaf no
    tree holds yet has no `since`.
    """

    key: SecretKey
    since: int | None = None
    until: int | None = None
    retiring: bool = False

    def signs(self, size: int) -> bool:
        return self.since is not None and self.since <= size and (self.until is None or size < self.until)

    @property
    def subjects(self) -> list[str]:
        """The lines about this key that the tree must hold."""
        text = self.key.verifier.text
        return [f"{FROM} {text}", *([f"{UNTIL} {text}"] if self.retiring else [])]

    def settled_by(self, proved: dict[str, int]) -> HeldKey:
        """The key once its lines stand in the tree: {line: index}."""
        begin, end = (proved.get(f"{word} {self.key.verifier.text}") for word in (FROM, UNTIL))
        return HeldKey(
            self.key,
            self.since if self.since is not None or begin is None else begin + 1,
            self.until if self.until is not None or end is None or not self.retiring else end + 1,
            self.retiring,
        )


class SignerState(msgspec.Struct, frozen=True):
    """What the signer answers: its head, and what the tree must say of its keys."""

    head: Head
    subjects: tuple[str, ...]
    unsettled: tuple[str, ...]


class KeyProof(msgspec.Struct, frozen=True):
    """That a line about a key stands in the tree."""

    subject: str
    index: int
    proof: tuple[bytes, ...]


class SignRequest(msgspec.Struct, frozen=True):
    """A tree to be signed, and that it continues the signer's head."""

    size: int
    root: bytes
    proof: tuple[bytes, ...]
    keys: tuple[KeyProof, ...] = ()


class Signer(Protocol):
    """Whoever signs: a process of its own, asked over a socket."""

    def ask(self) -> SignerState: ...

    def sign(self, request: SignRequest) -> str:
        """The signed note; LogBehindSigner or LogForks where it refuses."""
        ...


def state_of(head: Head, keys: Sequence[HeldKey]) -> SignerState:
    settled = {
        *(f"{FROM} {one.key.verifier.text}" for one in keys if one.since is not None),
        *(f"{UNTIL} {one.key.verifier.text}" for one in keys if one.until is not None),
    }
    subjects = tuple(subject for one in keys for subject in one.subjects)
    return SignerState(head, subjects, tuple(subject for subject in subjects if subject not in settled))


def continue_head(head: Head, request: SignRequest) -> Head:
    """The next head, or the refusal."""
    if request.size < head.size:
        raise LogBehindSigner(size=request.size, signed=head.size)
    if not is_consistent(head.size, head.root, request.size, request.root, request.proof):
        raise LogForks(signed=head.size)
    return Head(head.origin, request.size, request.root, head.previous)


def settle_keys(keys: Iterable[HeldKey], request: SignRequest) -> list[HeldKey]:
    """The keys after what the request proves of the tree. One key always stays."""
    proved = {
        one.subject: one.index
        for one in request.keys
        if is_included(one.index, request.size, Leaf(LeafKind.KEY, one.subject).hashed, one.proof, request.root)
    }
    settled = [one.settled_by(proved) for one in keys]
    return settled if any(one.signs(request.size) for one in settled) else list(keys)


def after(head: Head, previous: Checkpoint | None = None) -> Head:
    """The head of a new tree that follows the one so far, or the one that is named."""
    previous = previous or Checkpoint(head.origin, head.size, head.root)
    name, _, number = previous.origin.rpartition("/")
    if not name or not number.isdecimal():
        raise ValueError(f"an origin ends with its number: {previous.origin}")
    return Head(f"{name}/{int(number) + 1}", previous=previous)


def renamed(keys: Iterable[HeldKey], origin: str) -> list[HeldKey]:
    """The keys that still sign, under the name of a new origin."""
    kept = [one for one in keys if one.until is None and one.since is not None]
    return [HeldKey(SecretKey(origin, one.key.type, one.key.secret), 0) for one in kept]


def needs_ed25519(keys: Iterable[HeldKey]) -> bool:
    """Whether no key of the kind that everybody can verify signs any more, or soon will not."""
    return not any(one.key.type is KeyType.ED25519 and not one.retiring for one in keys)
