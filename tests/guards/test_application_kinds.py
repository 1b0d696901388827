"""A kind of application that is only half there is named, with what it lacks."""

from __future__ import annotations

from collections.abc import Callable
from string import Formatter
from typing import Any, get_args

import pytest

from gezhi.cases.api.schemas_in import AnyCommandIn
from gezhi.cases.rules.applications.application import Application
from gezhi.cases.rules.applications.kind import Ask, KindRule
from gezhi.cases.rules.applications.kinds import KINDS
from gezhi.cases.rules.available import NOT_OFFERED
from gezhi.cases.rules.decide import HANDLERS
from gezhi.cases.rules.marks import Mark
from gezhi.cases.rules.stages import COMMANDS
from gezhi.kernel.application_kinds import ApplicationKind
from gezhi.telling.rules.staff_news import TELLS
from tests.cases.world import SUBJECT, Walk
from tests.guards.source import PACKAGE, TESTS

FOLDER = PACKAGE / "cases" / "rules" / "applications"
FACT_OF = {"amount": "most", "moment": "most_days"}
PLACE_OF = {"amount": "more", "moment": "until"}


def commands_of_the_api() -> set[str]:
    shapes: Any = get_args(get_args(AnyCommandIn)[0])
    return {word for shape in shapes for word in get_args(shape.model_fields["command"].annotation)}


def places(text: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(text) if name}


def own_fields(rule: KindRule) -> set[str]:
    return set(rule.command.__struct_fields__) - set(Ask.__struct_fields__)


def form_facts(rule: KindRule) -> set[str]:
    return set(rule.form_facts(rule.preset, Walk().report().now))


NEEDED: dict[str, Callable[[KindRule], bool]] = {
    "a file named after it": lambda rule: (FOLDER / f"{rule.kind}.py").is_file(),
    "a test named after it": lambda rule: (
        TESTS / "cases" / "rules" / "applications" / f"test_{rule.kind}.py"
    ).is_file(),
    "a row of its command in stages.TABLE": lambda rule: rule.word in COMMANDS,
    "a handler in decide.HANDLERS": lambda rule: rule.command in HANDLERS,
    "its command in the union of the API": lambda rule: rule.word in commands_of_the_api(),
    "entries of its own": lambda rule: (
        len({one for other in KINDS.values() for one in (other.asked, other.granted, other.refused)}) == 3 * len(KINDS)
        and all(one.startswith(rule.kind) for one in (rule.asked, rule.granted, rule.refused))
    ),
    "titles of its entries": lambda rule: all(one.zh and one.en for one in (rule.asked, rule.granted, rule.refused)),
    "marks of its entries": lambda rule: {rule.asked.value, rule.granted.value, rule.refused.value} <= set(Mark),
    "somebody who hears of it": lambda rule: {rule.asked, rule.granted, rule.refused} <= set(TELLS),
    "a preset row of its own kind": lambda rule: rule.preset.kind is rule.kind,
    "a part of the form for each field of its command": lambda rule: (
        {part.name for part in rule.parts} == own_fields(rule) <= set(Application.__struct_fields__)
    ),
    "the bound of each part among the facts of its form": lambda rule: (
        {FACT_OF[part.part] for part in rule.parts} <= form_facts(rule)
    ),
    "a unit for the longest that can be granted": lambda rule: (rule.longest_in is not None) == bool(rule.parts),
    "words in both languages for what is asked for": lambda rule: all(
        places(text) == {PLACE_OF[part.part] for part in rule.parts} for text in rule.what or ("", "")
    ),
    "the effect on the figures where its row exempts": lambda rule: (
        not rule.preset.exempts or rule.exempt_effect is not None
    ),
    "docstrings of command and grant, for the page of kinds": lambda rule: bool(
        rule.command.__doc__ and rule.grant.__doc__
    ),
}


def test_every_kind_that_has_a_name_is_declared_in_the_same_order() -> None:
    undeclared = [kind.value for kind in ApplicationKind if kind not in KINDS]
    assert not undeclared, f"add the rules of {undeclared} to KINDS in gezhi/cases/rules/applications/kinds.py"
    assert list(KINDS) == list(ApplicationKind)


@pytest.mark.parametrize("rule", KINDS.values(), ids=lambda rule: str(rule.kind))
def test_a_kind_has_everything_that_a_kind_needs(rule: KindRule) -> None:
    assert SUBJECT.limit  # the facts of the forms are asked of a case with a limit
    lacking = [what for what, holds in NEEDED.items() if not holds(rule)]
    assert not lacking, f"{rule.kind} lacks {'; '.join(lacking)}"


def test_every_command_can_be_given_through_the_api_or_is_none_of_the_case_page() -> None:
    assert set(COMMANDS) - commands_of_the_api() == NOT_OFFERED
