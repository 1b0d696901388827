"""Tables stand where they belong: names, keys that point downwards, nothing that happens behind the back; the columns
of a case are declared once and are all that others read of it.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.apps import apps
from django.db import connection
from django.db.models import Field, Model

from gezhi.assembly.capabilities import TIERS
from gezhi.cases.actions import record
from gezhi.cases.models import Case, CaseApplication, CaseDispatch, LogEntry, PictureUse, SentReport
from tests.guards.source import PACKAGE, name_of, nodes_of, python_files

HEIGHT = {name: -number for number, tier in enumerate(TIERS) for name in tier}
KEPT_NAMES = {"policy": "cases_local_policy"}
"""A table that came from another capability under the journal, whose entries name it as before."""
OF_DJANGO = {"people": {"auth", "contenttypes"}}  # who may point at Django's own tables


def own_models() -> list[type[Model]]:
    return [model for model in apps.get_models() if model.__module__.startswith("gezhi.")]


def capability_of(model: type[Model]) -> str:
    return model.__module__.split(".")[1] if model.__module__.startswith("gezhi.") else model._meta.app_label


def is_below(source: str, target: str) -> bool:
    if target not in HEIGHT:
        return target in OF_DJANGO.get(source, set())
    return source == target or HEIGHT[target] < HEIGHT[source]


def test_a_table_is_named_after_its_capability() -> None:
    wrong = [
        model._meta.db_table
        for model in own_models()
        if not model._meta.db_table.startswith(KEPT_NAMES.get(capability_of(model), f"{capability_of(model)}_"))
        or model._meta.app_label != capability_of(model)
    ]
    assert wrong == []


def test_foreign_keys_point_down_the_tiers() -> None:
    wrong = [
        f"{model.__name__}.{field.name} -> {field.related_model.__name__}"
        for model in own_models()
        for field in model._meta.get_fields()
        if isinstance(field, Field) and isinstance(field.related_model, type) and issubclass(field.related_model, Model)
        if not is_below(capability_of(model), capability_of(field.related_model))
    ]
    assert wrong == []


def test_foreign_keys_are_written_as_strings() -> None:
    wrong = [
        f"{name_of(path)}:{node.lineno}"
        for path in python_files()
        if path.stem == "models" or "models" in path.parts
        for node in nodes_of(path)
        if isinstance(node, ast.Call)
        and getattr(node.func, "attr", "") in {"ForeignKey", "OneToOneField", "ManyToManyField"}
        if not (node.args and isinstance(node.args[0], ast.Constant))
        and not any(word.arg == "to" and isinstance(word.value, ast.Constant) for word in node.keywords)
    ]
    assert wrong == []


def test_nothing_but_assembly_listens_to_signals_of_django() -> None:
    """What must happen above is announced; a receiver would be a second, hidden wiring."""
    wrong = [
        f"{name_of(path)}:{node.lineno}"
        for path in python_files()
        if PACKAGE / "assembly" not in path.parents
        for node in nodes_of(path)
        if (isinstance(node, ast.ImportFrom) and (node.module or "").split(".")[-1] in {"signals", "dispatch"})
        or (isinstance(node, ast.Attribute) and node.attr in {"post_save", "pre_save", "post_delete", "m2m_changed"})
    ]
    assert wrong == []


def test_saving_has_no_behaviour() -> None:
    wrong = [
        f"{name_of(path)}:{node.lineno} {node.name}"
        for path in python_files()
        if path.stem == "models" or "models" in path.parts
        for node in nodes_of(path)
        if isinstance(node, ast.FunctionDef) and node.name in {"save", "delete", "clean", "full_clean"}
    ]
    assert wrong == []


POSTGRES = {"moment": "timestamp with time zone", "hash": "bytea"}
STAMPED = {"changed": "xid8"}  # by the writing statement itself
LATER = {"erased_at": "timestamp with time zone", "earlier": "jsonb"}  # by nobody at the beginning
WRITTEN: dict[type[Model], dict[str, str]] = {
    Case: {**record.FIXED, **record.MOVING, **STAMPED},
    LogEntry: record.LOGGED,
    CaseApplication: record.APPLIED,
    CaseDispatch: record.GIVEN,
    SentReport: {**record.SENT, **LATER},
    PictureUse: record.USED,
}


@pytest.mark.parametrize("model", WRITTEN, ids=lambda model: model.__name__)
def test_every_column_is_written_and_every_written_column_stands_in_the_table(model: type[Model]) -> None:
    declared = {name: POSTGRES.get(kind, kind) for name, kind in WRITTEN[model].items()}
    fields: dict[str, Any] = {str(field.column): field.db_type(connection) for field in model._meta.concrete_fields}
    wrong = {
        name: f"{kind}, in the table {fields.get(name)}" for name, kind in declared.items() if fields.get(name) != kind
    }
    assert wrong == {}, "declared in gezhi/cases/rules/columns.py otherwise than in models.py"
    assert sorted(set(fields) - set(declared)) == [], "in models.py but not in gezhi/cases/rules/columns.py"


# `c.state->'x'`, `c.state @? …`, `jsonb_path_exists(c.state, …)`: whoever needs a value of a case gives it a column.
INSIDE = re.compile(r"\bstate\s*(?:->|#>|@\?|@@|\?)|\bjsonb_\w+\(\s*(?:\w+\.)?state\b")
BY_HAND = re.compile(r"\bstatus\s*(?:(?:NOT\s+)?IN\s*\(\s*'|(?:=|<>)\s*(?:ANY|ALL)\s*\(\s*'\{)", re.IGNORECASE)


def texts_in(path: Path) -> Iterator[tuple[int, str]]:
    for node in nodes_of(path):
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            yield node.lineno, node.value


def found(pattern: re.Pattern[str], files: Iterator[Path]) -> list[str]:
    return [f"{name_of(path)}:{line}" for path in files for line, text in texts_in(path) if pattern.search(text)]


def test_nobody_but_cases_looks_into_the_document_of_a_case() -> None:
    outside = (path for path in python_files() if PACKAGE / "cases" not in path.parents)
    assert found(INSIDE, outside) == [], "give it a column in gezhi/cases/rules/columns.py"


def test_sets_of_statuses_come_from_the_table_of_stages() -> None:
    assert found(BY_HAND, iter(python_files())) == [], "take it from gezhi/cases/queries/statuses.py"


@pytest.mark.parametrize(
    ("pattern", "sql"),
    [
        (INSIDE, "SELECT (c.state->>'exempt')::boolean FROM cases_case c"),
        (INSIDE, """c.state @? '$.clocks[*] ? (@.kind == "handling")'"""),
        (INSIDE, "jsonb_array_elements(c.state -> 'assignments')"),
        (INSIDE, "jsonb_path_query_first(c.state, '$.clocks')"),
        (BY_HAND, "c.status NOT IN ('closed','voided')"),
        (BY_HAND, "status <> ALL('{closed,voided}')"),
    ],
)
def test_the_guards_see_what_they_are_for(pattern: re.Pattern[str], sql: str) -> None:
    assert pattern.search(sql)


@pytest.mark.parametrize("sql", ["o.state <> 'lifted'", "c.state::text", "c.status = 'closed'", "state IN ('waiting')"])
def test_the_guards_leave_alone_what_is_right(sql: str) -> None:
    assert not INSIDE.search(sql)
    assert not BY_HAND.search(sql)


def test_only_cases_look_into_the_text_of_their_entries_and_into_their_state() -> None:
    inside = re.compile(r"\b(?:text|state)(?:::jsonb?)? *(?:->|#>)>? *'|\btext::jsonb?")
    found = {name_of(file) for file in python_files() if inside.search(file.read_text(encoding="utf-8"))}
    assert {name for name in found if not name.startswith("gezhi/cases/queries/")} == set()
    assert "gezhi/cases/queries/inside_entries.py" in found
