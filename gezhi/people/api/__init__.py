"""Doors of people: the session, the directory, and the authority that stands before every route."""

from gezhi.people.api.account import router as _account_router
from gezhi.people.api.authority import authorise
from gezhi.people.api.care import router as _care_router
from gezhi.people.api.directory import router as _directory_router
from gezhi.people.api.roster import router as _roster_router
from gezhi.people.api.session import router as _session_router
from gezhi.plumbing.doors import Router

router = Router()
router.add_router("", _session_router)
router.add_router("", _account_router)
router.add_router("", _directory_router)
router.add_router("", _care_router)
router.add_router("", _roster_router)

__all__ = ["authorise", "router"]
