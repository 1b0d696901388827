"""Doors of the catalogue: classes with their rows, the editions side by side."""

from gezhi.catalog.api.classes import router as _classes_router
from gezhi.catalog.api.editions import router as _editions_router
from gezhi.plumbing.doors import Router

router = Router()
router.add_router("", _classes_router)
router.add_router("", _editions_router)

__all__ = ["router"]
