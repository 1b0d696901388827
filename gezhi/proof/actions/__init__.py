"""What the proof does: grow the tree, have it signed, hand it to others."""

from gezhi.proof.actions.export import export_proof
from gezhi.proof.actions.grow import grow_tree
from gezhi.proof.actions.hand_over import hand_to_folder, hand_to_witness
from gezhi.proof.actions.keep_up import keep_up
from gezhi.proof.actions.take import take_checkpoint

__all__ = ["export_proof", "grow_tree", "hand_to_folder", "hand_to_witness", "keep_up", "take_checkpoint"]
