"""Reads of the proof: the tree and its nodes, what has changed, what was signed and received, and the verification."""
