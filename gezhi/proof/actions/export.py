"""存证导出: everything that somebody needs who verifies without this program, as files of a folder."""

from __future__ import annotations

from gezhi.proof.queries.checkpoints import Kept, list_checkpoints, with_receipts
from gezhi.proof.queries.trees import list_leaves, list_trees
from gezhi.proof.rules.receivers import Folder, checkpoint_path
from gezhi.proof.rules.tiles import WIDTH, bundle, tile_path


def export_proof(folder: Folder) -> int:
    """Lines and checkpoints of all trees, with the receipts under the checkpoints; answers how many checkpoints."""
    count = 0
    for tree in list_trees():
        checkpoints = list_checkpoints(tree)
        for kept in checkpoints:
            folder.put(f"{kept.origin}/{checkpoint_path(kept.size)}", with_receipts(kept).whole.encode())
        if checkpoints:
            _put_lines(folder, checkpoints[-1])
        count += len(checkpoints)
    return count


def _put_lines(folder: Folder, last: Kept) -> None:
    """All lines that are signed, in bundles; the last one is partial."""
    for first in range(0, last.size, WIDTH):
        end = min(first + WIDTH, last.size)
        path = tile_path("entries", first // WIDTH) + (f".p/{end - first}" if end - first < WIDTH else "")
        lines = [leaf.line for leaf in list_leaves(last.tree, first, end)]
        folder.put(f"{last.origin}/{path}", bundle(lines))
