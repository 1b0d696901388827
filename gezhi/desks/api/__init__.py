"""Doors of the desks: workbenches, the dispatch desk, hand-overs of shifts."""

from gezhi.desks.api import dispatching, shifts, workbench
from gezhi.desks.api.router import router

__all__ = ["dispatching", "router", "shifts", "workbench"]
