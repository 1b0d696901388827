"""Shapes of duties: rows of the duty table, and proposals for it."""
