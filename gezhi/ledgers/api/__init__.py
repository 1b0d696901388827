"""Doors of the ledgers: their pages and sheets, and share control."""

from gezhi.ledgers.api import openings
from gezhi.ledgers.api.routes import router

__all__ = ["openings", "router"]
