# ruff: noqa: INP001 - a script beside the front end, no part of a package
"""Write the codes and words of the life-cycle for the faces; with --check only say whether they are in step."""

from __future__ import annotations

import json
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from gezhi.amendments.rules.amendment import OPINION_NAMES as AMENDMENT_OPINIONS
from gezhi.amendments.rules.amendment import STATE_NAMES as AMENDMENT_STATES
from gezhi.cases.rules.applications.application import OUTCOME_NAMES, STEP_NAMES
from gezhi.cases.rules.applications.kind import KindRule
from gezhi.cases.rules.applications.kinds import KINDS
from gezhi.cases.rules.available import NOT_OFFERED
from gezhi.cases.rules.difficulty import NAMES as DIFFICULTIES
from gezhi.cases.rules.picture_marks import MARK_NAMES
from gezhi.cases.rules.senders.secrecy import OPENING_REASON_NAMES
from gezhi.cases.rules.stages import STAGE_NAMES, STATUSES, TABLE
from gezhi.cases.rules.state import END_NAMES
from gezhi.cases.rules.steps.dispatching import MANNERS
from gezhi.cases.rules.steps.inspection import CLOSING_KINDS
from gezhi.cases.rules.steps.major_cases import LEVELS
from gezhi.catalog.rules.mapping import CORRESPONDENCE_NAMES
from gezhi.desks.rules.shifts.handover import STATE_NAMES as HANDOVER_STATES
from gezhi.documents.rules.kinds import KIND_NAMES as DOCUMENT_KINDS
from gezhi.documents.rules.kinds import STANDING_NAMES
from gezhi.documents.rules.kinds import STEP_NAMES as DOCUMENT_STEPS
from gezhi.duties.rules.duty_row import BASIS_NAMES
from gezhi.duties.rules.proposal import OPINION_NAMES
from gezhi.duties.rules.proposal import STATE_NAMES as PROPOSAL_STATES
from gezhi.duties.rules.weighing import VERDICT_NAMES
from gezhi.imports.rules.run import ACT_NAMES as IMPORT_ACTS
from gezhi.imports.rules.run import STAGE_NAMES as IMPORT_STAGES
from gezhi.imports.rules.run import STATE_NAMES as IMPORT_STATES
from gezhi.kernel.coordinates import SYSTEM_NAMES
from gezhi.kernel.phones import REACH_NAMES
from gezhi.ledgers.rules.effect import PENDING, PENDING_NAMES
from gezhi.ledgers.rules.share import FULLNESS_NAMES
from gezhi.notices.rules.sending import STATE_NAMES as MESSAGE_STATES
from gezhi.people.rules.care.deeds import DEED_NAMES
from gezhi.people.rules.organisation_kinds import KIND_NAMES as BODY_KINDS
from gezhi.people.rules.policy import ROLE_NAMES
from gezhi.policy.rules.channels import GROUP_NAMES
from gezhi.policy.rules.clock_kinds import CLOCK_NAMES
from gezhi.policy.rules.holders import HOLDER_NAMES
from gezhi.supervision.rules import accountability, major_register, orders
from gezhi.supervision.rules.addressees import ADDRESSEE_NAMES
from gezhi.supervision.rules.key_lists import BEGINS_NAMES
from gezhi.supervision.rules.meetings import DECISION_NAMES
from gezhi.supervision.rules.odd_patterns import PATTERN_NAMES
from gezhi.supervision.rules.ownerless import WHY_NAMES
from gezhi.upkeep.rules.currency import CURRENCY_NAMES
from gezhi.upkeep.rules.datasets import DATASET_NAMES

TARGET = Path(__file__).parent / "src" / "codes.json"


def words(names: Mapping[Any, tuple[str, str]]) -> dict[str, dict[str, str]]:
    return {str(code): {"zh": zh, "en": en} for code, (zh, en) in names.items()}


def word(names: tuple[str, str] | None) -> dict[str, str] | None:
    return {"zh": names[0], "en": names[1]} if names is not None else None


