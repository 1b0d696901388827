"""The doors of cases: the case page, reports in, commands."""

from gezhi.cases.api import read, write
from gezhi.cases.api.router import router

__all__ = ["read", "router", "write"]
