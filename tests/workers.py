"""How a run is shared between workers (`pytest -n 2`): module by module, the longest first, so that all end together.

Alone, what answers fastest comes first. Every worker has a home and a cluster of its own: some queries look at the
running transactions of the whole cluster (the change cursor), and would see those of the other worker.
"""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from typing import Any

import pytest

SECONDS = Path(__file__).with_name("seconds.json")
"""CPU seconds of the long modules as last measured (`--note-seconds`); it decides nothing but the order."""
STORIES = "tests/stories/"


def lane_of(nodeid: str) -> str:
    """What one worker does in one go: a module; all stories, since they share a browser and a served city."""
    return STORIES if nodeid.startswith(STORIES) else nodeid.partition("::")[0]


@cache
def _seconds() -> dict[str, float]:
    lanes: dict[str, float] = {}
    for module, seconds in json.loads(SECONDS.read_text()).items():
        lanes[lane_of(module)] = lanes.get(lane_of(module), 0) + seconds
    return lanes


def _long_first(item: pytest.Item) -> tuple[float, str]:
    lane = lane_of(item.nodeid)
    return -_seconds().get(lane, 0), lane


def _fast_first(item: pytest.Item) -> int:
    parts = item.path.parts
    if "stories" in parts:
        return 4
    if "rules" in parts or "kernel" in parts:
        return 0
    if "guards" in parts:
        return 1
    return 3 if item.path.stem in {"test_api", "test_admin", "test_commands"} else 2


def put_in_order(items: list[pytest.Item], *, shared: bool) -> None:
    items.sort(key=_long_first if shared else _fast_first)


def make_scheduler(config: pytest.Config, log: Any) -> Any:
    from xdist.scheduler import LoadScopeScheduling

    config.option.loadscopereorder = False  # it would put lanes with many tests first
    scheduler = LoadScopeScheduling(config, log)
    scheduler._split_scope = lane_of
    return scheduler
