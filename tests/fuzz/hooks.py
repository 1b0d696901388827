"""What schemathesis is told (`SCHEMATHESIS_HOOKS`): real ids half of the time, and to count what was answered."""

from __future__ import annotations

import atexit
import json
import os
from pathlib import Path
from typing import Any

import schemathesis
from hypothesis import strategies as st

from tests.fuzz.checking import Tally

ROLE, IDS, COUNTED = (os.environ[f"GEZHI_FUZZ_{name}"] for name in ("ROLE", "IDS", "COUNTED"))
REAL: dict[str, list[Any]] = json.loads(Path(IDS).read_text())
tally = Tally(ROLE)
atexit.register(lambda: tally.keep(Path(COUNTED)))


@schemathesis.hook
def flatmap_path_parameters(context: Any, path_parameters: dict[str, Any]) -> Any:
    named = [name for name in path_parameters or {} if name in REAL]
    if not named:
        return st.just(path_parameters)
    real = st.fixed_dictionaries({name: st.sampled_from(REAL[name]) for name in named})
    return st.just(path_parameters) | real.map(lambda ids: {**path_parameters, **ids})


@schemathesis.hook
def after_call(context: Any, case: Any, response: Any) -> None:
    tally.count(response.status_code, response.elapsed)


@schemathesis.hook
def after_network_error(context: Any, case: Any, request: Any) -> None:
    tally.undocumented.append(f"no answer: {request.method} {request.url}")


@schemathesis.hook
def after_validate(context: Any, case: Any, response: Any, results: Any) -> None:
    kinds = sorted({type(one.failure).__name__ for one in results if one.failure is not None})
    if kinds:
        url = getattr(response.request, "url", case.path)
        tally.undocumented.append(f"{response.status_code} {case.method} {url[:200]}: {', '.join(kinds)}")
