"""The doors of cases: lists, the case page, reports in, commands."""

from gezhi.cases.api import approvals, ledgers, read, senders, suggest, write
from gezhi.cases.api.router import router

__all__ = ["approvals", "ledgers", "read", "router", "senders", "suggest", "write"]
