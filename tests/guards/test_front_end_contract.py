"""What the front end is told of the API: no two shapes under one name, and no code that has drifted."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections import defaultdict
from enum import Enum

from pydantic import BaseModel

from tests.guards.source import ROOT


def test_no_two_shapes_of_the_api_share_a_name() -> None:
    """OpenAPI keeps one of them and says nothing."""
    import gezhi.assembly.urls  # noqa: F401

    modules: dict[str, set[str]] = defaultdict(set)
    waiting: list[type] = [*BaseModel.__subclasses__(), *Enum.__subclasses__()]
    while waiting:
        shape = waiting.pop()
        waiting += shape.__subclasses__()
        if shape.__module__.startswith("gezhi."):
            modules[shape.__name__].add(shape.__module__)
    assert modules, "no shape was found"
    assert {name: places for name, places in modules.items() if len(places) > 1} == {}


def test_the_codes_of_the_front_end_are_those_of_the_life_cycle() -> None:
    done = subprocess.run(
        [sys.executable, "web/packages/api/export_codes.py", "--check"],
        cwd=ROOT,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr


def test_every_command_can_be_given_through_the_api_or_is_not_offered_at_all() -> None:
    from typing import get_args

    from gezhi.cases.api.schemas_in import AnyCommandIn
    from gezhi.cases.rules.available import NOT_OFFERED
    from gezhi.cases.rules.stages import COMMANDS

    shapes = [shape for one in get_args(get_args(AnyCommandIn)[0]) for shape in (get_args(one) or [one])]
    given = {
        word for shape in shapes if hasattr(shape, "model_fields")
        for word in get_args(shape.model_fields["command"].annotation)
    }  # fmt: skip
    assert given & NOT_OFFERED == set()
    assert given | NOT_OFFERED == set(COMMANDS)


def test_words_go_out_as_codes_or_as_one_shape_of_text() -> None:
    """A pair `x_zh`, `x_en` or `x`, `x_en` says in two names what `TextOut` says in one, or repeats `codes.json`."""
    contract = json.loads((ROOT / "openapi.json").read_text("utf-8"))
    shapes = contract["components"]["schemas"]
    assert shapes["TextOut"]["properties"].keys() == {"zh", "en"}
    named = {f"{shape}.{name}" for shape, schema in shapes.items() for name in schema.get("properties", {})}
    # A refusal is read by programs of others that choose one title themselves.
    refusal = {"ProblemOut.title_zh", "ProblemOut.title_en"}
    assert {one for one in named if one.endswith(("_zh", "_en", "_"))} == refusal
