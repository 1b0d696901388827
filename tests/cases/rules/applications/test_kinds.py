"""What is particular to each kind of application, as a table; and what a kind is that says nothing of it."""

from __future__ import annotations

from typing import Any

import pytest

from gezhi.calendars.rules.limits import Limit, Unit
from gezhi.cases.rules.applications import ApplicationKind
from gezhi.cases.rules.applications.approval_row import ApprovalRow
from gezhi.cases.rules.applications.extension import AskExtension
from gezhi.cases.rules.applications.kind import Ask, FormPart, KindRule
from gezhi.cases.rules.applications.kinds import KIND_OF_COMMAND, KIND_OF_WORD, KINDS
from gezhi.cases.rules.applications.matrix import MATRIX
from gezhi.cases.rules.applications.send_back import SEND_BACK
from gezhi.cases.rules.stages import Status
from gezhi.kernel.permissions import Role
from tests.cases.world import ROADS_MAN, Walk, facts

TABLE = """
send_back   ask_send_back   -             -        ends_at_unit may_shirk
extension   ask_extension   value:amount  percent  -
suspension  ask_suspension  until:moment  days     -
void        ask_void        -             -        answers_senders
appeal      appeal          -             -        one_by_one
"""
FLAGS = ("ends_at_unit", "may_shirk", "answers_senders", "one_by_one")


def row_of(rule: KindRule) -> list[str]:
    parts = [f"{part.name}:{part.part}" for part in rule.parts] or ["-"]
    flags = [flag for flag in FLAGS if getattr(rule, flag)] or ["-"]
    return [rule.kind.value, rule.word, *parts, rule.longest_in or "-", *flags]


def test_every_kind_has_its_word_its_form_and_what_else_is_its_own() -> None:
    assert [row_of(rule) for rule in KINDS.values()] == [line.split() for line in TABLE.strip().splitlines()]
    assert list(KINDS) == list(MATRIX) == list(ApplicationKind)


def test_a_kind_is_found_by_its_command_and_by_its_word() -> None:
    assert {KINDS[kind].command: kind for kind in ApplicationKind} == KIND_OF_COMMAND
    assert {KINDS[kind].word: kind for kind in ApplicationKind} == KIND_OF_WORD


@pytest.mark.parametrize("rule", KINDS.values(), ids=lambda rule: rule.kind.value)
def test_its_entries_bear_its_name_and_its_preset_is_its_own(rule: KindRule) -> None:
    asked = "appealed" if rule.kind is ApplicationKind.APPEAL else f"{rule.kind}_asked"
    assert [rule.asked.value, rule.granted.value, rule.refused.value] == [
        asked, f"{rule.kind}_granted", f"{rule.kind}_refused",
    ]  # fmt: skip
    assert rule.preset.kind is rule.kind


def test_an_appeal_alone_can_leave_a_case_out_of_lateness() -> None:
    told = {kind for kind, rule in KINDS.items() if rule.exempt_effect is not None}
    assert told == {ApplicationKind.APPEAL}


def test_what_a_kind_leaves_out_is_no_check_no_form_and_no_effect() -> None:
    said: dict[str, Any] = {
        name: getattr(SEND_BACK, name)
        for name in ("kind", "command", "asked", "granted", "refused", "preset", "grant", "effect", "empty")
    }
    plain, state = KindRule(**said), Walk.to(Status.HANDLING).now
    assert (plain.exempt_effect, plain.what, plain.parts, plain.longest_in) == (None, None, (), None)
    assert [flag for flag in FLAGS if getattr(plain, flag)] == []
    assert plain.why_not(state, ROADS_MAN) is None
    assert plain.check(None, plain.preset, state, facts(ROADS_MAN, 0)) is None  # type: ignore[func-returns-value]
    assert plain.form_facts(plain.preset, state) == {}


