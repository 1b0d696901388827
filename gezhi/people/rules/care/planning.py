"""办理: the one planner: an act and what there is to be known give a plan, or the problem that speaks against it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from gezhi.people.rules.care import bodies, deeds, people, undo
from gezhi.people.rules.care.deeds import AnyAct
from gezhi.people.rules.care.plan import Facts, Plan

_PLANNERS: dict[type[Any], Callable[[Any, Facts], Plan]] = {
    deeds.TakeUp: people.plan_taking_up,
    deeds.ChangePerson: people.plan_changed_person,
    deeds.Appoint: people.plan_appointment,
    deeds.Deputise: people.plan_deputy,
    deeds.Transfer: people.plan_transfer,
    deeds.EndAppointment: people.plan_end_of_appointment,
    deeds.TakeLeave: people.plan_leave,
    deeds.EndLeave: people.plan_end_of_leave,
    deeds.ResetPassword: people.plan_password,
    deeds.EndPerson: people.plan_end_of_person,
    deeds.RestorePerson: people.plan_restoring,
    deeds.CreateBody: bodies.plan_new_body,
    deeds.ChangeBody: bodies.plan_changed_body,
    deeds.EndBody: bodies.plan_end_of_body,
    deeds.CreatePost: bodies.plan_new_post,
    deeds.ChangePost: bodies.plan_changed_post,
    deeds.EndPost: bodies.plan_end_of_post,
    deeds.Undo: undo.plan_undoing,
}


def plan_act(act: AnyAct, facts: Facts) -> Plan:
    """What the act would change (变更方案)."""
    return _PLANNERS[type(act)](act, facts)
