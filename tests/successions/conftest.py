"""Units are succeeded in the invented city of the cases."""

from __future__ import annotations

from tests.cases.conftest import _built, city

__all__ = ["_built", "city"]
