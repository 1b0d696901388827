"""Who decides and who listens: the only table in which a lower capability reaches an upper one."""

from __future__ import annotations

from importlib import import_module

from gezhi.assembly.capabilities import has_module
from gezhi.plumbing.doors import set_authority
from gezhi.plumbing.outbox import Listener, set_listeners

TELL = "telling.subscribers.on_case_entry"
ENTER = "supervision.subscribers.on_case_entry"
LISTENERS: dict[str, tuple[str, ...]] = {
    "registers.changed": ("cases.subscribers.on_register_changed",),
    "cases.reported": (TELL,),
    "cases.report_added": (TELL,),
    "cases.verification_required": (TELL,),
    "cases.task_rerouted": (TELL,),
    "cases.accepted": (TELL,),
    "cases.refused": (TELL,),
    "cases.merged": (TELL,),
    "cases.rejected": (TELL,),
    "cases.dispatched": (TELL,),
    "cases.owner_settled": (TELL, ENTER),
    "cases.recalled": (TELL,),
    "cases.send_back_asked": (TELL,),
    "cases.send_back_granted": (TELL,),
    "cases.send_back_refused": (TELL,),
    "cases.assigned": (TELL,),
    "cases.revoked": (TELL,),
    "cases.handed_up": (TELL,),
    "cases.extension_asked": (TELL,),
    "cases.extension_granted": (TELL,),
    "cases.extension_refused": (TELL,),
    "cases.suspension_asked": (TELL,),
    "cases.suspension_granted": (TELL,),
    "cases.suspension_refused": (TELL,),
    "cases.void_asked": (TELL,),
    "cases.void_granted": (TELL,),
    "cases.void_refused": (TELL,),
    "cases.appealed": (TELL,),
    "cases.appeal_granted": (TELL,),
    "cases.appeal_refused": (TELL,),
    "cases.application_passed_on": (TELL,),
    "cases.application_expired": (TELL,),
    "cases.resumed": (TELL,),
    "cases.woken": (TELL,),
    "cases.supervised": (TELL,),
    "cases.supervision_answered": (TELL,),
    "cases.supervision_lifted": (TELL,),
    "cases.major_listed": (TELL, ENTER),
    "cases.major_reported": (TELL, ENTER),
    "cases.major_changed": (TELL, ENTER),
    "cases.major_struck_off": (TELL, ENTER),
    "cases.more_asked": (TELL,),
    "cases.inspection_sent": (TELL,),
    "cases.inspection_failed": (TELL,),
    "cases.closed": (TELL,),
    "cases.reopened": (TELL,),
    "cases.amended": (TELL,),
    "cases.reminded": (TELL,),
    "cases.found_missed": (TELL,),
    "cases.clock_ran_out": (TELL,),
}
"""Topic of an announced event -> listeners, as `capability.subscribers.function`. Listeners bear to be told twice."""


def connect() -> None:
    if has_module("people", "api"):
        set_authority(import_module("gezhi.people.api").authorise)
    if has_module("cases", "queries"):
        people, cases = import_module("gezhi.people.actions"), import_module("gezhi.cases.queries.open_work")
        people.set_open_work(cases.open_work)
    set_listeners({topic: [_find(name) for name in names] for topic, names in LISTENERS.items()})


def _find(name: str) -> Listener:
    module, _, function = name.rpartition(".")
    found: Listener = getattr(import_module(f"gezhi.{module}"), function)
    return found
