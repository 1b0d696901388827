"""Reads of the desks: turns, hand-overs and their sheets, the dispatch desk, workbenches."""
