"""Has the disk of the embedded database room? Where no piece of its log fits, PostgreSQL goes down and does not come up
before there is some; whoever connects is told no more than that it is away. Of a database elsewhere nobody here knows.
"""

from __future__ import annotations

import contextlib
import shutil
from pathlib import Path

from django.conf import settings
from django.db import connection

from gezhi.plumbing.gateways.places import places_of

PIECE = 16 * 2**20


def folders_of_own_database() -> tuple[Path, ...]:
    """Its data, and the log that may lie on a disk of its own; none where the city has a PostgreSQL elsewhere."""
    places = places_of(settings.GEZHI_HOME)
    own = connection.settings_dict["HOST"] == str(places.socket)
    return (places.data, places.data / "pg_wal") if own else ()


def least_free(folders: tuple[Path, ...]) -> tuple[int, int] | None:
    """Free and total bytes of the fullest disk."""
    found = []
    for folder in folders:
        with contextlib.suppress(OSError):
            usage = shutil.disk_usage(folder)
            found.append((usage.free, usage.total))
    return min(found, default=None)


def own_database_lacks_room() -> bool:
    fullest = least_free(folders_of_own_database())
    return fullest is not None and fullest[0] < PIECE
