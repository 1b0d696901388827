"""存证凭证 (C2SP tlog-proof): one line of the tree, what leads from it to a root, and the checkpoint that signs the root.

It verifies without the platform: docs/proof-format.md, "One case".
"""

from __future__ import annotations

from base64 import b64encode

import msgspec

from gezhi.kernel.problems import Problem
from gezhi.proof.rules.checkpoint import parse_checkpoint
from gezhi.proof.rules.leaves import Leaf
from gezhi.proof.rules.notes import Note
from gezhi.proof.rules.tree import is_included

MARK = "c2sp.org/tlog-proof@v1"


class NotSignedYet(Problem):
    code = "proof.inclusion.not-signed-yet"
    status = 409
    title = "案件尚未存证，没有凭证；系统每 {minutes} 分钟存证一次，请稍后再取。"
    title_en = "The case is under no signature yet; every {minutes} minutes what changed is signed. Come again later."


class DoesNotFit(Problem):
    code = "proof.inclusion.does-not-fit"
    status = 409
    title = "存证树与已签名的检查点不符，不能出具凭证；请系统管理员运行 gezhi verify 核验。"
    title_en = "The tree does not fit the checkpoint that was signed, so nothing is proved; run `gezhi verify`."


class Inclusion(msgspec.Struct, frozen=True):
    """A line with its place in the tree, the hashes beside its way to the root, and the signed root."""

    leaf: Leaf
    index: int
    proof: tuple[bytes, ...]
    note: Note

    def fits(self) -> bool:
        """Whether the way leads to the root that is signed. By whom it is signed, others must say."""
        signed = parse_checkpoint(self.note.text)
        return is_included(self.index, signed.size, self.leaf.hashed, self.proof, signed.root)

    @property
    def text(self) -> str:
        """The file. `extra` is the line itself, which a tlog-proof leaves out; its hash is recomputed from it."""
        extra = b64encode(self.leaf.line.encode()).decode()
        steps = "".join(f"{b64encode(step).decode()}\n" for step in self.proof)
        return f"{MARK}\nextra {extra}\nindex {self.index}\n{steps}\n{self.note.whole}"
