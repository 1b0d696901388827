"""Yiwu founded in a database of its own, once for all tests."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import pytest
from pytest_django.plugin import DjangoDbBlocker

from tests.databases import database

if TYPE_CHECKING:
    from gezhi.founding.actions import Founded


@pytest.fixture(scope="module")
def _yiwu(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[Founded]:
    with database("yiwu", found, django_db_blocker) as founded:
        yield founded


@pytest.fixture
def yiwu(_yiwu: Founded, db: None) -> Founded:
    return _yiwu


def found() -> Founded:
    from gezhi.founding.actions import found_city
    from gezhi.plumbing.clock import system_clock
    from tests.founding.folders import city, told_rows

    return found_city(city(), clock=system_clock, rows=told_rows())
