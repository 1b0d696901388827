"""计时责任: who holds the work whose clock runs; the presets of the local policy."""

from __future__ import annotations

from enum import StrEnum

from gezhi.policy.rules.clock_kinds import ClockKind

K = ClockKind


class Holder(StrEnum):
    """Who holds the work whose clock runs."""

    SUPERVISION_CENTRE = "supervision-centre"
    COMMAND_CENTRE = "command-centre"
    OWNER_OFFICE = "owner-office"
    DECIDER = "decider"
    COLLECTOR = "collector"
    UNIT = "unit"
    NOBODY = "nobody"


HOLDERS: dict[ClockKind, Holder] = {
    K.ACCEPTANCE: Holder.SUPERVISION_CENTRE,
    K.SEND_VERIFICATION: Holder.SUPERVISION_CENTRE,
    K.REGISTRATION: Holder.SUPERVISION_CENTRE,
    K.SEND_INSPECTION: Holder.SUPERVISION_CENTRE,
    K.CLOSING: Holder.SUPERVISION_CENTRE,
    K.DISPATCH: Holder.COMMAND_CENTRE,
    K.REVIEW: Holder.COMMAND_CENTRE,
    K.UNOWNED: Holder.OWNER_OFFICE,
    K.APPROVAL: Holder.DECIDER,
    K.VERIFICATION: Holder.COLLECTOR,
    K.INSPECTION: Holder.COLLECTOR,
    K.RECEIPT: Holder.UNIT,
    K.HANDLING: Holder.UNIT,
    K.HELPING: Holder.UNIT,
    K.SUSPENSION: Holder.NOBODY,
    K.WHOLE: Holder.NOBODY,
}
HOLDER_NAMES: dict[Holder, tuple[str, str]] = {
    Holder.SUPERVISION_CENTRE: ("监督中心当班值班长", "Duty officer on shift, supervision centre"),
    Holder.COMMAND_CENTRE: ("指挥中心当班值班长", "Duty officer on shift, command centre"),
    Holder.OWNER_OFFICE: ("确权主管单位", "Office that settles owners"),
    Holder.DECIDER: ("审批岗位", "Post that decides"),
    Holder.COLLECTOR: ("采集员", "Collector"),
    Holder.UNIT: ("办理的责任单位", "Unit that has the work"),
    Holder.NOBODY: ("不计", "Nobody"),
}
"""To whom a clock that runs out may be charged."""
