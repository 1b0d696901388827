"""Doors of the ledgers: their pages and sheets, share control, and the approval matrix."""

from gezhi.ledgers.api import approvals, looks, openings
from gezhi.ledgers.api.routes import router

__all__ = ["approvals", "looks", "openings", "router"]
