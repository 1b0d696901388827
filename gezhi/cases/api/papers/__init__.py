"""打印: orders, the case file, and the digest by which paper is checked against the log."""

from gezhi.cases.api.papers import routes

__all__ = ["routes"]
