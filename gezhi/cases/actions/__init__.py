"""What is done to cases. `perform` takes a batch of any size; `perform_one` is the batch of one that a door calls."""

from gezhi.cases.actions.approval_matrix import put_approval_row_in_force
from gezhi.cases.actions.clock_loop import raise_due_clocks
from gezhi.cases.actions.perform import Outcome, perform, perform_one
from gezhi.cases.actions.preview_recompute import Preview, preview_recompute
from gezhi.cases.actions.recompute import recompute_deadlines

__all__ = [
    "Outcome",
    "Preview",
    "perform",
    "perform_one",
    "preview_recompute",
    "put_approval_row_in_force",
    "raise_due_clocks",
    "recompute_deadlines",
]
