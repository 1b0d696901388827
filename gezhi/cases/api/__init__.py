"""The doors of cases: lists, the case page, reports in, commands."""

from gezhi.cases.api import approvals, papers, read, shift, suggest, write
from gezhi.cases.api.router import router

__all__ = ["approvals", "papers", "read", "router", "shift", "suggest", "write"]
