from __future__ import annotations

from tests.budget import STORY_OF
from tests.guards.source import TESTS


def test_every_story_counts_towards_a_capability() -> None:
    assert {path.stem for path in (TESTS / "stories").rglob("test_*.py")} == set(STORY_OF)
    assert {(TESTS / capability).is_dir() for capability in STORY_OF.values()} == {True}
