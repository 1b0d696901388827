"""The one router of cases; reads and writes hang their operations on it."""

from __future__ import annotations

from gezhi.cases.api import read, suggest, write
from gezhi.plumbing.doors import Router

router = Router(tags=["cases"])
for part in (read.router, suggest.router, write.router):
    router.add_router("", part)
