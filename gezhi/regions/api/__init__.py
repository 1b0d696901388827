"""Doors of the ground: regions, places and map layers; single grids and what becomes of them."""

from gezhi.plumbing.doors import Router
from gezhi.regions.api.grids import router as _grids_router
from gezhi.regions.api.ground import router as _ground_router

router = Router()
router.add_router("", _ground_router)
router.add_router("", _grids_router)

__all__ = ["router"]
