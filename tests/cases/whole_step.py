"""A step compared whole: what a test does not name must not be there."""

from __future__ import annotations

from typing import Any

from gezhi.cases.rules.entries import Step


def whole(step: Step) -> dict[str, Any]:
    """Every field that the step sets, by name; a field at its default is left out, kind and status never are."""
    plain = Step(kind=step.kind, status=step.status)
    return {"kind": step.kind, "status": step.status} | {
        name: value for name in step.__struct_fields__ if (value := getattr(step, name)) != getattr(plain, name)
    }
