"""Where the embedded database of a GEZHI_HOME lies: data, socket, and who owns it."""

from __future__ import annotations

import hashlib
import os
import pwd
from pathlib import Path
from typing import NamedTuple

SYSTEM_USER = "gezhi"
ROOT_BASE = Path("/var/lib/gezhi")
LONGEST_SOCKET = 100
"""A Unix socket's path may have 107 bytes; the file name inside takes part of it."""


class Places(NamedTuple):
    """Folders of one embedded database."""

    base: Path
    data: Path
    socket: Path
    users_lock: Path
    keeper_lock: Path
    log: Path


def places_of(home: Path) -> Places:
    """PostgreSQL refuses to run as root: then its folders lie under /var/lib/gezhi, named after the home."""
    digest = hashlib.sha256(os.fsencode(home.resolve())).hexdigest()[:12]
    base = ROOT_BASE / digest if os.geteuid() == 0 else home / "postgres"
    socket = base / "socket"
    if len(os.fsencode(socket / ".s.PGSQL.5432")) > LONGEST_SOCKET:
        socket = Path("/tmp") / f"gezhi-{os.geteuid()}" / digest  # noqa: S108 - short by need, 0700 and owned by us
    return Places(
        base=base,
        data=base / "data",
        socket=socket,
        users_lock=home / "postgres.users.lock",
        keeper_lock=home / "postgres.keeper.lock",
        log=base / "postgres.log",
    )


def owner() -> pwd.struct_passwd | None:
    """The system user that runs PostgreSQL when we are root; None when we are not."""
    if os.geteuid() != 0:
        return None
    for name in (SYSTEM_USER, "nobody"):
        try:
            return pwd.getpwnam(name)
        except KeyError:
            continue
    return None
