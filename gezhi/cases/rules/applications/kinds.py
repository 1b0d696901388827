"""全部申请种类: the one list of what can be asked for; API, ledgers, notices, forms and pages follow from it."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from gezhi.cases.rules.applications.appeal import APPEAL
from gezhi.cases.rules.applications.extension import EXTENSION
from gezhi.cases.rules.applications.kind import KindRule
from gezhi.cases.rules.applications.send_back import SEND_BACK
from gezhi.cases.rules.applications.suspension import SUSPENSION
from gezhi.cases.rules.applications.void import VOID
from gezhi.cases.rules.commands.command import Command
from gezhi.kernel.application_kinds import ApplicationKind

KINDS: Mapping[ApplicationKind, KindRule] = MappingProxyType(
    {rule.kind: rule for rule in (SEND_BACK, EXTENSION, SUSPENSION, VOID, APPEAL)}
)
KIND_OF_COMMAND: Mapping[type[Command], ApplicationKind] = {rule.command: rule.kind for rule in KINDS.values()}
KIND_OF_WORD: Mapping[str, ApplicationKind] = {rule.word: rule.kind for rule in KINDS.values()}
