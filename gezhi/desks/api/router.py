"""The one router of the desks: an address that stands on two routers answers only for the first of them."""

from __future__ import annotations

from gezhi.plumbing.doors import Router

router = Router(tags=["desks"])
