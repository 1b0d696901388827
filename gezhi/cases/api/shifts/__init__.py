"""交接班: the desk's own state, the sheet, signatures, and the hand-overs of the past."""

from gezhi.cases.api.shifts import routes

__all__ = ["routes"]
