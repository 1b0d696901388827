"""The order of a whole run: what answers fastest comes first."""

from __future__ import annotations

import pytest

RULES, GUARDS, DATABASE, DOORS, STORIES = range(5)


def place_in_order(item: pytest.Item) -> int:
    parts = item.path.parts
    if item.get_closest_marker("story") or "stories" in parts:
        return STORIES
    if "rules" in parts or "kernel" in parts:
        return RULES
    if "guards" in parts:
        return GUARDS
    return DOORS if item.path.stem in {"test_api", "test_admin", "test_commands"} else DATABASE


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    items.sort(key=place_in_order)
