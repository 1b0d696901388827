"""The proof stands over the cases of the invented city."""

from __future__ import annotations

from tests.cases.conftest import _built, city, live

__all__ = ["_built", "city", "live"]
