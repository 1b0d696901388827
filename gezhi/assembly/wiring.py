"""接线表: who decides and who listens: the only table in which a lower capability reaches an upper one."""

from __future__ import annotations

from importlib import import_module
from typing import Any

from gezhi.assembly.capabilities import has_module
from gezhi.plumbing.clock_guard.guard import set_last_entry
from gezhi.plumbing.doors import set_authority
from gezhi.plumbing.health.checks import set_checks
from gezhi.plumbing.media import set_picture_scopes
from gezhi.plumbing.outbox import set_listeners

LISTENERS: dict[str, tuple[str, ...]] = {
    "registers.changed": ("cases.subscribers.on_register_changed",),
    "cases.*": ("telling.subscribers.on_case_entry", "supervision.subscribers.on_case_entry"),
}
"""Topic of an announced event -> listeners, as `capability.subscribers.function`. A listener may be told twice. Of a
group of topics each says itself which it hears.
"""


PICTURE_SCOPES = ("cases.queries.scope.picture_condition", "supervision.queries.scope.picture_condition")
"""Who uses pictures, each with the condition under which somebody sees one."""


def connect() -> None:
    if has_module("people", "api"):
        set_authority(import_module("gezhi.people.api").authorise)
    if has_module("cases", "queries"):
        people, cases = import_module("gezhi.people.actions"), import_module("gezhi.cases.queries.open_work")
        people.set_open_work(cases.open_work)
        people.set_duty_count(import_module("gezhi.duties.queries").count_rows_of_unit)
        set_last_entry(import_module("gezhi.cases.queries.last_entry").LAST_ENTRY)
    set_picture_scopes([_find(name) for name in PICTURE_SCOPES if has_module(name.partition(".")[0], "queries")])
    set_checks({"proof": _find("proof.queries.health.look_at_proof")})
    set_listeners({topic: [_find(name) for name in names] for topic, names in LISTENERS.items()})


def _find(name: str) -> Any:
    module, _, function = name.rpartition(".")
    return getattr(import_module(f"gezhi.{module}"), function)
