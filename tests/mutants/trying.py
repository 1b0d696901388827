"""One rule file under all its changes: the tests are collected once, each change is tried in a process of its own.

A change inside a function is swapped into the loaded function and tried by the examples. What runs at import is tried
by loading rules and tests anew over the changed file; so is what survived the swap, now with the laws: a test may also
hold what a function made at import.
No database. The process that is forked never runs a test, so that its caches stay empty.
"""

from __future__ import annotations

import ast
import contextlib
import gc
import importlib
import importlib.abc
import importlib.util
import io
import os
import random
import resource
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from types import CodeType, FunctionType, ModuleType
from typing import Any, Final

import pytest

from tests.mutants.sites import Site, code_with, sites_of

KILLED, SURVIVED, INVALID = 1, 0, 2
OPTIONS: Final = (
    "-x",
    "-q",
    "-s",
    "--tb=no",
    "--assert=plain",
    "-p",
    "no:cacheprovider",
    "-p",
    "no:randomly",
    "-m",
    "not slow and not django_db",
)
CPU_SECONDS: Final = 60
MEMORY: Final = 2 << 30
KEPT: Final = ("tests.conftest", "tests.fixtures", "tests.workers", "tests.mutants")


class Trial:
    """A pytest plugin: collects as ever, but instead of running the tests tries the changes."""

    def __init__(self, path: Path, first: list[str], wider: list[str], sites: int) -> None:
        self.path, self.first, self.wider, self.most = path, first, wider, sites
        self.module = ".".join(path.with_suffix("").parts).removesuffix(".__init__")
        self.tree = ast.parse(path.read_text(encoding="utf-8"))
        self.results: list[tuple[int, Site]] = []
        self.red = True

    def pytest_runtestloop(self, session: pytest.Session) -> bool:
        if session.testsfailed:
            return True
        _look_less_far()
        importlib.import_module(self.module)
        session.items[:] = [item for item in session.items if not hasattr(getattr(item, "obj", None), "hypothesis")]
        functions = [one for one in gc.get_objects() if isinstance(one, FunctionType) and one.__module__ == self.module]
        self.functions = {one.__qualname__: one for one in functions}
        self.session = session
        gc.freeze()
        if self._swapped(None) or self._anew(None, self.first):
            return True
        self.red = False
        for site in self._chosen():
            self.results.append((self._verdict(site), site))
        return True

    def _chosen(self) -> list[Site]:
        sites = sites_of(self.tree)
        if 0 < self.most < len(sites):
            sites = random.Random(str(self.path)).sample(sites, self.most)
        return sorted(sites, key=lambda site: (site.line, site.change))

    def _verdict(self, site: Site) -> int:
        if site.function in self.functions and self._swapped(site) == KILLED:
            return KILLED
        verdict = self._anew(site, self.first)
        return self._anew(site, self.wider) if verdict == SURVIVED and self.wider else verdict

    def _swapped(self, site: Site | None) -> int:
        def run(say: Callable[[str], object]) -> int:
            if site is not None and site.function is not None:
                code = _code_of(code_with(self.tree, site, self.path), site.function)
                if code is None or len(code.co_freevars) != len(self.functions[site.function].__code__.co_freevars):
                    return SURVIVED
                self.functions[site.function].__code__ = code
            items = self.session.items
            for place, item in enumerate(items):
                following = items[place + 1] if place + 1 < len(items) else None
                item.config.hook.pytest_runtest_protocol(item=item, nextitem=following)
                if self.session.testsfailed:
                    say(item.nodeid)
                    return KILLED
            return SURVIVED

        verdict, killer = _in_a_child(run)
        # Whoever found the last change probably finds the next one too.
        self.session.items.sort(key=lambda item: item.nodeid != killer)
        return verdict

    def _anew(self, site: Site | None, files: list[str]) -> int:
        """The file of the test that found the last change goes first and alone: often no other need be loaded."""

        def run(say: Callable[[str], object]) -> int:
            code = code_with(self.tree, site, self.path)
            for name in [name for name in sys.modules if _is_loaded_anew(name)]:
                del sys.modules[name]
            sys.meta_path.insert(0, _Changed(self.module, self.path, code))
            try:
                importlib.import_module(self.module)
            except Exception:  # noqa: BLE001 whatever it is
                return INVALID
            teller = _Teller(say)
            return KILLED if _fail(files[:1], teller) or _fail(files[1:], teller) else SURVIVED

        verdict, killer = _in_a_child(run)
        files.sort(key=lambda file: not killer.startswith(f"{file}::"))
        return verdict


class _Teller:
    """A pytest plugin that says which test failed."""

    def __init__(self, say: Callable[[str], object]) -> None:
        self.say = say

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        if report.failed:
            self.say(report.nodeid)


