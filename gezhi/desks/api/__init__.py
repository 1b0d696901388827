"""Doors of the desks: workbenches, the dispatch desk, who reads what, hand-overs of shifts."""

from gezhi.desks.api import case_map, dispatching, reading, shifts, typed, workbench
from gezhi.desks.api.router import router

__all__ = ["case_map", "dispatching", "reading", "router", "shifts", "typed", "workbench"]
