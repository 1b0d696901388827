"""打印: orders, the case file, and the digest by which paper is checked against the log."""

from gezhi.papers.api.routes import router

__all__ = ["router"]
