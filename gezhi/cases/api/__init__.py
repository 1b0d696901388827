"""The doors of cases: lists, the case page, reports in, commands."""

from gezhi.cases.api import approvals, dispatching, ledgers, papers, read, shifts, suggest, told, workbench, write
from gezhi.cases.api.router import router

__all__ = [
    "approvals",
    "dispatching",
    "ledgers",
    "papers",
    "read",
    "router",
    "shifts",
    "suggest",
    "told",
    "workbench",
    "write",
]
