"""Doors of duties: the table and its matrix, the unit it names at a place, proposals, and what a unit answers for."""

from gezhi.duties.api.matrix import router as _matrix_router
from gezhi.duties.api.proposals import router as _proposals_router
from gezhi.duties.api.table import router as _table_router
from gezhi.duties.api.units import router as _units_router
from gezhi.plumbing.doors import Router

router = Router()
router.add_router("", _table_router)
router.add_router("", _matrix_router)
router.add_router("", _proposals_router)
router.add_router("", _units_router)

__all__ = ["router"]
