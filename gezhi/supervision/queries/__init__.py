"""Reads of supervision: registers in somebody's scope, what is due, and cases without an owner."""
