"""What has changed since a batch: last entries of cases and of rows of registers that the tree does not name yet."""

from __future__ import annotations

from urllib.parse import quote

from gezhi.plumbing.journal.reads import list_journal_heads
from gezhi.proof.queries.trees import Batch, find_leaves
from gezhi.proof.queries.whole_log import list_tails
from gezhi.proof.rules.leaves import Leaf, LeafKind
from gezhi.worklists.queries.changes import get_change_cursor

PLAIN = "/:@+,.-_~()"
"""What stands in the key of a row as it is, besides letters and digits; everything else is percent-encoded."""


def list_changed(last: Batch) -> tuple[list[Leaf], int]:
    """The lines to add, and from which transaction on changes are new.

    A transaction that is under way holds the cursor back, so that what it commits later is found next time; what was
    named meanwhile is not named twice. A database that was restored elsewhere counts its transactions anew: then all
    is looked at.
    """
    cursor = get_change_cursor()
    since = last.changed_before if last.changed_before <= cursor else 0
    heads = [
        *(Leaf(LeafKind.HEAD, case, seq, bytes.fromhex(hashed)) for case, seq, hashed in list_tails(since)),
        *(
            Leaf(LeafKind.REGISTER, register_subject(one.register, one.row), one.seq, bytes.fromhex(one.hash))
            for one in list_journal_heads(since)
        ),
    ]
    known = find_leaves(last.tree, last.size, heads)
    return [leaf for leaf in heads if leaf not in known], cursor


def register_subject(register: str, row: str) -> str:
    return f"{register} {quote(row, safe=PLAIN)}"
