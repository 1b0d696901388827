"""审批规定: one row of the approval matrix: who may ask for a kind, how often, with what proof, and who decides.

Requirement R12. Rows are data with dates of effect; the presets that each kind brings are common practice, to be set
by each city.
"""

from __future__ import annotations

import msgspec

from gezhi.calendars.rules.limits import Limit, Unit
from gezhi.cases.rules.applications.application import UNIT
from gezhi.cases.rules.stages import AT_UNIT, Status
from gezhi.kernel.application_kinds import ApplicationKind
from gezhi.kernel.permissions import Role
from gezhi.policy.rules.local_policy import OFFICE

AT_THE_UNIT = tuple(sorted(AT_UNIT))
PER_MILLE = 1_000


def share_of(granted: int, given: int) -> int:
    """占比: per mille of the cases given to a unit; none given counts as one."""
    return granted * PER_MILLE // max(given, 1)


FEW_GRANTED = 1
"""How many may be granted to a unit that was given fewer cases than the base; the next one is above the ceiling."""


class ApprovalRow(msgspec.Struct, frozen=True, kw_only=True):
    """审批规定 of one kind. Counts are per case and unit, 0 for any number; shares are per mille of the cases given.

    `steps` are the roles that decide, in order; `steps_again` those from the second time on; `above_ceiling` join
    them where the unit's share of the last `share_days` days would exceed `ceiling`. Below `share_base` cases a share
    says nothing: there the second granted is above. `longest` is the most that can be granted at once: per cent of the
    limit for an extension, days for a suspension; `longest_in_all` the most of several extensions, 0 for any.

    A signed and sealed form, with its number and picture, is needed for the reasons in `form_for`, and from the second
    time on where `form_again`; for these reasons `steps_form` decide, if there are any.
    """

    kind: ApplicationKind
    askers: tuple[Role, ...] = (Role.HANDLER,)
    statuses: tuple[Status, ...] = AT_THE_UNIT
    steps: tuple[str, ...]
    steps_again: tuple[str, ...] = ()
    above_ceiling: tuple[str, ...] = ()
    most_granted: int = 0
    most_asked: int = 0
    before_deadline: bool = False
    needs_proof: bool = False
    longest: int = 0
    longest_in_all: int = 0
    form_for: tuple[str, ...] = ()
    form_again: bool = False
    steps_form: tuple[str, ...] = ()
    stops_clock: bool = False
    refusal_gives_time_back: bool = False
    exempts: bool = False
    undecided_expires: bool = False
    warning: int = 0
    ceiling: int = 0
    share_base: int = 20
    share_days: int = 30
    decide_within: Limit = Limit(4, Unit.WORK_HOUR, OFFICE)

    @property
    def chains(self) -> tuple[tuple[str, ...], tuple[str, ...]]:
        """Who decides the first time, and from the second on."""
        return self.steps, self.steps_again

    def needs_form(self, *, times: int, reason_code: str) -> bool:
        """须附签字盖章的审批表."""
        return reason_code in self.form_for or (self.form_again and times > 0)

    def steps_for(self, *, times: int, is_crew: bool, is_above: bool, reason_code: str = "") -> tuple[str, ...]:
        """审批步骤: a crew asks its own unit first; the second time and too large a share take more steps. A leader
        stays the last to decide.
        """
        own = (UNIT,) if is_crew else ()
        steps = self.steps_again if times and self.steps_again else self.steps
        if reason_code in self.form_for and self.steps_form:
            steps = self.steps_form
        return (*own, *(self.with_more(steps) if is_above else steps))

    def with_more(self, steps: tuple[str, ...], *, decided: int = 0) -> tuple[str, ...]:
        """超过上限加审: these steps and those above the ceiling, nobody twice, behind what has been decided."""
        more = tuple(step for step in self.above_ceiling if step not in steps)
        ahead = (*steps[decided:], *more)
        return (*steps[:decided], *sorted(ahead, key=lambda step: step == Role.LEADER)) if more else steps

    def is_above(self, granted: int, given: int) -> bool:
        """超过上限: so many granted of so many cases given are too many."""
        if not self.ceiling:
            return False
        if given < self.share_base:
            return granted > FEW_GRANTED
        return share_of(granted, given) > self.ceiling
