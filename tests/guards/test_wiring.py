"""Nothing is announced into the air, and no job is put on the queue that nobody does."""

from __future__ import annotations

import ast
from pathlib import Path

from gezhi.assembly.wiring import LISTENERS
from gezhi.cases.rules.entry_kinds import EntryKind
from gezhi.plumbing import outbox
from tests.guards.source import PACKAGE, name_of, nodes_of, python_files, tree_of


def names_given(files: tuple[Path, ...], *functions: str) -> dict[str, str]:
    """The name that each call of these functions gives first or as `name=`, with the file."""
    found = {}
    for path in files:
        for node in nodes_of(path):
            if not isinstance(node, ast.Call):
                continue
            called = _called(node.func)
            values = [word.value for word in node.keywords if word.arg == "name"] or node.args[:1]
            if called in functions and values and isinstance(values[0], ast.Constant):
                found[str(values[0].value)] = name_of(path)
    return found


def _called(function: ast.expr) -> str:
    """The name of a function; of a method none, but for what is taken from the module of the queue."""
    if isinstance(function, ast.Attribute):
        return function.attr if getattr(function.value, "id", "") == "queue" else ""
    return getattr(function, "id", "")


def job_files() -> tuple[Path, ...]:
    return tuple(path for path in python_files() if path.stem == "jobs" or "jobs" in path.parts)


def test_every_job_that_is_deferred_has_its_task() -> None:
    tasks = names_given(job_files(), "task", "periodic", "every")
    assert len(tasks) >= 3
    assert {name: file for name, file in names_given(python_files(), "defer").items() if name not in tasks} == {}


def test_a_job_is_named_after_its_capability() -> None:
    tasks = names_given(job_files(), "task", "periodic", "every")
    assert [name for name, file in tasks.items() if not file.startswith(f"gezhi/{name.split('.')[0]}/")] == []


def test_every_listener_in_the_wiring_is_a_function_that_exists() -> None:
    for names in LISTENERS.values():
        for name in names:
            capability, module, function = name.split(".")
            assert module == "subscribers"
            folder = PACKAGE / capability / "subscribers"
            path = folder / "__init__.py" if folder.is_dir() else folder.with_suffix(".py")
            given = {node.name for node in tree_of(path).body if isinstance(node, ast.FunctionDef)}
            assert function in given, name


def test_every_topic_that_somebody_listens_to_is_written_in_the_code() -> None:
    """A topic spelled wrong in the wiring would be a listener that never hears anything."""
    written = {f"cases.{kind}" for kind in EntryKind} | {
        node.value
        for path in python_files()
        if path.stem != "wiring"
        for node in nodes_of(path)
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
    }
    assert len(outbox._listeners) > len(LISTENERS)
    assert [topic for topic in outbox._listeners if topic not in written] == []
