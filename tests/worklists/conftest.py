"""Work lists are read in the invented city of the cases."""

from __future__ import annotations

from tests.cases.conftest import _begun, _built, busy, city, live

__all__ = ["_begun", "_built", "busy", "city", "live"]
