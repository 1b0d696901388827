"""What every test may ask for: an own temporary PostgreSQL, a fixed clock, fixed ids, an API client, a counter.

The cluster lies in a short temporary GEZHI_HOME, is started by the same gateway as in production, only when a test
wants the database, and is gone after the session.
"""

from __future__ import annotations

import os
import shutil
import sys
import tempfile
from collections.abc import Callable, Iterator
from functools import wraps
from pathlib import Path
from typing import Any

if "gezhi.assembly.settings" in sys.modules:
    message = "settings were read before this file could point them to a temporary home: no test may touch a real one"
    raise RuntimeError(message)

HOME = Path(tempfile.mkdtemp(prefix="gz", dir="/tmp"))

for _name in [name for name in os.environ if name.startswith("GEZHI_") or name == "DATABASE_URL"]:
    if _name != "GEZHI_POSTGRES_BIN":
        del os.environ[_name]
os.environ["GEZHI_HOME"] = str(HOME)
os.environ.setdefault("GZ_RUN", str(HOME / "run"))  # workers are told the one of whoever started them
os.environ["GEZHI_LOG_LEVEL"] = "WARNING"
os.environ["GEZHI_POSTGRES_OPTIONS"] = "-c fsync=off -c synchronous_commit=off -c shared_buffers=128MB"
os.environ["DJANGO_SETTINGS_MODULE"] = "gezhi.assembly.settings"

import hypothesis
import pytest
from django.conf import settings
from django.db import connection
from pytest_django.plugin import DjangoDbBlocker

from gezhi.kernel.problems import Problem
from tests.budget import Budget
from tests.databases import living_city, places_of_living_cities, run_folder
from tests.fixtures import ApiClient, FixedClock, FixedIds, StatementCount, count_statements
from tests.workers import make_scheduler, put_in_order

hypothesis.settings.register_profile(
    "any machine", deadline=None, suppress_health_check=[hypothesis.HealthCheck.too_slow]
)
hypothesis.settings.load_profile("any machine")


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--note-seconds", action="store_true", help="Keep what modules cost, for the order of next runs.")


def told_in_both_languages(begin: Callable[..., None]) -> Callable[..., None]:
    """Every problem that a test comes upon can be told: a detail that is missing would show only to whoever is told."""

    @wraps(begin)
    def begin_and_tell(self: Problem, **details: Any) -> None:
        begin(self, **details)
        self.text("zh"), self.text("en")

    return begin_and_tell


def past_the_triggers(sql_flush: Callable[..., list[str]]) -> Callable[..., list[str]]:
    """Tests that commit are emptied away by the owner, whatever logs refuse it."""

    @wraps(sql_flush)
    def flush(self: Any, *asked: Any, **options: Any) -> list[str]:
        return ["SET LOCAL session_replication_role = replica;", *sql_flush(self, *asked, **options)]

    return flush


def raw_connections_find_the_password() -> None:
    """Tests that look on from outside come as the owner of the cluster, like Django's own connections."""
    os.environ["PGPASSFILE"] = settings.DATABASES["default"]["OPTIONS"]["passfile"]


def pytest_configure(config: pytest.Config) -> None:
    raw_connections_find_the_password()
    operations: Any = type(connection.ops)
    operations.sql_flush = past_the_triggers(operations.sql_flush)
    Problem.__init__ = told_in_both_languages(Problem.__init__)  # type: ignore[method-assign]
    config.pluginmanager.register(Budget(config))
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    settings.DATABASES["default"]["CONN_MAX_AGE"] = 0  # a thread of a worker leaves no connection behind


def pytest_sessionstart(session: pytest.Session) -> None:
    """Workers of `-n 2` are started after this; they would read the settings before this file gives them a home."""
    if session.config.getoption("numprocesses", None):
        del os.environ["DJANGO_SETTINGS_MODULE"]


def is_worker(config: pytest.Config) -> bool:
    return hasattr(config, "workerinput")


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    put_in_order(items, shared=is_worker(config))


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log: Any) -> Any:
    return make_scheduler(config, log)


def pytest_unconfigure() -> None:
    living = places_of_living_cities() if run_folder().is_relative_to(HOME) else []
    for home in (*living, HOME):
        remove(home)


def remove(home: Path) -> None:
    from gezhi.plumbing.gateways.holding import release, wait_until_gone
    from gezhi.plumbing.gateways.places import places_of

    release(home)
    base = places_of(home).base
    shutil.rmtree(home, ignore_errors=True)
    wait_until_gone(base)
    shutil.rmtree(base, ignore_errors=True)


@pytest.fixture(scope="session")
def django_db_modify_db_settings() -> None:
    """Called before pytest-django makes the test database: here the cluster comes up."""
    from gezhi.plumbing.database import make_ready

    make_ready()


@pytest.fixture(autouse=True)
def _registers_are_read_anew() -> None:
    from gezhi.plumbing import versions

    versions.forget_all()


@pytest.fixture(scope="module")
def sixty_days(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[dict[str, Any]]:
    """The invented city after sixty days, for reading only: every path of a case has been taken."""
    with living_city("yunting", days=60, until="2026-03-02") as told:
        yield told


@pytest.fixture(scope="module")
def demo_city(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[dict[str, Any]]:
    """The demo city at its true size after four days, for reading only."""
    with living_city("zhengzhou", days=4, until="2026-11-20") as told:
        yield told


@pytest.fixture
def clock() -> FixedClock:
    return FixedClock()


@pytest.fixture
def ids() -> FixedIds:
    return FixedIds()


@pytest.fixture
def statement_count() -> StatementCount:
    """`with statement_count() as counted: act()`, then `len(counted.inside) <= 8`."""
    return count_statements


@pytest.fixture
def api() -> ApiClient:
    return ApiClient()
