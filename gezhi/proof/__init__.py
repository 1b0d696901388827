"""Proof (存证): one append-only tree over what the log says, signed every few minutes and handed to others.

Clauses: requirement R25 (nobody bends the record, the keeper of the system included).

Main rules
    rules/tree.py              RFC 6962: roots, inclusion and consistency
    rules/leaves.py            the lines of the tree: heads of cases, rows of registers, keys, seals
    rules/checkpoint.py        what is signed of a tree; rules/notes.py and rules/keys.py how
    rules/signing.py           when the signer signs, and when it refuses
    rules/witnessing.py        when a witness elsewhere takes a checkpoint
    rules/tiles.py             how a tree lies in files
    rules/inclusion.py         the proof of one case, as a file
    rules/verify_log.py        every log folded anew and compared with its case
    rules/verify_beside.py     senders' words and pictures compared with the log

A batch names what changed since the one before and ends with a seal. The signer is a process of its own with its key in
a folder of its own; it signs only what continues its last head. What it signed goes to other places, whose receipts are
kept. `gezhi verify` recomputes all of it; docs/proof-format.md tells others how.
"""
