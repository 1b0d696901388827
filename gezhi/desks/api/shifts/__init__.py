"""交接班: the desk's own state, the sheet, signatures, and the hand-overs of the past."""

from gezhi.desks.api.shifts import routes

__all__ = ["routes"]
