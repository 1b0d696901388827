"""The doors of cases: the case page, reports in, commands."""

from gezhi.cases.api import calendar_preview, read, write
from gezhi.cases.api.router import router

__all__ = ["calendar_preview", "read", "router", "write"]
