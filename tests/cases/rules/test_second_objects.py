"""What a command names beside its case: another case, units, collectors, pictures. Whatever does not exist, or lies
outside the scope, is refused; generated from the fields of all commands, so that a new field must say what it names.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final

import msgspec
import pytest

from gezhi.cases.rules.decide import HANDLERS, decide
from gezhi.cases.rules.state import CaseState
from gezhi.kernel.permissions import Actor, Role, Scope
from gezhi.kernel.problems import Problem
from tests.cases.cells import GOOD, prepared
from tests.cases.rules.test_stages import ALLOWED, STATES, _entitled, _facts
from tests.cases.world import OTHER_ID, Store, Walk, place_at

ELSEWHERE: Final = place_at("370903001001001")
NARROW: Final = Scope(regions=("370902",))
FOREIGN_UNIT, FOREIGN_COLLECTOR, PICTURE = 999, 999, "f" * 64

NAMES: Final[dict[str, str]] = {
    "into": "case",
    "unit_id": "unit",
    "helpers": "unit",
    "collector_id": "collector",
    "pictures": "picture",
    "after": "picture",
}
PLAIN: Final = {
    "text", "reason", "answer", "address", "basis", "kind", "manner", "lon", "lat", "limit", "unit", "closing", "level",
    "due", "until", "value", "cost", "real", "granted", "shirking", "reachable", "results", "inspection_required",
    "remaining", "reason_code", "form_no", "by_call", "again",
}  # fmt: skip
PUBLIC: Final = {"class_key", "row_key", "channel"}
BY_THE_WRITER: Final = {
    "report_id": "the door makes it, or looks it up in the case",
    "report_ids": "the reports of one person in the case",
    "moved": "the report of the merged case, taken off its state",
    "old_unit_id": "the succession that was settled names both bodies; no door takes one",
    "successor_id": "the same",
    "order": "the register of orders gives its own number; no door takes one",
}
FOREIGN: Final[dict[str, Any]] = {"case": OTHER_ID, "unit": FOREIGN_UNIT, "collector": FOREIGN_COLLECTOR}
REFUSED: Final[dict[str, set[str]]] = {
    "case": {"kernel.not-found"},
    "unit": {"cases.dispatching.unit-unfit", "cases.sub-orders.crew-unfit", "cases.major-cases.bad-terms"},
    "collector": {"cases.field-tasks.collector-unfit", "cases.missed.not-on-this-beat"},
    "unknown picture": {"cases.evidence.picture-unknown"},
    "used picture": {"cases.evidence.picture-used"},
}


def test_every_field_of_every_command_says_what_it_names() -> None:
    fields = {name for command in HANDLERS for name in command.__struct_fields__}
    sorts = [set(NAMES), PLAIN, PUBLIC, set(BY_THE_WRITER)]
    assert fields == set().union(*sorts)
    assert len(fields) == sum(map(len, sorts)), "a field is of one sort"


def named() -> Iterator[tuple[str, str, str]]:
    """Command, field and what is wrong with what it names."""
    for command in HANDLERS:
        word = str(command.__struct_config__.tag)
        for name in command.__struct_fields__:
            kind = NAMES.get(name)
            if kind == "picture":
                yield from ((word, name, f"{how} picture") for how in ("unknown", "used"))
            elif kind is not None:
                yield word, name, kind


def standings(word: str) -> Iterator[tuple[CaseState | None, Actor]]:
    for status, role in ALLOWED[word]:
        if role is not Role.SYSTEM:
            for state in prepared(word, status, role, _entitled(role, STATES[status])):
                yield state, _entitled(role, state)


@pytest.mark.parametrize(("word", "name", "fault"), sorted(named()))
def test_what_a_command_names_outside_the_scope_is_refused_at_every_status_and_for_every_role(
    word: str, name: str, fault: str
) -> None:
    good = GOOD[word][0]
    value = FOREIGN.get(fault, PICTURE)
    wanted = (value,) if isinstance(getattr(good, name), tuple) else value
    command = msgspec.structs.replace(good, **{name: wanted})
    store = Store(missing=frozenset({PICTURE})) if fault.startswith("unknown") else Store(used={PICTURE: OTHER_ID})
    found = set()
    for state, actor in standings(word):
        facts = msgspec.structs.replace(_facts(word, actor, state), pictures=store)
        if fault == "case":
            narrow = msgspec.structs.replace(actor, scope=NARROW)
            facts = msgspec.structs.replace(facts, actor=narrow, merge_target=Walk().report(place=ELSEWHERE).now)
        try:
            decide(state, command, facts)
        except Problem as problem:
            found.add(problem.code)
        else:
            found.add("done")
    assert found
    assert found <= REFUSED[fault]


def test_a_case_that_does_not_exist_and_one_outside_the_scope_are_answered_alike() -> None:
    state, actor = next(standings("merge"))
    actor = msgspec.structs.replace(actor, scope=NARROW)
    answers = []
    for target in (None, Walk().report(place=ELSEWHERE).now):
        facts = msgspec.structs.replace(_facts("merge", actor, state), merge_target=target)
        with pytest.raises(Problem) as refusal:
            decide(state, GOOD["merge"][0], facts)
        answers.append((refusal.value.status, refusal.value.code, refusal.value.field, refusal.value.details))
    assert answers[0] == answers[1] == (404, "kernel.not-found", "into", {})
