"""申请种类的规定: everything that is particular to one kind of application, declared in one place.

A field that is left out means that the kind is like most: no further check, no further part of the form, no effect
on other cases of the unit. What has no default cannot be left out.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Literal

import msgspec

from gezhi.cases.rules.applications.application import Application
from gezhi.cases.rules.applications.approval_row import ApprovalRow
from gezhi.cases.rules.commands.command import Reasoned
from gezhi.cases.rules.entries import Step
from gezhi.cases.rules.entry_kinds import EntryKind
from gezhi.cases.rules.facts import Facts
from gezhi.cases.rules.stages import Status
from gezhi.cases.rules.state import CaseState
from gezhi.kernel.application_kinds import ApplicationKind
from gezhi.kernel.permissions import Actor
from gezhi.kernel.problems import Problem

Words = tuple[str, str]  # Chinese, English


class Ask(Reasoned, frozen=True, kw_only=True):
    """What is asked for, with the pictures that prove the need, and the number of the signed form."""

    form_no: str = ""
    pictures: tuple[str, ...] = ()

    def particulars(self) -> dict[str, Any]:
        """The fields that only this kind has: they stand under the same names in its application."""
        return {name: getattr(self, name) for name in self.__struct_fields__ if name not in Ask.__struct_fields__}


class FormPart(msgspec.Struct, frozen=True):
    """A part of the form beside reason and proof: `name` is the field of the command and of the application."""

    name: Literal["value", "until"]
    part: Literal["amount", "moment"]


class KindRule(msgspec.Struct, frozen=True, kw_only=True):
    """One kind of application: its command, its entries of the log, its preset row, what a grant does to the case.

    `why_not` keeps the button away; so does `used_up`, where the row leaves nothing to ask for. `check` looks at what
    was filled in. `form_facts` tells the form the bounds, `minutes` how long what is asked for is by its calendar.
    `effect` is what a grant does to the figures of the unit, `exempt_effect` where the row exempts. `what` words
    the thing asked for ({more}: an amount of time, {until}: a moment).
    `longest_in`: what the row's `longest` counts; None where there is nothing to bound. `ends_at_unit`: what a crew
    asks for, its unit decides alone. `may_shirk`: a refusal may be marked as shirking (推诿). `answers_senders`: the
    last step tells those who reported the case. `one_by_one`: the reason is that of a single case, so several are never
    asked for at once; so it is wherever the form has parts. `against_dispatch`: who dispatched
    the case to the unit does not decide. `empty` explains the ledger while nothing stands in it.
    """

    kind: ApplicationKind
    command: type[Ask]
    asked: EntryKind
    granted: EntryKind
    refused: EntryKind
    preset: ApprovalRow
    grant: Callable[[CaseState, Application, Facts], Step]
    effect: Words
    empty: Words
    exempt_effect: Words | None = None
    what: Words | None = None
    minutes: Callable[[Any, Facts, CaseState], int | None] = lambda _, __, ___: None
    why_not: Callable[[CaseState, Actor], Problem | None] = lambda _, __: None
    used_up: Callable[[ApprovalRow, CaseState], Problem | None] = lambda _, __: None
    check: Callable[[Any, ApprovalRow, CaseState, Facts], None] = lambda _, __, ___, ____: None
    parts: tuple[FormPart, ...] = ()
    form_facts: Callable[[ApprovalRow, CaseState], dict[str, Any]] = lambda _, __: {}
    longest_in: Literal["percent", "days"] | None = None
    ends_at_unit: bool = False
    may_shirk: bool = False
    answers_senders: bool = False
    one_by_one: bool = False
    against_dispatch: bool = False

    @property
    def before_closing(self) -> bool:
        """Whether there is a deadline that it may be asked for too late."""
        return Status.CLOSED not in self.preset.statuses

    @property
    def word(self) -> str:
        """The word of its command in `stages.TABLE`."""
        return str(self.command.__struct_config__.tag)
