"""申请: what somebody asked for in a case, who decided on it step by step, and what came of it."""

from __future__ import annotations

from enum import StrEnum

import msgspec

from gezhi.kernel.application_kinds import ApplicationKind
from gezhi.kernel.permissions import Role
from gezhi.kernel.role_names import ROLE_NAMES

UNIT = "unit"  # a step that the unit above the asking crew decides


STEP_NAMES: dict[str, tuple[str, str]] = {
    **{role.value: names for role, names in ROLE_NAMES.items()},
    UNIT: ("上级单位", "unit above"),
}
"""Who decides at a step of an approval."""


class ApplicationOutcome(StrEnum):
    GRANTED = "granted"
    REFUSED = "refused"
    WITHDRAWN = "withdrawn"
    LAPSED = "lapsed"
    EXPIRED = "expired"


OUTCOME_NAMES: dict[str, tuple[str, str]] = {
    ApplicationOutcome.GRANTED: ("同意", "Granted"),
    ApplicationOutcome.REFUSED: ("不同意", "Refused"),
    ApplicationOutcome.WITHDRAWN: ("已撤回", "Withdrawn"),
    ApplicationOutcome.LAPSED: ("自行失效", "Lapsed"),
    ApplicationOutcome.EXPIRED: ("逾期未批失效", "Expired undecided"),
}


class Opinion(msgspec.Struct, frozen=True):
    """审批意见: what one decider said at one step."""

    step: str
    user: int
    post: int
    organisation: int
    at: int
    granted: bool
    text: str


class Application(msgspec.Struct, frozen=True, omit_defaults=True):
    """申请: `steps` are the roles that decide, in order. `times`: how often the unit had it granted before.

    `value`: an extension in the unit of the handling limit, `minutes` as much in minutes of its calendar,
    `minutes_before` what the unit was granted before; `until`: the end of a suspension. `form_no`: the number of the
    signed and sealed form. `share` is the unit's share of this kind in per mille with this one granted, `ceiling` what
    it may be; `above`: it was too large. `late`: asked after the deadline.
    """

    no: int
    kind: ApplicationKind
    unit: int
    asked: int
    asked_by: int
    role: Role
    organisation: int
    reason: str
    steps: tuple[str, ...]
    reason_code: str = ""
    opinions: tuple[Opinion, ...] = ()
    times: int = 0
    value: int | None = None
    minutes: int | None = None
    minutes_before: int = 0
    until: int | None = None
    form_no: str = ""
    old_due: int | None = None
    new_due: int | None = None
    outcome: ApplicationOutcome | None = None
    ended: int | None = None
    shirking: bool = False
    late: bool = False
    share: int | None = None
    ceiling: int | None = None
    above: bool = False
    exempt: bool = False
    pictures: tuple[str, ...] = ()

    @property
    def effective(self) -> int | None:
        """生效时间: what was asked for in time counts from the asking, however long the decision takes."""
        return None if self.late else self.asked

    @property
    def minutes_in_all(self) -> int:
        """累计延期: what the unit has been granted of this kind, with this one if it was."""
        granted = self.outcome is ApplicationOutcome.GRANTED
        return self.minutes_before + (self.minutes or 0 if granted else 0)

    @property
    def deciding(self) -> str | None:
        """Whose decision is awaited."""
        return self.steps[len(self.opinions)] if self.outcome is None else None


def names_of(kind: ApplicationKind) -> dict[str, str]:
    """The names of a kind as the sentences of problems take them."""
    return {"kind_name": kind.zh, "kind_en": kind.en}
