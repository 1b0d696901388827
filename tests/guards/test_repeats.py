"""Whatever changes something may be sent again: it takes an Idempotency-Key, or says why it needs none."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from types import FunctionType
from typing import Any

import pytest
from ninja.operation import Operation

from gezhi.assembly.api import build_api
from gezhi.kernel.permissions import Permission
from gezhi.plumbing.doors import KEY_HEADER, SAFE_METHODS, Router
from gezhi.plumbing.request_keys import command_id_of, doing_of

TAKES_A_KEY = frozenset({command_id_of, doing_of})


def unsafe() -> Iterator[tuple[str, Operation]]:
    for bound in build_api()._get_bound_routers():
        for path, view in bound.path_operations.items():
            for operation in view.operations:
                if not SAFE_METHODS.issuperset(operation.methods):
                    yield f"{' '.join(operation.methods)} {bound.prefix}{path}", operation


def called_by(view: Callable[..., Any]) -> set[Callable[..., Any]]:
    """Every function that a view names, and those that its own module's functions name for it."""
    found: set[Callable[..., Any]] = set()
    waiting = [view]
    while waiting:
        function = waiting.pop()
        named = [function.__globals__.get(name) for name in function.__code__.co_names]
        new = {one for one in named if isinstance(one, FunctionType)} - found
        waiting += [one for one in new if one.__module__ == view.__module__]
        found |= new
    return found


def faults_of(operation: Operation) -> list[str]:
    extra = operation.openapi_extra or {}
    takes = bool(TAKES_A_KEY & called_by(operation.view_func))
    reason, told = extra.get("x-repeats", ""), KEY_HEADER in extra.get("parameters", [])
    faults = [] if takes or reason else ["takes no key and says no reason"]
    return [*faults, *(["takes a key and says that it needs none"] if takes and (reason or not told) else [])]


def test_every_operation_that_changes_something_may_be_sent_again() -> None:
    wrong = {path: faults for path, operation in unsafe() if (faults := faults_of(operation))}
    assert wrong == {}


@pytest.mark.parametrize(
    ("repeats", "takes", "fault"),
    [
        ("", False, ["takes no key and says no reason"]),
        ("it only reads", False, []),
        ("it only reads", True, ["takes a key and says that it needs none"]),
        ("", True, []),
    ],
)
def test_a_planted_route_is_found(repeats: str, takes: bool, fault: list[str]) -> None:
    router = Router()

    def plain(request: Any) -> None: ...

    def keyed(request: Any) -> None:
        command_id_of(request)

    router.post("/x", permission=Permission.CASES_ACT, repeats=repeats)(keyed if takes else plain)
    [operation] = router.path_operations["/x"].operations
    assert faults_of(operation) == fault
