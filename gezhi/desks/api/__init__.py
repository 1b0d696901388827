"""Doors of the desks: workbenches, dispatch desk, what a new report needs, who reads what, hand-overs of shifts."""

from gezhi.desks.api import case_map, dispatching, merging, reading, reporting, shifts, trial, typed, workbench
from gezhi.desks.api.router import router

__all__ = [
    "case_map",
    "dispatching",
    "merging",
    "reading",
    "reporting",
    "router",
    "shifts",
    "trial",
    "typed",
    "workbench",
]
