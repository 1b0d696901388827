"""The doors of cases: lists, the case page, reports in, commands."""

from gezhi.cases.api import approvals, ledgers, papers, read, shift, suggest, told, write
from gezhi.cases.api.router import router

__all__ = ["approvals", "ledgers", "papers", "read", "router", "shift", "suggest", "told", "write"]
