"""Where the embedded database of a GEZHI_HOME lies: data, socket, and who owns it."""

from __future__ import annotations

import contextlib
import hashlib
import os
import pwd
import secrets
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
    """PostgreSQL refuses to run as root, and its user may not enter every home: then its folders lie under
    /var/lib/gezhi, and `postgres` in the home is a link to them, which goes along when the home is moved.
    """
    base = _linked(home) if os.geteuid() == 0 else home / "postgres"
    socket = base / "socket"
    if len(os.fsencode(socket / ".s.PGSQL.5432")) > LONGEST_SOCKET:
        digest = hashlib.sha256(os.fsencode(home.resolve())).hexdigest()[:12]
        socket = Path("/tmp") / f"gezhi-{os.geteuid()}" / digest  # noqa: S108 - short by need, 0700 and owned by us
    return Places(
        base=base,
        data=base / "data",
        socket=socket,
        users_lock=home / "postgres.users.lock",
        keeper_lock=home / "postgres.keeper.lock",
        log=base / "postgres.log",
    )


def _linked(home: Path) -> Path:
    """Where the link of this home leads; made by the first who asks, under a name that no other home has."""
    link = home / "postgres"
    if not link.is_symlink():
        home.mkdir(parents=True, exist_ok=True, mode=0o700)
        with contextlib.suppress(FileExistsError):
            link.symlink_to(ROOT_BASE / secrets.token_hex(6), target_is_directory=True)
    return link.readlink() if link.is_symlink() else link


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
