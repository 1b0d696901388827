"""Ways through the life-cycle that the golden log does not hold: what only a whole step shows."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final

from tests.cases.golden.cases import Golden

MORE_WAYS: Final[tuple[Callable[[Golden], Any], ...]] = ()
