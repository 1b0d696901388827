"""The doors of cases: lists, the case page, reports in, commands."""

from gezhi.cases.api import approvals, read, senders, suggest, write
from gezhi.cases.api.router import router

__all__ = ["approvals", "read", "router", "senders", "suggest", "write"]
