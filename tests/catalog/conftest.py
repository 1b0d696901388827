from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest


@pytest.fixture
def installed(db: None) -> Callable[..., None]:
    """`installed("2013", "2026")` installs editions and puts the first in force from 2020."""
    from gezhi.catalog import actions

    def install(*editions: str) -> None:
        for edition in editions:
            actions.install_preset_edition(edition)
        actions.put_edition_in_force(editions[0], valid_from=date(2020, 1, 1))

    return install