def test_the_particulars_of_what_is_asked_for_are_the_parts_of_its_form() -> None:
    for rule in KINDS.values():
        own = {name for name in rule.command.__struct_fields__ if name not in Ask.__struct_fields__}
        assert own == {part.name for part in rule.parts}
    assert AskExtension(reason="料未到", reason_code="other", value=2).particulars() == {"value": 2}
    assert SEND_BACK.command(reason="非本单位", reason_code="not-our-duty").particulars() == {}
    assert FormPart(name="value", part="amount") in KINDS[ApplicationKind.EXTENSION].parts


# kind | asked by | at | decided by | again also | above | granted | asked | most | warning ceiling | within
PRESETS_BY_HAND = """
send_back  | handler | AT_UNIT | dispatcher | | duty-officer | - | - | - | 30 80 | 4 work_hour
extension | handler | AT_UNIT | dispatcher duty-officer | leader | supervisor leader | 2 | - | 50 | 30 50 | 4 work_hour
suspension | handler | AT_UNIT | dispatcher leader | | supervisor | 1 | - | 365 | 30 50 | 1 work_day
void       | handler DESKS | LATER | duty-officer leader | | supervisor | - | - | - | 30 50 | 1 work_day
appeal     | handler | closed | acceptor duty-officer | | leader | - | 1 | - | 30 50 | 3 work_day
"""
FLAGS_BY_HAND = {
    ApplicationKind.SEND_BACK: {"stops_clock", "before_deadline"},
    ApplicationKind.EXTENSION: {"before_deadline", "needs_proof", "form_again"},
    ApplicationKind.SUSPENSION: {"needs_proof", "before_deadline"},
    ApplicationKind.VOID: set(),
    ApplicationKind.APPEAL: {"needs_proof", "exempts"},
}
FURTHER_BY_HAND: dict[ApplicationKind, dict[str, Any]] = {
    ApplicationKind.SEND_BACK: {"form_for": ("no-need",), "steps_form": (Role.DISPATCHER, Role.DUTY_OFFICER)},
    ApplicationKind.EXTENSION: {"longest_in_all": 100},
}
MEANT = {
    "AT_UNIT": "dispatched handling",
    "LATER": "dispatched handled handling inspecting registered suspended to_close to_inspect unowned",
    "DESKS": "acceptor duty-officer dispatcher",
    "-": "0",
}


def _preset(line: str) -> ApprovalRow:
    """One line of the table as a row; the steps of a second time are those of the first and one more."""
    cells = [" ".join(MEANT.get(word, word) for word in cell.split()) for cell in line.split("|")]
    kind, askers, statuses, steps, again, above, granted, asked, most, share, within = cells
    warning, ceiling = map(int, share.split())
    value, unit = within.split()
    return ApprovalRow(
        kind=ApplicationKind(kind),
        askers=tuple(map(Role, askers.split())),
        statuses=tuple(map(Status, statuses.split())),
        steps=tuple(steps.split()),
        steps_again=(*steps.split(), again) if again else (),
        above_ceiling=tuple(above.split()),
        most_granted=int(granted),
        most_asked=int(asked),
        longest=int(most),
        warning=warning,
        ceiling=ceiling,
        share_base=20,
        share_days=30,
        decide_within=Limit(int(value), Unit(unit), "office"),
        **dict.fromkeys(FLAGS_BY_HAND[ApplicationKind(kind)], True),  # type: ignore[arg-type]
        **FURTHER_BY_HAND.get(ApplicationKind(kind), {}),
    )


@pytest.mark.parametrize("line", PRESETS_BY_HAND.strip().splitlines(), ids=lambda line: line.split()[0])
def test_the_presets_are_those_of_the_table(line: str) -> None:
    row = _preset(line)
    assert MATRIX[row.kind] == row


def test_the_table_by_hand_names_every_kind() -> None:
    assert (
        [ApplicationKind(line.split()[0]) for line in PRESETS_BY_HAND.strip().splitlines()]
        == list(MATRIX)
        == list(ApplicationKind)
    )
