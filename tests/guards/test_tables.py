"""Tables stand where they belong: names, keys that point downwards, nothing that happens behind the back."""

from __future__ import annotations

import ast

from django.apps import apps
from django.db.models import Field, Model

from gezhi.assembly.capabilities import TIERS
from tests.guards.source import PACKAGE, name_of, python_files, tree_of

HEIGHT = {name: -number for number, tier in enumerate(TIERS) for name in tier}
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
        if not model._meta.db_table.startswith(f"{capability_of(model)}_")
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
        for node in ast.walk(tree_of(path))
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
        for node in ast.walk(tree_of(path))
        if (isinstance(node, ast.ImportFrom) and (node.module or "").split(".")[-1] in {"signals", "dispatch"})
        or (isinstance(node, ast.Attribute) and node.attr in {"post_save", "pre_save", "post_delete", "m2m_changed"})
    ]
    assert wrong == []


def test_saving_has_no_behaviour() -> None:
    wrong = [
        f"{name_of(path)}:{node.lineno} {node.name}"
        for path in python_files()
        if path.stem == "models" or "models" in path.parts
        for node in ast.walk(tree_of(path))
        if isinstance(node, ast.FunctionDef) and node.name in {"save", "delete", "clean", "full_clean"}
    ]
    assert wrong == []