def application(rule: KindRule) -> dict[str, object]:
    """A kind of application as the faces need it: its words, the command that asks for it, the parts of its form."""
    return {
        "zh": rule.kind.zh,
        "en": rule.kind.en,
        "command": rule.word,
        "parts": [{"name": part.name, "part": part.part} for part in rule.parts],
        "one_by_one": rule.one_by_one or bool(rule.parts),
        "granted": rule.granted.value,
        "what": word(rule.what),
        "longest_in": rule.longest_in,
        "empty": word(rule.empty),
    }


def codes() -> str:
    by_hand = [row for row in TABLE if row.command not in NOT_OFFERED]
    commands = {row.command: {"zh": row.zh, "en": row.en} for row in reversed(by_hand)}
    names = {
        "statuses": {
            status.value: {"stage": int(named.stage), "zh": named.zh, "en": named.en, "final": named.final}
            for status, named in STATUSES.items()
        },
        "stages": {str(int(stage)): {"zh": zh, "en": en} for stage, (zh, en) in STAGE_NAMES.items()},
        "commands": dict(reversed(commands.items())),
        "clocks": words(CLOCK_NAMES),
        "holders": words(HOLDER_NAMES),
        "channel_groups": words(GROUP_NAMES),
        "closing_kinds": words(CLOSING_KINDS),
        "roles": words(ROLE_NAMES),
        "steps": words(STEP_NAMES),
        "outcomes": words({PENDING: PENDING_NAMES, **OUTCOME_NAMES}),
        "ends": words(END_NAMES),
        "fullness": words(FULLNESS_NAMES),
        "picture_marks": words(MARK_NAMES),
        "difficulties": words(DIFFICULTIES),
        "manners": words(MANNERS),
        "major_levels": words(LEVELS),
        "order_levels": words(orders.LEVEL_NAMES),
        "handovers": words(HANDOVER_STATES),
        "order_kinds": words(orders.KIND_NAMES),
        "order_states": words(orders.STATE_NAMES),
        "addressees": words(ADDRESSEE_NAMES),
        "begins": words(BEGINS_NAMES),
        "entry_kinds": words(accountability.KIND_NAMES),
        "entry_states": words(accountability.STATE_NAMES),
        "major_states": words(major_register.STATE_NAMES),
        "whys": words(WHY_NAMES),
        "decisions": words(DECISION_NAMES),
        "patterns": words(PATTERN_NAMES),
        "measures": words(accountability.MEASURES),
        "document_kinds": words(DOCUMENT_KINDS),
        "standings": words(STANDING_NAMES),
        "document_steps": words(DOCUMENT_STEPS),
        "bases": words(BASIS_NAMES),
        "verdicts": words(VERDICT_NAMES),
        "proposal_states": words(PROPOSAL_STATES),
        "import_states": words(IMPORT_STATES),
        "import_stages": words(IMPORT_STAGES),
        "import_acts": words(IMPORT_ACTS),
        "proposal_opinions": words({**OPINION_NAMES, **AMENDMENT_OPINIONS}),
        "amendment_states": words(AMENDMENT_STATES),
        "correspondences": words(CORRESPONDENCE_NAMES),
        "body_kinds": words(BODY_KINDS),
        "staff_deeds": words(DEED_NAMES),
        "message_states": words(MESSAGE_STATES),
        "opening_reasons": words(OPENING_REASON_NAMES),
        "reaches": words(REACH_NAMES),
        "coordinate_systems": words(SYSTEM_NAMES),
        "datasets": words(DATASET_NAMES),
        "currencies": words(CURRENCY_NAMES),
        "applications": {kind.value: application(rule) for kind, rule in KINDS.items()},
    }
    return json.dumps(names, ensure_ascii=False, indent=1) + "\n"


if __name__ == "__main__":
    if "--check" in sys.argv:
        sys.exit(
            0
            if TARGET.read_text("utf-8") == codes()
            else "codes.json is not in step with the life-cycle: run `npm run codes`"
        )
    TARGET.write_text(codes(), "utf-8")
