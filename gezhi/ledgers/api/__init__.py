"""Doors of the ledgers: their pages and sheets, and share control."""

from gezhi.ledgers.api import approvals, looks, openings
from gezhi.ledgers.api.routes import router

__all__ = ["approvals", "looks", "openings", "router"]
