"""The one router of cases: `read`, `suggest` and `write` hang their operations on it.

One, because an address that stands on two routers answers only for the first of them.
"""

from __future__ import annotations

from gezhi.plumbing.doors import Router

router = Router(tags=["cases"])
