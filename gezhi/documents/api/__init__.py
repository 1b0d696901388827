"""Doors of documents: read, write, approve, confirm."""

from gezhi.documents.api import read, write
from gezhi.documents.api.router import router

__all__ = ["read", "router", "write"]
