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
USERS_LOCK = "postgres.users.lock"
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
        # short by need, 0700 and owned by us
        socket = Path("/tmp") / f"gezhi-{os.geteuid()}" / _digest(home)  # noqa: S108
    return Places(
        base=base,
        data=base / "data",
        socket=socket,
        users_lock=home / USERS_LOCK,
        keeper_lock=home / "postgres.keeper.lock",
        log=base / "postgres.log",
    )


def holds_cluster(home: Path) -> bool:
    """Whether a database lies in this home; looking makes no folder."""
    known = (home / "postgres").exists() or (home / USERS_LOCK).exists()
    return known and (places_of(home).data / "PG_VERSION").is_file()


def _linked(home: Path) -> Path:
    """Where the link of this home leads; made by the first who asks, under a name that no other home has.

    A home of version 0.1 has none yet: its database lies under the digest of its path.
    """
    link = home / "postgres"
    if not link.is_symlink():
        earlier = ROOT_BASE / _digest(home)
        known = (home / USERS_LOCK).exists() and (earlier / "data").is_dir()
        home.mkdir(parents=True, exist_ok=True, mode=0o700)
        with contextlib.suppress(FileExistsError):
            link.symlink_to(earlier if known else ROOT_BASE / secrets.token_hex(6), target_is_directory=True)
    return link.readlink() if link.is_symlink() else link


def _digest(home: Path) -> str:
    return hashlib.sha256(os.fsencode(home.resolve())).hexdigest()[:12]


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