def _fail(files: list[str], teller: _Teller) -> bool:
    fine = (pytest.ExitCode.OK, pytest.ExitCode.NO_TESTS_COLLECTED)
    return bool(files) and pytest.main([*OPTIONS, *files], plugins=[teller]) not in fine


def _look_less_far() -> None:
    """Laws find a fault with few examples, always the same; the smallest is not looked for."""
    import hypothesis  # not before pytest has begun

    phases = (hypothesis.Phase.explicit, hypothesis.Phase.generate)
    profile = hypothesis.settings(
        phases=phases,
        max_examples=25,
        derandomize=True,
        database=None,
        deadline=None,
        suppress_health_check=list(hypothesis.HealthCheck),
    )
    hypothesis.settings.register_profile("mutants", profile)
    hypothesis.settings.load_profile("mutants")


class _Changed(importlib.abc.MetaPathFinder, importlib.abc.Loader):
    """Loads one module from changed code."""

    def __init__(self, name: str, path: Path, code: CodeType) -> None:
        self.name, self.path, self.code = name, path, code

    def find_spec(self, name: str, path: Any, target: Any = None) -> Any:
        package = [str(self.path.parent)] if self.path.name == "__init__.py" else None
        found = importlib.util.spec_from_file_location(name, self.path, loader=self, submodule_search_locations=package)
        return found if name == self.name else None

    def exec_module(self, module: ModuleType) -> None:
        exec(self.code, module.__dict__)


def _is_loaded_anew(name: str) -> bool:
    rules = name.startswith("gezhi.") and ".rules" in name
    return rules or (name.startswith("tests.") and not name.startswith(KEPT))


def _code_of(code: CodeType, qualname: str) -> CodeType | None:
    for part in code.co_consts:
        if isinstance(part, CodeType):
            found = part if part.co_qualname == qualname else _code_of(part, qualname)
            if found is not None:
                return found
    return None


def _in_a_child(run: Callable[[Callable[[str], object]], int]) -> tuple[int, str]:
    """The verdict, and the test that failed. Whatever ends badly, or not at all, is killed."""
    reading, writing = os.pipe()
    child = os.fork()
    if child == 0:
        verdict = KILLED
        with contextlib.suppress(BaseException):
            resource.setrlimit(resource.RLIMIT_CPU, (CPU_SECONDS, CPU_SECONDS))
            resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
            with _silent():
                verdict = run(lambda killer: os.write(writing, killer.encode()))
        os._exit(verdict)
    os.close(writing)
    with os.fdopen(reading) as pipe:
        killer = pipe.read()
    _, status = os.waitpid(child, 0)
    code = os.waitstatus_to_exitcode(status)
    return (code if code in (SURVIVED, INVALID) else KILLED), killer


@contextlib.contextmanager
def _silent() -> Iterator[io.StringIO]:
    output = io.StringIO()
    with contextlib.redirect_stdout(output), contextlib.redirect_stderr(output):
        yield output


def tests_for(path: Path) -> tuple[list[str], list[str]]:
    """The tests of the file, of its folder, of those that import it and of whole steps; then the others beside them."""
    within = Path("tests").joinpath(*path.parts[1:3])
    own = Path("tests").joinpath(*path.parts[1:-1], f"test_{path.name}")
    module = ".".join(path.with_suffix("").parts)
    names = (f"{module} ", f"from {module.rpartition('.')[0]} import {path.stem}", "from tests.cases.whole_steps")
    files = sorted(within.rglob("test_*.py"), key=lambda one: (one != own, one))
    near = own.parent if own.parent != within else None
    first = [
        one
        for one in files
        if one == own or one.parent == near or any(name in one.read_text("utf-8") for name in names)
    ]
    return [str(one) for one in first], [str(one) for one in files if one not in first]


def warm_up() -> None:
    """Loads what every test needs, and no rule's test."""
    with _silent():
        pytest.main([*OPTIONS, "tests/conftest.py"])


def tried(file: str, *, sites: int, wide: bool) -> dict[str, Any]:
    """The word for every change to the file; `red` says what its tests print where they fail without any change."""
    first, others = tests_for(Path(file))
    trial = Trial(Path(file), first or others, others if wide and first else [], sites)
    with _silent() as output:
        pytest.main([*OPTIONS, *trial.first], plugins=[trial])
    words = {KILLED: "killed", SURVIVED: "survived", INVALID: "invalid"}
    results = [(words[verdict], site.line, site.key) for verdict, site in trial.results]
    return {"red": trial.red and f"its tests are red without any change\n{output.getvalue()}", "results": results}
