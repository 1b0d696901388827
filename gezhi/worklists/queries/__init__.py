"""Reads of the work lists: what a search means, pages, counts, and what changed in between."""
