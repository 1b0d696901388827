"""地方规定 on the wire: the settings that a city changes while it runs, as they come in and go out."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Any

import msgspec
from pydantic import BaseModel, Field

from gezhi.calendars.rules.limits import Limit, Unit
from gezhi.cases.rules.clocks.clock import ClockKind
from gezhi.plumbing.shapes import Exact
from gezhi.policy.rules.channels import ChannelGroup
from gezhi.policy.rules.holders import Holder
from gezhi.policy.rules.local_policy import LocalPolicy

Share = Annotated[int, Field(ge=0, le=100)]
Minutes = Annotated[int, Field(ge=0, le=1_440)]
Code = Annotated[str, Field(max_length=40)]
Name = Annotated[str, Field(max_length=60)]


class StageLimitShape(Exact):
    value: Annotated[int, Field(gt=0, le=1_000)]
    unit: Unit


class ChannelShape(Exact):
    code: Code
    zh: Name
    en: Name
    group: ChannelGroup
    verify: bool = False
    complaint: bool = False
    sender: bool = True


class ReasonShape(Exact):
    command: Code
    code: Code
    zh: Name
    en: Name
    answer: Annotated[str, Field(max_length=300)] = ""


class SettingsShape(Exact):
    """Settings of the local policy. One that is left out stays; `reasons`: the whole list of each command named."""

    stage_limits: dict[ClockKind, StageLimitShape] | None = None
    warn_percent: Annotated[int, Field(ge=1, le=99)] | None = None
    duplicate_metres: Annotated[int, Field(ge=0, le=5_000)] | None = None
    duplicate_hours: Annotated[int, Field(ge=0, le=720)] | None = None
    evidence_metres: Annotated[int, Field(ge=1, le=10_000)] | None = None
    camera_minutes: Minutes | None = None
    report_hours: Annotated[int, Field(ge=1, le=720)] | None = None
    missed_days: Annotated[int, Field(ge=0, le=90)] | None = None
    inspection_always: bool | None = None
    rework_percent: Share | None = None
    undo_seconds: Annotated[int, Field(ge=0, le=3_600)] | None = None
    remind_minutes: Minutes | None = None
    holders: dict[ClockKind, Holder] | None = None
    owner_office: Annotated[int, Field(ge=0, le=2**53)] | None = None
    channels: Annotated[list[ChannelShape], Field(max_length=60)] | None = None
    reasons: Annotated[list[ReasonShape], Field(max_length=300)] | None = None


class LocalPolicyOut(BaseModel):
    """`settings` are in force today, each of `coming` from a later day on."""

    settings: SettingsShape
    valid_from: date | None
    coming: dict[date, SettingsShape]


def settings_of(shape: SettingsShape, standing: LocalPolicy) -> dict[str, Any]:
    """The settings that somebody names, as a policy keeps them; a limit stays with the calendar of its clock."""
    settings: dict[str, Any] = shape.model_dump(mode="json", exclude_none=True)
    limits = {
        kind: msgspec.to_builtins(Limit(one.value, one.unit, standing.stage_limits[kind].calendar))
        for kind, one in (shape.stage_limits or {}).items()
        if kind in standing.stage_limits
    }
    return {**settings, "stage_limits": limits} if shape.stage_limits is not None else settings


def settings_out(settings: dict[str, Any]) -> SettingsShape:
    shown = {name: value for name, value in settings.items() if name in SettingsShape.model_fields}
    limits = shown.get("stage_limits")
    if limits is not None:
        shown["stage_limits"] = {kind: {"value": one["value"], "unit": one["unit"]} for kind, one in limits.items()}
    return SettingsShape.model_validate(shown)
