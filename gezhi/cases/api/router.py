"""The one router of cases: `read` and `write` hang their operations on it."""

from __future__ import annotations

from gezhi.plumbing.doors import Router

router = Router(tags=["cases"])
